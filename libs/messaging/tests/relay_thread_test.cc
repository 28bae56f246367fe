#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "libs/messaging/relay.h"
#include "libs/messaging/tests/outbox_fixture.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/kafka.h"

namespace bangkit::messaging {
namespace {

using testing::Eventually;

/// Whole relays, against the real Kafka.
class RelayThreadTest : public OutboxTest {
protected:
    /// One process: its own failpoints, its own lease.
    struct Process {
        Process(const RelayThreadTest& test, const char* fails)
            : failpoints(fails),
              relay({.dsn = test.database_.dsn(),
                     .brokers = test.topic_.brokers(),
                     .topic = test.topic_.name(),
                     .source = "/test",
                     .batch_max = 20},
                    wake, logger, metrics, failpoints) {}

        Wake wake;
        testing::QuietLogger logger;
        prometheus::Registry metrics;
        Failpoints failpoints;
        RelayThread relay;
    };
    std::unique_ptr<Process> Start(const char* fails = "") const {
        return std::make_unique<Process>(*this, fails);
    }
    bool IsDrained() const {
        return Eventually([this] { return Remaining() == 0; });
    }
    std::int64_t Epoch() const { return database_.Count("SELECT epoch FROM relay_lease"); }

    /// All versions of each aggregate are in the log, in one partition, and the first copy of each
    /// comes in order.
    void ExpectLog(const std::map<int, std::int64_t>& last_versions) const {
        std::map<std::string, std::int64_t> versions;
        std::map<std::string, std::int32_t> partitions;
        for (const kafka::Record& record : topic_.ReadAll()) {
            const std::int64_t version = std::stoll(std::string(record.Header("ce_sequence")));
            std::int64_t& last = versions[record.key];
            EXPECT_LE(version, last + 1);
            if (version > last) last = version;
            EXPECT_EQ(partitions.try_emplace(record.key, record.partition).first->second,
                      record.partition);
        }
        for (const auto& [aggregate, last] : last_versions) {
            EXPECT_EQ(versions[IdOf(aggregate)], last);
        }
    }

    testing::TempTopic topic_;
};

TEST_F(RelayThreadTest, KeepsTheOrderOfEachAggregate) {
    const auto process = Start();
    for (int aggregate = 1; aggregate <= 10; ++aggregate) {
        Append(1, 5, aggregate);
        process->wake.Ring();
    }
    for (int aggregate = 1; aggregate <= 10; ++aggregate) Append(6, 10, aggregate);
    ASSERT_TRUE(IsDrained());
    std::map<int, std::int64_t> all;
    for (int aggregate = 1; aggregate <= 10; ++aggregate) all[aggregate] = 10;
    ExpectLog(all);
    EXPECT_EQ(topic_.ReadAll().size(), 100U);
    EXPECT_NE(telemetry::Render(process->metrics).find("bangkit_relay_events_total 100"),
              std::string::npos);
}

TEST_F(RelayThreadTest, FailuresOnTheWayLoseNothingAndDisturbNoOrder) {
    const auto process = Start("after_produce=throw@2,after_relay=throw@3");
    Append(1, 90);
    Append(1, 30, 2);
    ASSERT_TRUE(IsDrained());
    ExpectLog({{1, 90}, {2, 30}});
    const auto lines = process->logger.lines();
    EXPECT_EQ(std::ranges::count_if(
                  lines, [](const std::string& line) { return line.starts_with("relay_failed"); }),
              2)
        << ::testing::PrintToString(lines);
}

TEST_F(RelayThreadTest, AnErrorDoesNotLoseTheLeaseAndACleanShutdownReleasesIt) {
    auto process = Start();
    Append(1, 1);
    ASSERT_TRUE(IsDrained());
    const std::int64_t epoch = Epoch();
    database_.KillOtherConnections();
    Append(2, 2);
    ASSERT_TRUE(IsDrained());
    EXPECT_EQ(Epoch(), epoch);
    EXPECT_TRUE(Eventually([&] {
        return telemetry::Render(process->metrics).find("bangkit_relay_takeovers_total 1") !=
               std::string::npos;
    }));
    process.reset();
    postgres::Connection connection(database_.dsn());
    Lease next;
    EXPECT_TRUE(next.Acquire(connection));
    ExpectLog({{1, 2}});
}

TEST_F(RelayThreadTest, AFrozenRelayIsReplacedWithinThreeSecondsAndDisturbsNothingWhenItWakesUp) {
    Append(1, 20);
    auto frozen = Start("after_produce=sleep:5000@1");
    ASSERT_TRUE(Eventually([this] { return topic_.ReadAll().size() == 20; }));
    const std::int64_t epoch = Epoch();
    const auto other = Start();
    ASSERT_TRUE(Eventually([&] { return Epoch() > epoch; }, std::chrono::seconds(3)));
    Append(21, 40);
    ASSERT_TRUE(IsDrained());
    frozen.reset();  // Not before it has woken up and found out.
    Append(41, 60);
    ASSERT_TRUE(IsDrained());
    EXPECT_EQ(Epoch(), epoch + 1);
    ExpectLog({{1, 60}});
}

TEST_F(RelayThreadTest, WithoutKafkaEventsWaitAndAStopIsQuick) {
    std::optional<RelayThread> relay;
    Wake wake;
    testing::QuietLogger logger;
    prometheus::Registry metrics;
    const Failpoints failpoints;
    relay.emplace(RelayOptions{.dsn = database_.dsn(),
                               .brokers = "127.0.0.1:1",
                               .topic = topic_.name(),
                               .source = "/test"},
                  wake, logger, metrics, failpoints);
    Append(1, 3);
    EXPECT_TRUE(Eventually([this] { return Epoch() == 1; }));
    const auto start = std::chrono::steady_clock::now();
    relay.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    EXPECT_EQ(Remaining(), 3);
}

}  // namespace
}  // namespace bangkit::messaging
