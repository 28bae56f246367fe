#include "services/aid/api/supervision/supervision_checks.h"

#include <utility>

#include "libs/base/ids.h"
#include "services/aid/api/document/evidence_checks.h"
#include "services/aid/api/region_field.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;

constexpr Date kLastDay = std::chrono::year(2100) / 12 / 31;

Date CheckDay(FieldChecker& fields, std::string_view field, const std::string& text) {
    return fields.Day(field, text, kLastDay).value_or(kLastDay);
}

Result<CheckedSupervision> Finish(FieldChecker& fields, const std::string& request_id,
                                  SupervisionCommand command) {
    return Done<SupervisionCommand>(fields, fields.Uuid("request_id", request_id),
                                    std::move(command));
}

}  // namespace

Result<CheckedSupervision> SupervisionChecks::Check(const v1::PlanVisitRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{
        .id = fields.Uuid("application_id", request.application_id()),
        .deed = PlanVisit{.visit_id = NewId(clock_.Now()),
                          .planned_for = CheckDay(fields, "planned_for", request.planned_for())}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(const v1::PlanVisitsRequest& request) const {
    FieldChecker fields;
    std::string id = fields.Uuid("program_id", request.program_id());
    PlanVisits deed{.region_code = RegionField(fields, regions_, request.region_code()),
                    .planned_for = CheckDay(fields, "planned_for", request.planned_for())};
    const auto most = fields.Number("visits_max", request.visits_max(), 0, kVisitsMax);
    if (most > 0) deed.most = static_cast<int>(most);
    return Finish(fields, request.request_id(), {.id = std::move(id), .deed = std::move(deed)});
}

Result<CheckedSupervision> SupervisionChecks::Check(const v1::RecordVisitRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{
        .id = fields.Uuid("visit_id", request.visit_id()),
        .deed =
            RecordVisit{.outcome = As<VisitOutcome>(fields.Enum("outcome", request.outcome()))}};
    if (request.has_findings()) {
        command.findings = CheckFindings(fields, request.findings()).SerializeAsString();
    }
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(const v1::CancelVisitRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{.id = fields.Uuid("visit_id", request.visit_id()),
                               .deed = CancelVisit{}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(
    const v1::CloseApplicationRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{.id = fields.Uuid("application_id", request.application_id()),
                               .deed = CloseApplication{}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(
    const v1::OpenRefundCaseRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{
        .id = fields.Uuid("application_id", request.application_id()),
        .deed = OpenRefundCase{.refund_id = NewId(clock_.Now()),
                               .reason = As<RefundReason>(fields.Enum("reason", request.reason())),
                               .due_on = CheckDay(fields, "due_on", request.due_on())}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(
    const v1::RecordRepaymentRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{
        .id = fields.Uuid("refund_id", request.refund_id()),
        .deed = RecordRepayment{
            .amount = fields.Number("amount_rupiah", request.amount_rupiah(), 1, kBudgetMax),
            .receipt = fields.Reference("receipt", request.receipt())}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(const v1::TakeBackGoodsRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{
        .id = fields.Uuid("refund_id", request.refund_id()),
        .deed = TakeBackGoods{.document = fields.Reference("document", request.document())}};
    return Finish(fields, request.request_id(), std::move(command));
}

Result<CheckedSupervision> SupervisionChecks::Check(
    const v1::DropRefundCaseRequest& request) const {
    FieldChecker fields;
    SupervisionCommand command{.id = fields.Uuid("refund_id", request.refund_id()),
                               .deed = DropRefundCase{}};
    return Finish(fields, request.request_id(), std::move(command));
}

}  // namespace bangkit::aid
