#include "libs/grpc/line_stream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "libs/grpc/tests/test_server.h"

namespace bangkit::rpc {
namespace {

using registration::RegistrationService;
using BatchLine = Line<BatchResponse>;

BatchResponse ResponseTo(const BatchRequest& request) {
    BatchResponse response;
    response.set_request_id(request.registration().request_id());
    return response;
}

BatchRequest RequestNo(int number) {
    BatchRequest request;
    request.mutable_registration()->set_request_id(std::to_string(number));
    return request;
}

/// Answers lines from a thread of its own, several at a time, as a command loop does.
class SlowWriter {
public:
    ~SlowWriter() { thread_.request_stop(); }

    void Submit(BatchRequest request, BatchLine line) {
        const std::lock_guard lock(mutex_);
        waiting_.emplace_back(std::move(request), std::move(line));
        most_waiting_ = std::max(most_waiting_, waiting_.size());
        changed_.notify_one();
    }
    std::size_t most_waiting() {
        const std::lock_guard lock(mutex_);
        return most_waiting_;
    }
    /// Holds all answers back until `count` lines wait.
    void HoldUntil(std::size_t count) { hold_until_ = count; }

private:
    void Run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::deque<std::pair<BatchRequest, BatchLine>> batch;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, stop, [this] {
                    return !waiting_.empty() && waiting_.size() >= hold_until_;
                });
                hold_until_ = 0;
                batch.swap(waiting_);
            }
            for (auto& [request, line] : batch) line.Answer(ResponseTo(request));
        }
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::pair<BatchRequest, BatchLine>> waiting_;
    std::size_t most_waiting_ = 0;
    std::atomic<std::size_t> hold_until_ = 0;
    std::jthread thread_{[this](const std::stop_token& stop) { Run(stop); }};
};

struct Batch {
    explicit Batch(const TestServer& test, const std::string& role = "agency")
        : stub(RegistrationService::NewStub(test.channel)) {
        context.AddMetadata("authorization", "Bearer " + test.Token({role}));
        stream = stub->BatchRegisterBusinesses(&context);
    }
    grpc::ClientContext context;
    std::unique_ptr<RegistrationService::Stub> stub;
    std::unique_ptr<grpc::ClientReaderWriter<BatchRequest, BatchResponse>> stream;
};

/// Sends lines 0 .. count-1 and returns the ids that were answered, each once.
std::set<std::string> SendAll(Batch& batch, int count) {
    std::jthread sender([&] {
        for (int i = 0; i < count; ++i) batch.stream->Write(RequestNo(i));
        batch.stream->WritesDone();
    });
    std::set<std::string> answered;
    BatchResponse response;
    while (batch.stream->Read(&response)) {
        EXPECT_TRUE(answered.insert(response.request_id()).second) << response.request_id();
    }
    return answered;
}

