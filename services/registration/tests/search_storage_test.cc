// Businesses are found by words of their names, in the caller's regions and nowhere else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "libs/testing/eventually.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SearchTest : public ServerTest {
protected:
    std::string Register(const std::string& name, const std::string& region = "36.74.05.1002") {
        v1::RegisterBusinessRequest request = Registration(++registered_);
        request.mutable_business()->set_name(name);
        request.mutable_business()->set_region_code(region);
        return Registered(request).business_id();
    }
    std::vector<std::string> AllPages(v1::SearchBusinessesRequest request,
                                      const std::string& token) const {
        std::vector<std::string> ids;
        do {
            v1::SearchBusinessesResponse response;
            EXPECT_EQ(Name(Call(&Stub::SearchBusinesses, request, response, token)), "OK");
            for (const v1::Business& each : response.businesses()) {
                ids.push_back(each.business_id());
            }
            request.set_page_token(response.next_page_token());
        } while (!request.page_token().empty());
        return ids;
    }
    std::vector<std::string> Search(const std::string& name, const std::string& region = "") const {
        v1::SearchBusinessesRequest request;
        request.set_name(name);
        request.set_region_code(region);
        return AllPages(request, officer_);
    }
    /// So many businesses of such names, without owners of their own.
    void Fill(const std::string& region, const std::string& name, int count) {
        if (registered_ == 0) Register("Contoh");
        database_.Execute(
            "INSERT INTO businesses SELECT (jsonb_populate_record(b, jsonb_build_object("
            "  'business_id', gen_random_uuid(), 'region_code', '" +
            region + "', 'name', '" + name + " ' || n))).*" +
            "  FROM businesses b, generate_series(1, " + std::to_string(count) +
            ") n WHERE name = 'Contoh'; ANALYZE businesses");
    }

    int registered_ = 0;
};

TEST_F(SearchTest, FindsNamesThatHaveSomethingLikeEachWord) {
    const std::string aminah = Register("Warung Bu Aminah");
    const std::string siti = Register("Warung Siti");
    const std::string workshop = Register("Bengkel Motor Siti Aminah");
    EXPECT_THAT(Search("warung"), UnorderedElementsAre(aminah, siti));
    EXPECT_THAT(Search("WARUNG aminah"), ElementsAre(aminah));
    EXPECT_THAT(Search("aminah warung"), ElementsAre(aminah));
    EXPECT_THAT(Search("aminh"), UnorderedElementsAre(aminah, workshop)) << "a letter is missing";
    EXPECT_THAT(Search("siti aminah motor bengkel"), ElementsAre(workshop));
    EXPECT_THAT(Search("warung motor"), IsEmpty());
    EXPECT_THAT(Search("katering"), IsEmpty());
    EXPECT_THAT(Search("a%"), IsEmpty()) << "no pattern";
}

TEST_F(SearchTest, FindsABusinessAtOnceUnderItsNewNameAndNotUnderItsOldOne) {
    const v1::Business business = Registered(Registration(1));
    v1::UpdateBusinessRequest request;
    request.set_request_id(NewId(kNow));
    request.set_business_id(business.business_id());
    request.mutable_update_mask()->add_paths("business.name");
    request.mutable_business()->set_name("Katering Kenanga");
    v1::UpdateBusinessResponse response;
    ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response)), "OK");
    EXPECT_THAT(Search("kenanga"), ElementsAre(business.business_id()));
    EXPECT_THAT(Search("warung"), IsEmpty());
    EXPECT_EQ(database_.Text("SELECT string_agg(word, ' ' ORDER BY word) FROM name_words"),
              "katering kenanga")
        << "what nobody is called any more is not kept";
}

TEST_F(SearchTest, LooksInTheRegionThatIsAskedForAtEveryLevel) {
    const std::string village = Register("Warung A", "36.74.05.1002");
    const std::string next_village = Register("Warung B", "36.74.05.1003");
    const std::string district = Register("Warung C", "36.74.01");
    const std::string regency = Register("Warung D", "36.74");
    EXPECT_THAT(Search("warung"), ElementsAre(regency, district, village, next_village));
    EXPECT_THAT(Search("warung", "36.74"), SizeIs(4));
    EXPECT_THAT(Search("warung", "36.74.05"), ElementsAre(village, next_village));
    EXPECT_THAT(Search("warung", "36.74.05.1003"), ElementsAre(next_village));
    EXPECT_THAT(Search("warung", "36.74.01"), ElementsAre(district));
    v1::SearchBusinessesRequest request;
    request.set_name("warung");
    EXPECT_THAT(AllPages(request, Token({"province"}, {"36"})), SizeIs(4));
    EXPECT_THAT(AllPages(request, Token({"officer"}, {"36.74.05.1003", "36.74.01"})),
                ElementsAre(district, next_village));
}

