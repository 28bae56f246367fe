#include "services/registration/storage/duplicate_unit_of_work.h"

#include "services/registration/storage/businesses.h"
#include "services/registration/storage/duplicate_mapping.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

command::Outcome DuplicateNotFound() {
    return Refused(ErrorCode::kNotFound, "DUPLICATE_NOT_FOUND", "no such pair");
}

std::string TargetOf(const auto& command) {
    if constexpr (requires { command.duplicate_id; }) {
        return "duplicate/" + command.duplicate_id;
    } else {
        return std::string(kBusinessAggregate) + "/" + command.merged_id;
    }
}

}  // namespace

std::string DuplicateUnitOfWork::Target(const Command& command) {
    return std::visit([](const auto& each) { return TargetOf(each); }, command);
}

// Lock order: merges by id, businesses by id, pairs in their order.
void DuplicateUnitOfWork::Load(postgres::Transaction& transaction,
                               std::span<const Command* const> commands) {
    now_ = transaction.Run("SELECT now()").Time(0, 0);
    postgres::UuidArray duplicate_ids, to_undo;
    std::set<std::string> to_change;
    std::set<BusinessPair> pairs;
    for (const Command* command : commands) {
        if (const auto* merge = std::get_if<MergeBusinesses>(command)) {
            to_change.insert({merge->surviving_id, merge->merged_id});
            pairs.insert(PairOf(merge->surviving_id, merge->merged_id));
            groups_.WantStandingOf(merge->merged_id);
        } else if (const auto* undo = std::get_if<UndoMerge>(command)) {
            to_change.insert(undo->merged_id);
            to_undo.Add(undo->merged_id);
        } else {
            std::visit(
                [&](const auto& each) {
                    if constexpr (requires { each.duplicate_id; }) {
                        duplicate_ids.Add(each.duplicate_id);
                    }
                },
                *command);
        }
    }
    merges_.Load(transaction, to_undo);
    merges_.ForEach([&](const Merge& merge) {
        to_change.insert(merge.surviving_id);
        pairs.insert(PairOf(merge.surviving_id, merge.merged_id));
    });
    postgres::UuidArray business_ids;
    for (const std::string& id : to_change) business_ids.Add(id);
    for (Business& business : LockBusinesses(transaction, business_ids)) {
        businesses_.AddLoaded(std::move(business));
    }
    groups_.Load(transaction);
    pairs_ = Duplicates::FindPairs(transaction, duplicate_ids);
    for (const auto& [id, pair] : pairs_) pairs.insert(pair);
    duplicates_.Load(transaction, pairs);
    LoadRegions(transaction);
}

void DuplicateUnitOfWork::LoadRegions(postgres::Transaction& transaction) {
    if (pairs_.empty()) return;
    postgres::UuidArray ids;
    for (const auto& [id, pair] : pairs_) {
        ids.Add(pair.first);
        ids.Add(pair.second);
    }
    const postgres::Rows rows = transaction.Run(
        "SELECT business_id, region_code FROM businesses WHERE business_id = ANY($1::uuid[])",
        {ids});
    for (int i = 0; i < rows.size(); ++i) regions_.try_emplace(rows.Uuid(i, 0), rows.Text(i, 1));
}

command::Outcome DuplicateUnitOfWork::Handle(const Pending& pending, Time) {
    const Context context{.caller = pending.caller, .traceparent = pending.traceparent};
    return std::visit([&](const auto& command) { return Handle(command, context); },
                      pending.command);
}

void DuplicateUnitOfWork::Save(postgres::Transaction& transaction) {
    SaveBusinesses(transaction, businesses_, owners_);
    merges_.Save(transaction);
    duplicates_.Save(transaction);
    outbox_.Save(transaction);
}

command::Outcome DuplicateUnitOfWork::Handle(const AssignDuplicate& command,
                                             const Context& context) {
    const Duplicate* found = FindInScope(command.duplicate_id, context.caller);
    if (found == nullptr) return DuplicateNotFound();
    const Result<Duplicate> decision = Decide(*found, command);
    if (!decision) return std::unexpected(decision.error());
    duplicates_.Put(*decision);
    return AssignDuplicateAnswer(*decision);
}

