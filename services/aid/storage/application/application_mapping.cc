#include "services/aid/storage/application/application_mapping.h"

#include <stdexcept>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/application_service.pb.h"
#include "bangkit/aid/v1/document_service.pb.h"
#include "bangkit/aid/v1/rules.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

void FillDetails(v1::Application& out, const Application& application) {
    for (const auto& [kind, id] : application.documents) {
        v1::AttachedDocument& added = *out.add_documents();
        added.set_kind(As<v1::DocumentKind>(kind));
        added.set_document_id(id);
    }
    if (application.correction) {
        v1::Correction& correction = *out.mutable_correction();
        for (const ReturnedItem& item : application.correction->items) {
            v1::ReturnedItem& added = *correction.add_items();
            added.set_document(As<v1::DocumentKind>(item.document));
            added.set_reason(As<v1::ReturnReason>(item.reason));
        }
        correction.set_until(indonesia::FormatDate(application.correction->until));
        for (const DocumentKind kind : application.correction->corrected) {
            correction.add_corrected(As<v1::DocumentKind>(kind));
        }
    }
    for (const std::string& id : application.survey_photos) out.add_survey_photo_ids(id);
    out.set_lent_rupiah(application.lent);
    out.set_is_recommended(application.is_recommended);
    out.set_rules_version(application.rules_version);
    out.set_payment_reference(application.payment_reference);
    out.set_failed_attempts(application.failed_attempts);
    for (const RejectionReason reason : application.rejection_reasons) {
        out.add_rejection_reasons(As<v1::RejectionReason>(reason));
    }
}

Correction ToCorrection(const v1::Correction& correction) {
    Correction made{.items = {},
                    .until = indonesia::ParseDate(correction.until()).value_or(Date{})};
    for (const v1::ReturnedItem& item : correction.items()) {
        made.items.push_back({.document = As<DocumentKind>(item.document()),
                              .reason = As<ReturnReason>(item.reason())});
    }
    for (const int kind : correction.corrected()) made.corrected.insert(As<DocumentKind>(kind));
    return made;
}

template <typename Response>
std::string Answer(const Application& application) {
    Response response;
    Fill(*response.mutable_application(), application);
    response.set_position(PositionOf(kApplicationAggregate, application.id, application.version));
    return response.SerializeAsString();
}

void FillStatistics(v1::ApplicationStatistics& out, const Application& application) {
    out.set_program_id(application.program_id);
    out.set_business_id(application.applicant.business_id);
    out.set_owner_id(application.applicant.owner_id);
    out.set_region_code(application.applicant.region_code);
    out.set_state(As<v1::ApplicationState>(application.state));
    out.set_amount_rupiah(application.amount);
    out.set_budget_id(application.budget_id);
    if (application.submitted_at) Fill(*out.mutable_submitted_at(), *application.submitted_at);
    if (application.approved_at) Fill(*out.mutable_approved_at(), *application.approved_at);
}

/// The public message of an event of the domain.
template <typename Event>
struct MessageOf;
// clang-format off
template <> struct MessageOf<ApplicationStarted> { using Type = v1::ApplicationStarted; };
template <> struct MessageOf<FactsStated> { using Type = v1::FactsStated; };
template <> struct MessageOf<DocumentAttached> { using Type = v1::DocumentAttached; };
template <> struct MessageOf<ApplicationSubmitted> { using Type = v1::ApplicationSubmitted; };
template <> struct MessageOf<DocumentsChecked> { using Type = v1::DocumentsChecked; };
template <> struct MessageOf<ApplicationSurveyed> { using Type = v1::ApplicationSurveyed; };
template <> struct MessageOf<ApplicationReturned> { using Type = v1::ApplicationReturned; };
template <> struct MessageOf<ApplicationApproved> { using Type = v1::ApplicationApproved; };
template <> struct MessageOf<ApplicationRejected> { using Type = v1::ApplicationRejected; };
template <> struct MessageOf<ApplicationWithdrawn> { using Type = v1::ApplicationWithdrawn; };
template <> struct MessageOf<ApplicationCancelled> { using Type = v1::ApplicationCancelled; };
template <> struct MessageOf<AidScheduled> { using Type = v1::AidScheduled; };
template <> struct MessageOf<AidDisbursed> { using Type = v1::AidDisbursed; };
template <> struct MessageOf<DisbursementFailed> { using Type = v1::DisbursementFailed; };
template <> struct MessageOf<SupervisionRecorded> { using Type = v1::SupervisionRecorded; };
template <> struct MessageOf<ApplicationClosed> { using Type = v1::ApplicationClosed; };
template <> struct MessageOf<AidReturned> { using Type = v1::AidReturned; };
// clang-format on

// What a message says besides the statistics.
void FillRest(v1::ApplicationRejected& out, std::int64_t, const ApplicationRejected& event) {
    for (const RejectionReason reason : event.reasons) {
        out.add_reasons(As<v1::RejectionReason>(reason));
    }
}
void FillRest(v1::ApplicationWithdrawn& out, std::int64_t released, const ApplicationWithdrawn&) {
    out.set_released_rupiah(released);
}
void FillRest(v1::ApplicationCancelled& out, std::int64_t released, const ApplicationCancelled&) {
    out.set_released_rupiah(released);
}
void FillRest(auto&, std::int64_t, const auto&) {}

}  // namespace

