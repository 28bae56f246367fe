#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>
#include <utility>

#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "libs/testing/quiet_logger.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/jobs/grievance/grievance_deadlines.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {

/// Grievances, and those who file, answer and follow them. It is March 2026 for the service, and
/// later for the database: to it every deadline is over, unless a test says otherwise.
class GrievancesTest : public ApplicationsTest {
protected:
    using Stub = v1::GrievanceService::Stub;

    /// A server beside the one of the fixture, which looks for what is due.
    class Server {
    public:
        explicit Server(const GrievancesTest& test, std::chrono::seconds wrong_by = {})
            : clock_(wrong_by),
              connection_(test.database_.dsn()),
              loop_({.dsn = test.database_.dsn(), .silence_max = {}},
                    {.clock = clock_,
                     .logger = logger_,
                     .metrics = metrics_,
                     .failpoints = failpoints_,
                     .on_commit = [] {}},
                    [&test] { return GrievanceUnitOfWork(test.keys(), test.calendar_); }) {
            connection_.RunScript("SET bangkit.regions = '*'");
        }
        /// One look at all that is due.
        void Look() {
            while (sweep_.Turn(connection_, 50)) continue;
        }

    private:
        const WrongClock clock_;
        testing::QuietLogger logger_;
        prometheus::Registry metrics_;
        const Failpoints failpoints_;
        postgres::Connection connection_;
        command::CommandLoop<GrievanceUnitOfWork> loop_;
        const timers::Timer timer_ = GrievanceDeadlines(loop_);
        timers::Sweep sweep_{timer_, logger_, metrics_};
    };

