#include "services/aid/api/supervision/supervision_handler.h"

#include <utility>

#include "libs/grpc/paging.h"
#include "services/aid/api/pages.h"
#include "services/aid/storage/supervision/supervision_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kPlanVisit = "bangkit.aid.v1.SupervisionService/PlanVisit";
constexpr std::string_view kPlanVisits = "bangkit.aid.v1.SupervisionService/PlanVisits";
constexpr std::string_view kRecordVisit = "bangkit.aid.v1.SupervisionService/RecordVisit";
constexpr std::string_view kCancelVisit = "bangkit.aid.v1.SupervisionService/CancelVisit";
constexpr std::string_view kGetVisit = "bangkit.aid.v1.SupervisionService/GetVisit";
constexpr std::string_view kListVisits = "bangkit.aid.v1.SupervisionService/ListVisits";
constexpr std::string_view kCloseApplication = "bangkit.aid.v1.SupervisionService/CloseApplication";
constexpr std::string_view kOpenRefundCase = "bangkit.aid.v1.SupervisionService/OpenRefundCase";
constexpr std::string_view kRecordRepayment = "bangkit.aid.v1.SupervisionService/RecordRepayment";
constexpr std::string_view kTakeBackGoods = "bangkit.aid.v1.SupervisionService/TakeBackGoods";
constexpr std::string_view kDropRefundCase = "bangkit.aid.v1.SupervisionService/DropRefundCase";
constexpr std::string_view kGetRefundCase = "bangkit.aid.v1.SupervisionService/GetRefundCase";
constexpr std::string_view kListRefundCases = "bangkit.aid.v1.SupervisionService/ListRefundCases";

