#pragma once

#include <string_view>

#include "bangkit/aid/v1/stock_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/stock/stock_checks.h"
#include "services/aid/storage/stock/stock_queries.h"

namespace bangkit::aid {

using StockLoop = command::CommandLoop<StockUnitOfWork>;
using HandoverLoop = command::CommandLoop<HandoverUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct StockContext {
    const rpc::Calls& calls;
    StockLoop& loop;
    HandoverLoop& handover_loop;
    const StockQueries& queries;
    const StockChecks& checks;
    const crypto::KeyRing& keys;
};

/// Commands go to the loops, reads run in the pool of Calls.
class StockHandler final : public v1::StockService::CallbackService {
public:
    explicit StockHandler(const StockContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* CreateItem(grpc::CallbackServerContext* context,
                                         const v1::CreateItemRequest* request,
                                         v1::CreateItemResponse* response) override;
    grpc::ServerUnaryReactor* ListItems(grpc::CallbackServerContext* context,
                                        const v1::ListItemsRequest* request,
                                        v1::ListItemsResponse* response) override;
    grpc::ServerUnaryReactor* CreateWarehouse(grpc::CallbackServerContext* context,
                                              const v1::CreateWarehouseRequest* request,
                                              v1::CreateWarehouseResponse* response) override;
    grpc::ServerUnaryReactor* ListWarehouses(grpc::CallbackServerContext* context,
                                             const v1::ListWarehousesRequest* request,
                                             v1::ListWarehousesResponse* response) override;
    grpc::ServerUnaryReactor* SetProgramGoods(grpc::CallbackServerContext* context,
                                              const v1::SetProgramGoodsRequest* request,
                                              v1::SetProgramGoodsResponse* response) override;
    grpc::ServerUnaryReactor* GetProgramGoods(grpc::CallbackServerContext* context,
                                              const v1::GetProgramGoodsRequest* request,
                                              v1::GetProgramGoodsResponse* response) override;
    grpc::ServerUnaryReactor* ReceiveStock(grpc::CallbackServerContext* context,
                                           const v1::ReceiveStockRequest* request,
                                           v1::ReceiveStockResponse* response) override;
    grpc::ServerUnaryReactor* CorrectStock(grpc::CallbackServerContext* context,
                                           const v1::CorrectStockRequest* request,
                                           v1::CorrectStockResponse* response) override;
    grpc::ServerUnaryReactor* ListStock(grpc::CallbackServerContext* context,
                                        const v1::ListStockRequest* request,
                                        v1::ListStockResponse* response) override;
    grpc::ServerUnaryReactor* GetStockStatement(grpc::CallbackServerContext* context,
                                                const v1::GetStockStatementRequest* request,
                                                v1::GetStockStatementResponse* response) override;
    grpc::ServerUnaryReactor* HandOverGoods(grpc::CallbackServerContext* context,
                                            const v1::HandOverGoodsRequest* request,
                                            v1::HandOverGoodsResponse* response) override;
    grpc::ServerUnaryReactor* GetHandover(grpc::CallbackServerContext* context,
                                          const v1::GetHandoverRequest* request,
                                          v1::GetHandoverResponse* response) override;
    grpc::ServerUnaryReactor* ListEntitlements(grpc::CallbackServerContext* context,
                                               const v1::ListEntitlementsRequest* request,
                                               v1::ListEntitlementsResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, Response* response) const;

    Result<v1::ListItemsResponse> Get(const rpc::Call& call,
                                      const v1::ListItemsRequest& request) const;
    Result<v1::ListWarehousesResponse> Get(const rpc::Call& call,
                                           const v1::ListWarehousesRequest& request) const;
    Result<v1::GetProgramGoodsResponse> Get(const rpc::Call& call,
                                            const v1::GetProgramGoodsRequest& request) const;
    Result<v1::ListStockResponse> Get(const rpc::Call& call,
                                      const v1::ListStockRequest& request) const;
    Result<v1::GetStockStatementResponse> Get(const rpc::Call& call,
                                              const v1::GetStockStatementRequest& request) const;
    Result<v1::ListEntitlementsResponse> Get(const rpc::Call& call,
                                             const v1::ListEntitlementsRequest& request) const;
    Result<v1::GetHandoverResponse> Show(const rpc::Call& call,
                                         const std::string& application_id) const;

    const StockContext context_;
    const command::CommandCalls<StockUnitOfWork> commands_{context_.calls, context_.loop,
                                                           context_.keys};
    const command::CommandCalls<HandoverUnitOfWork> handovers_{
        context_.calls, context_.handover_loop, context_.keys};
};

}  // namespace bangkit::aid
