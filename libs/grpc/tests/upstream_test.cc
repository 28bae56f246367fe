// Another service is asked as long as it answers, and spared while it does not.
#include "libs/grpc/upstream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/grpc/tests/test_server.h"

namespace bangkit::rpc {
namespace {

using Response = registration::GetBusinessResponse;

class UpstreamTest : public ::testing::Test {
protected:
    /// Asks, and waits for what comes of it: "OK" or the reason.
    std::string Ask(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
        std::promise<std::string> answer;
        rpc::Ask<Response>(
            upstream_,
            {.token = "t", .traceparent = "", .deadline = std::chrono::system_clock::now() + limit},
            [this](grpc::ClientContext* context, Response*, const auto& on_status) {
                ++attempts_;
                last_deadline_ = context->deadline();
                on_status(status_.Get()());
            },
            [&answer](const Result<Response>& response) {
                answer.set_value(response ? "OK" : response.error().reason);
            });
        return answer.get_future().get();
    }
    static grpc::Status Away() { return {grpc::StatusCode::UNAVAILABLE, "away"}; }

    Upstream::SteadyTime now_{std::chrono::hours(1)};
    RecordingLogger logger_;
    prometheus::Registry metrics_;
    Upstream upstream_{{.name = "other",
                        .reason = "OTHER_UNREACHABLE",
                        .retries_max = 2,
                        .retry_after = std::chrono::milliseconds(1)},
                       logger_,
                       metrics_,
                       [this] { return now_; }};
    Body<grpc::Status()> status_ = [] { return grpc::Status::OK; };
    std::atomic<int> attempts_ = 0;
    Time last_deadline_;
};

TEST_F(UpstreamTest, HandsOnWhatTheServiceSays) {
    EXPECT_EQ(Ask(), "OK");
    status_ = [] {
        return ToStatus({.code = ErrorCode::kNotFound, .reason = "NOT_THERE", .message = "no"});
    };
    for (int i = 0; i < 20; ++i) EXPECT_EQ(Ask(), "NOT_THERE");
    EXPECT_EQ(attempts_, 21) << "a refusal is an answer: neither an outage nor tried again";
}

TEST_F(UpstreamTest, AsksOnceMoreAfterAFailure) {
    status_ = [this] { return attempts_ == 1 ? Away() : grpc::Status::OK; };
    EXPECT_EQ(Ask(), "OK");
    EXPECT_EQ(attempts_, 2);
}

TEST_F(UpstreamTest, RetriesAreFewerThanCalls) {
    // Every second call fails for good, so that it is never taken for away.
    int asked = 0;
    for (; asked < 40; ++asked) {
        const bool fails = asked % 2 == 0;
        status_ = [fails] { return fails ? Away() : grpc::Status::OK; };
        EXPECT_EQ(Ask(), fails ? "OTHER_UNREACHABLE" : "OK");
    }
    EXPECT_LE(attempts_ - asked, 4) << "the budget: 2, and one for every ten answers";
    EXPECT_GE(attempts_ - asked, 3);
}

TEST_F(UpstreamTest, SparesAServiceThatIsAwayUntilOneCallHasFoundItThere) {
    status_ = Away;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(Ask(), "OTHER_UNREACHABLE");
    const int attempts = attempts_;
    EXPECT_EQ(Ask(), "OTHER_UNREACHABLE");
    EXPECT_EQ(attempts_, attempts) << "nobody asks any more";
    EXPECT_EQ(logger_.WaitFor("other_failed").size(), 1U);

    now_ += std::chrono::seconds(1);
    ASSERT_TRUE(upstream_.Admit()) << "one call does";
    EXPECT_EQ(Ask(), "OTHER_UNREACHABLE") << "and nobody beside it";
    EXPECT_EQ(attempts_, attempts);
    upstream_.Record(AttemptEnd::kFailed, "away");
    EXPECT_EQ(Ask(), "OTHER_UNREACHABLE") << "another pause";

    now_ += std::chrono::seconds(1);
    status_ = [] { return grpc::Status::OK; };
    EXPECT_EQ(Ask(), "OK");
    EXPECT_EQ(Ask(), "OK");
    EXPECT_EQ(logger_.WaitFor("other_recovered").size(), 1U);
}

TEST_F(UpstreamTest, CallersInAHurryDoNotMakeItAway) {
    status_ = [] { return grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "too slow"); };
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(Ask(std::chrono::milliseconds(500)), "OTHER_UNREACHABLE");
    }
    EXPECT_EQ(attempts_, 20) << "nor is it asked again for them";
    status_ = [] { return grpc::Status::OK; };
    EXPECT_EQ(Ask(), "OK");
}

TEST_F(UpstreamTest, NobodyWaitsLongerThanTheirCall) {
    const Time before = std::chrono::system_clock::now();
    EXPECT_EQ(Ask(std::chrono::milliseconds(200)), "OK");
    EXPECT_LE(last_deadline_, std::chrono::system_clock::now() + std::chrono::milliseconds(200));
    EXPECT_EQ(Ask(), "OK");
    EXPECT_GE(last_deadline_, before + std::chrono::milliseconds(900)) << "a second, as by default";
    EXPECT_LE(last_deadline_, std::chrono::system_clock::now() + std::chrono::seconds(1));
}

}  // namespace
}  // namespace bangkit::rpc
