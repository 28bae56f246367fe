// What lists show of all businesses: whatever a filter lets pass, and no request that makes no
// sense.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/registration/tests/list_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

using ListFilterTest = ListTest;

TEST_F(ListFilterTest, IsFilteredByRegionKindScaleAndCondition) {
    const std::string vendor =
        RegisterIn("36.74.05.1002", 1, common::v1::BUSINESS_KIND_STREET_VENDOR);
    v1::RegisterBusinessRequest small = Registration(2);
    small.mutable_business()->set_region_code("36.74.01");
    small.mutable_business()->set_annual_sales_rupiah(3'000'000'000);
    small.mutable_business()->set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    const std::string dormant = Registered(small).business_id();

    v1::ListBusinessesRequest request;
    request.set_region_code("36.74.05");
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(vendor));
    request.Clear();
    request.set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR);
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(vendor));
    request.Clear();
    request.set_scale(common::v1::BUSINESS_SCALE_SMALL);
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(dormant));
    request.Clear();
    request.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(dormant));
    request.set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR);
    EXPECT_THAT(AllPages(request, officer_), IsEmpty());
}

TEST_F(ListFilterTest, IsFilteredByTradeVerificationChannelsCoveragePapersAndAffiliation) {
    v1::RegisterBusinessRequest rich = Registration(1);
    v1::BusinessInput& business = *rich.mutable_business();
    business.set_kbli("56102");
    business.add_channels(common::v1::SALES_CHANNEL_FIXED_PLACE);
    business.add_channels(common::v1::SALES_CHANNEL_ONLINE);
    business.set_network_coverage(common::v1::NETWORK_COVERAGE_WEAK);
    business.set_nib("1234567890123");
    business.mutable_halal()->set_number("ID12345678901234567");
    business.set_order_and_deliver(true);
    const std::string id = Registered(rich).business_id();
    v1::RegisterBusinessRequest cooperative = Registration(2);
    cooperative.mutable_business()->set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
    cooperative.mutable_business()->set_npwp(NikOf(2));
    cooperative.mutable_business()->mutable_cooperative()->set_deed_number("12");
    cooperative.mutable_business()->mutable_cooperative()->set_affiliation(
        common::v1::COOPERATIVE_AFFILIATION_MOSQUE);
    const std::string mosque = Registered(cooperative).business_id();
    const std::string plain = RegisterIn("36.74.05.1002", 3);

    using Request = v1::ListBusinessesRequest;
    const struct {
        std::function<void(Request&)> set;
        std::vector<std::string> ids;
    } cases[] = {
        {[](Request& r) { r.set_kbli("561"); }, {id}},
        {[](Request& r) { r.set_kbli("47"); }, {mosque, plain}},
        {[](Request& r) { r.set_verification(common::v1::VERIFICATION_LEVEL_FIELD); }, {}},
        {[](Request& r) { r.set_verification(common::v1::VERIFICATION_LEVEL_SELF_DECLARED); },
         {id, mosque, plain}},
        {[](Request& r) { r.add_channels(common::v1::SALES_CHANNEL_ONLINE); }, {id}},
        {[](Request& r) {
             r.add_channels(common::v1::SALES_CHANNEL_ONLINE);
             r.add_channels(common::v1::SALES_CHANNEL_MOBILE);
         },
         {}},
        {[](Request& r) {
             r.add_network_coverage(common::v1::NETWORK_COVERAGE_WEAK);
             r.add_network_coverage(common::v1::NETWORK_COVERAGE_BLANK_SPOT);
         },
         {id}},
        {[](Request& r) { r.add_network_coverage(common::v1::NETWORK_COVERAGE_GOOD); }, {}},
        {[](Request& r) { r.add_legality(v1::LEGALITY_NIB); }, {id}},
        {[](Request& r) { r.add_legality(v1::LEGALITY_NPWP); }, {mosque}},
        {[](Request& r) { r.add_legality(v1::LEGALITY_HALAL); }, {id}},
        {[](Request& r) { r.add_legality(v1::LEGALITY_DEED); }, {mosque}},
        {[](Request& r) {
             r.add_legality(v1::LEGALITY_NIB);
             r.add_missing_legality(v1::LEGALITY_HALAL);
         },
         {}},
        {[](Request& r) { r.add_missing_legality(v1::LEGALITY_NIB); }, {mosque, plain}},
        {[](Request& r) { r.set_order_and_deliver(true); }, {id}},
        {[](Request& r) {
             r.add_cooperative_affiliation(common::v1::COOPERATIVE_AFFILIATION_MOSQUE);
             r.add_cooperative_affiliation(common::v1::COOPERATIVE_AFFILIATION_PESANTREN);
         },
         {mosque}},
    };
    for (const auto& each : cases) {
        Request request;
        each.set(request);
        EXPECT_THAT(AllPages(request, officer_), UnorderedElementsAreArray(each.ids))
            << request.DebugString();
    }
}

TEST_F(ListFilterTest, KnowsOfPapersThatComeAndGoLater) {
    const std::string id = RegisterIn("36.74.05.1002", 1);
    const auto update = [&](const std::string& path, const auto& set) {
        v1::UpdateBusinessRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(id);
        request.mutable_update_mask()->add_paths(path);
        set(*request.mutable_business());
        v1::UpdateBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response)), "OK");
    };
    v1::ListBusinessesRequest halal;
    halal.add_legality(v1::LEGALITY_HALAL);
    update("business.halal", [](auto& b) { b.mutable_halal()->set_number("ID12345678901234567"); });
    EXPECT_THAT(AllPages(halal, officer_), ElementsAre(id));
    update("business.halal", [](auto&) {});
    EXPECT_THAT(AllPages(halal, officer_), IsEmpty());
}

TEST_F(ListFilterTest, RefusesFiltersThatMakeNoSense) {
    const std::function<void(v1::ListBusinessesRequest&)> cases[] = {
        [](auto& r) { r.set_kind(static_cast<common::v1::BusinessKind>(99)); },
        [](auto& r) { r.set_scale(static_cast<common::v1::BusinessScale>(99)); },
        [](auto& r) { r.set_condition(static_cast<common::v1::BusinessCondition>(-1)); },
        [](auto& r) { r.set_page_size(-1); },
        [](auto& r) { r.set_region_code("36.7"); },
        [](auto& r) { r.set_region_code("36.74' OR '1'='1"); },
        [](auto& r) { r.set_region_code("91.01"); },  // Of before, and of no day.
        [](auto& r) { r.set_kbli("4"); },
        [](auto& r) { r.set_kbli("04"); },
        [](auto& r) { r.set_verification(static_cast<common::v1::VerificationLevel>(99)); },
        [](auto& r) { r.add_channels(common::v1::SALES_CHANNEL_UNSPECIFIED); },
        [](auto& r) { r.add_network_coverage(static_cast<common::v1::NetworkCoverage>(77)); },
        [](auto& r) { r.add_legality(v1::LEGALITY_UNSPECIFIED); },
        [](auto& r) { r.set_as_of("31-12-2025"); },
        [](auto& r) { r.mutable_known_at()->set_seconds(1'700'000'000); },
    };
    for (const auto& spoil : cases) {
        v1::ListBusinessesRequest request;
        spoil(request);
        EXPECT_EQ(Name(List(request)), "INVALID_ARGUMENT FIELDS_INVALID") << request.DebugString();
    }
}

}  // namespace
}  // namespace bangkit::registration
