#include "services/cli/tokens.h"

#include <algorithm>
#include <iterator>

#include "libs/identity/development_issuer.h"
#include "libs/identity/policy.h"
#include "services/cli/failure.h"
#include "services/cli/session.h"

namespace bangkit::cli {

namespace role = identity::role;

std::string Mint(Session& session, const identity::Caller& caller, std::chrono::seconds lifetime,
                 std::chrono::seconds age) {
    if (!session.config().IsDevelopment()) {
        throw UsageError(
            "tokens are made here in development only; pass one of your identity provider by "
            "--token or BANGKIT_TOKEN");
    }
    for (const std::string& name : caller.roles) {
        if (std::ranges::find(role::kAll, name) == std::end(role::kAll)) {
            throw UsageError("there is no role " + name);
        }
    }
    for (const std::string& code : caller.regions) {
        if (session.regions().Find(code) == nullptr) {
            throw UsageError("there is no region " + code);
        }
    }
    const identity::DevelopmentIssuer issuer(ReadFile(session.Setting("JWT_KEY")));
    return issuer.Mint(caller, session.clock().Now() - age, lifetime);
}

std::string MintAllowingAll(Session& session) {
    identity::Caller caller{.subject = "bangkit-cli",
                            .roles = {std::string(role::kOfficer), std::string(role::kAgency),
                                      std::string(role::kProvince)},
                            .regions = {}};
    for (const auto& province : session.regions().AtLevel(indonesia::RegionLevel::kProvince)) {
        caller.regions.emplace_back(province.code);
    }
    return Mint(session, caller, kTokenLifetimeMax);
}

}  // namespace bangkit::cli
