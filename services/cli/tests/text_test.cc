#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <sstream>

#include "services/cli/dashboard_text.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"

namespace bangkit::cli {
namespace {

using testing::HasSubstr;

TEST(TableTest, AlignsByCharactersNotBytes) {
    Table table({Table::kLeft, Table::kRight});
    table.Add({"é", "1"});
    table.Add({"abc", "1.337"});
    std::ostringstream out;
    table.Print(out, "  ");
    EXPECT_EQ(out.str(), "  é        1\n  abc  1.337\n");
}

TEST(ParseDurationTest, TakesSecondsMinutesAndHours) {
    EXPECT_EQ(ParseDuration("90s"), std::chrono::seconds(90));
    EXPECT_EQ(ParseDuration("5m"), std::chrono::minutes(5));
    EXPECT_EQ(ParseDuration("12h"), std::chrono::hours(12));
    for (const char* text : {"", "12", "h", "-1h", "1d", "1.5h", "99999999h", "1h "}) {
        EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
    }
}

TEST(JsonTest, PrintsZerosAndNumbersAsText) {
    dashboard::v1::RegionSummary region;
    region.set_region_code("36.74");
    EXPECT_EQ(ToJson(region),
              R"({"regionCode":"36.74","regionName":"","level":"REGION_LEVEL_UNSPECIFIED",)"
              R"("businesses":"0"})");
}

TEST(JsonTest, ARefusalDoesNotQuoteTheValue) {
    dashboard::v1::RegionSummary region;
    try {
        FromJson(R"({"businesses": "3674019001909001x"})", region);
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_THAT(error.what(), testing::Not(HasSubstr("3674019001909001")));
    }
}

TEST(DashboardTextTest, ShowsSumsSharesMonthsAndAge) {
    dashboard::v1::GetDashboardResponse response;
    google::protobuf::util::TimeUtil::FromString("2022-05-12T03:04:05Z",
                                                 response.mutable_freshness()->mutable_as_of());
    response.mutable_freshness()->set_lag_events(1'200);
    auto& dashboard = *response.mutable_dashboard();
    dashboard.set_region_code("32.75");
    dashboard.set_region_name("Kota Bekasi");
    dashboard.set_businesses(1'337);
    for (const int number : {1'000, 337}) {
        auto& count = *dashboard.add_counts();
        count.set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
        count.set_scale(number == 337 ? common::v1::BUSINESS_SCALE_SMALL
                                      : common::v1::BUSINESS_SCALE_MICRO);
        count.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
        count.set_businesses(number);
    }
    auto& month = *dashboard.add_months();
    month.set_month("2022-05");
    month.set_registered(1'337);
    std::ostringstream out;
    Print(out, response);
    EXPECT_THAT(out.str(), HasSubstr("Kota Bekasi (32.75)"));
    EXPECT_THAT(out.str(), HasSubstr("Data per 12 Mei 2022 10.04.05 WIB, 1.200 perubahan"));
    EXPECT_THAT(out.str(), HasSubstr("KOPERASI  1.337  100%"));
    EXPECT_THAT(out.str(), HasSubstr("KECIL    337"));
    EXPECT_THAT(out.str(), HasSubstr("2022-05           1.337"));
}

TEST(DashboardTextTest, AnEmptyRegionHasNoShares) {
    std::ostringstream out;
    Print(out, dashboard::v1::GetDashboardResponse());
    EXPECT_THAT(out.str(), HasSubstr("Usaha terdaftar  0"));
    EXPECT_THAT(out.str(), HasSubstr("Data belum lengkap"));
}

TEST(BarTest, GrowsFromEmptyToFull) {
    EXPECT_EQ(Bar(0), "[" + std::string(30, ' ') + "]");
    EXPECT_EQ(Bar(0.5), "[" + std::string(15, '#') + std::string(15, ' ') + "]");
    EXPECT_EQ(Bar(7), "[" + std::string(30, '#') + "]");
}

}  // namespace
}  // namespace bangkit::cli
