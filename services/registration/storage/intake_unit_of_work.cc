#include "services/registration/storage/intake_unit_of_work.h"

#include <algorithm>

#include "libs/command/fingerprint.h"
#include "libs/command/idempotency.h"
#include "services/registration/storage/intake_mapping.h"
#include "services/registration/storage/intake_values.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

std::unexpected<Error> ConflictNotFound() {
    return Refused(ErrorCode::kNotFound, "CONFLICT_NOT_FOUND", "no such conflict");
}

/// Somebody has decided for one of the values that are open: against all others.
void Take(FieldHistory& history, const WriteId& taken, const std::vector<WriteId>& open) {
    std::set<std::string> others;
    if (const FieldWrite* present = history.Present()) others.insert(present->value);
    for (const WriteId& each : open) others.insert(history.writes().at(each).value);
    others.erase(history.writes().at(taken).value);
    for (const std::string& other : others) history.DecideAgainst(other);
}

}  // namespace

std::string IntakeUnitOfWork::Target(const Command& command) {
    if (const auto* submission = std::get_if<SubmitIntake>(&command)) {
        return "intake/" + submission->stamp.id.device_id + "/" +
               std::to_string(submission->stamp.id.sequence);
    }
    return "intake_conflict/" + std::get<ResolveIntakeConflict>(command).conflict_id;
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
        if (submissions_.CountWaitingFor(command.business_id) >= limits_.waiting) {
            return Refused(ErrorCode::kResourceExhausted, "TOO_MANY_WAITING",
                           "too much waits for this business; send its registration first");
        }
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
    const Result<void> room = CheckRoom(registry_.KnownOwnerOf(registration));
    if (!room) return std::unexpected(room.error());
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
        if (!merged) {  // The device hears why when it sends it again, as it has to.
            submissions_.Forget(waiting.id);
            continue;
        }
        waiting.status = merged->status;
        submissions_.Put(std::move(waiting));
    }
}

command::Outcome IntakeUnitOfWork::Handle(const ResolveIntakeConflict& command,
                                          const Context& context) {
    const auto place = conflicts_.find(command.conflict_id);
    if (place == conflicts_.end()) return ConflictNotFound();
    const auto& [field, id, business_id] = place->second;
    const Business* business = registry_.FindBusiness(business_id);
    const Business* target = registry_.FindBusiness(TargetOf(place->second));
    if (business == nullptr || target == nullptr ||
        !context.caller.Reaches(business->profile.region_code)) {
        return ConflictNotFound();
    }
    const Result<void> current = CheckIsCurrent(*target, command.expected_version);
    if (!current) return std::unexpected(current.error());
    FieldHistory history = writes_.HistoryOf(field);
    const std::vector<WriteId> open = history.Open();
    if (std::ranges::find(open, id) == open.end()) {
        return Refused(ErrorCode::kFailedPrecondition, "CONFLICT_CLOSED",
                       "this conflict has been decided, or is none any more");
    }
    const std::string value = history.writes().at(id).value;
    const bool is_taken = command.decision == IntakeDecision::kTake;
    if (is_taken) {
        const command::Outcome taken =
            CarryOut(ChangeTo(target->id, field.field, value),
                     IsConditionField(field.field) ? "ReportCondition" : "UpdateBusiness",
                     target->id, context);
        if (!taken) return taken;
        Take(history, id, open);
        history.SetVersion(id, target->version);
    } else {
        history.DecideAgainst(value);
    }
    writes_.Put(field, std::move(history), {});
    writes_.Decided(field, context.caller.subject, is_taken ? std::optional(id) : std::nullopt);
    return ResolveIntakeConflictAnswer(*target);
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