TEST_F(SearchTest, EndsWhereTheScopeOfTheCallerEnds) {
    Register("Warung A");
    RegisterBusiness elsewhere = RegistrationCommand(9);
    elsewhere.profile.region_code = "36.71";
    ASSERT_TRUE(Run(elsewhere, Officer("36")));
    EXPECT_THAT(Search("warung"), SizeIs(1));
    v1::SearchBusinessesRequest request;
    request.set_name("warung");
    EXPECT_THAT(AllPages(request, Token({"province"}, {"36"})), SizeIs(2));
    EXPECT_THAT(AllPages(request, Token({"officer"}, {})), IsEmpty());
    v1::SearchBusinessesResponse response;
    request.set_region_code("36.71");
    EXPECT_EQ(Name(Call(&Stub::SearchBusinesses, request, response)), "NOT_FOUND REGION_NOT_FOUND");
}

// Names are looked through without row-level security; what they lead to is not read without it.
TEST_F(SearchTest, ShowsNobodyWhatRowLevelSecurityHides) {
    Register("Warung A");
    const ListFilter filter{.regions = {"36"}, .kind = {}, .scale = {}, .condition = {}};
    const Viewer elsewhere{.regions = {"36.71"}, .owner_id = ""};
    EXPECT_THAT(queries_.Search(elsewhere, filter, {"warung"}, {}, 50).businesses, IsEmpty());
    EXPECT_THAT(queries_.List(elsewhere, filter, {}, 50).businesses, IsEmpty());
    EXPECT_THAT(queries_.ListAsOf(elsewhere, filter, {.day = kToday}, {}, 50).businesses,
                IsEmpty());
}

TEST_F(SearchTest, IsFilteredLikeAList) {
    const std::string warung = Register("Warung A");
    Register("Warung B", "36.74.01");
    v1::RegisterBusinessRequest vendor = Registration(++registered_);
    vendor.mutable_business()->set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR);
    vendor.mutable_business()->set_name("Warung C");
    const std::string vendor_id = Registered(vendor).business_id();
    v1::SearchBusinessesRequest request;
    request.set_name("warung");
    request.set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR);
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(vendor_id));
    request.set_kind(common::v1::BUSINESS_KIND_UMKM);
    request.set_region_code("36.74.05");
    EXPECT_THAT(AllPages(request, officer_), ElementsAre(warung));
    request.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    EXPECT_THAT(AllPages(request, officer_), IsEmpty());
}

TEST_F(SearchTest, FindsEveryHitOnceWhateverThePageSize) {
    std::set<std::string> warungs;
    const std::string regions[] = {"36.74.05.1002", "36.74", "36.74.05", "36.74.01.1001"};
    for (int i = 0; i < 11; ++i) warungs.insert(Register("Warung", regions[i % 4]));
    for (int i = 0; i < 5; ++i) Register("Bengkel", regions[i % 4]);
    std::vector<std::string> whole = Search("warung");
    EXPECT_THAT(whole, SizeIs(11));
    EXPECT_EQ(std::set(whole.begin(), whole.end()), warungs);
    for (const int size : {1, 2, 3, 10, 11, 12}) {
        v1::SearchBusinessesRequest request;
        request.set_name("warung");
        request.set_page_size(size);
        EXPECT_EQ(AllPages(request, officer_), whole) << size;
    }
}

