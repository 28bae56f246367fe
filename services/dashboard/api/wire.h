#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <optional>
#include <span>

#include "bangkit/dashboard/v1/dashboard_service.pb.h"
#include "services/dashboard/storage/served_dashboard.h"

namespace bangkit::dashboard {

/// nullopt if it is no such message.
std::optional<v1::GetDashboardRequest> ParseGetDashboardRequest(const grpc::ByteBuffer& request);

std::optional<v1::CompareRegionsRequest> ParseCompareRegionsRequest(
    const grpc::ByteBuffer& request);

/// A bangkit.dashboard.v1.CompareRegionsResponse made of such parts.
grpc::ByteBuffer ToCompareRegionsResponse(std::span<const ServedDashboard> served);

/// A bangkit.dashboard.v1.GetDashboardResponse made of its two serialized parts.
grpc::ByteBuffer ToGetDashboardResponse(const ServedDashboard& served);

}  // namespace bangkit::dashboard
