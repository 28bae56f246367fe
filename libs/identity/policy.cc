#include "libs/identity/policy.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/identity/policy_tables.h"

namespace bangkit::identity {

using enum Scope;
using namespace role;

std::vector<Grant> DashboardGrants() {
    return {
        {"bangkit.dashboard.v1.DashboardService/GetDashboard",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
        {"bangkit.dashboard.v1.DashboardService/CompareRegions",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
        {"bangkit.dashboard.v1.DashboardService/ListRegions",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
    };
}

Policy::Policy(std::vector<Grant> grants) : grants_(std::move(grants)) {
    for (std::size_t i = 0; i < grants_.size(); ++i) by_method_[grants_[i].method].push_back(i);
}

Policy Policy::OfBangkit() {
    std::vector<Grant> grants;
    for (const std::vector<Grant>& of_service :
         {RegistrationGrants(), AidGrants(), DashboardGrants()}) {
        grants.insert(grants.end(), of_service.begin(), of_service.end());
    }
    return Policy(std::move(grants));
}

Result<Scope> Policy::Admit(std::string_view method, const Caller& caller) const {
    std::optional<Scope> widest;
    if (const auto found = by_method_.find(method); found != by_method_.end()) {
        for (const std::size_t i : found->second) {
            const Grant& grant = grants_[i];
            const bool admitted = std::ranges::any_of(
                grant.roles, [&](std::string_view name) { return caller.HasRole(name); });
            if (admitted) widest = std::max(widest.value_or(grant.scope), grant.scope);
        }
    }
    if (widest) return *widest;
    return Refused(ErrorCode::kPermissionDenied, "ROLE_NOT_ALLOWED",
                   "none of your roles may call this method");
}

std::vector<std::string_view> Policy::Methods() const {
    std::vector<std::string_view> methods;
    for (const auto& [method, grants] : by_method_) methods.push_back(method);
    std::ranges::sort(methods);
    return methods;
}

}  // namespace bangkit::identity
