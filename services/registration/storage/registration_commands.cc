// What each command does.
#include <algorithm>
#include <iterator>
#include <utility>

#include "services/registration/domain/region_change.h"
#include "services/registration/domain/review.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/need_mapping.h"
#include "services/registration/storage/registration_unit_of_work.h"

namespace bangkit::registration {
namespace {

command::Outcome RowUnchanged(const std::string& business_id) {
    return std::unexpected(Error{.code = ErrorCode::kAlreadyExists,
                                 .reason = "ROW_UNCHANGED",
                                 .message = "the same row is registered already",
                                 .metadata = {{"business_id", business_id}}});
}

}  // namespace

command::Outcome RegistrationUnitOfWork::Handle(const RegisterBusiness& command,
                                                const Context& context) {
    if (!context.caller.Reaches(command.profile.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const Numbers& numbers = numbers_.at(command.business_id);
    if (const std::string known = claims_.HolderOf(numbers.row); !known.empty()) {
        return RowUnchanged(known);
    }
    const Business* stated = FindBusiness(command.stated_id);
    if (stated != nullptr && context.caller.Reaches(stated->profile.region_code)) {
        const Owner* owner = owners_.Find(stated->owner_id);
        if (owner != nullptr && SaysWhatIsKnown(command, *stated, *owner)) {
            return RowUnchanged(stated->id);
        }
        return Refused(ErrorCode::kAlreadyExists, "BUSINESS_ALREADY_REGISTERED",
                       "this business is registered already, and is changed by no file");
    }
    if (erased_.Contains(command.owner.nik)) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "this person had their data erased, and comes back by themselves only");
    }
    const std::string known_owner = claims_.HolderOf(numbers.nik);
    const Claims claims{
        .owner_id = known_owner.empty() ? command.owner_id : known_owner,
        .owner_is_known = !known_owner.empty(),
        .nib_is_taken = !command.profile.nib.empty() && !claims_.HolderOf(numbers.nib).empty()};
    Business& business = businesses_[command.business_id];
    const Result<Events> decision = Decide(business, command, claims, context.now);
    if (!decision) return AlreadyExists(decision.error(), claims.owner_id, context);

    claims_.Give(numbers.nik, claims.owner_id);
    claims_.Give(numbers.nib, command.business_id);
    claims_.Give(numbers.row, command.business_id);
    if (!claims.owner_is_known) owners_.Create(claims.owner_id, command.owner, context.now);
    Record(business, *decision, context);
    businesses_of_.emplace(claims.owner_id,
                           OwnedBusiness{business.id, business.profile.region_code});
    return RegisterBusinessAnswer(business, command.warnings);
}

command::Outcome RegistrationUnitOfWork::AlreadyExists(Error error, const std::string& owner_id,
                                                       const Context& context) const {
    const auto [first, last] = businesses_of_.equal_range(owner_id);
    const auto visible = std::find_if(first, last, [&context](const auto& owned) {
        return context.caller.Reaches(owned.second.region_code);
    });
    if (error.reason == "NIK_ALREADY_REGISTERED" && visible != last) {
        error.metadata["business_id"] = visible->second.business_id;
    }
    return std::unexpected(std::move(error));
}

command::Outcome RegistrationUnitOfWork::Handle(const ReportCondition& command,
                                                const Context& context) {
    Business& business = businesses_[command.business_id];
    if (business.Exists() && !context.caller.Reaches(business.profile.region_code)) {
        // As if it were not there: one answer for both.
        const Result<Events> absent = Decide(Business{}, command, context.now);
        return std::unexpected(absent.error());
    }
    const Result<Events> decision = Decide(business, command, context.now);
    if (!decision) return std::unexpected(decision.error());
    Record(business, *decision, context);
    const auto* changed = std::get_if<ScaleChanged>(&decision->back());
    return ReportConditionAnswer(business, changed != nullptr && changed->IsUpgrade());
}

command::Outcome RegistrationUnitOfWork::Handle(const UpdateBusiness& command,
                                                const Context& context) {
    Business& business = businesses_[command.business_id];
    if (business.Exists() && !context.caller.Reaches(business.profile.region_code)) {
        return std::unexpected(Decide(Business{}, command, {}, context.now).error());
    }
    if (business.Exists() && command.details.contains(Detail::kRegion) &&
        !context.caller.Reaches(command.profile.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const Result<Events> decision =
        Decide(business, command, FactsFor(business, command), context.now);
    if (!decision) {
        const std::string holder = claims_.HolderOf(ClaimedNik(keys_, command.owner.nik));
        return AlreadyExists(decision.error(), holder, context);
    }
    std::set<Detail> changed;
    if (!decision->empty()) changed = std::get<DetailsChanged>(decision->front()).details;
    CarryOut(business, command, changed);
    Record(business, *decision, context);
    const auto* scale = decision->empty() ? nullptr : std::get_if<ScaleChanged>(&decision->back());
    return UpdateBusinessAnswer(business, changed, scale != nullptr && scale->IsUpgrade(),
                                WarningsOf(business, command));
}

std::vector<std::string> RegistrationUnitOfWork::WarningsOf(const Business& business,
                                                            const UpdateBusiness& command) const {
    std::vector<std::string> warnings = command.warnings;
    const auto add = [&warnings](std::vector<std::string> found) {
        std::ranges::move(found, std::back_inserter(warnings));
    };
    // By what is known now: one half of a contradiction may have been known before.
    if (std::ranges::any_of(command.details, IsOfOwner)) {
        add(Contradictions(*owners_.Find(business.owner_id)));
    }
    if (command.details.contains(Detail::kPirt)) add(Contradictions(business.profile));
    return warnings;
}

UpdateFacts RegistrationUnitOfWork::FactsFor(const Business& business,
                                             const UpdateBusiness& command) const {
    const auto is_taken = [this](const ClaimedNumber& number, const std::string& own) {
        const std::string holder = claims_.HolderOf(number);
        return !holder.empty() && holder != own;
    };
    const Owner* owner = owners_.Find(business.owner_id);
    return {.owner = owner == nullptr ? std::nullopt : std::optional(*owner),
            .nik_is_taken = is_taken(ClaimedNik(keys_, command.owner.nik), business.owner_id),
            .nib_is_taken = is_taken(ClaimedNib(keys_, command.profile.nib), business.id),
            .is_in_groups = groups_.IsInGroups(business.id)};
}

void RegistrationUnitOfWork::CarryOut(const Business& business, const UpdateBusiness& command,
                                      const std::set<Detail>& changed) {
    if (changed.contains(Detail::kOwnerNik)) {
        claims_.Give(ClaimedNik(keys_, command.owner.nik), business.owner_id);
    }
    if (changed.contains(Detail::kNib)) {
        claims_.Release(ClaimedNib(keys_, business.profile.nib), business.id);
        claims_.Give(ClaimedNib(keys_, command.profile.nib), business.id);
    }
    const bool changes_owner =
        std::ranges::any_of(changed, [](Detail each) { return IsOfOwner(each); });
    if (changes_owner) {
        owners_.Change(business.owner_id, Updated(*owners_.Find(business.owner_id), command));
    }
}

command::Outcome RegistrationUnitOfWork::Handle(const VerifyBusiness& command,
                                                const Context& context) {
    Business& business = businesses_[command.business_id];
    if (business.Exists() && !context.caller.Reaches(business.profile.region_code)) {
        return std::unexpected(Decide(Business{}, command, context.now).error());
    }
    const Result<Events> decision = Decide(business, command, context.now);
    if (!decision) return std::unexpected(decision.error());
    Record(business, *decision, context);
    return VerifyBusinessAnswer(business);
}

command::Outcome RegistrationUnitOfWork::Handle(const ChangeGroupMembers& command,
                                                const Context& context) {
    Business& group = businesses_[command.business_id];
    if (group.Exists() && !context.caller.Reaches(group.profile.region_code)) {
        return std::unexpected(Decide(Business{}, command, {}, context.now).error());
    }
    GroupFacts facts = groups_.FactsFor(command);
    for (const std::string& id : command.added) {
        const Business* member = businesses_.Find(id);
        if (member == nullptr || !member->Exists() ||
            !context.caller.Reaches(member->profile.region_code)) {
            facts.unknown.insert(id);
        } else if (member->profile.kind == Kind::kGroup) {
            facts.groups.insert(id);
        } else if (!member->merged_into.empty()) {
            facts.merged.insert(id);
        }
    }
    const Result<Events> decision = Decide(group, command, facts, context.now);
    if (!decision) return std::unexpected(decision.error());
    Record(group, *decision, context);
    const std::int64_t members =
        decision->empty() ? facts.size : std::get<MembersChanged>(decision->front()).members;
    return ChangeGroupMembersAnswer(group, members);
}

command::Outcome RegistrationUnitOfWork::Handle(const ApplyRegionChange& command,
                                                const Context& context) {
    const Result<void> former = CheckIsFormer(command);
    if (!former) return std::unexpected(former.error());
    const auto successors = command.history->SuccessorsOf(command.region_code);
    const bool reaches_successors = std::ranges::all_of(
        successors, [&](const auto& each) { return context.caller.Reaches(each.code); });
    if (!context.caller.Reaches(command.region_code) && !reaches_successors) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const RegionMoves::Next& next = region_moves_.Find(command);
    std::int32_t moved = 0;
    std::vector<std::string> undecided;
    for (const std::string& id : next.business_ids) {
        Business& business = businesses_[id];
        // It may have moved before it was locked.
        if (!identity::LiesIn(business.profile.region_code, command.region_code)) continue;
        const Events events = Decide(business, command, context.now);
        if (!events.empty()) {
            Record(business, events, context);
            region_moves_.Add(business);
            ++moved;
        } else if (IsUndecided(business, command)) {
            undecided.push_back(id);
        }
    }
    const auto moved_needs = std::ranges::count_if(next.need_ids, [&](const std::string& id) {
        return Move(region_moves_.FindNeed(id), command, context);
    });
    return ApplyRegionChangeAnswer(moved, static_cast<std::int32_t>(moved_needs), undecided,
                                   next.page_token);
}

bool RegistrationUnitOfWork::Move(Need& need, const ApplyRegionChange& command,
                                  const Context& context) {
    const std::optional<NeedEvent> event = Decide(need, command, context.now);
    if (!event) return false;
    need = Apply(std::move(need), *event);
    region_moves_.Add(need, context.caller.subject);
    const PublicEvent out = ToPublic(need, *event);
    outbox_.Add({.aggregate_type = kNeedAggregate,
                 .aggregate_id = need.id,
                 .version = need.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = context.traceparent});
    return true;
}

}  // namespace bangkit::registration
