// Lists: of all businesses that a caller may see, each exactly once, page by page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "libs/testing/eventually.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

class ListTest : public ServerTest {
protected:
    /// The ids of all pages; EXPECTs that no page is larger than asked for.
    std::vector<std::string> AllPages(v1::ListBusinessesRequest request,
                                      const std::string& token) const {
        std::vector<std::string> ids;
        do {
            v1::ListBusinessesResponse response;
            const grpc::Status status = Call(&Stub::ListBusinesses, request, response, token);
            EXPECT_EQ(Name(status), "OK");
            EXPECT_LE(response.businesses_size(),
                      request.page_size() > 0 ? request.page_size() : 50);
            for (const v1::Business& each : response.businesses())
                ids.push_back(each.business_id());
            request.set_page_token(response.next_page_token());
        } while (!request.page_token().empty());
        return ids;
    }
    std::string RegisterIn(const std::string& region, int number,
                           common::v1::BusinessKind kind = common::v1::BUSINESS_KIND_UMKM) {
        v1::RegisterBusinessRequest request = Registration(number);
        request.mutable_business()->set_region_code(region);
        request.mutable_business()->set_kind(kind);
        return Registered(request).business_id();
    }
    grpc::Status List(const v1::ListBusinessesRequest& request) const {
        v1::ListBusinessesResponse response;
        return Call(&Stub::ListBusinesses, request, response);
    }
};

TEST_F(ListTest, HoldsEveryBusinessOnceWhateverThePageSize) {
    std::vector<std::pair<std::string, std::string>> all;
    const std::string regions[] = {"36.74.05.1002", "36.74", "36.74.05", "36.74.01.1001"};
    for (int i = 1; i <= 11; ++i) {
        const std::string& region = regions[i % 4];
        all.emplace_back(region, RegisterIn(region, i));
    }
    std::ranges::sort(all);  // By region, in each the oldest first.
    std::vector<std::string> ids;
    for (const auto& [region, id] : all) ids.push_back(id);
    for (const int size : {0, 1, 2, 3, 10, 11, 12, 1'000'000}) {
        v1::ListBusinessesRequest request;
        request.set_page_size(size);
        EXPECT_THAT(AllPages(request, officer_), ElementsAreArray(ids)) << size;
    }
    // Regions that overlap are one.
    const std::string several = Token({"agency"}, {"36.74.05", "36.74", "36.74.01"});
    v1::ListBusinessesRequest request;
    request.set_page_size(2);
    EXPECT_THAT(AllPages(request, several), ElementsAreArray(ids));
}