command::Outcome DuplicateUnitOfWork::Handle(const ConfirmDuplicate& command,
                                             const Context& context) {
    const Duplicate* found = FindInScope(command.duplicate_id, context.caller);
    if (found == nullptr) return DuplicateNotFound();
    const Result<Duplicate> decision = Decide(*found, command, context.caller.subject, now_);
    if (!decision) return std::unexpected(decision.error());
    duplicates_.Put(*decision);
    return ConfirmDuplicateAnswer(*decision);
}

command::Outcome DuplicateUnitOfWork::Handle(const RejectDuplicate& command,
                                             const Context& context) {
    const Duplicate* found = FindInScope(command.duplicate_id, context.caller);
    if (found == nullptr) return DuplicateNotFound();
    const Result<Duplicate> decision = Decide(*found, command, context.caller.subject, now_);
    if (!decision) return std::unexpected(decision.error());
    duplicates_.Put(*decision);
    return RejectDuplicateAnswer(*decision);
}

command::Outcome DuplicateUnitOfWork::Handle(const MergeBusinesses& command,
                                             const Context& context) {
    const Duplicate* found = duplicates_.Find(PairOf(command.surviving_id, command.merged_id));
    const Business merged = FindBusiness(command.merged_id, context.caller);
    const MergeFacts facts{.found = found,
                           .merged_has_members = merged.profile.kind == Kind::kGroup &&
                                                 groups_.IsInGroups(command.merged_id)};
    const Result<BusinessesMerged> decision =
        Decide(FindBusiness(command.surviving_id, context.caller), merged, facts, command, now_);
    if (!decision) return std::unexpected(decision.error());
    const Merge merge{.id = command.merge_id,
                      .surviving_id = command.surviving_id,
                      .merged_id = command.merged_id,
                      .merged_by = context.caller.subject,
                      .merged_at = now_,
                      .undo_until = now_ + undo_period_,
                      .undone_by = {},
                      .undone_at = {}};
    Record(*decision, merge, context);
    if (found != nullptr) duplicates_.Put(Merged(*found, context.caller.subject, now_));
    return MergeBusinessesAnswer(merge, businesses_[merge.surviving_id],
                                 businesses_[merge.merged_id]);
}

command::Outcome DuplicateUnitOfWork::Handle(const UndoMerge& command, const Context& context) {
    const Merge* in_force = merges_.FindInForce(command.merged_id);
    const Business merged = FindBusiness(command.merged_id, context.caller);
    Business surviving;
    if (in_force != nullptr) surviving = FindBusiness(in_force->surviving_id, context.caller);
    if (in_force != nullptr && !surviving.Exists()) {  // Out of reach: as if neither were there.
        return std::unexpected(Decide(Business{}, Business{}, nullptr, command, now_).error());
    }
    const Result<MergeUndone> decision = Decide(surviving, merged, in_force, command, now_);
    if (!decision) return std::unexpected(decision.error());
    Merge undone = *in_force;
    undone.undone_by = context.caller.subject;
    undone.undone_at = now_;
    Record(*decision, undone, context);
    const Duplicate* found = duplicates_.Find(PairOf(undone.surviving_id, undone.merged_id));
    if (found != nullptr && found->state == DuplicateState::kMerged) {
        duplicates_.Put(Reopened(*found, context.caller.subject, now_));
    }
    return UndoMergeAnswer(undone, businesses_[undone.surviving_id], businesses_[undone.merged_id]);
}

const Duplicate* DuplicateUnitOfWork::FindInScope(const std::string& id,
                                                  const identity::Caller& caller) const {
    const Duplicate* duplicate = duplicates_.Find(id);
    if (duplicate == nullptr) return nullptr;
    const bool is_reached = caller.Reaches(regions_.at(duplicate->first_id)) &&
                            caller.Reaches(regions_.at(duplicate->second_id));
    return is_reached ? duplicate : nullptr;
}

Business DuplicateUnitOfWork::FindBusiness(const std::string& id,
                                           const identity::Caller& caller) const {
    const Business* business = businesses_.Find(id);
    const bool is_reached = business != nullptr && caller.Reaches(business->profile.region_code);
    return is_reached ? *business : Business{};
}

void DuplicateUnitOfWork::Record(const Event& event, const Merge& merge, const Context& context) {
    merges_.Put(merge);
    for (const std::string& id : {merge.surviving_id, merge.merged_id}) {
        Business& business = businesses_[id];
        business = Apply(std::move(business), event);
        merges_.AddVersion(business, event, context.caller.subject);
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
