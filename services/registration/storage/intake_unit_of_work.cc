#include "services/registration/storage/intake_unit_of_work.h"

#include <algorithm>

#include "libs/command/fingerprint.h"
#include "libs/command/idempotency.h"
#include "services/registration/storage/intake_mapping.h"
#include "services/registration/storage/intake_values.h"
#include "services/registration/storage/lost_race.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

// Of the advisory lock of those who merge.
constexpr std::int64_t kLock = 27'413'260'219'765;

std::unexpected<Error> ConflictNotFound() {
    return Refused(ErrorCode::kNotFound, "CONFLICT_NOT_FOUND", "no such conflict");
}

/// A change that claims what this value needs, for a conflict that may be decided for it.
registration::Command CommandFor(const IntakeWritePlace& place, const std::string& value) {
    if (IsConditionField(place.field.field)) {
        return ReportOf(place.business_id, place.field.field, value);
    }
    return UpdateOf(place.business_id, {{*DetailNamed(place.field.field), value}});
}

}  // namespace

std::string IntakeUnitOfWork::Target(const Command& command) {
    if (const auto* submission = std::get_if<SubmitIntake>(&command)) {
        return "intake/" + submission->stamp.id.device_id + "/" +
               std::to_string(submission->stamp.id.sequence);
    }
    return "intake_conflict/" + std::get<ResolveIntakeConflict>(command).conflict_id;
}

// First of all the locks that let nobody be erased and nobody else merge; then what the registry
// locks, in its order.
void IntakeUnitOfWork::Load(postgres::Transaction& transaction,
                            std::span<const Command* const> commands) {
    HoldErasuresBack(transaction);
    transaction.Run("SELECT pg_advisory_xact_lock($1::bigint)", {postgres::Int64(kLock)});

    std::set<WriteId> ids;
    std::set<std::string> conflict_ids, business_ids;
    for (const Command* command : commands) {
        if (const auto* submission = std::get_if<SubmitIntake>(command)) {
            ids.insert(submission->stamp.id);
            business_ids.insert(submission->business_id);
            const auto* registration = std::get_if<RegisterBusiness>(&submission->statement);
            if (registration != nullptr) erased_.Want(registration->owner.nik);
        } else {
            conflict_ids.insert(std::get<ResolveIntakeConflict>(*command).conflict_id);
        }
    }
    conflicts_ = IntakeWrites::Find(transaction, conflict_ids);
    for (const auto& [id, place] : conflicts_) business_ids.insert(place.business_id);
    origins_.Load(transaction, business_ids);
    std::set<std::string> subjects = origins_.OwnerIds();
    subjects.insert(business_ids.begin(), business_ids.end());
    keys_.Load(transaction, subjects);
    submissions_.Load(transaction, ids, business_ids);
    writes_.Load(transaction, subjects);
    erased_.Load(transaction);

    const std::vector<registration::Command> wanted = Wanted(commands);
    std::vector<const registration::Command*> pointers;
    for (const registration::Command& each : wanted) pointers.push_back(&each);
    registry_.Load(transaction, pointers);

    // Whoever is known by a NIK is known only now.
    std::set<std::string> known_owners;
    for (const registration::Command& each : wanted) {
        const auto* registration = std::get_if<RegisterBusiness>(&each);
        if (registration == nullptr) continue;
        const std::string owner_id = registry_.KnownOwnerOf(*registration);
        if (!owner_id.empty() && !subjects.contains(owner_id)) known_owners.insert(owner_id);
    }
    origins_.LoadOfOwners(transaction, known_owners);
    keys_.Load(transaction, known_owners);
    writes_.Load(transaction, known_owners);
    for (const std::string& id : business_ids) {
        const Business* business = registry_.FindBusiness(id);
        if (business != nullptr && origins_.OwnerIdOf(id) != business->owner_id) throw LostRace();
    }
}

std::vector<registration::Command> IntakeUnitOfWork::Wanted(
    std::span<const Command* const> commands) const {
    std::vector<registration::Command> wanted;
    const auto want_numbers = [&](const std::string& business_id, Detail detail) {
        const std::string subject =
            IsOfOwner(detail) ? origins_.OwnerIdOf(business_id).value_or("") : business_id;
        const FieldHistory history = writes_.HistoryOf({subject, std::string(PathOf(detail))});
        for (const auto& [id, write] : history.writes()) {
            wanted.emplace_back(UpdateOf(business_id, {{detail, write.value}}));
        }
    };
    for (const Command* command : commands) {
        if (const auto* submission = std::get_if<SubmitIntake>(command)) {
            const std::string& business_id = submission->business_id;
            std::visit([&](const auto& each) { wanted.emplace_back(each); }, submission->statement);
            if (submission->kind() == IntakeKind::kEdit) {  // Another one's number may win.
                want_numbers(business_id, Detail::kOwnerNik);
                want_numbers(business_id, Detail::kNib);
            }
            for (const KnownSubmission& waiting : submissions_.WaitingFor(business_id)) {
                std::visit([&](const auto& each) { wanted.emplace_back(each); },
                           StatementOf(waiting.kind, business_id, waiting.content));
            }
            continue;
        }
        const auto place = conflicts_.find(std::get<ResolveIntakeConflict>(*command).conflict_id);
        if (place == conflicts_.end()) continue;
        const FieldHistory history = writes_.HistoryOf(place->second.field);
        wanted.push_back(CommandFor(place->second, history.writes().at(place->second.id).value));
    }
    return wanted;
}

