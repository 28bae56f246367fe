#include "services/aid/api/budget/ledger_handler.h"

#include <algorithm>

#include "libs/grpc/paging.h"
#include "services/aid/api/pages.h"
#include "services/aid/storage/budget/ledger_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kAllocate = "bangkit.aid.v1.LedgerService/AllocateBudget";
constexpr std::string_view kRevise = "bangkit.aid.v1.LedgerService/ReviseBudget";
constexpr std::string_view kGet = "bangkit.aid.v1.LedgerService/GetBudget";
constexpr std::string_view kList = "bangkit.aid.v1.LedgerService/ListBudgets";
constexpr std::string_view kStatement = "bangkit.aid.v1.LedgerService/GetStatement";
constexpr std::string_view kRecount = "bangkit.aid.v1.LedgerService/RecountBudget";

std::unexpected<Error> BudgetNotFound() {
    return Refused(ErrorCode::kNotFound, "BUDGET_NOT_FOUND", "no such budget");
}

}  // namespace

grpc::ServerUnaryReactor* LedgerHandler::AllocateBudget(grpc::CallbackServerContext* context,
                                                        const v1::AllocateBudgetRequest* request,
                                                        v1::AllocateBudgetResponse* response) {
    return commands_.Unary(
        context, kAllocate, *request, response,
        [this](const v1::AllocateBudgetRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* LedgerHandler::ReviseBudget(grpc::CallbackServerContext* context,
                                                      const v1::ReviseBudgetRequest* request,
                                                      v1::ReviseBudgetResponse* response) {
    return commands_.Unary(
        context, kRevise, *request, response,
        [this](const v1::ReviseBudgetRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* LedgerHandler::GetBudget(grpc::CallbackServerContext* context,
                                                   const v1::GetBudgetRequest* request,
                                                   v1::GetBudgetResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetBudgetRequest& wanted) {
                                   return Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* LedgerHandler::ListBudgets(grpc::CallbackServerContext* context,
                                                     const v1::ListBudgetsRequest* request,
                                                     v1::ListBudgetsResponse* response) {
    return context_.calls.Read(context, kList, request, response,
                               [this](const rpc::Call& call, const v1::ListBudgetsRequest& wanted) {
                                   return List(call, wanted);
                               });
}

grpc::ServerUnaryReactor* LedgerHandler::GetStatement(grpc::CallbackServerContext* context,
                                                      const v1::GetStatementRequest* request,
                                                      v1::GetStatementResponse* response) {
    return context_.calls.Read(
        context, kStatement, request, response,
        [this](const rpc::Call& call, const v1::GetStatementRequest& wanted) {
            return Statement(call, wanted);
        });
}

grpc::ServerUnaryReactor* LedgerHandler::RecountBudget(grpc::CallbackServerContext* context,
                                                       const v1::RecountBudgetRequest* request,
                                                       v1::RecountBudgetResponse* response) {
    return context_.calls.Read(
        context, kRecount, request, response,
        [this](const rpc::Call& call, const v1::RecountBudgetRequest& wanted) {
            return Recount(call, wanted);
        });
}

Result<v1::GetBudgetResponse> LedgerHandler::Get(const rpc::Call& call,
                                                 const v1::GetBudgetRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("budget_id", request.budget_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Budget> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return BudgetNotFound();
    v1::GetBudgetResponse response;
    Fill(*response.mutable_budget(), *found);
    return response;
}

Result<v1::ListBudgetsResponse> LedgerHandler::List(const rpc::Call& call,
                                                    const v1::ListBudgetsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string program_id = fields.Uuid("program_id", request.program_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after = PageAfter(fields, context_.keys, label, request, "");
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!context_.programs.Find(ViewerOf(call), program_id)) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    const std::vector<Budget> found =
        context_.queries.List(ViewerOf(call), program_id, after, std::int64_t{size} + 1);
    v1::ListBudgetsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_budgets(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, found[shown - 1].region_code));
    }
    return response;
}

Result<v1::GetStatementResponse> LedgerHandler::Statement(
    const rpc::Call& call, const v1::GetStatementRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("budget_id", request.budget_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::int64_t after = PageAfterNumber(fields, context_.keys, label, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<aid::Statement> found =
        context_.queries.StatementOf(ViewerOf(call), id, after, size);
    if (!found) return BudgetNotFound();
    v1::GetStatementResponse response;
    Fill(*response.mutable_budget(), found->budget);
    for (const Posting& posting : found->postings) Fill(*response.add_postings(), posting);
    const bool is_more =
        !found->postings.empty() && found->postings.back().number < found->budget.postings;
    if (is_more) {
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, std::to_string(found->postings.back().number)));
    }
    return response;
}

Result<v1::RecountBudgetResponse> LedgerHandler::Recount(
    const rpc::Call& call, const v1::RecountBudgetRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("budget_id", request.budget_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<aid::Recount> found = context_.queries.RecountOf(ViewerOf(call), id);
    if (!found) return BudgetNotFound();
    v1::RecountBudgetResponse response;
    Fill(*response.mutable_budget(), found->budget);
    Fill(*response.mutable_recounted(), found->balances);
    response.set_recounted_recipients(found->recipients);
    response.set_recounted_postings(found->postings);
    response.set_matches(found->Matches());
    return response;
}

}  // namespace bangkit::aid
