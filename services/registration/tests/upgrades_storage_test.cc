// Naik kelas: who moved to a higher scale, where and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::days;

constexpr std::int64_t kMicro = 1'000'000, kSmall = 3'000'000'000, kMedium = 20'000'000'000;

class UpgradesTest : public ServerTest {
protected:
    v1::Business Register(int number, const std::string& region,
                          std::optional<std::int64_t> sales = kMicro) {
        RegisterBusiness command = RegistrationCommand(number);
        command.profile.region_code = region;
        command.figures.annual_sales = sales;
        return RegistryTest::Registered(Run(command, Officer("36"))).business();
    }
    void Report(const v1::Business& business, std::int64_t sales, Date since) {
        ReportCondition report;
        report.business_id = business.business_id();
        report.since = since;
        report.annual_sales = sales;
        ASSERT_TRUE(Run(report, Officer("36")));
    }
    std::string Now(const std::string& region = "36") const { return Token({"auditor"}, {region}); }

    /// "36.74.05 2026-03-10 1>2", page by page.
    std::vector<std::string> Upgrades(v1::ListUpgradesRequest request,
                                      const std::string& token) const {
        std::vector<std::string> texts;
        do {
            v1::ListUpgradesResponse response;
            EXPECT_EQ(Name(Call(&Stub::ListUpgrades, request, response, token)), "OK");
            for (const v1::Upgrade& each : response.upgrades()) {
                texts.push_back(each.region_code() + " " + each.since() + " " +
                                std::to_string(each.from()) + ">" + std::to_string(each.to()));
            }
            request.set_page_token(response.next_page_token());
        } while (!request.page_token().empty());
        return texts;
    }
    std::vector<std::string> Upgrades(const std::string& from = "",
                                      const std::string& until = "") const {
        v1::ListUpgradesRequest request;
        request.set_from(from);
        request.set_until(until);
        return Upgrades(request, Now());
    }
};

TEST_F(UpgradesTest, HoldsEveryWayUpAndNoOther) {
    const v1::Business growing = Register(1, "36.74.05");
    const v1::Business shrinking = Register(2, "36.74.05", kSmall);
    const v1::Business first_known = Register(3, "36.74.05", std::nullopt);
    clock_.Advance(days(1));
    Report(growing, kSmall, Day(3, 11));
    Report(shrinking, kMicro, Day(3, 11));
    Report(first_known, kSmall, Day(3, 11));
    clock_.Advance(days(1));
    Report(growing, kMedium, Day(3, 12));
    EXPECT_THAT(Upgrades(), ElementsAre("36.74.05 2026-03-11 1>2", "36.74.05 2026-03-12 2>3"));
    v1::ListUpgradesResponse response;
    ASSERT_EQ(Name(Call(&Stub::ListUpgrades, v1::ListUpgradesRequest(), response, Now())), "OK");
    const v1::Upgrade& last = response.upgrades(1);
    EXPECT_EQ(last.business_id(), growing.business_id());
    EXPECT_EQ(last.version(), 5);
    EXPECT_EQ(last.rule_set(), "PP7_2021");
}

TEST_F(UpgradesTest, IsByRegionAndByPeriod) {
    const v1::Business here = Register(1, "36.74.05"), there = Register(2, "36.71");
    clock_.Advance(days(30));
    Report(here, kSmall, Day(3, 20));
    Report(there, kSmall, Day(4, 5));
    EXPECT_THAT(Upgrades(), ElementsAre("36.71 2026-04-05 1>2", "36.74.05 2026-03-20 1>2"));
    EXPECT_THAT(Upgrades("2026-04-01"), ElementsAre("36.71 2026-04-05 1>2"));
    EXPECT_THAT(Upgrades("", "2026-03-31"), ElementsAre("36.74.05 2026-03-20 1>2"));
    EXPECT_THAT(Upgrades("2026-03-20", "2026-03-20"), SizeIs(1));
    EXPECT_THAT(Upgrades("2026-03-21", "2026-04-04"), IsEmpty());
    v1::ListUpgradesRequest request;
    request.set_region_code("36.74");
    EXPECT_THAT(Upgrades(request, Now()), ElementsAre("36.74.05 2026-03-20 1>2"));
}