// A word in so many names of a district that sorting all of them would take longer the more there
// are.
TEST_F(SearchTest, AWordThatIsInVeryManyNamesIsLookedForAlongTheList) {
    Fill("36.74.07.1001", "Warung", 3'000);
    Fill("36.74.07.1002", "Bengkel", 6'000);  // More than a page looks at.
    Fill("36.74.07.1003", "Warung", 2'100);
    const std::string before = Register("Warung Pertama", "36.74.01");
    const std::string regency = Register("Warung Kota", "36.74");
    v1::SearchBusinessesRequest request;
    request.set_name("warung");
    request.set_page_size(200);
    const std::vector<std::string> all = AllPages(request, officer_);
    EXPECT_THAT(all, SizeIs(5'102));
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 5'102U);
    EXPECT_EQ(all[0], regency);
    EXPECT_EQ(all[1], before);
}

TEST_F(SearchTest, WhereARegencyHasTooManyHitsItIsLookedAtDistrictByDistrict) {
    Fill("36.03.01", "Warung", 5);
    for (int district = 2; district <= 20; ++district) {
        Fill("36.03." + std::to_string(100 + district).substr(1), "Bengkel", 1);
    }
    Fill("36.03.21", "Warung", 600);
    Fill("36.03.22", "Warung", 600);
    Fill("36.04.01", "Warung", 7);
    v1::SearchBusinessesRequest request;
    request.set_name("warung");
    const std::vector<std::string> all = AllPages(request, Token({"province"}, {"36"}));
    EXPECT_THAT(all, SizeIs(1'212));
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 1'212U);
}

TEST_F(SearchTest, ReadsNamesByTheirIndex) {
    Fill("36.74.07.1001", "Warung", 9'000);
    const std::string rare = Register("Katering Kenanga");
    const auto scans = [this](const std::string& column) {
        return database_.Count("SELECT " + column +
                               " FROM pg_stat_user_tables WHERE relname = 'businesses'");
    };
    ASSERT_TRUE(testing::Eventually([&] { return scans("n_tup_ins") > 9'000; }));
    const std::int64_t of_all = scans("seq_tup_read"), by_index = scans("idx_tup_fetch");
    {
        postgres::Pool pool(database_.dsn(),
                            "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
                            "SET enable_bitmapscan = off");
        const ListFilter filter{.regions = {"36.74"}, .kind = {}, .scale = {}, .condition = {}};
        const Viewer viewer{.regions = {"36"}, .owner_id = ""};
        const FoundBusinesses found =
            Queries(pool, keys_).Search(viewer, filter, {"kenanga"}, {}, 50);
        ASSERT_THAT(found.businesses, SizeIs(1));
        EXPECT_EQ(found.businesses.front().business.id, rare);
    }
    ASSERT_TRUE(testing::Eventually([&] { return scans("idx_tup_fetch") > by_index; }));
    EXPECT_LT(scans("idx_tup_fetch"), by_index + 100);
    EXPECT_EQ(scans("seq_tup_read"), of_all);
}

// Words of names are looked up before names are, and must not tell whose they are.
TEST_F(SearchTest, KeepsTheWordsOfNamesByProvinceAndNoNumbers) {
    Register("Warung  Bu-Aminah 08129990 RT 3");
    const auto words = [this] {
        return database_.Text(
            "SELECT string_agg(province || ' ' || word, ', ' ORDER BY word)"
            "  FROM name_words");
    };
    EXPECT_EQ(words(), "36 3, 36 bu-aminah, 36 rt, 36 warung");
    RegisterBusiness elsewhere = RegistrationCommand(9);
    elsewhere.profile.name = "Kedai Amiinah";
    elsewhere.profile.region_code = "18.71";
    ASSERT_TRUE(Run(elsewhere, Officer("18")));
    EXPECT_EQ(words(), "36 3, 18 amiinah, 36 bu-aminah, 18 kedai, 36 rt, 36 warung");
}

TEST_F(SearchTest, RefusesWhatMakesNoSense) {
    const std::function<void(v1::SearchBusinessesRequest&)> cases[] = {
        [](auto& r) { r.clear_name(); },
        [](auto& r) { r.set_name("   "); },
        [](auto& r) { r.set_name("-- !"); },
        [](auto& r) { r.set_name("a b c d e"); },
        [](auto& r) { r.set_name(std::string(41, 'a')); },
        [](auto& r) { r.set_kbli("1"); },
        [](auto& r) { r.set_region_code("91.01"); },
        [](auto& r) { r.add_legality(static_cast<v1::Legality>(99)); },
        [](auto& r) { r.add_channels(common::v1::SALES_CHANNEL_UNSPECIFIED); },
        [](auto& r) { r.set_page_token("x"); },
    };
    for (const auto& spoil : cases) {
        v1::SearchBusinessesRequest request;
        request.set_name("warung");
        spoil(request);
        v1::SearchBusinessesResponse response;
        EXPECT_EQ(Name(Call(&Stub::SearchBusinesses, request, response)),
                  "INVALID_ARGUMENT FIELDS_INVALID")
            << request.DebugString();
    }
}

}  // namespace
}  // namespace bangkit::registration
