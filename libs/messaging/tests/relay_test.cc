#include "libs/messaging/relay.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>

#include "libs/messaging/tests/outbox_fixture.h"
#include "libs/testing/kafka.h"

namespace bangkit::messaging {
namespace {

constexpr const char* kTopic = "bangkit.test.v1";

/// Single rounds, against a Kafka that does as it is told.
class RelayTest : public OutboxTest {
protected:
    Relay NewRelay(Lease& lease, std::int64_t batch_max = 3, std::int64_t bytes_max = 8 << 20) {
        return Relay({.dsn = database_.dsn(),
                      .brokers = kafka_.brokers(),
                      .topic = kTopic,
                      .source = "/test",
                      .batch_max = batch_max,
                      .bytes_max = bytes_max},
                     lease, logger_, *failpoints_);
    }
    void ExpireLease() const {
        database_.Execute("UPDATE relay_lease SET expires_at = '-infinity'");
    }
    /// The log holds these versions, in this order.
    void ExpectLog(const std::vector<int>& versions) {
        std::size_t read = 0;
        kafka_.ReadUntil([&](const kafka::Record& record) {
            EXPECT_EQ(record.Header("ce_sequence"), std::to_string(versions[read]));
            return ++read == versions.size();
        });
    }

    testing::MockKafka kafka_{kTopic};
    testing::QuietLogger logger_;
    std::unique_ptr<Failpoints> failpoints_ = std::make_unique<Failpoints>();
    Lease lease_;
};

TEST_F(RelayTest, SendsInOrderAndDeletesWhatWasAcknowledged) {
    Append(1, 7);
    Relay relay = NewRelay(lease_);
    EXPECT_EQ(relay.RelayOnce(), 3);
    EXPECT_EQ(Remaining(), 4);
    EXPECT_EQ(relay.RelayOnce(), 3);
    EXPECT_EQ(relay.RelayOnce(), 1);
    EXPECT_EQ(relay.RelayOnce(), 0);
    EXPECT_EQ(Remaining(), 0);
    ExpectLog({1, 2, 3, 4, 5, 6, 7});
}

TEST_F(RelayTest, ARoundOfLargeEventsIsShort) {
    payload_ = std::string(100, 'x');
    Append(1, 4);
    Relay relay = NewRelay(lease_, 4, 150);
    EXPECT_EQ(relay.RelayOnce(), 2);  // The second one reaches the limit.
    payload_ = std::string(200, 'x');
    Append(5, 6);
    EXPECT_EQ(relay.RelayOnce(), 2);
    EXPECT_EQ(relay.RelayOnce(), 1);  // However large, one always goes.
    EXPECT_EQ(relay.RelayOnce(), 1);
    ExpectLog({1, 2, 3, 4, 5, 6});
}

TEST_F(RelayTest, AnEventArrivesAsItWasCommitted) {
    Append(1, 1);
    NewRelay(lease_).RelayOnce();
    kafka_.ReadUntil([&](const kafka::Record& record) {
        EXPECT_EQ(record.key, IdOf(1));
        EXPECT_EQ(record.payload, "payload 1");
        EXPECT_EQ(record.Header("ce_id"), "counter/" + IdOf(1) + "/1");
        EXPECT_EQ(record.Header("ce_source"), "/test");
        EXPECT_EQ(record.Header("ce_type"), "bangkit.test.v1.Counted");
        EXPECT_EQ(record.Header("ce_time").size(), 27U);
        EXPECT_EQ(record.Header("traceparent"), kTraceparent);
        return true;
    });
}

TEST(RelayPaceTest, OnlyAStreamOfEventsGathers) {
    EXPECT_FALSE(ShouldGather(0, 1'000));
    EXPECT_FALSE(ShouldGather(4, 1'000));  // Somebody waits for each of them.
    EXPECT_TRUE(ShouldGather(16, 1'000));
    EXPECT_FALSE(ShouldGather(1'000, 1'000));  // More wait already.
}

TEST_F(RelayTest, TellsHowLongTheOldestEventHasBeenWaiting) {
    Relay relay = NewRelay(lease_);
    EXPECT_EQ(relay.OldestWaits(), 0);
    Append(1, 2);
    database_.Execute(
        "UPDATE outbox SET created_at = created_at - interval '90 s' WHERE version = 1");
    EXPECT_GE(relay.OldestWaits(), 90);
    EXPECT_LT(relay.OldestWaits(), 120);
}

TEST_F(RelayTest, AfterAFailureWhatWasAcknowledgedIsDeletedAndTheRestSentAgain) {
    database_.Execute("ALTER TABLE outbox DROP CONSTRAINT payload_fits_into_a_record");
    Append(1, 3);
    database_.Execute("UPDATE outbox SET payload = repeat('x', 2000000)::bytea WHERE version = 2");
    EXPECT_THROW(NewRelay(lease_).RelayOnce(), kafka::KafkaError);
    EXPECT_EQ(Remaining(), 2);
    database_.Execute("UPDATE outbox SET payload = 'x' WHERE version = 2");
    EXPECT_EQ(NewRelay(lease_).RelayOnce(), 2);
    ExpectLog({1, 2, 3});
}

TEST_F(RelayTest, ARefusedBatchIsNotFollowedByWhatComesAfterIt) {
    Append(1, 4);
    kafka_.RefuseNextBatch();
    {
        Relay refused = NewRelay(lease_);
        EXPECT_THROW(refused.RelayOnce(), kafka::KafkaError);
        database_.Execute("DELETE FROM outbox WHERE version < 4");  // Would send version 4 next.
        EXPECT_THROW(refused.RelayOnce(), kafka::KafkaError);
    }
    database_.Execute("DELETE FROM outbox");
    Append(1, 4);
    EXPECT_EQ(NewRelay(lease_, 4).RelayOnce(), 4);
    ExpectLog({1, 2, 3, 4});
}

TEST_F(RelayTest, NothingIsLostBetweenKafkaAndTheOutbox) {
    failpoints_ = std::make_unique<Failpoints>("after_produce=throw@1");
    Append(1, 2);
    EXPECT_THROW(NewRelay(lease_).RelayOnce(), std::runtime_error);
    EXPECT_EQ(Remaining(), 2);
    EXPECT_EQ(NewRelay(lease_).RelayOnce(), 2);
    ExpectLog({1, 2, 1, 2});  // Copies, which consumers drop.
}

TEST_F(RelayTest, OnlyTheLeaseholderRelays) {
    Append(1, 2);
    Lease other_lease;
    Relay holder = NewRelay(lease_);
    Relay other = NewRelay(other_lease);
    EXPECT_EQ(holder.RelayOnce(), 2);
    Append(3, 4);
    EXPECT_EQ(other.RelayOnce(), 0);
    EXPECT_EQ(Remaining(), 2);
    ExpireLease();
    EXPECT_EQ(other.RelayOnce(), 2);
    ExpectLog({1, 2, 3, 4});
}

TEST_F(RelayTest, TheLeaseIsKeptWhileWaitingForAcknowledgements) {
    Append(1, 1);
    Relay relay = NewRelay(lease_);
    EXPECT_EQ(relay.RelayOnce(), 1);
    kafka_.AnswerAfter(std::chrono::seconds(3));  // Longer than a lease.
    Append(2, 2);
    auto sent = std::async(std::launch::async, [&relay] { return relay.RelayOnce(); });
    postgres::Connection connection(database_.dsn());
    Lease other;
    while (sent.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
        EXPECT_FALSE(other.Acquire(connection));
    }
    EXPECT_EQ(sent.get(), 1);
}

TEST_F(RelayTest, WhoeverLosesTheLeaseWhileWaitingStopsAndDeletesNothing) {
    Append(1, 1);
    Relay relay = NewRelay(lease_);
    EXPECT_EQ(relay.RelayOnce(), 1);
    kafka_.AnswerAfter(std::chrono::minutes(1));
    Append(2, 2);
    auto sent = std::async(std::launch::async, [&relay] { return relay.RelayOnce(); });
    database_.Execute("UPDATE relay_lease SET epoch = epoch + 1");  // Another process has taken it.
    // Long before Kafka itself gives up, after 30 s.
    EXPECT_EQ(sent.wait_for(std::chrono::seconds(15)), std::future_status::ready);
    EXPECT_THROW(sent.get(), kafka::KafkaError);
    EXPECT_EQ(Remaining(), 1);
}

TEST_F(RelayTest, AStopDoesNotWaitForKafka) {
    Append(1, 1);
    Relay relay = NewRelay(lease_);
    EXPECT_EQ(relay.RelayOnce(), 1);
    kafka_.AnswerAfter(std::chrono::minutes(1));
    Append(2, 2);
    std::stop_source stop;
    auto sent = std::async(std::launch::async, [&] { return relay.RelayOnce(stop.get_token()); });
    EXPECT_EQ(sent.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
    stop.request_stop();
    EXPECT_EQ(sent.wait_for(std::chrono::seconds(5)), std::future_status::ready);
    EXPECT_THROW(sent.get(), kafka::KafkaError);
    EXPECT_EQ(Remaining(), 1);
}

TEST_F(RelayTest, ADatabaseThatIsLostWhileWaitingIsAnErrorLikeAnyOther) {
    Append(1, 1);
    kafka_.AnswerAfter(std::chrono::seconds(1));
    Relay relay = NewRelay(lease_);
    auto sent = std::async(std::launch::async, [&relay] { return relay.RelayOnce(); });
    EXPECT_EQ(sent.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    database_.KillOtherConnections();
    EXPECT_THROW(sent.get(), postgres::ConnectionLost);
    EXPECT_EQ(Remaining(), 1);
}

}  // namespace
}  // namespace bangkit::messaging
