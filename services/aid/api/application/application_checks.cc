#include "services/aid/api/application/application_checks.h"

#include <algorithm>
#include <set>

#include "libs/base/ids.h"
#include "services/aid/api/document/evidence_checks.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

constexpr int kItemsMax = 20;
constexpr Date kLastDay = std::chrono::year(2100) / 12 / 31;

/// What requests about an application that is there have in common.
template <typename Request>
Result<CheckedApplication> CheckDeed(rpc::FieldChecker& fields, const Request& request,
                                     decltype(ApplicationCommand::deed)&& deed,
                                     Enclosure&& enclosure = {}) {
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ApplicationCommand command{
        .application_id = fields.Uuid("application_id", request.application_id()),
        .expected_version = fields.Etag("etag", request.etag()),
        .enclosure = std::move(enclosure),
        .deed = std::move(deed)};
    return Done<ApplicationCommand>(fields, std::move(request_id), std::move(command));
}

template <typename Deed, typename Request>
Result<CheckedApplication> CheckDeed(const Request& request) {
    rpc::FieldChecker fields;
    return CheckDeed(fields, request, Deed{});
}

}  // namespace

Result<CheckedApplication> Check(const v1::StartApplicationRequest& request, Time now) {
    rpc::FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    StartApplication deed{.application_id = NewId(now),
                          .program_id = fields.Uuid("program_id", request.program_id()),
                          .applicant = {},
                          .amount = fields.Amount("amount_rupiah", request.amount_rupiah())};
    deed.applicant.business_id = fields.Uuid("business_id", request.business_id());
    ApplicationCommand command{.application_id = deed.application_id, .deed = deed};
    return Done<ApplicationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedApplication> Check(const v1::StateFactsRequest& request, Time now) {
    rpc::FieldChecker fields;
    fields.Require("facts", request.has_facts());
    Enclosure enclosure{.stated = CheckStated(fields, request.facts(), now)};
    return CheckDeed(fields, request, StateFacts{}, std::move(enclosure));
}

Result<CheckedApplication> Check(const v1::SubmitApplicationRequest& request, Time) {
    return CheckDeed<SubmitApplication>(request);
}

Result<CheckedApplication> Check(const v1::CheckDocumentsRequest& request, Time) {
    return CheckDeed<CheckDocuments>(request);
}

Result<CheckedApplication> Check(const v1::RecordSurveyRequest& request, Time) {
    rpc::FieldChecker fields;
    Enclosure enclosure;
    if (request.has_findings()) {
        enclosure.findings = CheckFindings(fields, request.findings()).SerializeAsString();
    }
    return CheckDeed(fields, request, RecordSurvey{.is_recommended = request.is_recommended()},
                     std::move(enclosure));
}

Result<CheckedApplication> Check(const v1::ReturnApplicationRequest& request, Time) {
    rpc::FieldChecker fields;
    ReturnApplication deed;
    fields.Require("items", !request.items().empty());
    if (request.items_size() > kItemsMax) {
        fields.Refuse("items", "OUT_OF_RANGE", "must be at most 20");
    }
    std::set<int> documents;
    for (int i = 0; i < std::min(request.items_size(), kItemsMax); ++i) {
        const v1::ReturnedItem& item = request.items(i);
        const std::string at = "items[" + std::to_string(i) + "]";
        CheckOfChecklist(fields, at + ".document", item.document());
        fields.Enum(at + ".reason", item.reason());
        if (!documents.insert(item.document()).second) {
            fields.Refuse(at + ".document", "DUPLICATE", "was named before");
        }
        deed.items.push_back({.document = As<DocumentKind>(item.document()),
                              .reason = As<ReturnReason>(item.reason())});
    }
    deed.until = fields.Day("until", request.until(), kLastDay).value_or(Date{});
    return CheckDeed(fields, request, std::move(deed));
}

Result<CheckedApplication> Check(const v1::ApproveApplicationRequest& request, Time) {
    return CheckDeed<ApproveApplication>(request);  // Roles and budget are known when it is run.
}

Result<CheckedApplication> Check(const v1::RejectApplicationRequest& request, Time) {
    rpc::FieldChecker fields;
    RejectApplication deed;
    fields.Require("reasons", !request.reasons().empty());
    for (const int reason : request.reasons()) {
        fields.Enum("reasons", static_cast<v1::RejectionReason>(reason));
        deed.reasons.insert(As<RejectionReason>(reason));
    }
    return CheckDeed(fields, request, std::move(deed));
}

Result<CheckedApplication> Check(const v1::WithdrawApplicationRequest& request, Time) {
    return CheckDeed<WithdrawApplication>(request);
}

Result<CheckedApplication> Check(const v1::CancelApplicationRequest& request, Time) {
    return CheckDeed<CancelApplication>(request);
}

}  // namespace bangkit::aid
