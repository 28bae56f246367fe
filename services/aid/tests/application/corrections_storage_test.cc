// What came back to be corrected and was not is rejected when its day is over, once, by however
// many servers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <thread>

#include "libs/indonesia/format.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/jobs/application/correction_deadlines.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {
namespace {

/// The database's clock is that of the machine, by which every day of 2026-03 is over.
class CorrectionsTest : public ApplicationsTest {
protected:
    /// One server that looks for what is overdue.
    class Server {
    public:
        explicit Server(const CorrectionsTest& test)
            : test_(test),
              connection_(test.database_.dsn()),
              loop_({.dsn = test.database_.dsn(), .silence_max = {}},
                    {.clock = test.clock_,
                     .logger = logger_,
                     .metrics = metrics_,
                     .failpoints = failpoints_,
                     .on_commit = [] {}},
                    [&test] { return ApplicationUnitOfWork(test.keys()); }) {
            connection_.RunScript("SET bangkit.regions = '*'");
        }

        /// One look at all that is overdue.
        void Look() {
            while (sweep_.Turn(connection_, 10)) continue;
        }

    private:
        const CorrectionsTest& test_;
        testing::QuietLogger logger_;
        prometheus::Registry metrics_;
        const Failpoints failpoints_;
        postgres::Connection connection_;
        command::CommandLoop<ApplicationUnitOfWork> loop_;
        const timers::Timer timer_ = CorrectionDeadlines(loop_);
        timers::Sweep sweep_{timer_, logger_, metrics_};
    };

    /// By the clock of the machine.
    static std::string DayIn(int days) {
        return indonesia::FormatDate(indonesia::LocalDate(SystemClock().Now()) +
                                     std::chrono::days(days));
    }
    std::string Returned(const std::string& program_id, const std::string& until) {
        const std::string id = Started(program_id, Known().id);
        EXPECT_EQ(Submit(id), "OK");
        v1::ReturnApplicationRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(id);
        request.set_until(until);
        request.add_items()->set_document(v1::DOCUMENT_KIND_IDENTITY_CARD);
        request.mutable_items(0)->set_reason(v1::RETURN_REASON_EXPIRED);
        v1::ReturnApplicationResponse response;
        EXPECT_EQ(Call(&ApplicationStub::ReturnApplication, request, response, province_), "OK");
        return id;
    }
    v1::Application Now(const std::string& id) const {
        v1::Application application;
        EXPECT_EQ(Get(id, Token({"province"}), &application), "OK");
        return application;
    }
};

TEST_F(CorrectionsTest, AreRejectedWhenTheirLastDayIsOver) {
    const std::string program = Opened().program_id();
    const std::string early = Returned(program, "2026-03-12");
    const std::string late = Returned(program, DayIn(3));
    Server server(*this);
    server.Look();
    server.Look();
    EXPECT_EQ(Now(early).state(), v1::APPLICATION_STATE_REJECTED);
    ASSERT_EQ(Now(early).rejection_reasons_size(), 1);
    EXPECT_EQ(Now(early).rejection_reasons(0), v1::REJECTION_REASON_NOT_CORRECTED);
    EXPECT_EQ(Now(late).state(), v1::APPLICATION_STATE_RETURNED);
    EXPECT_EQ(Count("aid_claims"), 1) << "its place is free again";
    EXPECT_EQ(Count("audit_entries WHERE method = 'ExpireCorrection' AND actor = 'bangkit-aid'"
                    " AND outcome = 'OK'"),
              1);
}

TEST_F(CorrectionsTest, AreNotRejectedOnTheirLastDay) {
    const std::string program = Opened().program_id();
    Server server(*this);
    std::string today;
    v1::ApplicationState state{};
    do {  // Again, if that was midnight.
        today = DayIn(0);
        const std::string id = Returned(program, today);
        server.Look();
        state = Now(id).state();
    } while (DayIn(0) != today);
    EXPECT_EQ(state, v1::APPLICATION_STATE_RETURNED);
}

TEST_F(CorrectionsTest, AreRejectedInTheOrderOfTheirDays) {
    const std::string program = Opened().program_id();
    std::string early;
    for (int i = 0; i < 12; ++i) {  // More than a page of either.
        Returned(program, "2026-03-13");
        early += (i == 0 ? "'" : ", '") + Returned(program, "2026-03-12") + "'";
    }
    Server server(*this);
    server.Look();
    EXPECT_EQ(Count("outbox WHERE type LIKE '%ApplicationRejected'"), 24) << "in one look";
    EXPECT_EQ(Count("(SELECT aggregate_id FROM outbox WHERE type LIKE '%ApplicationRejected'"
                    "  ORDER BY id LIMIT 12) first WHERE aggregate_id IN (" +
                    early + ")"),
              12);
}

TEST_F(CorrectionsTest, AreRejectedOnceByHoweverManyServers) {
    const std::string program = Opened().program_id();
    constexpr int kMany = 30;
    for (int i = 0; i < kMany; ++i) Returned(program, i % 2 == 0 ? "2026-03-13" : "2026-03-12");
    std::vector<std::jthread> servers;
    for (int i = 0; i < 3; ++i) {
        servers.emplace_back([this] {
            Server server(*this);
            while (Count("applications WHERE correct_until IS NOT NULL") > 0) server.Look();
        });
    }
    servers.clear();
    EXPECT_EQ(Count("outbox WHERE type LIKE '%ApplicationRejected'"), kMany);
    EXPECT_EQ(Count("applications WHERE state = 11 AND version = 4"), kMany);
    EXPECT_EQ(Count("application_history h WHERE state = 11"), kMany);
}

TEST_F(CorrectionsTest, AreRejectedByNoClockButTheDatabases) {
    const std::string program = Opened().program_id();
    const std::string over = Returned(program, "2026-03-12");
    const std::string runs = Returned(program, DayIn(2));
    Server server(*this);
    server.Look();
    EXPECT_EQ(Now(over).state(), v1::APPLICATION_STATE_REJECTED) << "this clock says 2026-03-10";
    clock_.Set(SystemClock().Now() + std::chrono::days(30));
    server.Look();
    EXPECT_EQ(Now(runs).state(), v1::APPLICATION_STATE_RETURNED) << "and now a month too much";
}

TEST_F(CorrectionsTest, AreNotRejectedIfTheyWereMadeInTime) {
    const std::string program = Opened().program_id();
    const std::string id = Returned(program, "2026-03-12");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, id, officer_), "OK");
    Server server(*this);
    server.Look();
    EXPECT_EQ(Count("applications WHERE correct_until IS NOT NULL"), 0);
    EXPECT_EQ(Count("audit_entries WHERE method = 'ExpireCorrection'"), 0);
}

}  // namespace
}  // namespace bangkit::aid
