#include "libs/messaging/consumer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "gen/messaging_migrations.h"
#include "libs/messaging/tests/totals.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/kafka.h"
#include "libs/testing/temp_database.h"

namespace bangkit::messaging {
namespace {

using testing::Eventually;

/// Whole consumers, against the real Kafka.
class ConsumerThreadTest : public ::testing::Test {
protected:
    /// A member of the group.
    struct Member {
        Member(const testing::TempDatabase& database, const std::string& brokers,
               const std::string& topic, const char* fails)
            : failpoints(fails),
              consumer({.dsn = database.dsn(), .brokers = brokers, .group = topic, .topic = topic},
                       {.logger = logger,
                        .metrics = metrics,
                        .failpoints = failpoints,
                        .on_commit = [this] { ++commits; }},
                       [] { return std::make_unique<Total>(); }) {}

        bool HasLogged(const std::string& text) const {
            const auto lines = logger.lines();
            return std::ranges::any_of(lines, [&text](const std::string& line) {
                return line.find(text) != std::string::npos;
            });
        }

        testing::QuietLogger logger;
        prometheus::Registry metrics;
        Failpoints failpoints;
        std::atomic<int> commits = 0;
        ConsumerThread consumer;
    };

    ConsumerThreadTest() { database_.Execute(kTotalSchema); }

    std::unique_ptr<Member> Join(const char* fails = "") const {
        return std::make_unique<Member>(database_, topic_.brokers(), topic_.name(), fails);
    }
    void Send(char letter, std::int64_t version, const std::string& payload,
              const std::string& type = kPaid) {
        topic_.Send({.partition = letter % 4,
                     .key = IdOf(letter),
                     .payload = payload,
                     .headers = HeadersOf(letter, version, type)});
    }
    std::int64_t Sum() const { return database_.Count("SELECT rupiah FROM totals"); }
    bool SumBecomes(std::int64_t rupiah) const {
        return Eventually([&] { return Sum() == rupiah; });
    }
    std::int64_t Parked(const std::string& condition = "true") const {
        return database_.Count("SELECT count(*) FROM inbox_parked WHERE " + condition);
    }
    bool IsCaughtUp() const {
        return Eventually([this] {
            return database_.Count("SELECT count(*) FROM inbox_offsets WHERE lag = 0") == 4;
        });
    }