TEST_F(UpgradesTest, EndsWhereTheScopeOfTheCallerEnds) {
    const v1::Business business = Register(1, "36.74.05");
    Report(business, kSmall, kToday);
    EXPECT_THAT(Upgrades(v1::ListUpgradesRequest(), Now("36.71")), IsEmpty());
    EXPECT_THAT(Upgrades(v1::ListUpgradesRequest(), Now("36.74")), SizeIs(1));
    v1::ListUpgradesRequest request;
    request.set_region_code("36.74");
    v1::ListUpgradesResponse response;
    EXPECT_EQ(Name(Call(&Stub::ListUpgrades, request, response, Now("36.71"))),
              "NOT_FOUND REGION_NOT_FOUND");
    postgres::Connection stranger(database_.dsn());
    EXPECT_EQ(stranger.Run("SELECT count(*) FROM upgrades").Int64(0, 0), 0)
        << "row-level security is the second line";
}

TEST_F(UpgradesTest, StaysWhereItHappened) {
    const v1::Business business = Register(1, "36.74.05");
    Report(business, kSmall, kToday);
    UpdateBusiness move;
    move.business_id = business.business_id();
    move.details = {Detail::kRegion};
    move.profile.region_code = "36.71";
    ASSERT_TRUE(Run(move, Officer("36")));
    EXPECT_THAT(Upgrades(), ElementsAre("36.74.05 2026-03-10 1>2"));
}

// A region gets another code by law; its figures of before are those of its people still.
TEST_F(UpgradesTest, AreTheirsWhoHaveTheRegionByNow) {
    database_.Execute("INSERT INTO upgrades VALUES ('" + NewId(kNow) +
                      "', 2, '91.01.01.2001', '2022-03-01', '2022-03-01', 1, 2, 'PP7_2021')");
    const auto upgrade = ElementsAre("91.01.01.2001 2022-03-01 1>2");
    for (const char* region : {"93", "93.01", "93.01.01", "93.01.01.2001"}) {
        EXPECT_THAT(Upgrades(v1::ListUpgradesRequest(), Now(region)), upgrade) << region;
    }
    EXPECT_THAT(Upgrades(v1::ListUpgradesRequest(), Now("94")), IsEmpty());
    v1::ListUpgradesRequest request;
    request.set_region_code("91.01");
    EXPECT_THAT(Upgrades(request, Now("93")), upgrade);
    v1::ListUpgradesResponse response;
    EXPECT_EQ(Name(Call(&Stub::ListUpgrades, request, response, Now("94"))),
              "NOT_FOUND REGION_NOT_FOUND");
}

TEST_F(UpgradesTest, HoldsEachOnceWhateverThePageSize) {
    const std::string regions[] = {"36.71", "36.74.05", "36.74.01"};
    for (int i = 1; i <= 7; ++i) {
        Report(Register(i, regions[i % 3]), kSmall, kToday);
    }
    const std::vector<std::string> whole = Upgrades();
    ASSERT_THAT(whole, SizeIs(7));
    for (const int size : {1, 2, 3, 6, 7}) {
        v1::ListUpgradesRequest request;
        request.set_page_size(size);
        EXPECT_EQ(Upgrades(request, Now()), whole) << size;
        EXPECT_EQ(Upgrades(request, Token({"auditor"}, {"36.74", "36.71"})), whole) << size;
    }
}

TEST_F(UpgradesTest, RefusesWhatMakesNoSense) {
    v1::ListUpgradesResponse response;
    for (const char* region : {"36.7", "91.99"}) {
        v1::ListUpgradesRequest request;
        request.set_region_code(region);
        EXPECT_EQ(Name(Call(&Stub::ListUpgrades, request, response, Now())),
                  "INVALID_ARGUMENT FIELDS_INVALID");
    }
    v1::ListUpgradesRequest request;
    request.set_from("2026-02-30");
    EXPECT_EQ(Name(Call(&Stub::ListUpgrades, request, response, Now())),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::registration