TEST_F(ListTest, IsCutAtTwoHundred) {
    std::vector<Command> commands;
    for (int i = 1; i <= 205; ++i) commands.emplace_back(RegistrationCommand(i));
    RunTogether(commands);
    v1::ListBusinessesRequest request;
    v1::ListBusinessesResponse response;
    ASSERT_EQ(Name(Call(&Stub::ListBusinesses, request, response)), "OK");
    EXPECT_EQ(response.businesses_size(), 50);
    request.set_page_size(1'000'000'000);
    ASSERT_EQ(Name(Call(&Stub::ListBusinesses, request, response)), "OK");
    EXPECT_EQ(response.businesses_size(), 200);
    EXPECT_EQ(AllPages({}, officer_).size(), 205U);
}

// Under row-level security only plain comparisons reach the index: one that does not would read all
// that lies behind the region. And the scan begins at the first of several conditions, which would
// be the beginning of the index if the page had one of its own.
TEST_F(ListTest, OfARegionReadsNothingThatLiesBeforeOrBehindIt) {
    RegisterIn("36.74.05", 1);
    database_.Execute(
        "INSERT INTO businesses SELECT gen_random_uuid(), 1, owner_id, kind, name,"
        " CASE n % 2 WHEN 0 THEN '36.73' ELSE '36.75' END, address, kbli,"
        " NULL, NULL, scale, scale_rule_set, scale_since, condition, condition_since,"
        " verification, channels, NULL, NULL, NULL, registered_at, updated_at"
        " FROM businesses, generate_series(1, 10000) n; ANALYZE");
    const auto pages = [&] {
        return database_.Count(
            "SELECT idx_blks_hit + idx_blks_read FROM pg_statio_user_indexes"
            " WHERE indexrelname = 'businesses_by_region'");
    };
    ASSERT_TRUE(testing::Eventually([&] { return pages() > 10'000; }));  // By the insert.
    database_.Execute(
        "SELECT pg_stat_reset_single_table_counters('businesses_by_region'::regclass)");
    {
        postgres::Pool pool(database_.dsn(), "SET enable_seqscan = off");
        const ListFilter filter{.regions = {"36.74"}, .kind = {}, .scale = {}, .condition = {}};
        const Viewer viewer{.regions = {"36"}, .owner_id = ""};
        EXPECT_EQ(Queries(pool, keys_).List(viewer, filter, {}, 50).businesses.size(), 1U);
    }
    const auto read = [&] {
        return database_.Count(
            "SELECT idx_tup_read FROM pg_stat_user_indexes"
            " WHERE indexrelname = 'businesses_by_region'");
    };
    ASSERT_TRUE(testing::Eventually([&] { return read() > 0; }));
    EXPECT_LT(read(), 10);
    EXPECT_LT(pages(), 20);  // Before it lie twice as many.
}

TEST_F(ListTest, IsFilteredByRegionKindScaleAndCondition) {
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

TEST_F(ListTest, IsFilteredByTradeVerificationChannelsCoveragePapersAndAffiliation) {
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
        EXPECT_THAT(AllPages(request, officer_), ElementsAreArray(each.ids))
            << request.DebugString();
    }
}

TEST_F(ListTest, KnowsOfPapersThatComeAndGoLater) {
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
    update("business.halal",
           [](auto& b) { b.mutable_halal()->set_number("ID12345678901234567"); });
    EXPECT_THAT(AllPages(halal, officer_), ElementsAre(id));
    update("business.halal", [](auto&) {});
    EXPECT_THAT(AllPages(halal, officer_), IsEmpty());
}

// Where few are what is looked for, a page ends after so many rows, and the next one goes on there.
TEST_F(ListTest, LooksThroughSoManyRowsAtATimeAndMissesNone) {
    const std::string first = RegisterIn("36.74.01", 1, common::v1::BUSINESS_KIND_GROUP);
    RegisterIn("36.74.05", 2);
    database_.Execute(
        "INSERT INTO businesses SELECT (jsonb_populate_record(b, jsonb_build_object("
        "  'business_id', gen_random_uuid()))).*"
        "  FROM businesses b, generate_series(1, 10500) WHERE region_code = '36.74.05'");
    const std::string last = RegisterIn("36.74.05.1009", 3, common::v1::BUSINESS_KIND_GROUP);
    const ListFilter filter{
        .regions = {"36.74"}, .kind = Kind::kGroup, .scale = {}, .condition = {}};
    const Viewer viewer{.regions = {"36"}, .owner_id = ""};
    std::vector<std::string> ids;
    ListPosition after;
    int pages = 0;
    for (bool goes_on = true; goes_on; ++pages) {
        const FoundBusinesses found = queries_.List(viewer, filter, after, 50);
        for (const StoredBusiness& each : found.businesses) ids.push_back(each.business.id);
        goes_on = found.next.has_value();
        if (goes_on) after = *found.next;
    }
    EXPECT_THAT(ids, ElementsAre(first, last));
    EXPECT_EQ(pages, 3);
}

// Businesses come and change while somebody turns the pages.
TEST_F(ListTest, ShowsWhoStaysExactlyOnceWhileOthersComeAndChange) {
    std::vector<std::string> there;
    for (int i = 1; i <= 30; ++i) {
        there.push_back(RegisterIn(i % 2 == 0 ? "36.74.05" : "36.74.01", i));
    }
    std::ranges::sort(there);
    std::atomic<bool> is_over = false;
    std::jthread others([&] {
        for (int i = 0; !is_over; ++i) {
            RegisterBusiness come = RegistrationCommand(1'000 + i);
            come.profile.region_code = i % 2 == 0 ? "36.74.05" : "36.74.01";
            EXPECT_TRUE(Run(come));
            ReportCondition change;
            change.business_id = there[static_cast<std::size_t>(i) % there.size()];
            change.condition = Condition::kAffected;
            change.since = kToday;
            EXPECT_TRUE(Run(change));
        }
    });
    v1::ListBusinessesRequest request;
    request.set_page_size(3);
    for (int round = 0; round < 3; ++round) {
        std::vector<std::string> ids = AllPages(request, officer_);
        std::ranges::sort(ids);
        EXPECT_TRUE(std::ranges::adjacent_find(ids) == ids.end()) << "somebody came twice";
        EXPECT_TRUE(std::ranges::includes(ids, there)) << "somebody was missed";
    }
    is_over = true;
}

TEST_F(ListTest, EndsWhereTheScopeOfTheCallerEnds) {
    const std::string inside = RegisterIn("36.74.05", 1);
    RegisterBusiness elsewhere = RegistrationCommand(2);
    elsewhere.profile.region_code = "36.71";
    ASSERT_TRUE(Run(elsewhere, Officer("36")));
    EXPECT_THAT(AllPages({}, officer_), ElementsAre(inside));
    EXPECT_EQ(AllPages({}, Token({"province"}, {"36"})).size(), 2U);
    EXPECT_THAT(AllPages({}, Token({"officer"}, {})), IsEmpty());
    v1::ListBusinessesRequest request;
    for (const std::string region : {"36.71", "36", "18"}) {
        request.set_region_code(region);
        EXPECT_EQ(Name(List(request)), "NOT_FOUND REGION_NOT_FOUND") << region;
    }
}

TEST_F(ListTest, ShowsOwnersWhatIsTheirsInTheRegionTheyAskFor) {
    RegisterBusiness here = RegistrationCommand(1);
    RegisterBusiness there = RegistrationCommand(1);
    there.additional_business = true;
    there.profile.region_code = "36.71";
    ASSERT_TRUE(Run(here));
    ASSERT_TRUE(Run(there, Officer("36")));
    ASSERT_TRUE(Run(RegistrationCommand(2)));
    const std::string owner = Token({"owner"}, {}, here.owner_id);
    EXPECT_THAT(AllPages({}, owner), ElementsAre(there.business_id, here.business_id));
    v1::ListBusinessesRequest request;
    request.set_page_size(1);
    EXPECT_THAT(AllPages(request, owner), ElementsAre(there.business_id, here.business_id));
    request.set_region_code("36.71");
    EXPECT_THAT(AllPages(request, owner), ElementsAre(there.business_id));
}

TEST_F(ListTest, TakesAPageTokenOnlyForTheListThatItIsOf) {
    for (int i = 1; i <= 3; ++i) RegisterIn("36.74.05", i);
    v1::ListBusinessesRequest request;
    request.set_page_size(1);
    v1::ListBusinessesResponse first;
    ASSERT_EQ(Name(Call(&Stub::ListBusinesses, request, first)), "OK");
    ASSERT_FALSE(first.next_page_token().empty());

    request.set_page_token(first.next_page_token());
    request.set_page_size(2);  // Pages may change their size.
    EXPECT_EQ(Name(List(request)), "OK");
    request.set_kind(common::v1::BUSINESS_KIND_UMKM);
    EXPECT_EQ(Name(List(request)), "INVALID_ARGUMENT FIELDS_INVALID");
    request.clear_kind();
    request.set_region_code("36.74");
    EXPECT_EQ(Name(List(request)), "INVALID_ARGUMENT FIELDS_INVALID");
    request.clear_region_code();
    v1::ListBusinessesResponse response;
    EXPECT_EQ(
        Name(Call(&Stub::ListBusinesses, request, response, Token({"officer"}, {"36.74"}, "ani"))),
        "INVALID_ARGUMENT FIELDS_INVALID");
    const std::string others[] = {"x", "AAAA", "' OR 1=1", first.next_page_token() + "A"};
    for (const std::string& token : others) {
        request.set_page_token(token);
        EXPECT_EQ(Name(List(request)), "INVALID_ARGUMENT FIELDS_INVALID") << token;
    }
}

TEST_F(ListTest, RefusesFiltersThatMakeNoSense) {
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