command::Outcome IntakeUnitOfWork::Handle(const Pending& pending, Time now) {
    now_ = now;
    const Context context{.caller = pending.caller, .traceparent = pending.traceparent, .now = now};
    return std::visit([&](const auto& command) { return Handle(command, context); },
                      pending.command);
}

void IntakeUnitOfWork::Save(postgres::Transaction& transaction) {
    registry_.Save(transaction);
    submissions_.Save(transaction, now_);
    writes_.Save(transaction, now_);
    keys_.Save(transaction);  // After all that was sealed by new ones.
    audit_.Save(transaction);
}

command::Outcome IntakeUnitOfWork::Handle(const SubmitIntake& command, const Context& context) {
    const WriteId& id = command.stamp.id;
    const std::string owner = submissions_.OwnerOf(id.device_id);
    if (!owner.empty() && owner != context.caller.subject) {
        return Refused(ErrorCode::kPermissionDenied, "DEVICE_OF_ANOTHER",
                       "this device belongs to somebody else");
    }
    if (const KnownSubmission* known = submissions_.Find(id)) return Repeated(*known, command);
    if (command.kind() == IntakeKind::kRegistration) return Register(command, context);
    if (registry_.FindBusiness(command.business_id) == nullptr && command.is_local) {
        Remember(command, IntakeStatus::kWaiting, context);
        return Receipt(command, {.status = IntakeStatus::kWaiting, .conflicts = {}}, {});
    }
    const Result<Merged> merged = Merge(command, context);
    if (!merged) return std::unexpected(merged.error());
    Remember(command, merged->status, context);
    return Receipt(command, *merged, {});
}

command::Outcome IntakeUnitOfWork::Repeated(const KnownSubmission& known,
                                            const SubmitIntake& command) const {
    if (!command::IsSameRequest(known.fingerprint, command.fingerprint)) {
        return command::RequestIdReused();
    }
    if (known.status == IntakeStatus::kRefusedLater) {
        return Refused(ErrorCode::kFailedPrecondition, known.reason,
                       "it was refused when its business had arrived");
    }
    const Business* business = registry_.FindBusiness(known.business_id);
    return IntakeAnswer({.status = known.status,
                         .business_id = known.business_id,
                         .known_already = true,
                         .clock_suspect = known.clock_suspect,
                         .conflicts = {},
                         .warnings = {},
                         .position = business == nullptr ? "" : PositionOf(*business)});
}

command::Outcome IntakeUnitOfWork::Register(const SubmitIntake& command, const Context& context) {
    const auto& registration = std::get<RegisterBusiness>(command.statement);
    const std::string& id = command.business_id;
    if (registry_.FindBusiness(id) != nullptr || origins_.OwnerIdOf(id)) {
        return Refused(ErrorCode::kAlreadyExists, "BUSINESS_ALREADY_REGISTERED",
                       "this device has registered a business by this id already");
    }
    if (erased_.Contains(registration.owner.nik)) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "this person had their data erased, and comes back by themselves only");
    }
    command::Outcome outcome = CarryOut(registration, "RegisterBusiness", id, context);
    const bool is_nib_taken = !outcome && outcome.error().reason == "NIB_ALREADY_REGISTERED";
    if (is_nib_taken) {  // It is registered all the same, and the number is in review.
        RegisterBusiness without_nib = registration;
        without_nib.profile.nib.clear();
        outcome = CarryOut(std::move(without_nib), "RegisterBusiness", id, context);
    }
    if (!outcome) return outcome;
    const Business& business = *registry_.FindBusiness(id);
    std::vector<std::string> warnings = registration.warnings;
    Merged merged;
    origins_.NoteRegistration(business, command.stamp, context.caller.subject);
    if (is_nib_taken) {
        const Result<Merged> number = MergeNib(business, command, registration, context);
        if (!number) return std::unexpected(number.error());
        merged.conflicts = number->conflicts;
    }
    if (business.owner_id != registration.owner_id) {
        warnings.emplace_back("OWNER_KNOWN");
        Result<Merged> owner = MergeOwner(business, command, registration, context);
        if (!owner) return std::unexpected(owner.error());
        merged.conflicts.insert(merged.conflicts.end(), owner->conflicts.begin(),
                                owner->conflicts.end());
    }
    Remember(command, IntakeStatus::kApplied, context);
    Release(id, context);
    return Receipt(command, merged, warnings);
}

