#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <functional>
#include <string>
#include <vector>

#include "bangkit/dashboard/v1/dashboard_service.grpc.pb.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "services/dashboard/storage/dashboard_cache.h"
#include "services/dashboard/storage/figures_reader.h"
#include "services/dashboard/storage/position_waiter.h"

namespace bangkit::dashboard {

/// What the handler stands on; all of it outlives the handler.
struct HandlerContext {
    const rpc::Calls& calls;
    const indonesia::RegionTree& regions;
    DashboardCache& cache;
    FiguresReader& reader;
    PositionWaiter& positions;
    prometheus::Registry& metrics;
    /// The cache was there but did not have this region.
    std::function<void(std::string region_code)> on_miss;
};

/// Dashboards are served as raw bytes: what lies in the cache is a part of the answer as it stands,
/// and nobody takes it apart to put it together again.
using DashboardServiceBase = v1::DashboardService::WithRawCallbackMethod_GetDashboard<
    v1::DashboardService::WithRawCallbackMethod_CompareRegions<
        v1::DashboardService::WithCallbackMethod_ListRegions<v1::DashboardService::Service>>>;

class DashboardHandler final : public DashboardServiceBase {
public:
    explicit DashboardHandler(HandlerContext context);

    grpc::ServerUnaryReactor* GetDashboard(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
    grpc::ServerUnaryReactor* CompareRegions(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;
    grpc::ServerUnaryReactor* ListRegions(grpc::CallbackServerContext* context,
                                          const v1::ListRegionsRequest* request,
                                          v1::ListRegionsResponse* response) override;

private:
    using Answer = rpc::Reply<grpc::ByteBuffer>;

    void AnswerFromCache(const std::string& region_code, const Answer& reply) const;
    void AnswerFromReadModel(const std::string& region_code, Answer reply) const;
    void Compare(const std::vector<std::string>& region_codes, const Answer& reply) const;
    Result<v1::ListRegionsResponse> ListChildren(const v1::ListRegionsRequest& request) const;

    const HandlerContext context_;
    prometheus::Counter& hits_;
    prometheus::Counter& misses_;
    prometheus::Counter& outages_;
};

}  // namespace bangkit::dashboard