void Fill(v1::Application& out, const Application& application) {
    FillDetails(out, application);
    out.set_application_id(application.id);
    out.set_version(application.version);
    out.set_etag(EtagOf(application.version));
    out.set_program_id(application.program_id);
    out.set_business_id(application.applicant.business_id);
    out.set_owner_id(application.applicant.owner_id);
    out.set_region_code(application.applicant.region_code);
    out.set_state(As<v1::ApplicationState>(application.state));
    out.set_amount_rupiah(application.amount);
    out.set_budget_id(application.budget_id);
    Fill(*out.mutable_created_at(), application.created_at);
    if (application.submitted_at) Fill(*out.mutable_submitted_at(), *application.submitted_at);
    if (application.approved_at) Fill(*out.mutable_approved_at(), *application.approved_at);
    Fill(*out.mutable_updated_at(), application.updated_at);
    out.set_is_stated(!application.statement.empty());
}

void Fill(v1::Document& out, const StoredDocument& document, bool is_current) {
    out.set_document_id(document.id);
    out.set_application_id(document.application_id);
    out.set_kind(As<v1::DocumentKind>(document.kind));
    out.set_format(As<v1::DocumentFormat>(document.format));
    out.set_size_bytes(document.bytes);
    out.set_sha256(document.sha256);
    out.set_uploaded_by(document.uploaded_by);
    Fill(*out.mutable_uploaded_at(), document.uploaded_at);
    out.set_is_current(is_current);
}

std::string SerializedDetails(const Application& application) {
    v1::Application message;
    FillDetails(message, application);
    return message.SerializeAsString();
}

void ReadDetails(std::string_view bytes, Application& application) {
    v1::Application message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        throw std::runtime_error("the details of an application cannot be read");
    }
    for (const v1::AttachedDocument& document : message.documents()) {
        application.documents[As<DocumentKind>(document.kind())] = document.document_id();
    }
    application.survey_photos.insert(message.survey_photo_ids().begin(),
                                     message.survey_photo_ids().end());
    if (message.has_correction()) application.correction = ToCorrection(message.correction());
    application.lent = message.lent_rupiah();
    application.is_recommended = message.is_recommended();
    application.rules_version = message.rules_version();
    application.payment_reference = message.payment_reference();
    application.failed_attempts = message.failed_attempts();
    for (const int reason : message.rejection_reasons()) {
        application.rejection_reasons.insert(As<RejectionReason>(reason));
    }
}

std::string Serialized(const Facts& facts) {
    v1::KnownFacts message;
    for (const auto& [fact, numbers] : facts.numbers()) {
        v1::KnownFact& added = *message.add_facts();
        added.set_fact(As<v1::Fact>(fact));
        added.mutable_numbers()->Add(numbers.begin(), numbers.end());
    }
    for (const auto& [fact, region_code] : facts.regions()) {
        v1::KnownFact& added = *message.add_facts();
        added.set_fact(As<v1::Fact>(fact));
        added.set_region_code(region_code);
    }
    return message.SerializeAsString();
}

std::string AnswerTo(const StartApplication&, const Application& application) {
    return Answer<v1::StartApplicationResponse>(application);
}
std::string AnswerTo(const StateFacts&, const Application& application) {
    return Answer<v1::StateFactsResponse>(application);
}
std::string AnswerTo(const Application& application, const StoredDocument& attached) {
    v1::AttachDocumentResponse response;
    Fill(*response.mutable_application(), application);
    Fill(*response.mutable_document(), attached, true);
    response.set_position(PositionOf(kApplicationAggregate, application.id, application.version));
    return response.SerializeAsString();
}
std::string AnswerTo(const SubmitApplication&, const Application& application) {
    return Answer<v1::SubmitApplicationResponse>(application);
}
std::string AnswerTo(const CheckDocuments&, const Application& application) {
    return Answer<v1::CheckDocumentsResponse>(application);
}
std::string AnswerTo(const RecordSurvey&, const Application& application) {
    return Answer<v1::RecordSurveyResponse>(application);
}
std::string AnswerTo(const ReturnApplication&, const Application& application) {
    return Answer<v1::ReturnApplicationResponse>(application);
}
std::string AnswerTo(const ApproveApplication&, const Application& application) {
    return Answer<v1::ApproveApplicationResponse>(application);
}
std::string AnswerTo(const RejectApplication&, const Application& application) {
    return Answer<v1::RejectApplicationResponse>(application);
}
std::string AnswerTo(const ExpireCorrection&, const Application& application) {
    return Answer<v1::RejectApplicationResponse>(application);
}
std::string AnswerTo(const WithdrawApplication&, const Application& application) {
    return Answer<v1::WithdrawApplicationResponse>(application);
}
std::string AnswerTo(const CancelApplication&, const Application& application) {
    return Answer<v1::CancelApplicationResponse>(application);
}

PublicEvent ToPublic(const Application& before, const Application& after,
                     const ApplicationEvent& event) {
    const auto order = PostingOf(before, event);
    const std::int64_t released = order && order->kind == PostingKind::kRelease ? order->amount : 0;
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_application_id(after.id);
            FillStatistics(*out.mutable_statistics(), after);
            Fill(*out.mutable_occurred_at(), happened.at);
            FillRest(out, released, happened);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

}  // namespace bangkit::aid
