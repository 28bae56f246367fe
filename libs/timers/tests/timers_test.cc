// What is due fires once, in the order of time, whatever happens to those who look.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <optional>
#include <vector>

#include "gen/command_migrations.h"
#include "gen/timers_migrations.h"
#include "libs/base/ids.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"
#include "libs/timers/tests/alarms.h"
#include "libs/timers/timer_thread.h"

namespace bangkit::timers {
namespace {

using testing::Eventually;

class TimersTest : public ::testing::Test {
protected:
    TimersTest() { database_.Execute(kAlarmSchema); }

    /// One process.
    class Server {
    public:
        explicit Server(const TimersTest& test, std::chrono::seconds wrong_by = {},
                        std::int64_t page = 64)
            : clock_(wrong_by),
              loop_({.dsn = test.database_.dsn(), .silence_max = {}},
                    {.clock = clock_,
                     .logger = logger_,
                     .metrics = metrics_,
                     .failpoints = failpoints_,
                     .on_commit = [] {}},
                    [] { return AlarmUnit(); }),
              timer_(AlarmTimer(loop_)),
              dsn_(test.database_.dsn()),
              page_(page) {}

        void Start() {
            thread_.emplace(TimerOptions{.dsn = dsn_, .page = page_, .every = kEvery},
                            std::vector<Timer>{timer_}, logger_, metrics_);
        }
        void Stop() { thread_.reset(); }

        Timer& timer() { return timer_; }
        testing::QuietLogger& logger() { return logger_; }
        prometheus::Registry& metrics() { return metrics_; }

    private:
        static constexpr std::chrono::milliseconds kEvery{20};

        const WrongClock clock_;
        testing::QuietLogger logger_;
        prometheus::Registry metrics_;
        const Failpoints failpoints_;
        command::CommandLoop<AlarmUnit> loop_;
        Timer timer_;
        const std::string dsn_;
        const std::int64_t page_;
        std::optional<TimerThread> thread_;
    };

    /// `due`: relative to now, such as "- interval '1 hour'".
    void Set(int alarms, const std::string& due) const {
        database_.Execute("INSERT INTO alarms (due_at) SELECT now() " + due +
                          "   + random() * interval '1 minute' FROM generate_series(1, " +
                          std::to_string(alarms) + ")");
    }
    std::int64_t Count(const std::string& from) const {
        return database_.Count("SELECT count(*) FROM " + from);
    }
    std::int64_t Waiting() const { return Count("alarms WHERE due_at IS NOT NULL"); }
    /// How many rang before one that had been due for longer.
    std::int64_t OutOfOrder() const {
        return Count(
            "(SELECT due_at < lag(due_at) OVER (ORDER BY rung_id) AS is_late FROM rings) AS r"
            " WHERE is_late");
    }