void IntakeUnitOfWork::Release(const std::string& business_id, const Context& context) {
    for (KnownSubmission waiting : submissions_.WaitingFor(business_id)) {
        const SubmitIntake command{
            .stamp = {.captured_at = waiting.captured_at, .id = waiting.id},
            .clock_suspect = waiting.clock_suspect,
            .business_id = business_id,
            .is_local = true,
            .base_version = 0,
            .fingerprint = waiting.fingerprint,
            .statement = StatementOf(waiting.kind, business_id, waiting.content)};
        const Context theirs{
            .caller = waiting.caller, .traceparent = waiting.traceparent, .now = context.now};
        const Result<Merged> merged = Merge(command, theirs);
        waiting.status = merged ? merged->status : IntakeStatus::kRefusedLater;
        if (!merged) waiting.reason = merged.error().reason;
        submissions_.Put(std::move(waiting));
    }
}

command::Outcome IntakeUnitOfWork::Handle(const ResolveIntakeConflict& command,
                                          const Context& context) {
    const auto place = conflicts_.find(command.conflict_id);
    if (place == conflicts_.end()) return ConflictNotFound();
    const auto& [field, id, business_id] = place->second;
    const Business* business = registry_.FindBusiness(business_id);
    if (business == nullptr || !context.caller.Reaches(business->profile.region_code)) {
        return ConflictNotFound();
    }
    const Result<void> current = CheckIsCurrent(*business, command.expected_version);
    if (!current) return std::unexpected(current.error());
    FieldHistory history = writes_.HistoryOf(field);
    const std::vector<WriteId> open = history.Open();
    if (std::ranges::find(open, id) == open.end()) {
        return Refused(ErrorCode::kFailedPrecondition, "CONFLICT_CLOSED",
                       "this conflict has been decided, or is none any more");
    }
    const std::string value = history.writes().at(id).value;
    if (command.decision == IntakeDecision::kKeep) {
        history.DecideAgainst(value);
    } else {
        const std::string method =
            IsConditionField(field.field) ? "ReportCondition" : "UpdateBusiness";
        const command::Outcome taken =
            CarryOut(CommandFor(place->second, value), method, business_id, context);
        if (!taken) return taken;
        std::set<std::string> others;
        if (const FieldWrite* present = history.Present()) others.insert(present->value);
        for (const WriteId& each : open) others.insert(history.writes().at(each).value);
        others.erase(value);
        for (const std::string& other : others) history.DecideAgainst(other);
        history.SetVersion(id, business->version);
    }
    const bool is_taken = command.decision == IntakeDecision::kTake;
    writes_.Put(field, std::move(history), {});
    writes_.Decided(field, context.caller.subject, is_taken ? std::optional(id) : std::nullopt);
    return ResolveIntakeConflictAnswer(*business);
}

command::Outcome IntakeUnitOfWork::CarryOut(registration::Command command,
                                            const std::string& method,
                                            const std::string& business_id,
                                            const Context& context) {
    const RegistrationUnitOfWork::Pending pending{.caller = context.caller,
                                                  .method = method,
                                                  .request_id = {},
                                                  .fingerprint = {},
                                                  .command = std::move(command),
                                                  .traceparent = context.traceparent};
    command::Outcome outcome = registry_.Handle(pending, context.now);
    if (outcome) {
        audit_.Add(pending, std::string(kBusinessAggregate) + "/" + business_id, outcome,
                   context.now);
    }
    return outcome;
}

void IntakeUnitOfWork::Remember(const SubmitIntake& command, IntakeStatus status,
                                const Context& context) {
    submissions_.Put(
        {.id = command.stamp.id,
         .business_id = command.business_id,
         .kind = command.kind(),
         .status = status,
         .reason = {},
         .fingerprint = command.fingerprint,
         .captured_at = command.stamp.captured_at,
         .clock_suspect = command.clock_suspect,
         .caller = context.caller,
         .traceparent = context.traceparent,
         .content = status == IntakeStatus::kWaiting ? ContentOf(command) : std::string()});
}

std::string IntakeUnitOfWork::Receipt(const SubmitIntake& command, const Merged& merged,
                                      const std::vector<std::string>& warnings) const {
    const Business* business = registry_.FindBusiness(command.business_id);
    return IntakeAnswer({.status = merged.status,
                         .business_id = command.business_id,
                         .known_already = false,
                         .clock_suspect = command.clock_suspect,
                         .conflicts = merged.conflicts,
                         .warnings = warnings,
                         .position = business == nullptr ? "" : PositionOf(*business)});
}

}  // namespace bangkit::registration
