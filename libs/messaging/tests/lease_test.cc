#include "libs/messaging/lease.h"

#include <gtest/gtest.h>

#include "libs/messaging/relay.h"
#include "libs/messaging/tests/outbox_fixture.h"
#include "libs/testing/eventually.h"

namespace bangkit::messaging {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

class LeaseTest : public OutboxTest {
protected:
    void Expire() const { database_.Execute("UPDATE relay_lease SET expires_at = '-infinity'"); }

    postgres::Connection connection_{database_.dsn()};
    Lease lease_;
    Lease other_;
};

TEST_F(LeaseTest, WhoeverAsksOftenKeepsIt) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    const std::int64_t epoch = lease_.epoch();
    const auto end = SteadyClock::now() + milliseconds(2'500);  // Longer than it lasts.
    while (SteadyClock::now() < end) {
        ASSERT_TRUE(lease_.Acquire(connection_));
        ASSERT_FALSE(other_.Acquire(connection_));
    }
    EXPECT_EQ(lease_.epoch(), epoch);
}

TEST_F(LeaseTest, WhoeverFallsSilentLosesItWithinThreeSeconds) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    EXPECT_FALSE(other_.Acquire(connection_));
    EXPECT_TRUE(testing::Eventually([this] { return other_.Acquire(connection_); },
                                    std::chrono::seconds(3)));
    EXPECT_GT(other_.epoch(), lease_.epoch());
    EXPECT_FALSE(lease_.Acquire(connection_));
}

TEST_F(LeaseTest, ItExpiresByTheClockOfTheDatabase) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    const std::int64_t millis = database_.Count(
        "SELECT (1000 * extract(epoch FROM expires_at - clock_timestamp()))::bigint"
        "  FROM relay_lease");
    EXPECT_GT(millis, 0);
    EXPECT_LE(millis, 2'000);
}

TEST_F(LeaseTest, ADatabaseWhoseClockWasSetBackIsNotLeftWithoutARelay) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    database_.Execute("UPDATE relay_lease SET expires_at = clock_timestamp() + interval '1 hour'");
    EXPECT_TRUE(other_.Acquire(connection_));
}

TEST_F(LeaseTest, ItIsFreeOnceReleased) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    lease_.Release(connection_);
    EXPECT_TRUE(other_.Acquire(connection_));
    EXPECT_FALSE(lease_.Acquire(connection_));
}

TEST_F(LeaseTest, ItsOwnerGetsItBackIfNobodyElseTookIt) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    const std::int64_t epoch = lease_.epoch();
    Expire();
    EXPECT_TRUE(testing::Eventually([this] {
        EXPECT_TRUE(lease_.Acquire(connection_));
        return database_.Count(
                   "SELECT count(*) FROM relay_lease"
                   " WHERE expires_at > clock_timestamp()") == 1;
    }));
    EXPECT_EQ(lease_.epoch(), epoch);
}

TEST_F(LeaseTest, AnOvertakenHolderReleasesAndDeletesNothing) {
    Append(1, 1);
    postgres::Int64Array ids;
    ids.Add(database_.Count("SELECT id FROM outbox"));
    ASSERT_TRUE(lease_.Acquire(connection_));
    Expire();
    ASSERT_TRUE(other_.Acquire(connection_));
    EXPECT_EQ(DeleteSent(connection_, ids, lease_.epoch()), 0);
    EXPECT_EQ(Remaining(), 1);
    lease_.Release(connection_);
    EXPECT_FALSE(lease_.Acquire(connection_));
    EXPECT_EQ(DeleteSent(connection_, ids, other_.epoch()), 1);
}

}  // namespace
}  // namespace bangkit::messaging
