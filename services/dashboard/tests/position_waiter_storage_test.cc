#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "libs/testing/eventually.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/storage/position_waiter.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;

class PositionWaiterStorage : public ::testing::Test {
protected:
    messaging::Position PositionOf(const PublishedBusiness& business) const {
        return {.topic = std::string(kRegistrationTopic),
                .aggregate_type = "business",
                .aggregate_id = business.id(),
                .version = business.version()};
    }
    Time Later() const { return clock_.Now() + std::chrono::hours(1); }

    ProjectedDatabase model_;
    PublishedBusiness business_;
    bangkit::testing::QuietLogger logger_;
    bangkit::testing::ManualClock clock_{kMay2022};
    postgres::Pool pool_{model_.database().dsn(), ""};
    PositionWaiter waiter_{pool_, clock_, logger_};
};

TEST_F(PositionWaiterStorage, WhatIsIncludedAlreadyIsAnsweredAtOnce) {
    model_.Project({business_.Registers()});
    std::promise<Result<void>> answer;

    waiter_.Await(PositionOf(business_), Later(),
                  [&answer](Result<void> reached) { answer.set_value(std::move(reached)); });

    EXPECT_TRUE(answer.get_future().get());
}

TEST_F(PositionWaiterStorage, EachIsAnsweredWhenItsOwnEventIsIncluded) {
    PublishedBusiness other;
    const kafka::Record first = business_.Registers();
    const kafka::Record second = business_.Reports(But(Condition::kDormant));
    const kafka::Record of_other = other.Registers();
    std::atomic<int> reached = 0, others = 0;
    waiter_.Await(PositionOf(business_), Later(), [&](const Result<void>&) { ++reached; });
    waiter_.Await(PositionOf(other), Later(), [&](const Result<void>&) { ++others; });

    model_.Project({first, of_other});  // Nobody wakes the waiter: another process may project.
    EXPECT_TRUE(Eventually([&] { return others == 1; }));
    EXPECT_EQ(reached, 0) << "its own is version 2";

    model_.Project({second});
    EXPECT_TRUE(Eventually([&] { return reached == 1; }));
}

TEST_F(PositionWaiterStorage, AnswersInTimeThatAPositionIsNotReached) {
    business_.Registers();
    std::promise<Result<void>> by_deadline, by_limit;
    waiter_.Await(PositionOf(business_), clock_.Now() + std::chrono::seconds(1),
                  [&](Result<void> reached) { by_deadline.set_value(std::move(reached)); });
    waiter_.Await(PositionOf(business_), Later(),
                  [&](Result<void> reached) { by_limit.set_value(std::move(reached)); });

    clock_.Advance(std::chrono::seconds(1));
    EXPECT_EQ(by_deadline.get_future().get().error().reason, "POSITION_NOT_REACHED");
    clock_.Advance(PositionWaiter::kWaitMax);
    const auto limited = by_limit.get_future().get();
    EXPECT_EQ(limited.error().code, ErrorCode::kUnavailable);
}

TEST_F(PositionWaiterStorage, NobodyIsForgottenWhenTheProcessEnds) {
    business_.Registers();
    std::promise<Result<void>> answer;
    {
        PositionWaiter ending(pool_, clock_, logger_);
        ending.Await(PositionOf(business_), Later(),
                     [&](Result<void> reached) { answer.set_value(std::move(reached)); });
    }
    EXPECT_FALSE(answer.get_future().get());
}

TEST(MinPosition, IsOfATopicThatTheFiguresAreMadeOf) {
    const std::string id = PublishedBusiness().id();

    EXPECT_TRUE(ParseMinPosition("bangkit.registration.v1/business/" + id + "/3"));
    for (const std::string& token :
         {"bangkit.training.v1/application/" + id + "/3", "bangkit.registration.v1/business/" + id,
          "bangkit.registration.v1/business/" + id + "/0", std::string("x")}) {
        EXPECT_EQ(ParseMinPosition(token).error().reason, "POSITION_INVALID") << token;
    }
}

}  // namespace
}  // namespace bangkit::dashboard
