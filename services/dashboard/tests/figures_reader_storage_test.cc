#include <gmock/gmock.h>

#include <atomic>
#include <future>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/storage/figures_reader.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using ::testing::HasSubstr;

class FiguresReaderStorage : public ::testing::Test {
protected:
    FiguresReaderStorage() {
        model_.Project({business_.Registers()});
        model_.Complete();
    }

    Result<ServedDashboard> Read(const std::string& region_code) {
        std::promise<Result<ServedDashboard>> answer;
        reader_.Read(region_code, [&answer](Result<ServedDashboard> result) {
            answer.set_value(std::move(result));
        });
        return answer.get_future().get();
    }

    ProjectedDatabase model_;
    PublishedBusiness business_;
    bangkit::testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    postgres::Pool pool_{model_.database().dsn(), "SET statement_timeout = '5s'"};
    FiguresReader reader_{pool_, model_.regions(), logger_, metrics_};
};

TEST_F(FiguresReaderStorage, ACrowdCostsNoMoreQueriesThanOneCaller) {
    postgres::Connection blocker(model_.database().owner_dsn());
    postgres::Transaction transaction(blocker);
    transaction.Run("LOCK TABLE business_counts");
    std::atomic<int> answered = 0;
    const auto count = [&answered](const Result<ServedDashboard>& result) {
        if (result) ++answered;
    };

    reader_.Read("32.75", count);
    model_.database().AwaitLockWaits();
    for (int i = 0; i < 1'000; ++i) reader_.Read(i % 2 == 0 ? "32.75" : "ID", count);
    transaction.Commit();

    EXPECT_TRUE(Eventually([&] { return answered == 1'001; }));
    EXPECT_THAT(telemetry::Render(metrics_),
                HasSubstr("bangkit_dashboard_read_model_queries_total 2\n"));
}

TEST_F(FiguresReaderStorage, WhatIsAnsweredWasReadAfterItWasAskedFor) {
    ASSERT_TRUE(Read("32.75"));
    model_.Project({PublishedBusiness().Registers()});

    v1::Dashboard dashboard;
    ASSERT_TRUE(dashboard.ParseFromString(Read("32.75")->dashboard));
    EXPECT_EQ(dashboard.businesses(), 2);
}

TEST_F(FiguresReaderStorage, GivesNoFiguresWhileTheyAreBeingBuilt) {
    Rebuild(model_.database().owner_dsn());

    const auto answer = Read("32.75");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(answer.error().reason, "DASHBOARD_REBUILDING");
    EXPECT_EQ(reader_.ReadNumbers(model_.regions().Children("32")).error().reason,
              "DASHBOARD_REBUILDING");
}

TEST_F(FiguresReaderStorage, SurvivesTheLossOfItsConnection) {
    ASSERT_TRUE(Read("32.75"));

    model_.database().KillOtherConnections();

    EXPECT_TRUE(Read("32.75"));
}

TEST_F(FiguresReaderStorage, SaysSoWhenTheDatabaseIsAway) {
    postgres::Pool nowhere("host=127.0.0.1 port=1", "");
    FiguresReader reader(nowhere, model_.regions(), logger_, metrics_);
    std::promise<Result<ServedDashboard>> answer;

    reader.Read("32.75",
                [&answer](const Result<ServedDashboard>& result) { answer.set_value(result); });

    const auto refused = answer.get_future().get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "DATABASE_UNREACHABLE");
}

}  // namespace
}  // namespace bangkit::dashboard
