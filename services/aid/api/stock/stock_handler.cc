#include "services/aid/api/stock/stock_handler.h"

#include <utility>

namespace bangkit::aid {
namespace {

constexpr std::string_view kCreateItem = "bangkit.aid.v1.StockService/CreateItem";
constexpr std::string_view kListItems = "bangkit.aid.v1.StockService/ListItems";
constexpr std::string_view kCreateWarehouse = "bangkit.aid.v1.StockService/CreateWarehouse";
constexpr std::string_view kListWarehouses = "bangkit.aid.v1.StockService/ListWarehouses";
constexpr std::string_view kSetGoods = "bangkit.aid.v1.StockService/SetProgramGoods";
constexpr std::string_view kGetGoods = "bangkit.aid.v1.StockService/GetProgramGoods";
constexpr std::string_view kReceive = "bangkit.aid.v1.StockService/ReceiveStock";
constexpr std::string_view kCorrect = "bangkit.aid.v1.StockService/CorrectStock";
constexpr std::string_view kListStock = "bangkit.aid.v1.StockService/ListStock";
constexpr std::string_view kStatement = "bangkit.aid.v1.StockService/GetStockStatement";
constexpr std::string_view kHandOver = "bangkit.aid.v1.StockService/HandOverGoods";
constexpr std::string_view kGetHandover = "bangkit.aid.v1.StockService/GetHandover";
constexpr std::string_view kEntitlements = "bangkit.aid.v1.StockService/ListEntitlements";

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* StockHandler::Submit(grpc::CallbackServerContext* context,
                                               std::string_view method, const Request& request,
                                               Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* StockHandler::Read(grpc::CallbackServerContext* context,
                                             std::string_view method, const Request* request,
                                             Response* response) const {
    return context_.calls.Read(
        context, method, request, response,
        [this](const rpc::Call& call, const Request& wanted) { return Get(call, wanted); });
}

grpc::ServerUnaryReactor* StockHandler::CreateItem(grpc::CallbackServerContext* context,
                                                   const v1::CreateItemRequest* request,
                                                   v1::CreateItemResponse* response) {
    return Submit(context, kCreateItem, *request, response);
}

grpc::ServerUnaryReactor* StockHandler::ListItems(grpc::CallbackServerContext* context,
                                                  const v1::ListItemsRequest* request,
                                                  v1::ListItemsResponse* response) {
    return Read(context, kListItems, request, response);
}

grpc::ServerUnaryReactor* StockHandler::CreateWarehouse(grpc::CallbackServerContext* context,
                                                        const v1::CreateWarehouseRequest* request,
                                                        v1::CreateWarehouseResponse* response) {
    return Submit(context, kCreateWarehouse, *request, response);
}

grpc::ServerUnaryReactor* StockHandler::ListWarehouses(grpc::CallbackServerContext* context,
                                                       const v1::ListWarehousesRequest* request,
                                                       v1::ListWarehousesResponse* response) {
    return Read(context, kListWarehouses, request, response);
}

grpc::ServerUnaryReactor* StockHandler::SetProgramGoods(grpc::CallbackServerContext* context,
                                                        const v1::SetProgramGoodsRequest* request,
                                                        v1::SetProgramGoodsResponse* response) {
    return Submit(context, kSetGoods, *request, response);
}

grpc::ServerUnaryReactor* StockHandler::GetProgramGoods(grpc::CallbackServerContext* context,
                                                        const v1::GetProgramGoodsRequest* request,
                                                        v1::GetProgramGoodsResponse* response) {
    return Read(context, kGetGoods, request, response);
}

grpc::ServerUnaryReactor* StockHandler::ReceiveStock(grpc::CallbackServerContext* context,
                                                     const v1::ReceiveStockRequest* request,
                                                     v1::ReceiveStockResponse* response) {
    return Submit(context, kReceive, *request, response);
}

grpc::ServerUnaryReactor* StockHandler::CorrectStock(grpc::CallbackServerContext* context,
                                                     const v1::CorrectStockRequest* request,
                                                     v1::CorrectStockResponse* response) {
    return Submit(context, kCorrect, *request, response);
}

grpc::ServerUnaryReactor* StockHandler::ListStock(grpc::CallbackServerContext* context,
                                                  const v1::ListStockRequest* request,
                                                  v1::ListStockResponse* response) {
    return Read(context, kListStock, request, response);
}

grpc::ServerUnaryReactor* StockHandler::GetStockStatement(
    grpc::CallbackServerContext* context, const v1::GetStockStatementRequest* request,
    v1::GetStockStatementResponse* response) {
    return Read(context, kStatement, request, response);
}

grpc::ServerUnaryReactor* StockHandler::HandOverGoods(grpc::CallbackServerContext* context,
                                                      const v1::HandOverGoodsRequest* request,
                                                      v1::HandOverGoodsResponse* response) {
    return handovers_.Unary(
        context, kHandOver, *request, response,
        [this](const v1::HandOverGoodsRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* StockHandler::GetHandover(grpc::CallbackServerContext* context,
                                                    const v1::GetHandoverRequest* request,
                                                    v1::GetHandoverResponse* response) {
    using Reply = rpc::Reply<v1::GetHandoverResponse>;
    return context_.calls.Unary(
        context, kGetHandover, response, [&](const rpc::Call& call, const Reply& reply) {
            rpc::FieldChecker fields;
            HandoverCommand command{
                .application_id = fields.Uuid("application_id", request->application_id()),
                .deed = InspectHandover{}};
            // Who looks is in the audit trail before anything is shown.
            handovers_.Submit(
                call, kGetHandover, *request, Done<HandoverCommand>(fields, "", command),
                Lane::kInteractive,
                [this, call, reply, id = command.application_id](const command::Outcome& outcome) {
                    if (!outcome) return reply(std::unexpected(outcome.error()));
                    context_.calls.ReadInPool(call, kGetHandover, reply,
                                              [this, call, id] { return Show(call, id); });
                });
        });
}

grpc::ServerUnaryReactor* StockHandler::ListEntitlements(grpc::CallbackServerContext* context,
                                                         const v1::ListEntitlementsRequest* request,
                                                         v1::ListEntitlementsResponse* response) {
    return Read(context, kEntitlements, request, response);
}

}  // namespace bangkit::aid
