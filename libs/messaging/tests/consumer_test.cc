#include "libs/messaging/consumer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "gen/messaging_migrations.h"
#include "libs/messaging/parked_records.h"
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
        using MakeProjection = std::function<std::unique_ptr<Projection>()>;

        Member(
            ConsumerOptions options, const char* fails,
            MakeProjection make_projection = [] { return std::make_unique<Total>(); })
            : failpoints(fails),
              consumer(std::move(options),
                       {.logger = logger,
                        .metrics = metrics,
                        .failpoints = failpoints,
                        .on_commit = [this] { ++commits; }},
                       std::move(make_projection)) {}

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

    ConsumerOptions Options() const {
        return {.dsn = database_.dsn(),
                .brokers = topic_.brokers(),
                .group = topic_.name(),
                .topic = topic_.name()};
    }
    std::unique_ptr<Member> Join(const char* fails = "") const {
        return std::make_unique<Member>(Options(), fails);
    }
    std::unique_ptr<Member> JoinOutdated() const {
        return std::make_unique<Member>(Options(), "", [] { return std::make_unique<Outdated>(); });
    }
    bool ParkedBecomes(std::int64_t count) const {
        return Eventually([&] { return Parked() == count; });
    }
    void Ask(ParkedRequest request, const ParkedFilter& filter = {}) const {
        postgres::Connection owner(database_.owner_dsn());
        RequestForParked(owner, filter, request, "siti@kantor");
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

TEST_F(ConsumerThreadTest, AKeyThatStaysTakenIsParkedAloneAndStopsNobody) {
    database_.Execute(
        "CREATE TABLE seen (rupiah bigint PRIMARY KEY); INSERT INTO seen VALUES (0), (5000);"
        "GRANT INSERT ON seen TO bangkit_runtime;"
        "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        "  IF NEW.rupiah >= 5000 THEN INSERT INTO seen VALUES (5000); END IF;"
        "  RETURN NEW; END $$;"
        "CREATE TRIGGER see BEFORE UPDATE ON totals FOR EACH ROW EXECUTE FUNCTION see()");
    Send('a', 1, "1");
    Send('b', 1, "5000");
    Send('c', 1, "100");
    const auto member = Join();
    EXPECT_TRUE(SumBecomes(101));
    ASSERT_TRUE(IsCaughtUp());
    EXPECT_EQ(Parked(), 1);
    EXPECT_EQ(Parked("error LIKE 'NOT_STORABLE: SQLSTATE 23505%'"), 1);
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

TEST_F(ConsumerThreadTest, AFrozenConsumerDoesNotKeepItsPartitions) {
    Send('a', 1, "1");
    std::atomic<bool> has_begun = false, is_thawed = false;
    const auto freeze = [&] {
        has_begun = true;
        Eventually([&] { return is_thawed.load(); }, std::chrono::minutes(1));
    };
    ConsumerOptions options = Options();
    options.silence_max = std::chrono::seconds(1);
    const Member frozen(std::move(options), "", [&] { return std::make_unique<Total>(freeze); });
    ASSERT_TRUE(Eventually([&] { return has_begun.load(); }));
    postgres::Connection connection(database_.dsn());
    Inbox next(topic_.name(), IdOf('y'));
    next.TakeOver(connection, {0, 1, 2, 3});  // Waits for the frozen one's transaction.
    Total total;
    EXPECT_EQ(next.Consume(connection, topic_.ReadAll(), total)->applied, 1);
    is_thawed = true;
    EXPECT_TRUE(Eventually([&] { return frozen.HasLogged("consumer_failed"); }));
    Send('a', 2, "10");
    EXPECT_TRUE(SumBecomes(11));
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

TEST_F(ConsumerThreadTest, ANewerVersionAppliesWhatAnOlderOneDidNotKnow) {
    auto outdated = JoinOutdated();
    for (int version = 1; version <= 3; ++version) Send('a', version, "1");
    Send('b', 1, "x");
    ASSERT_TRUE(ParkedBecomes(4));
    const auto newer = Join();  // While the older one still runs, and in the end without it.
    Send('a', 4, "1");
    outdated.reset();
    EXPECT_TRUE(SumBecomes(4));
    EXPECT_TRUE(ParkedBecomes(1));
    const auto has_counted = [&] {
        return telemetry::Render(newer->metrics)
                   .find("bangkit_consumer_parked_events{topic=\"" + topic_.name() + "\"} 1") !=
               std::string::npos;
    };
    EXPECT_TRUE(Eventually(has_counted));
}

TEST_F(ConsumerThreadTest, ReleasesWhatSomebodyWantsToBeRetriedOrDroppedAndAllBehindIt) {
    constexpr int kFollowers = 250;
    Send('a', 1, "x");
    for (int version = 2; version <= kFollowers + 1; ++version) Send('a', version, "1");
    Send('b', 1, "y");
    const auto member = Join();
    ASSERT_TRUE(ParkedBecomes(kFollowers + 2));
    Ask(ParkedRequest::kDrop, {.aggregate_type = "account", .aggregate_id = IdOf('a')});
    EXPECT_TRUE(SumBecomes(kFollowers));
    EXPECT_TRUE(ParkedBecomes(1));
    Ask(ParkedRequest::kRetry);
    EXPECT_TRUE(Eventually([this] {
        return database_.Count("SELECT count(*) FROM inbox_requests WHERE outcome LIKE 'NOT_A%'");
    }));
    Send('a', kFollowers + 2, "1000");
    EXPECT_TRUE(SumBecomes(kFollowers + 1'000));
    EXPECT_EQ(Parked(), 1);
}

TEST_F(ConsumerThreadTest, WhatTheDatabaseRefusesOnReleaseStopsNobodyElse) {
    auto outdated = JoinOutdated();
    for (char letter = 'a'; letter <= 'h'; ++letter) {
        Send(letter, 1, letter == 'e' ? "999999999999999" : "1");
    }
    ASSERT_TRUE(ParkedBecomes(8));
    outdated.reset();
    const auto member = Join();
    EXPECT_TRUE(SumBecomes(7));
    EXPECT_TRUE(ParkedBecomes(1));
    EXPECT_EQ(
        Parked("error LIKE 'NOT_STORABLE: SQLSTATE 23514%' AND aggregate_id = '" + IdOf('e') + "'"),
        1);
}

TEST_F(ConsumerThreadTest, AFailureAfterAReleaseHasNoSecondEffect) {
    auto outdated = JoinOutdated();
    for (int version = 1; version <= 5; ++version) Send('a', version, "1");
    ASSERT_TRUE(ParkedBecomes(5));
    outdated.reset();
    const auto member = Join("after_release=throw@1");
    EXPECT_TRUE(Eventually([&] { return member->HasLogged("consumer_failed"); }));
    EXPECT_TRUE(SumBecomes(5));
    EXPECT_TRUE(ParkedBecomes(0));
}

TEST_F(ConsumerThreadTest, RetriesAndTheStreamAndRebalancesTogetherApplyEachEventOnce) {
    constexpr int kAccounts = 20, kRounds = 10;
    auto outdated = JoinOutdated();
    for (int i = 0; i < kAccounts; ++i) Send(static_cast<char>('a' + i), 1, "1");
    ASSERT_TRUE(ParkedBecomes(kAccounts));
    outdated.reset();
    const auto first = Join();
    for (int version = 2; version <= kRounds + 1; ++version) {
        std::unique_ptr<Member> second;
        if (version % 3 == 0) second = Join();  // Comes and goes.
        for (int i = 0; i < kAccounts; ++i) Send(static_cast<char>('a' + i), version, "1");
        Ask(ParkedRequest::kRetry);
        const std::int64_t so_far = first->commits;
        EXPECT_TRUE(Eventually([&] { return first->commits > so_far; }));
    }
    EXPECT_TRUE(SumBecomes(kAccounts * (kRounds + 1)));
    EXPECT_TRUE(ParkedBecomes(0));
    EXPECT_EQ(database_.Count("SELECT count(*) FROM inbox_versions WHERE last_version = 11"),
              kAccounts);
}

TEST_F(ConsumerThreadTest, TellsHowFreshItsDataIsAsLongAsItKnows) {
    // The mock, because it can fall silent.
    testing::MockKafka kafka(topic_.name());
    ConsumerOptions options = Options();
    options.brokers = kafka.brokers();
    const Member member(std::move(options), "");
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
