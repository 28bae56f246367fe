#include "libs/identity/policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace bangkit::identity {
namespace {

constexpr std::string_view kRegister =
    "bangkit.registration.v1.RegistrationService/RegisterBusiness";
constexpr std::string_view kGet = "bangkit.registration.v1.RegistrationService/GetBusiness";
constexpr std::string_view kDashboard = "bangkit.dashboard.v1.DashboardService/GetDashboard";

Caller With(std::vector<std::string> roles) { return {"siti", std::move(roles), {"18.71"}}; }

TEST(Policy, EveryRoleMayCallWhatItIsGrantedAndNothingElse) {
    const Policy policy = Policy::OfBangkit();
    std::map<std::string_view, std::set<std::string_view>> granted;
    for (const Grant& grant : policy.grants()) {
        granted[grant.method].insert(grant.roles.begin(), grant.roles.end());
    }
    for (const std::string_view method : policy.Methods()) {
        for (const std::string_view name : role::kAll) {
            EXPECT_EQ(policy.Admit(method, With({std::string(name)})).has_value(),
                      granted[method].contains(name))
                << method << " by " << name;
        }
    }
}

TEST(Policy, TheTableNamesKnownRolesOnly) {
    const Policy policy = Policy::OfBangkit();
    for (const Grant& grant : policy.grants()) {
        for (const std::string_view name : grant.roles) {
            EXPECT_NE(std::ranges::find(role::kAll, name), std::end(role::kAll))
                << grant.method << " names " << name;
        }
    }
}

TEST(Policy, ThoseWhoOnlyWatchChangeNothing) {
    const Policy policy = Policy::OfBangkit();
    for (const auto name : {role::kPublic, role::kOwner, role::kCouncil, role::kAuditor,
                            role::kPartner, role::kSubscriber}) {
        const auto admitted = policy.Admit(kRegister, With({std::string(name)}));
        ASSERT_FALSE(admitted) << name;
        EXPECT_EQ(admitted.error().code, ErrorCode::kPermissionDenied);
        EXPECT_EQ(admitted.error().reason, "ROLE_NOT_ALLOWED");
    }
}

TEST(Policy, WhatIsNotInTheTableIsDenied) {
    const Policy policy = Policy::OfBangkit();
    for (const auto method : {"", "bangkit.registration.v1.RegistrationService",
                              "bangkit.registration.v1.RegistrationService/Drop"}) {
        EXPECT_FALSE(policy.Admit(method, With({"agency", "province"}))) << method;
    }
    EXPECT_FALSE(Policy({}).Admit(kDashboard, With({"agency"})));
}

TEST(Policy, NoRoleOrAStrangeOneIsDenied) {
    const Policy policy = Policy::OfBangkit();
    EXPECT_FALSE(policy.Admit(kDashboard, With({})));
    EXPECT_FALSE(policy.Admit(kDashboard, With({"", "AGENCY", "agency ", "root"})));
}

TEST(Policy, TheWidestScopeOfTheCallersRolesCounts) {
    const Policy policy = Policy::OfBangkit();
    EXPECT_EQ(policy.Admit(kGet, With({"owner"})), Scope::kOwn);
    EXPECT_EQ(policy.Admit(kGet, With({"owner", "agency"})), Scope::kRegion);
    EXPECT_EQ(policy.Admit(kDashboard, With({"public"})), Scope::kFigures);
}

}  // namespace
}  // namespace bangkit::identity