TEST(LineStream, EveryLineIsAnsweredOnceAndTheCallEnds) {
    SlowWriter writer;
    TestServer test;
    test.registrations.on_line = [&](BatchRequest request, BatchLine line) {
        writer.Submit(std::move(request), std::move(line));
    };
    Batch batch(test);
    EXPECT_EQ(SendAll(batch, 10'000).size(), 10'000U);
    EXPECT_TRUE(batch.stream->Finish().ok());
    EXPECT_LE(writer.most_waiting(), kMaxOutstandingLines);
}

TEST(LineStream, AnswersGivenAtOnceWorkToo) {
    TestServer test;
    test.registrations.on_line = [](const BatchRequest& request, const BatchLine& line) {
        line.Answer(ResponseTo(request));
    };
    Batch batch(test);
    EXPECT_EQ(SendAll(batch, 10'000).size(), 10'000U);
    EXPECT_TRUE(batch.stream->Finish().ok());
}

TEST(LineStream, AnEmptyStreamEndsWell) {
    TestServer test;
    Batch batch(test);
    EXPECT_TRUE(SendAll(batch, 0).empty());
    EXPECT_TRUE(batch.stream->Finish().ok());
}

TEST(LineStream, ReadsNoMoreThanMayBeOutstanding) {
    for (const std::size_t max : {kMaxOutstandingLines, std::size_t{4}, std::size_t{1}}) {
        SlowWriter writer;
        writer.HoldUntil(max);  // Answers nothing unless as many really come.
        TestServer test;
        test.registrations.max_outstanding = max;
        test.registrations.on_line = [&](BatchRequest request, BatchLine line) {
            writer.Submit(std::move(request), std::move(line));
        };
        Batch batch(test);
        EXPECT_EQ(SendAll(batch, 1000).size(), 1000U);
        EXPECT_EQ(writer.most_waiting(), max);
    }
}

TEST(LineStream, AnswersThatAreNotReadStopTheFlow) {
    std::atomic<int> started = 0;
    TestServer test;
    test.registrations.on_line = [&](const BatchRequest&, const BatchLine& line) {
        ++started;
        started.notify_one();
        BatchResponse response;
        response.set_request_id(std::string(100'000, 'x'));
        line.Answer(std::move(response));
    };
    Batch batch(test);
    constexpr int kLines = 2000;
    constexpr int kOnTheWay = 300;  // Answers that the buffers of the connection hold: 30 MB.
    std::jthread sender([&] {
        for (int i = 0; i < kLines; ++i) batch.stream->Write(RequestNo(i));
        batch.stream->WritesDone();
    });
    for (int seen = 0; seen < 200; seen = started) started.wait(seen);
    BatchResponse response;
    int answered = 0;
    int furthest_ahead = 0;
    while (batch.stream->Read(&response)) {
        furthest_ahead = std::max(furthest_ahead, started - ++answered);
    }
    EXPECT_EQ(answered, kLines);
    EXPECT_LE(furthest_ahead, static_cast<int>(kMaxOutstandingLines) + kOnTheWay);
    EXPECT_TRUE(batch.stream->Finish().ok());
}

TEST(LineStream, WhoMayNotCallIsToldSo) {
    TestServer test;
    Batch batch(test, "auditor");
    EXPECT_TRUE(SendAll(batch, 3).empty());
    EXPECT_EQ(batch.stream->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST(LineStream, IsExemptFromTheDefaultDeadline) {
    TestServer test(identity::Policy::OfBangkit(), std::chrono::milliseconds(1));
    test.registrations.on_line = [](const BatchRequest& request, const BatchLine& line) {
        line.Answer(ResponseTo(request));
    };
    Batch batch(test);
    EXPECT_EQ(SendAll(batch, 2000).size(), 2000U);
    EXPECT_TRUE(batch.stream->Finish().ok());
}

TEST(LineStream, AClientMayGoAtAnyTime) {
    SlowWriter writer;
    TestServer test;
    test.registrations.on_line = [&](BatchRequest request, BatchLine line) {
        writer.Submit(std::move(request), std::move(line));
    };
    constexpr std::size_t kCalls = 60;
    std::mt19937 random(1);
    for (std::size_t i = 0; i < kCalls; ++i) {
        Batch batch(test);
        const int cancel_at = std::uniform_int_distribution(0, 1000)(random);
        std::jthread reader([&] {
            BatchResponse response;
            while (batch.stream->Read(&response)) {
            }
        });
        for (int line = 0; line < 2000; ++line) {
            if (line == cancel_at) batch.context.TryCancel();
            if (!batch.stream->Write(RequestNo(line))) break;
        }
        reader.join();
        EXPECT_EQ(batch.stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
    }
    EXPECT_EQ(test.logger.WaitFor("rpc_call", kCalls).size(), kCalls);
    Batch batch(test);
    EXPECT_EQ(SendAll(batch, 100).size(), 100U) << "the next call works";
}

TEST(LineStream, LinesMayOutliveTheCallAndTheServer) {
    std::mutex mutex;
    std::vector<BatchLine> kept;
    {
        TestServer test;
        test.registrations.on_line = [&](const BatchRequest&, BatchLine line) {
            const std::lock_guard lock(mutex);
            kept.push_back(std::move(line));
        };
        Batch batch(test);
        for (int i = 0; i < 10; ++i) batch.stream->Write(RequestNo(i));
        batch.context.TryCancel();
        BatchResponse response;
        while (batch.stream->Read(&response)) {
        }
        EXPECT_FALSE(batch.stream->Finish().ok());
        test.logger.WaitFor("rpc_call");
    }
    for (const BatchLine& line : kept) line.Answer(BatchResponse());
    kept.clear();
}

TEST(LineStream, ShutdownEndsStreamsThatDoNotEnd) {
    TestServer test;
    std::atomic<int> started = 0;
    test.registrations.on_line = [&](const BatchRequest& request, const BatchLine& line) {
        ++started;
        started.notify_one();
        line.Answer(ResponseTo(request));
    };
    Batch batch(test);
    batch.stream->Write(RequestNo(0));
    started.wait(0);
    test.server.Shutdown(std::chrono::milliseconds(50));
    BatchResponse response;
    while (batch.stream->Read(&response)) {
    }
    EXPECT_FALSE(batch.stream->Finish().ok());
}

}  // namespace
}  // namespace bangkit::rpc
