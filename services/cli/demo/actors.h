#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/grpc/client.h"
#include "services/cli/session.h"
#include "services/cli/tokens.h"

namespace bangkit::cli {

// Scenarios are played by several people, because no one may do all of it.

inline constexpr const char* kDemoProvince = "18";

/// Of somebody in the province. Throws UsageError outside development.
inline std::string DemoToken(Session& session, const char* subject, std::string_view role) {
    return Mint(session,
                {.subject = subject, .roles = {std::string(role)}, .regions = {kDemoProvince}},
                kTokenLifetimeMax);
}

/// As Call(), in the name of `token`.
template <typename Stub, typename Request, typename Response>
Response CallAs(const std::string& token, Stub& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) {
    constexpr std::chrono::seconds kTimeout{30};
    grpc::ClientContext context;
    rpc::Prepare(context, token, kTimeout);
    Response response;
    Check((stub.*method)(&context, request, &response));
    return response;
}

}  // namespace bangkit::cli
