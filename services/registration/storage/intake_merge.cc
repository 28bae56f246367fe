// How the intake merges what a device says of a business that is there.
#include <algorithm>
#include <optional>
#include <string>

#include "services/registration/domain/update.h"
#include "services/registration/storage/intake_unit_of_work.h"
#include "services/registration/storage/intake_values.h"

namespace bangkit::registration {
namespace {

/// Only one can have it, so whoever is first keeps it, and the registry may refuse it to others.
bool IsNumberOfOne(Detail detail) { return detail == Detail::kOwnerNik || detail == Detail::kNib; }

/// What a detail is as long as nobody has stated it; nullopt: it is always stated.
std::optional<std::string> NothingStated(Detail detail) {
    if (detail == Detail::kKind) return std::nullopt;
    return ValueOf(detail, Owner{}, Profile{}, Figures{});
}

std::unexpected<Error> BusinessNotFound() {
    return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
}

/// What a person can decide on; the rest is refused, and nothing of it is kept.
bool IsForReview(const Error& error) {
    return error.code != ErrorCode::kNotFound && error.reason != "OWNER_ERASED";
}

IntakeField FieldOf(const Business& business, Detail detail) {
    return {IsOfOwner(detail) ? business.owner_id : business.id, std::string(PathOf(detail))};
}

bool IsIn(const FieldHistory& history, const std::string& value) {
    const FieldWrite* present = history.Present();
    return present != nullptr && present->value == value;
}

}  // namespace

Result<IntakeUnitOfWork::Merged> IntakeUnitOfWork::Merge(const SubmitIntake& command,
                                                         const Context& context) {
    const Business* business = registry_.FindBusiness(command.business_id);
    if (business == nullptr || !context.caller.Reaches(business->profile.region_code)) {
        return BusinessNotFound();
    }
    if (const auto* report = std::get_if<ReportCondition>(&command.statement)) {
        return MergeReport(*business, command, *report, context);
    }
    return MergeEdit(*business, command, std::get<UpdateBusiness>(command.statement), context);
}

Result<IntakeUnitOfWork::Merged> IntakeUnitOfWork::MergeEdit(const Business& business,
                                                             const SubmitIntake& command,
                                                             const UpdateBusiness& update,
                                                             const Context& context) {
    const Result<void> allowed = CheckEdit(business, update, context);
    if (!allowed) return std::unexpected(allowed.error());
    std::map<Detail, Staged> staged;
    for (const Detail detail : update.details) {
        staged.emplace(detail,
                       StageDetail(business, command, detail, ValueOf(update, detail), context));
    }
    if (const Result<void> applied = Apply(business, staged, context); !applied) {
        return std::unexpected(applied.error());
    }
    Merged merged{.status = IntakeStatus::kSuperseded, .conflicts = {}};
    for (const auto& [detail, each] : staged) {
        const FieldHistory& history = writes_.HistoryOf(each.field);
        if (IsIn(history, ValueOf(update, detail))) merged.status = IntakeStatus::kApplied;
        if (!history.Open().empty()) merged.conflicts.push_back(each.field.field);
    }
    return merged;
}

// What must not be kept in any history either.
Result<void> IntakeUnitOfWork::CheckEdit(const Business& business, const UpdateBusiness& update,
                                         const Context& context) const {
    const Owner* owner = registry_.FindOwner(business.owner_id);
    const UpdateFacts facts{.owner = owner == nullptr ? std::nullopt : std::optional(*owner)};
    const Result<Events> allowed = Decide(business, update, facts, context.now);
    if (!allowed && allowed.error().reason == "OWNER_ERASED") {
        return std::unexpected(allowed.error());
    }
    if (update.details.contains(Detail::kRegion) &&
        !context.caller.Reaches(update.profile.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    for (const Detail detail : update.details) {
        const Result<void> room = CheckRoom(FieldOf(business, detail).subject_id);
        if (!room) return std::unexpected(room.error());
    }
    return {};
}

Result<void> IntakeUnitOfWork::CheckRoom(const std::string& subject_id) const {
    if (writes_.CountOf(subject_id) < limits_.writes) return {};
    return Refused(ErrorCode::kResourceExhausted, "TOO_MANY_WRITES",
                   "devices have written too much of it; change it in the registry");
}

Result<IntakeUnitOfWork::Merged> IntakeUnitOfWork::MergeOwner(const Business& business,
                                                              const SubmitIntake& command,
                                                              const RegisterBusiness& stated,
                                                              const Context& context) {
    std::map<Detail, Staged> staged;
    for (int i = 0; i <= static_cast<int>(kLastDetail); ++i) {
        const auto detail = static_cast<Detail>(i);
        if (!IsOfOwner(detail) || detail == Detail::kOwnerNik) continue;
        const std::string value = ValueOf(detail, stated.owner, stated.profile, stated.figures);
        if (value == NothingStated(detail)) {
            KeepOrigin(business, detail);
            continue;
        }
        staged.emplace(detail, StageDetail(business, command, detail, value, context));
    }
    if (const Result<void> applied = Apply(business, staged, context); !applied) {
        return std::unexpected(applied.error());
    }
    Merged merged;
    for (const auto& [detail, each] : staged) {
        if (!writes_.HistoryOf(each.field).Open().empty()) {
            merged.conflicts.push_back(each.field.field);
        }
    }
    return merged;
}

Result<IntakeUnitOfWork::Merged> IntakeUnitOfWork::MergeNib(const Business& business,
                                                            const SubmitIntake& command,
                                                            const RegisterBusiness& stated,
                                                            const Context& context) {
    const std::string value = ValueOf(Detail::kNib, stated.owner, stated.profile, stated.figures);
    std::map<Detail, Staged> staged;
    staged.emplace(Detail::kNib, StageDetail(business, command, Detail::kNib, value, context));
    if (const Result<void> applied = Apply(business, staged, context); !applied) {
        return std::unexpected(applied.error());
    }
    return Merged{.conflicts = {std::string(PathOf(Detail::kNib))}};
}

void IntakeUnitOfWork::KeepOrigin(const Business& business, Detail detail) {
    const IntakeField field = FieldOf(business, detail);
    const std::string value = PresentValueOf(business, detail);
    FieldHistory history = writes_.HistoryOf(field);
    if (history.Present() != nullptr || value == NothingStated(detail)) return;
    const IntakeOrigins::Origin origin = origins_.OriginOf(business, detail);
    history.Add({.stamp = origin.stamp,
                 .value = value,
                 .business_id = origin.business_id,
                 .version = origin.version});
    writes_.Put(field, std::move(history),
                {{origin.stamp.id, {.stated_by = origin.stated_by, .clock_suspect = false}}});
}

IntakeUnitOfWork::Staged IntakeUnitOfWork::StageDetail(const Business& business,
                                                       const SubmitIntake& command, Detail detail,
                                                       const std::string& value,
                                                       const Context& context) const {
    const IntakeField field = FieldOf(business, detail);
    Staged staged{.field = field,
                  .history = writes_.HistoryOf(field),
                  .before = PresentValueOf(business, detail),
                  .present = {},
                  .authors = {}};
    const IntakeOrigins::Origin origin = origins_.OriginOf(business, detail);
    std::optional<PresentValue> present(PresentValue{.value = staged.before,
                                                     .stamp = origin.stamp,
                                                     .business_id = origin.business_id,
                                                     .version = origin.version});
    // Whoever registered it without saying anything of this has said nothing.
    if (origin.version == 1 && staged.before == NothingStated(detail)) present.reset();
    const FieldWrite& now = staged.history.Take({.stamp = command.stamp,
                                                 .business_id = business.id,
                                                 .base_version = command.base_version,
                                                 .value = value},
                                                present, business.version);
    staged.present = now.stamp.id;
    staged.authors[origin.stamp.id] = {.stated_by = origin.stated_by, .clock_suspect = false};
    staged.authors[command.stamp.id] = {.stated_by = context.caller.subject,
                                        .clock_suspect = command.clock_suspect};
    return staged;
}

Result<void> IntakeUnitOfWork::Apply(const Business& business, std::map<Detail, Staged>& staged,
                                     const Context& context) {
    std::map<Detail, std::string> changes;
    for (const auto& [detail, each] : staged) {
        const std::string& value = each.history.writes().at(each.present).value;
        if (value != each.before && !IsNumberOfOne(detail)) changes[detail] = value;
    }
    command::Outcome together;
    if (!changes.empty()) {
        together = CarryOut(UpdateOf(business.id, changes), "UpdateBusiness", business.id, context);
        if (!together && !IsForReview(together.error())) return std::unexpected(together.error());
    }
    for (auto& [detail, each] : staged) {
        const std::string value = each.history.writes().at(each.present).value;
        if (value == each.before) continue;
        const command::Outcome outcome = IsNumberOfOne(detail)
                                             ? CarryOut(UpdateOf(business.id, {{detail, value}}),
                                                        "UpdateBusiness", business.id, context)
                                             : together;
        if (outcome) {
            each.history.SetVersion(each.present, business.version);
        } else {
            each.history.Block(each.present, outcome.error().reason);
        }
    }
    for (auto& [detail, each] : staged) {
        writes_.Put(each.field, std::move(each.history), each.authors);
    }
    return {};
}

Result<void> IntakeUnitOfWork::Apply(const Business& business, Date since, const FieldWrite& now,
                                     FieldHistory& history, const Context& context) {
    const command::Outcome outcome =
        CarryOut(ReportOf(business.id, ConditionField(since), now.value), "ReportCondition",
                 business.id, context);
    if (!outcome && !IsForReview(outcome.error())) return std::unexpected(outcome.error());
    if (!outcome) {
        history.Block(now.stamp.id, outcome.error().reason);
        return {};
    }
    history.SetVersion(now.stamp.id, business.version);
    origins_.NoteCondition(business.id, since,
                           {.origin = {.stamp = now.stamp,
                                       .business_id = business.id,
                                       .version = business.version,
                                       .stated_by = context.caller.subject},
                            .value = now.value});
    return {};
}

std::string IntakeUnitOfWork::PresentValueOf(const Business& business, Detail detail) const {
    const Owner* owner = registry_.FindOwner(business.owner_id);
    return ValueOf(detail, owner == nullptr ? Owner{} : *owner, business.profile,
                   business.scale.figures);
}

Result<IntakeUnitOfWork::Merged> IntakeUnitOfWork::MergeReport(const Business& business,
                                                               const SubmitIntake& command,
                                                               const ReportCondition& report,
                                                               const Context& context) {
    const IntakeField field{business.id, ConditionField(report.since)};
    const std::string value = ValueOf(report);
    FieldHistory history = writes_.HistoryOf(field);
    const Result<void> room = CheckRoom(business.id);
    if (!room) return std::unexpected(room.error());
    const auto stated = origins_.ConditionAt(business.id, report.since);
    std::optional<PresentValue> present;
    std::map<WriteId, IntakeWrites::Author> authors{
        {command.stamp.id,
         {.stated_by = context.caller.subject, .clock_suspect = command.clock_suspect}}};
    if (stated) {
        present = PresentValue{.value = stated->value,
                               .stamp = stated->origin.stamp,
                               .business_id = stated->origin.business_id,
                               .version = stated->origin.version};
        authors[stated->origin.stamp.id] = {.stated_by = stated->origin.stated_by,
                                            .clock_suspect = false};
    }
    const FieldWrite now = history.Take({.stamp = command.stamp,
                                         .business_id = business.id,
                                         .base_version = command.base_version,
                                         .value = value},
                                        present, business.version);
    if (!present || now.value != present->value) {
        const Result<void> applied = Apply(business, report.since, now, history, context);
        if (!applied) return std::unexpected(applied.error());
    }
    Merged merged{
        .status = IsIn(history, value) ? IntakeStatus::kApplied : IntakeStatus::kSuperseded,
        .conflicts = {}};
    if (!history.Open().empty()) merged.conflicts.push_back(field.field);
    writes_.Put(field, std::move(history), authors);
    return merged;
}

}  // namespace bangkit::registration
