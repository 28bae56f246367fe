// Lists: of all businesses that a caller may see, each exactly once, page by page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "libs/testing/eventually.h"
#include "services/registration/tests/list_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

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

// Where few are what is looked for, a page ends after so many rows, and the next one goes on there.
TEST_F(ListTest, LooksThroughSoManyRowsAtATimeAndMissesNone) {
    const std::string first = RegisterIn("36.74.01", 1, common::v1::BUSINESS_KIND_GROUP);
    RegisterIn("36.74.05", 2);
    database_.Execute(
        "INSERT INTO businesses SELECT (jsonb_populate_record(b, jsonb_build_object("
        "  'business_id', gen_random_uuid()))).*"
        "  FROM businesses b, generate_series(1, 10500) WHERE region_code = '36.74.05'");
    const std::string last = RegisterIn("36.74.07", 3, common::v1::BUSINESS_KIND_GROUP);
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

}  // namespace
}  // namespace bangkit::registration