/// What lists of visits and of cases are filtered by.
template <typename State, typename Request>
SupervisionFilter<State> CheckFilter(rpc::FieldChecker& fields,
                                     const indonesia::RegionTree& regions, const Request& request) {
    SupervisionFilter<State> filter{
        .application_id =
            fields.Uuid("application_id", request.application_id(), rpc::Presence::kOptional),
        .region_code = request.region_code(),
        .state = FilterOf<State>(fields, "state", request.state())};
    if (!filter.region_code.empty() && regions.Find(filter.region_code) == nullptr) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
    }
    return filter;
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* SupervisionHandler::Submit(grpc::CallbackServerContext* context,
                                                     std::string_view method,
                                                     const Request& request,
                                                     Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* SupervisionHandler::Read(grpc::CallbackServerContext* context,
                                                   std::string_view method, const Request* request,
                                                   Response* response) const {
    return context_.calls.Read(
        context, method, request, response,
        [this](const rpc::Call& call, const Request& wanted) { return Get(call, wanted); });
}

grpc::ServerUnaryReactor* SupervisionHandler::PlanVisit(grpc::CallbackServerContext* context,
                                                        const v1::PlanVisitRequest* request,
                                                        v1::PlanVisitResponse* response) {
    return Submit(context, kPlanVisit, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::PlanVisits(grpc::CallbackServerContext* context,
                                                         const v1::PlanVisitsRequest* request,
                                                         v1::PlanVisitsResponse* response) {
    return Submit(context, kPlanVisits, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::RecordVisit(grpc::CallbackServerContext* context,
                                                          const v1::RecordVisitRequest* request,
                                                          v1::RecordVisitResponse* response) {
    return Submit(context, kRecordVisit, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::CancelVisit(grpc::CallbackServerContext* context,
                                                          const v1::CancelVisitRequest* request,
                                                          v1::CancelVisitResponse* response) {
    return Submit(context, kCancelVisit, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::GetVisit(grpc::CallbackServerContext* context,
                                                       const v1::GetVisitRequest* request,
                                                       v1::GetVisitResponse* response) {
    using Reply = rpc::Reply<v1::GetVisitResponse>;
    return context_.calls.Unary(
        context, kGetVisit, response, [&](const rpc::Call& call, const Reply& reply) {
            rpc::FieldChecker fields;
            SupervisionCommand command{.id = fields.Uuid("visit_id", request->visit_id()),
                                       .deed = InspectVisit{}};
            // Who looks is in the audit trail before anything is shown.
            commands_.Submit(call, kGetVisit, *request,
                             Done<SupervisionCommand>(fields, "", command), Lane::kInteractive,
                             [this, call, reply, id = command.id](const command::Outcome& outcome) {
                                 if (!outcome) return reply(std::unexpected(outcome.error()));
                                 context_.calls.ReadInPool(
                                     call, kGetVisit, reply,
                                     [this, call, id] { return Show(call, id); });
                             });
        });
}

grpc::ServerUnaryReactor* SupervisionHandler::ListVisits(grpc::CallbackServerContext* context,
                                                         const v1::ListVisitsRequest* request,
                                                         v1::ListVisitsResponse* response) {
    return Read(context, kListVisits, request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::CloseApplication(
    grpc::CallbackServerContext* context, const v1::CloseApplicationRequest* request,
    v1::CloseApplicationResponse* response) {
    return Submit(context, kCloseApplication, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::OpenRefundCase(
    grpc::CallbackServerContext* context, const v1::OpenRefundCaseRequest* request,
    v1::OpenRefundCaseResponse* response) {
    return Submit(context, kOpenRefundCase, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::RecordRepayment(
    grpc::CallbackServerContext* context, const v1::RecordRepaymentRequest* request,
    v1::RecordRepaymentResponse* response) {
    return Submit(context, kRecordRepayment, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::TakeBackGoods(grpc::CallbackServerContext* context,
                                                            const v1::TakeBackGoodsRequest* request,
                                                            v1::TakeBackGoodsResponse* response) {
    return Submit(context, kTakeBackGoods, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::DropRefundCase(
    grpc::CallbackServerContext* context, const v1::DropRefundCaseRequest* request,
    v1::DropRefundCaseResponse* response) {
    return Submit(context, kDropRefundCase, *request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::GetRefundCase(grpc::CallbackServerContext* context,
                                                            const v1::GetRefundCaseRequest* request,
                                                            v1::GetRefundCaseResponse* response) {
    return Read(context, kGetRefundCase, request, response);
}

grpc::ServerUnaryReactor* SupervisionHandler::ListRefundCases(
    grpc::CallbackServerContext* context, const v1::ListRefundCasesRequest* request,
    v1::ListRefundCasesResponse* response) {
    return Read(context, kListRefundCases, request, response);
}

Result<v1::GetVisitResponse> SupervisionHandler::Show(const rpc::Call& call,
                                                      const std::string& visit_id) const {
    const auto found = context_.queries.FindVisit(ViewerOf(call), visit_id);
    if (!found) return Refused(ErrorCode::kNotFound, "VISIT_NOT_FOUND", "no such visit");
    v1::GetVisitResponse response;
    Fill(*response.mutable_visit(), found->visit);
    if (!found->findings.empty()) {
        response.mutable_visit()->mutable_findings()->ParseFromString(found->findings);
    }
    return response;
}

Result<v1::ListVisitsResponse> SupervisionHandler::Get(const rpc::Call& call,
                                                       const v1::ListVisitsRequest& request) const {
    rpc::FieldChecker fields;
    const VisitFilter filter = CheckFilter<VisitState>(fields, context_.regions, request);
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Visit> found =
        context_.queries.Visits(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListVisitsResponse response;
    FillPage(response, *response.mutable_visits(), found, size, context_.keys, label,
             [](const Visit& last) { return last.id; });
    return response;
}

Result<v1::GetRefundCaseResponse> SupervisionHandler::Get(
    const rpc::Call& call, const v1::GetRefundCaseRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("refund_id", request.refund_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found = context_.queries.FindCase(ViewerOf(call), id);
    if (!found) {
        return Refused(ErrorCode::kNotFound, "REFUND_NOT_FOUND", "no such case of a refund");
    }
    v1::GetRefundCaseResponse response;
    Fill(*response.mutable_refund(), found->refund);
    for (const Repaid& each : found->repayments) {
        v1::Repayment& added = *response.add_repayments();
        added.set_receipt(each.repayment.receipt);
        added.set_amount_rupiah(each.repayment.amount);
        aid::Fill(*added.mutable_recorded_at(), each.at);
    }
    return response;
}

Result<v1::ListRefundCasesResponse> SupervisionHandler::Get(
    const rpc::Call& call, const v1::ListRefundCasesRequest& request) const {
    rpc::FieldChecker fields;
    const RefundFilter filter = CheckFilter<RefundState>(fields, context_.regions, request);
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<RefundCase> found =
        context_.queries.Cases(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListRefundCasesResponse response;
    FillPage(response, *response.mutable_refunds(), found, size, context_.keys, label,
             [](const RefundCase& last) { return last.id; });
    return response;
}

}  // namespace bangkit::aid