    testing::TempDatabase database_{{command::Migrations(), Migrations()}};
};

TEST_F(TimersTest, FireOnceInTheOrderOfTimeWhatHasGatheredInALongOutage) {
    Set(500, "- interval '40 days'");
    Set(500, "- interval '1 hour'");
    Server server(*this);
    server.Start();
    EXPECT_TRUE(Eventually([this] { return Waiting() == 0; }));
    EXPECT_EQ(Count("rings"), 1'000);
    EXPECT_EQ(Count("(SELECT DISTINCT alarm_id FROM rings) AS r"), 1'000);
    EXPECT_EQ(OutOfOrder(), 0);
    EXPECT_EQ(Count("audit_entries WHERE actor = 'bangkit-test' AND method = 'Ring'"
                    " AND outcome = 'OK'"),
              1'000);
}

TEST_F(TimersTest, LeaveAloneWhatIsNotDue) {
    Set(10, "+ interval '1 hour'");
    Set(1, "- interval '1 hour'");
    Server server(*this);
    server.Start();
    EXPECT_TRUE(Eventually([this] { return Count("rings") == 1; }));
    server.Stop();
    EXPECT_EQ(Waiting(), 10);
}

TEST_F(TimersTest, FireOnceHoweverManyServersLook) {
    Set(1'000, "- interval '1 hour'");
    std::vector<std::unique_ptr<Server>> servers;
    for (int i = 0; i < 3; ++i) servers.push_back(std::make_unique<Server>(*this));
    for (const auto& server : servers) server->Start();
    EXPECT_TRUE(Eventually([this] { return Waiting() == 0; }));
    EXPECT_EQ(Count("rings"), 1'000);
    EXPECT_EQ(OutOfOrder(), 0) << "one looks at a time";
}

TEST_F(TimersTest, FireOnceEvenIfAllLookAtOnce) {
    Set(300, "- interval '1 hour'");
    std::vector<std::unique_ptr<Server>> servers;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
        servers.push_back(std::make_unique<Server>(*this));
        threads.emplace_back([this, &server = *servers.back()] {
            postgres::Connection connection(database_.dsn());
            Sweep sweep(server.timer(), server.logger(), server.metrics());
            while (Waiting() > 0) sweep.Turn(connection, 50);
        });
    }
    threads.clear();
    EXPECT_EQ(Waiting(), 0);
    EXPECT_EQ(Count("rings"), 300);
}

TEST_F(TimersTest, GoOnAfterTheConnectionsBreak) {
    Set(2'000, "- interval '1 hour'");
    Server server(*this);
    server.Start();
    EXPECT_TRUE(Eventually([this] { return Count("rings") > 100; }));
    database_.KillOtherConnections();
    EXPECT_TRUE(Eventually([this] { return Waiting() == 0; }));
    EXPECT_EQ(Count("rings"), 2'000);
    EXPECT_EQ(OutOfOrder(), 0);
}

TEST_F(TimersTest, KnowNoTimeButThatOfTheDatabase) {
    Set(5, "- interval '10 minutes'");
    Set(5, "+ interval '10 minutes'");
    for (const auto wrong_by : {std::chrono::hours(1), std::chrono::hours(-1)}) {
        Server server(*this, wrong_by);
        server.Start();
        EXPECT_TRUE(Eventually([this] { return Count("rings") == 5; }));
        server.Stop();
        EXPECT_EQ(Waiting(), 5);
        EXPECT_EQ(Count("rings WHERE abs(extract(epoch FROM decided_at - now())) > 600"), 0);
    }
}

TEST_F(TimersTest, AreNotHeldUpByWhatIsRefused) {
    Set(70, "- interval '2 hours'");
    database_.Execute("UPDATE alarms SET is_broken = true");
    Set(70, "- interval '1 hour'");
    Server server(*this);
    server.Start();
    EXPECT_TRUE(Eventually([this] { return Count("rings") == 70; }));
    server.Stop();
    EXPECT_EQ(Waiting(), 70);
    EXPECT_THAT(server.logger().lines(), ::testing::SizeIs(1)) << "told once";
    EXPECT_THAT(telemetry::Render(server.metrics()),
                ::testing::HasSubstr("bangkit_timer_fired_total{timer=\"alarms\"} 70"));
}

TEST_F(TimersTest, TryAgainWhatCouldNotBeDecided) {
    Set(10, "- interval '1 hour'");
    database_.Execute("UPDATE alarms SET misses = true");
    Server server(*this);
    postgres::Connection connection(database_.dsn());
    Sweep sweep(server.timer(), server.logger(), server.metrics());
    EXPECT_FALSE(sweep.Turn(connection, 5)) << "not before a pause, and from the beginning";
    EXPECT_EQ(Count("rings"), 0);
    database_.Execute("UPDATE alarms SET misses = false");
    while (sweep.Turn(connection, 5)) continue;
    EXPECT_EQ(Count("rings"), 10);
    EXPECT_EQ(OutOfOrder(), 0);
}

TEST_F(TimersTest, DoNotFireWhatHasChangedSinceItWasFound) {
    Set(1, "- interval '1 hour'");
    Server server(*this);
    const auto fire = server.timer().fire;
    server.timer().fire = [&](const Due& due, Done done) {
        database_.Execute("UPDATE alarms SET version = version + 1");
        fire(due, std::move(done));
    };
    postgres::Connection connection(database_.dsn());
    Sweep sweep(server.timer(), server.logger(), server.metrics());
    sweep.Turn(connection, 10);
    EXPECT_EQ(Count("rings"), 0);
    EXPECT_TRUE(server.logger().lines().empty()) << "which is as it should be";
}

TEST_F(TimersTest, SayForHowLongTheOldestHasBeenDue) {
    Set(2, "- interval '1 hour 1 minute'");
    Server server(*this);
    postgres::Connection connection(database_.dsn());
    Sweep sweep(server.timer(), server.logger(), server.metrics());
    prometheus::Gauge& lag = TimerMetrics(server.metrics(), "alarms").lag;
    sweep.Look(connection);
    EXPECT_GE(lag.Value(), 3'600);
    EXPECT_LT(lag.Value(), 7'200);
    EXPECT_EQ(Count("rings"), 0) << "it only looked";
    sweep.Turn(connection, 10);
    sweep.Look(connection);
    EXPECT_EQ(lag.Value(), 0);
}

TEST_F(TimersTest, SayHowFarTheyHaveComeWhileMuchIsLate) {
    Set(3, "- interval '2 hours'");
    Set(1, "- interval '10 minutes'");
    Server server(*this);
    postgres::Connection connection(database_.dsn());
    Sweep sweep(server.timer(), server.logger(), server.metrics());
    prometheus::Gauge& lag = TimerMetrics(server.metrics(), "alarms").lag;
    EXPECT_TRUE(sweep.Turn(connection, 3));
    EXPECT_GT(lag.Value(), 3'600);
    EXPECT_FALSE(sweep.Turn(connection, 3));
    EXPECT_LT(lag.Value(), 3'600);
    database_.Execute("UPDATE alarms SET is_broken = true, due_at = now() - interval '2 hours'");
    Set(1, "- interval '10 minutes'");
    EXPECT_TRUE(sweep.Turn(connection, 4));
    EXPECT_FALSE(sweep.Turn(connection, 4));
    EXPECT_GT(lag.Value(), 3'600) << "those that were refused are still there";
}

TEST_F(TimersTest, WithoutADatabaseSaySoAndEndWhenAsked) {
    testing::QuietLogger logger;
    prometheus::Registry metrics;
    const TimerThread thread({.dsn = "host=127.0.0.1 port=1"}, {}, logger, metrics);
    EXPECT_TRUE(Eventually([&] { return logger.lines().size() == 1; }));
}

TEST_F(TimersTest, OfOneVersionOfARowHaveOneRequestId) {
    const Due due{.id = NewId(Time{}), .version = 3, .region_code = "18.71"};
    Due later = due;
    ++later.version;
    const std::string id = RequestIdOf("Ring", due);
    EXPECT_EQ(ParseUuid(id), id);
    EXPECT_EQ(RequestIdOf("Ring", due), id);
    EXPECT_NE(RequestIdOf("Ring", later), id);
    EXPECT_NE(RequestIdOf("Escalate", due), id);
}

class TimerLeaseTest : public TimersTest {
protected:
    static constexpr std::string_view kFirst = "00000000-0000-4000-8000-000000000001";
    static constexpr std::string_view kSecond = "00000000-0000-4000-8000-000000000002";

    postgres::Connection connection_{database_.dsn()};
    Lease lease_{std::string(kFirst)};
    Lease other_{std::string(kSecond)};
};

TEST_F(TimerLeaseTest, IsOfOneAtATimeAndGoesOnWithinSeconds) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    EXPECT_TRUE(lease_.Acquire(connection_));
    EXPECT_FALSE(other_.Acquire(connection_));
    EXPECT_TRUE(Eventually([this] { return other_.Acquire(connection_); }));
    EXPECT_TRUE(Eventually([this] { return !lease_.Acquire(connection_); }))
        << "a second after it was frozen it notices";
}

TEST_F(TimerLeaseTest, IsKeptByWhoeverAsksOften) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    const std::string first = database_.Text("SELECT expires_at::text FROM timer_lease");
    EXPECT_TRUE(Eventually([&] {
        EXPECT_TRUE(lease_.Acquire(connection_));
        return Count("timer_lease WHERE expires_at > '" + first + "'") == 1;
    }));
}

TEST_F(TimerLeaseTest, IsFreeOnceReleased) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    lease_.Release(connection_);
    EXPECT_TRUE(other_.Acquire(connection_));
}

TEST_F(TimerLeaseTest, OutlivesNoClockOfTheDatabaseThatWasSetBack) {
    ASSERT_TRUE(lease_.Acquire(connection_));
    database_.Execute("UPDATE timer_lease SET expires_at = clock_timestamp() + interval '1 hour'");
    EXPECT_TRUE(other_.Acquire(connection_));
}

}  // namespace
}  // namespace bangkit::timers