    v1::FileGrievanceRequest Filing(const std::string& region = "18.71.05") const {
        v1::FileGrievanceRequest request;
        request.set_request_id(NewId(kNow));
        request.set_service(v1::CONCERNED_SERVICE_AID);
        request.set_topic(v1::GRIEVANCE_TOPIC_SLOW);
        request.set_channel(v1::GRIEVANCE_CHANNEL_COUNTER);
        request.set_region_code(region);
        request.set_text(kText);
        request.mutable_reporter()->set_name(kReporter);
        request.mutable_reporter()->set_phone("081234567890");
        return request;
    }
    /// As a reporter says it, who has no account.
    v1::FileGrievanceRequest OwnFiling() const {
        v1::FileGrievanceRequest request = Filing();
        request.clear_channel();
        return request;
    }
    std::string File(const v1::FileGrievanceRequest& request, const std::string& token,
                     v1::FileGrievanceResponse* filed = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::FileGrievanceResponse response;
        std::string name = Call(*stub_, &Stub::FileGrievance, request, response, token);
        if (filed != nullptr) *filed = std::move(response);
        return name;
    }
    v1::FileGrievanceResponse Filed(const std::string& region = "18.71.05") {
        v1::FileGrievanceResponse filed;
        EXPECT_EQ(File(Filing(region), officer_, &filed), "OK");
        return filed;
    }
    std::string FiledId(const std::string& region = "18.71.05") {
        return Filed(region).grievance().grievance_id();
    }
    std::string Accept(const std::string& id, const std::string& token,
                       const std::string& etag = "") const {
        v1::AcceptGrievanceRequest request;
        request.set_request_id(NewId(kNow));
        request.set_grievance_id(id);
        request.set_class_(v1::GRIEVANCE_CLASS_DESK);
        request.set_text("Kami periksa dahulu.");
        request.set_etag(etag);
        v1::AcceptGrievanceResponse response;
        return Call(*stub_, &Stub::AcceptGrievance, request, response, token);
    }
    std::string Answer(const std::string& id, const std::string& token) const {
        v1::AnswerGrievanceRequest request;
        request.set_request_id(NewId(kNow));
        request.set_grievance_id(id);
        request.set_text(kAnswer);
        v1::AnswerGrievanceResponse response;
        return Call(*stub_, &Stub::AnswerGrievance, request, response, token);
    }
    std::string Close(const std::string& id, const std::string& token,
                      v1::ClosingReason reason = v1::CLOSING_REASON_UNCLEAR) const {
        v1::CloseGrievanceRequest request;
        request.set_request_id(NewId(kNow));
        request.set_grievance_id(id);
        request.set_reason(reason);
        request.set_text("Mohon dilengkapi.");
        v1::CloseGrievanceResponse response;
        return Call(*stub_, &Stub::CloseGrievance, request, response, token);
    }
    std::string Evaluate(const std::string& id, const std::string& token) const {
        v1::EvaluateGrievanceRequest request;
        request.set_request_id(NewId(kNow));
        request.set_grievance_id(id);
        request.set_held_on("2026-03-09");
        v1::EvaluateGrievanceResponse response;
        return Call(*stub_, &Stub::EvaluateGrievance, request, response, token);
    }
    std::string Reply(const v1::FileGrievanceResponse& filed, const std::string& ticket,
                      bool is_settled) const {
        v1::ReplyToAnswerRequest request;
        request.set_request_id(NewId(kNow));
        request.set_grievance_id(filed.grievance().grievance_id());
        request.set_ticket_number(ticket);
        request.set_is_settled(is_settled);
        request.set_text("Terima kasih.");
        v1::ReplyToAnswerResponse response;
        return Call(*stub_, &Stub::ReplyToAnswer, request, response, public_);
    }
    std::string Get(const std::string& id, const std::string& token,
                    v1::GetGrievanceResponse* found = nullptr) const {
        v1::GetGrievanceRequest request;
        request.set_grievance_id(id);
        v1::GetGrievanceResponse response;
        std::string name = Call(*stub_, &Stub::GetGrievance, request, response, token);
        if (found != nullptr) *found = std::move(response);
        return name;
    }
    v1::GetGrievanceResponse Now(const std::string& id) const {
        v1::GetGrievanceResponse found;
        EXPECT_EQ(Get(id, province_, &found), "OK");
        return found;
    }
    std::string Follow(const std::string& ticket, v1::FollowGrievanceResponse* found) const {
        v1::FollowGrievanceRequest request;
        request.set_ticket_number(ticket);
        return Call(*stub_, &Stub::FollowGrievance, request, *found, public_);
    }
    std::string Reveal(const std::string& id, const std::string& token,
                       v1::Reporter* reporter = nullptr) const {
        v1::RevealReporterRequest request;
        request.set_grievance_id(id);
        v1::RevealReporterResponse response;
        std::string name = Call(*stub_, &Stub::RevealReporter, request, response, token);
        if (reporter != nullptr) *reporter = response.reporter();
        return name;
    }
    /// Ids; or why not.
    std::vector<std::string> List(const v1::ListGrievancesRequest& request,
                                  const std::string& token, std::string* next = nullptr) const {
        v1::ListGrievancesResponse response;
        const std::string name = Call(*stub_, &Stub::ListGrievances, request, response, token);
        if (name != "OK") return {name};
        std::vector<std::string> ids;
        for (const v1::Grievance& each : response.grievances()) ids.push_back(each.grievance_id());
        if (next != nullptr) *next = response.next_page_token();
        return ids;
    }
    static v1::ListGrievancesRequest Of(const std::string& region) {
        v1::ListGrievancesRequest request;
        request.set_region_code(region);
        return request;
    }

    static constexpr const char* kText = "Bantuan saya belum cair KATA-RAHASIA";
    static constexpr const char* kReporter = "Siti NAMA-RAHASIA";
    static constexpr const char* kAnswer = "Sudah disetujui JAWABAN-RAHASIA";
    const indonesia::WorkingDays calendar_;
    const std::unique_ptr<Stub> stub_ = v1::GrievanceService::NewStub(channel());
    const std::string public_ = Token({"public"}, {}, "publik");
};

}  // namespace bangkit::aid
