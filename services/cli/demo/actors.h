#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/grpc/client.h"
#include "libs/identity/policy.h"
#include "services/cli/session.h"
#include "services/cli/tokens.h"

namespace bangkit::cli {

// Scenarios are played by several people, because no one may do all of it.

inline constexpr const char* kDemoProvince = "18";

/// Of somebody in the region. Throws UsageError outside development.
inline std::string DemoToken(Session& session, const char* subject, std::string_view role,
                             const char* region_code = kDemoProvince) {
    return Mint(session,
                {.subject = subject, .roles = {std::string(role)}, .regions = {region_code}},
                kTokenLifetimeMax);
}

/// Of a partner, who reaches what was handed to it.
inline std::string PartnerToken(Session& session, const char* partner_id) {
    return Mint(
        session,
        {.subject = partner_id, .roles = {std::string(identity::role::kPartner)}, .regions = {}},
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