    testing::TempDatabase database_{{Migrations()}};
    testing::TempTopic topic_;
};

TEST_F(ConsumerThreadTest, ReadsFromTheBeginningAndGoesOnAfterARestart) {
    for (int version = 1; version <= 50; ++version) Send('a', version, "1");
    auto member = Join();
    EXPECT_TRUE(SumBecomes(50));
    member.reset();
    Send('a', 51, "100");
    Send('b', 1, "1000");
    member = Join();
    EXPECT_TRUE(SumBecomes(1150));
    EXPECT_TRUE(IsCaughtUp());
    EXPECT_EQ(Sum(), 1150);
    EXPECT_EQ(Parked(), 0);
    EXPECT_NE(telemetry::Render(member->metrics).find("result=\"applied\""), std::string::npos);
}

TEST_F(ConsumerThreadTest, OfAGroupOfTwoOneStopsAndTheOtherTakesItsPartitions) {
    auto first = Join();
    const auto second = Join();
    const auto has_share = [](const Member& member) {
        return member.HasLogged("partitions_assigned count=2");
    };
    ASSERT_TRUE(Eventually([&] { return has_share(*first) && has_share(*second); }));
    for (const char letter : {'a', 'b', 'c', 'd'}) Send(letter, 1, "1");
    EXPECT_TRUE(SumBecomes(4));
    first.reset();
    for (const char letter : {'a', 'b', 'c', 'd'}) Send(letter, 2, "10");
    EXPECT_TRUE(SumBecomes(44));
    EXPECT_TRUE(second->HasLogged("partitions_assigned count=4"));
    EXPECT_EQ(Parked(), 0);
}

TEST_F(ConsumerThreadTest, WhateverIsSentTheRestFlows) {
    topic_.Send({.partition = 0});
    topic_.Send({.partition = 0, .key = "key", .payload = "1"});
    topic_.Send({.partition = 0, .payload = "1", .headers = {{"ce_subject", "\xff"}}});
    topic_.Send({.partition = 0, .payload = "5", .headers = HeadersOf('a', 1)});  // A null key.
    Send('b', 1, std::string(900'000, '1'));
    Send('c', 1, "1", "bangkit.test.v1.Unheard");
    Send('d', 1, "");
    Send('e', 7, "1");
    Send('f', 1, "1");
    const auto member = Join();
    ASSERT_TRUE(IsCaughtUp());
    EXPECT_EQ(Sum(), 6);
    EXPECT_EQ(Parked(), 7);
    EXPECT_EQ(Parked("aggregate_id IS NULL"), 3);
    EXPECT_EQ(Parked("octet_length(payload) = 900000"), 1);
    EXPECT_EQ(Parked("error LIKE 'TYPE_UNKNOWN%'"), 1);
    EXPECT_EQ(Parked("error = 'waits for version 1'"), 1);
    EXPECT_TRUE(member->HasLogged("events_parked"));
}

TEST_F(ConsumerThreadTest, WhatTheDatabaseRefusesIsParkedAloneAndStopsNobody) {
    Send('a', 1, "1");
    Send('b', 1, "999999999999999");  // More than a total may be.
    Send('a', 2, "10");
    Send('b', 2, "1");
    Send('c', 1, "100");
    const auto member = Join();
    EXPECT_TRUE(SumBecomes(111));
    ASSERT_TRUE(IsCaughtUp());
    EXPECT_EQ(Parked(), 2);
    EXPECT_EQ(Parked("error LIKE 'NOT_STORABLE: SQLSTATE 23514%' AND version = 1"), 1);
    EXPECT_EQ(Parked("error = 'waits for version 1' AND version = 2"), 1);
}

TEST_F(ConsumerThreadTest, FailuresAfterTheCommitHaveNoSecondEffect) {
    for (int version = 1; version <= 20; ++version) Send('a', version, "1");
    const auto member = Join("after_consume=throw@1");
    EXPECT_TRUE(Eventually([&] { return member->HasLogged("consumer_failed"); }));
    Send('a', 21, "100");
    EXPECT_TRUE(SumBecomes(120));
}

TEST_F(ConsumerThreadTest, ALostDatabaseIsFoundAgain) {
    Send('a', 1, "1");
    const auto member = Join();
    EXPECT_TRUE(SumBecomes(1));
    database_.KillOtherConnections();
    Send('a', 2, "10");
    EXPECT_TRUE(SumBecomes(11));
}

TEST_F(ConsumerThreadTest, AnOvertakenConsumerLeavesTheGroupAndJoinsItAgain) {
    Send('a', 1, "1");
    const auto member = Join();
    EXPECT_TRUE(SumBecomes(1));
    database_.Execute("UPDATE inbox_offsets SET epoch = epoch + 1");  // Somebody else's, by now.
    Send('a', 2, "10");
    EXPECT_TRUE(SumBecomes(11));
    EXPECT_EQ(database_.Count("SELECT min(epoch) FROM inbox_offsets"), 3);
}

TEST_F(ConsumerThreadTest, WhatWasRemovedFromTheLogIsAnErrorAndNotSkipped) {
    for (int version = 1; version <= 3; ++version) Send('a', version, "1");
    topic_.Trim('a' % 4, 2);
    const auto member = Join();
    EXPECT_TRUE(Eventually(
        [&] { return member->HasLogged("of the log does not have the next offset any more"); }));
    EXPECT_EQ(Sum(), 0);
    EXPECT_EQ(database_.Count("SELECT max(next_offset) FROM inbox_offsets"), 0);
}

TEST_F(ConsumerThreadTest, TellsHowFreshItsDataIsAsLongAsItKnows) {
    // The mock, because it can fall silent.
    testing::MockKafka kafka(topic_.name());
    const Member member(database_, kafka.brokers(), topic_.name(), "");
    const auto as_of = [this] {
        return database_.Text("SELECT coalesce(min(as_of)::text, '') FROM inbox_offsets");
    };
    const auto ticks = [&member](int count) {
        return Eventually(
            [&member, end = member.commits + count] { return member.commits >= end; });
    };
    ASSERT_TRUE(IsCaughtUp());
    const std::string before = as_of();
    ASSERT_TRUE(Eventually([&] { return as_of() > before; }));
    kafka.AnswerAfter(std::chrono::minutes(1));
    ASSERT_TRUE(ticks(2));
    const std::string last = as_of();
    ASSERT_TRUE(ticks(2));
    EXPECT_EQ(as_of(), last);
}

}  // namespace
}  // namespace bangkit::messaging
