// What StockHandler reads.
#include <utility>

#include "libs/grpc/paging.h"
#include "services/aid/api/pages.h"
#include "services/aid/api/stock/stock_handler.h"
#include "services/aid/storage/stock/stock_mapping.h"

namespace bangkit::aid {
Result<v1::ListItemsResponse> StockHandler::Get(const rpc::Call& call,
                                                const v1::ListItemsRequest& request) const {
    rpc::FieldChecker fields;
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Item> found =
        context_.queries.Items(ViewerOf(call), after, std::int64_t{size} + 1);
    v1::ListItemsResponse response;
    FillPage(response, *response.mutable_items(), found, size, context_.keys, label,
             [](const Item& last) { return last.id; });
    return response;
}

Result<v1::ListWarehousesResponse> StockHandler::Get(
    const rpc::Call& call, const v1::ListWarehousesRequest& request) const {
    rpc::FieldChecker fields;
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Warehouse> found =
        context_.queries.Warehouses(ViewerOf(call), after, std::int64_t{size} + 1);
    v1::ListWarehousesResponse response;
    FillPage(response, *response.mutable_warehouses(), found, size, context_.keys, label,
             [](const Warehouse& last) { return last.id; });
    return response;
}

Result<v1::GetProgramGoodsResponse> StockHandler::Get(
    const rpc::Call& call, const v1::GetProgramGoodsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("program_id", request.program_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found = context_.queries.ProgramGoods(ViewerOf(call), id);
    if (!found) return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    v1::GetProgramGoodsResponse response;
    response.set_program_id(id);
    for (const Goods& each : *found) aid::Fill(*response.add_goods(), each);
    return response;
}

Result<v1::ListStockResponse> StockHandler::Get(const rpc::Call& call,
                                                const v1::ListStockRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("warehouse_id", request.warehouse_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found = context_.queries.Stocks(ViewerOf(call), id, after, std::int64_t{size} + 1);
    if (!found) return Refused(ErrorCode::kNotFound, "WAREHOUSE_NOT_FOUND", "no such warehouse");
    v1::ListStockResponse response;
    FillPage(response, *response.mutable_stock(), *found, size, context_.keys, label,
             [](const Stock& last) { return last.item_id; });
    return response;
}

Result<v1::GetStockStatementResponse> StockHandler::Get(
    const rpc::Call& call, const v1::GetStockStatementRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("stock_id", request.stock_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::int64_t after = PageAfterNumber(fields, context_.keys, label, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found =
        context_.queries.StatementOf(ViewerOf(call), id, after, std::int64_t{size} + 1);
    if (!found) return Refused(ErrorCode::kNotFound, "STOCK_NOT_FOUND", "no such stock");
    v1::GetStockStatementResponse response;
    aid::Fill(*response.mutable_stock(), found->stock);
    FillPage(response, *response.mutable_postings(), found->postings, size, context_.keys, label,
             [](const StockPosting& last) { return std::to_string(last.number); });
    return response;
}

Result<v1::ListEntitlementsResponse> StockHandler::Get(
    const rpc::Call& call, const v1::ListEntitlementsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    v1::ListEntitlementsResponse response;
    for (const Entitlement& each : context_.queries.Entitlements(ViewerOf(call), id)) {
        aid::Fill(*response.add_entitlements(), each);
    }
    return response;
}

Result<v1::GetHandoverResponse> StockHandler::Show(const rpc::Call& call,
                                                   const std::string& application_id) const {
    const auto found = context_.queries.FindHandover(ViewerOf(call), application_id);
    if (!found) return Refused(ErrorCode::kNotFound, "HANDOVER_NOT_FOUND", "no such hand-over");
    v1::GetHandoverResponse response;
    aid::Fill(*response.mutable_handover(), found->handover);
    if (!found->receiver.empty()) response.mutable_receiver()->ParseFromString(found->receiver);
    return response;
}

}  // namespace bangkit::aid
