// What came back to be corrected and was not is rejected when its day is over, once, by however
// many servers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <atomic>
#include <thread>

#include "libs/indonesia/format.h"
#include "libs/testing/quiet_logger.h"
#include "services/aid/jobs/correction_deadlines.h"
#include "services/aid/tests/applications_fixture.h"

namespace bangkit::aid {
namespace {

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
                    [&test] { return ApplicationUnitOfWork(test.keys()); }) {}

        std::int64_t Expire(std::int64_t limit = 1'000) {
            return ExpireCorrections(connection_, loop_, test_.clock_, limit);
        }

    private:
        const CorrectionsTest& test_;
        testing::QuietLogger logger_;
        prometheus::Registry metrics_;
        const Failpoints failpoints_;
        postgres::Connection connection_;
        command::CommandLoop<ApplicationUnitOfWork> loop_;
    };

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
    const std::string late = Returned(program, "2026-03-20");
    Server server(*this);
    clock_.Set(kNow + std::chrono::days(2));
    EXPECT_EQ(server.Expire(), 0) << "its last day";
    clock_.Set(kNow + std::chrono::days(3));
    EXPECT_EQ(server.Expire(), 1);
    EXPECT_EQ(server.Expire(), 0);
    EXPECT_EQ(Now(early).state(), v1::APPLICATION_STATE_REJECTED);
    ASSERT_EQ(Now(early).rejection_reasons_size(), 1);
    EXPECT_EQ(Now(early).rejection_reasons(0), v1::REJECTION_REASON_NOT_CORRECTED);
    EXPECT_EQ(Now(late).state(), v1::APPLICATION_STATE_RETURNED);
    EXPECT_EQ(Count("aid_claims"), 1) << "its place is free again";
    EXPECT_EQ(Count("audit_entries WHERE method = 'ExpireCorrection' AND actor = 'bangkit-aid'"
                    " AND outcome = 'OK'"),
              1);
}

TEST_F(CorrectionsTest, AreRejectedOnceByHoweverManyServers) {
    const std::string program = Opened().program_id();
    constexpr int kMany = 30;
    for (int i = 0; i < kMany; ++i) Returned(program, "2026-03-12");
    clock_.Set(kNow + std::chrono::days(30));
    std::atomic<std::int64_t> rejected = 0;
    std::vector<std::jthread> servers;
    for (int i = 0; i < 3; ++i) {
        servers.emplace_back([&] {
            Server server(*this);
            rejected += server.Expire();
        });
    }
    servers.clear();
    EXPECT_EQ(rejected, kMany);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%ApplicationRejected'"), kMany);
    EXPECT_EQ(Count("applications WHERE state = 11 AND version = 4"), kMany);
    EXPECT_EQ(Count("application_history h WHERE state = 11"), kMany);
}

TEST_F(CorrectionsTest, AreNotRejectedByAClockThatIsWrong) {
    const std::string program = Opened().program_id();
    const std::string tomorrow =
        indonesia::FormatDate(indonesia::LocalDate(SystemClock().Now()) + std::chrono::days(2));
    const std::string id = Returned(program, tomorrow);
    clock_.Set(SystemClock().Now() + std::chrono::days(30));
    Server server(*this);
    EXPECT_EQ(server.Expire(), 0) << "the database knows better";
    EXPECT_EQ(Now(id).state(), v1::APPLICATION_STATE_RETURNED);
}

TEST_F(CorrectionsTest, AreNotRejectedIfTheyWereMadeInTime) {
    const std::string program = Opened().program_id();
    const std::string id = Returned(program, "2026-03-12");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, id, officer_), "OK");
    clock_.Set(kNow + std::chrono::days(30));
    Server server(*this);
    EXPECT_EQ(server.Expire(), 0);
    EXPECT_EQ(Count("applications WHERE correct_until IS NOT NULL"), 0);
}

}  // namespace
}  // namespace bangkit::aid
