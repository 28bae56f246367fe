#include <optional>
#include <variant>

#include "services/aid/domain/application/application.h"

namespace bangkit::aid {
namespace {

using enum ApplicationState;

void Fold(Application& application, const ApplicationStarted& event) {
    application.id = event.application_id;
    application.program_id = event.program_id;
    application.applicant = event.applicant;
    application.amount = event.amount;
    application.lent = event.lent;
    application.entered_by.insert(event.by);
    application.created_at = event.at;
}
void Fold(Application& application, const FactsStated& event) {
    application.applicant.household = event.household;
    application.statement = event.statement;
    application.entered_by.insert(event.by);
}
void Fold(Application& application, const DocumentAttached& event) {
    if (event.kind == DocumentKind::kSurveyPhoto) {
        application.survey_photos.insert(event.document_id);
        application.surveyed_by.insert(event.by);
        return;
    }
    if (!IsOfChecklist(event.kind)) return;  // Whoever shows what became of it has entered nothing.
    application.documents[event.kind] = event.document_id;
    application.entered_by.insert(event.by);
    if (application.correction) application.correction->corrected.insert(event.kind);
}
void Fold(Application& application, const ApplicationSubmitted& event) {
    application.state = kSubmitted;
    application.rules_version = event.rules_version;
    application.entered_by.insert(event.by);
    application.survey_photos.clear();
    application.correction.reset();
    if (!application.submitted_at) application.submitted_at = event.at;
}
void Fold(Application& application, const DocumentsChecked&) {
    application.state = kDocumentsChecked;
}
void Fold(Application& application, const ApplicationSurveyed& event) {
    application.state = kSurveyed;
    application.is_recommended = event.is_recommended;
    application.surveyed_by.insert(event.by);
}
void Fold(Application& application, const ApplicationReturned& event) {
    application.state = kReturned;
    application.correction = Correction{.items = event.items, .until = event.until};
}
void Fold(Application& application, const ApplicationApproved& event) {
    application.state = kApproved;
    application.amount = event.amount;
    application.rules_version = event.rules_version;
    application.budget_id = event.budget_id;
    application.approved_by = event.by;
    application.approved_at = event.at;
}
void Fold(Application& application, const ApplicationRejected& event) {
    application.state = kRejected;
    application.rejection_reasons = event.reasons;
    application.correction.reset();
}
void Fold(Application& application, const ApplicationWithdrawn&) {
    application.state = kWithdrawn;
    application.correction.reset();
}
void Fold(Application& application, const ApplicationCancelled&) { application.state = kCancelled; }
void Fold(Application& application, const AidScheduled& event) {
    application.state = kScheduled;
    application.payment_reference = event.payment_reference;
}
void Fold(Application& application, const AidDisbursed&) { application.state = kDisbursed; }
void Fold(Application& application, const DisbursementFailed&) {
    application.state = kApproved;
    ++application.failed_attempts;
}
void Fold(Application& application, const SupervisionRecorded&) { application.state = kSupervised; }
void Fold(Application& application, const ApplicationClosed&) { application.state = kClosed; }
void Fold(Application& application, const AidReturned&) { application.state = kRefunded; }

}  // namespace

Application Apply(Application application, const ApplicationEvent& event) {
    std::visit(
        [&application](const auto& happened) {
            Fold(application, happened);
            application.updated_at = happened.at;
        },
        event);
    ++application.version;
    return application;
}

std::optional<PostingOrder> PostingOf(const Application& before, const ApplicationEvent& event) {
    const auto order = [&before](PostingKind kind, std::int64_t amount) {
        return PostingOrder{.kind = kind, .amount = amount, .application_id = before.id};
    };
    if (const auto* approved = std::get_if<ApplicationApproved>(&event)) {
        return order(PostingKind::kReservation, approved->amount);
    }
    const bool ends = std::holds_alternative<ApplicationWithdrawn>(event) ||
                      std::holds_alternative<ApplicationCancelled>(event);
    if (ends && before.state == kApproved) return order(PostingKind::kRelease, before.amount);
    if (std::holds_alternative<AidDisbursed>(event)) {
        return order(PostingKind::kDisbursement, before.amount);
    }
    if (std::holds_alternative<AidReturned>(event)) {
        return order(PostingKind::kReturn, before.amount);
    }
    return std::nullopt;
}

}  // namespace bangkit::aid
