#include "services/registration/storage/registration_unit_of_work.h"

#include <algorithm>

#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

bool NeedsOwner(const UpdateBusiness& command) {
    return std::ranges::any_of(command.details, [](Detail each) { return NeedsOwner(each); });
}

}  // namespace

std::string RegistrationUnitOfWork::Target(const Command& command) {
    return std::string(kBusinessAggregate) + "/" +
           std::visit([](const auto& each) { return each.business_id; }, command);
}

// Lock order, the same for every batch: claims by kind and hash, businesses by id, owners by id.
void RegistrationUnitOfWork::Load(postgres::Transaction& transaction,
                                  std::span<const Command* const> commands) {
    postgres::UuidArray to_change, to_open;
    for (const Command* command : commands) {
        if (const auto* registration = std::get_if<RegisterBusiness>(command)) {
            WantClaims(*registration);
            continue;
        }
        std::visit([&](const auto& each) { to_change.Add(each.business_id); }, *command);
        if (const auto* update = std::get_if<UpdateBusiness>(command)) {
            WantClaims(*update);
            if (NeedsOwner(*update)) to_open.Add(update->business_id);
        }
    }
    claims_.Load(transaction);
    erased_.Load(transaction);  // After the claims: who was being erased is by now.
    for (Business& business : LockBusinesses(transaction, to_change)) {
        businesses_.AddLoaded(std::move(business));
    }
    LoadKnownOwners(transaction, commands);
    for (auto& [business_id, npwp] : owners_.LoadForChange(transaction, to_open)) {
        businesses_[business_id].profile.npwp = npwp;
    }
}

void RegistrationUnitOfWork::WantClaims(const RegisterBusiness& command) {
    Numbers numbers{.nik = ClaimedNik(keys_, command.owner.nik),
                    .nib = ClaimedNib(keys_, command.profile.nib),
                    .row = {ClaimKind::kImportRow, command.row_keys}};
    if (!command.row_keys.empty()) erased_.Want(command.owner.nik);
    claims_.Want(numbers.nik, command.owner_id);
    claims_.Want(numbers.nib, command.business_id);
    claims_.Want(numbers.row, command.business_id);
    numbers_.emplace(command.business_id, std::move(numbers));
}

void RegistrationUnitOfWork::WantClaims(const UpdateBusiness& command) {
    claims_.Want(ClaimedNik(keys_, command.owner.nik));
    claims_.Want(ClaimedNib(keys_, command.profile.nib));
}

void RegistrationUnitOfWork::LoadKnownOwners(postgres::Transaction& transaction,
                                             std::span<const Command* const> commands) {
    postgres::UuidArray known, refused;
    for (const Command* command : commands) {
        if (const auto* update = std::get_if<UpdateBusiness>(command)) {
            const std::string owner_id = claims_.HolderOf(ClaimedNik(keys_, update->owner.nik));
            if (!owner_id.empty()) refused.Add(owner_id);
        }
        const auto* registration = std::get_if<RegisterBusiness>(command);
        if (registration == nullptr) continue;
        const std::string owner_id = claims_.HolderOf(numbers_.at(registration->business_id).nik);
        if (owner_id.empty()) continue;
        (registration->additional_business ? known : refused).Add(owner_id);
    }
    owners_.LoadKeys(transaction, known);
    businesses_of_ = FindBusinessesOf(transaction, refused);
}

command::Outcome RegistrationUnitOfWork::Handle(const Pending& pending, Time now) {
    const Context context{.caller = pending.caller, .traceparent = pending.traceparent, .now = now};
    return std::visit([&](const auto& command) { return Handle(command, context); },
                      pending.command);
}

void RegistrationUnitOfWork::Save(postgres::Transaction& transaction) {
    claims_.Save(transaction);
    owners_.Save(transaction);
    SaveBusinesses(transaction, businesses_, owners_);
    details_.Save(transaction, owners_);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

command::Outcome RegistrationUnitOfWork::Handle(const RegisterBusiness& command,
                                                const Context& context) {
    if (!context.caller.Reaches(command.profile.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const Numbers& numbers = numbers_.at(command.business_id);
    if (const std::string known = claims_.HolderOf(numbers.row); !known.empty()) {
        return std::unexpected(Error{.code = ErrorCode::kAlreadyExists,
                                     .reason = "ROW_UNCHANGED",
                                     .message = "the same row is registered already",
                                     .metadata = {{"business_id", known}}});
    }
    if (erased_.Contains(command.owner.nik)) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "this person had their data erased, and comes back by themselves only");
    }
    const std::string known_owner = claims_.HolderOf(numbers.nik);
    const Claims claims{.owner_id = known_owner.empty() ? command.owner_id : known_owner,
                        .owner_is_known = !known_owner.empty(),
                        .nib_is_taken = !claims_.HolderOf(numbers.nib).empty()};
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
                                command.warnings);
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
            .nib_is_taken = is_taken(ClaimedNib(keys_, command.profile.nib), business.id)};
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

void RegistrationUnitOfWork::Record(Business& business, const Events& events,
                                    const Context& context) {
    for (const Event& event : events) {
        business = Apply(std::move(business), event);
        history_.Add(business, event, context.caller.subject);
        if (const auto* changed = std::get_if<DetailsChanged>(&event)) {
            details_.Add(business, *changed);
        }
        const PublicEvent out = ToPublic(business, event);
        outbox_.Add({.aggregate_type = kBusinessAggregate,
                     .aggregate_id = business.id,
                     .version = business.version,
                     .type = out.type,
                     .payload = out.payload,
                     .traceparent = context.traceparent});
    }
}

}  // namespace bangkit::registration
