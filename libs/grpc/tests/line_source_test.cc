#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "libs/grpc/line_stream.h"
#include "libs/grpc/tests/test_server.h"

namespace bangkit::rpc {
namespace {

using registration::RegistrationService;

/// Lines are the characters of the content: 'a' is answered, 'x' throws; "refuse" is refused whole.
class Letters final : public LineSource<ImportRequest, ImportResponse> {
public:
    explicit Letters(std::atomic<int>& ends) : ends_(ends) {}

    Result<void> Take(ImportRequest request) override {
        if (request.content() == "refuse") {
            return Refused(ErrorCode::kInvalidArgument, "FILE_INVALID", "is no file");
        }
        rest_ = std::move(*request.mutable_content());
        return {};
    }
    bool HasLine() override { return !rest_.empty(); }
    void Start(Line<ImportResponse> line) override {
        const char letter = rest_.back();
        rest_.pop_back();
        if (letter == 'x') throw std::runtime_error("x");
        ImportResponse response;
        response.mutable_row()->set_row(++lines_);
        line.Answer(response);
    }
    std::optional<ImportResponse> Farewell() override { return Progress(false); }
    Result<void> End() override {
        ++ends_;
        rest_ = "a";  // A last line without an end.
        return {};
    }
    std::optional<ImportResponse> Summary() override { return Progress(true); }

private:
    ImportResponse Progress(bool finished) const {
        ImportResponse response;
        response.mutable_progress()->set_rows_read(lines_);
        response.mutable_progress()->set_finished(finished);
        return response;
    }

    std::atomic<int>& ends_;
    std::string rest_;
    std::int64_t lines_ = 0;
};

class ImportTest : public testing::Test {
protected:
    ImportTest() {
        test_.registrations.make_import = [this] { return std::make_unique<Letters>(ends_); };
        context_.AddMetadata("authorization", "Bearer " + test_.Token({"officer"}));
        stream_ = stub_->ImportBusinesses(&context_);
    }
    void Send(const std::string& content) {
        ImportRequest request;
        request.set_content(content);
        stream_->Write(request);
    }
    std::vector<ImportResponse> Receive() {
        std::vector<ImportResponse> received;
        ImportResponse response;
        while (stream_->Read(&response)) received.push_back(response);
        return received;
    }

    std::atomic<int> ends_ = 0;
    TestServer test_;
    std::unique_ptr<RegistrationService::Stub> stub_ = RegistrationService::NewStub(test_.channel);
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReaderWriter<ImportRequest, ImportResponse>> stream_;
};

TEST_F(ImportTest, AMessageMayHoldManyLines) {
    std::vector<ImportResponse> received;
    std::jthread receiver([&] { received = Receive(); });
    for (int i = 0; i < 10; ++i) Send(std::string(1000, 'a'));
    stream_->WritesDone();
    receiver.join();
    EXPECT_TRUE(stream_->Finish().ok());
    ASSERT_EQ(received.size(), 10'003U);
    for (std::size_t i = 0; i < 10'000; ++i) {
        EXPECT_EQ(received[i].row().row(), static_cast<std::int64_t>(i + 1));
    }
    EXPECT_FALSE(received[10'000].progress().finished()) << "the farewell";
    EXPECT_EQ(received[10'001].row().row(), 10'001) << "the line without an end";
    EXPECT_EQ(received[10'002].progress().rows_read(), 10'001);
    EXPECT_TRUE(received[10'002].progress().finished());
    EXPECT_EQ(ends_, 1);
}

TEST_F(ImportTest, ARefusedMessageEndsTheCallAfterTheLinesBefore) {
    Send("aa");
    Send("refuse");
    EXPECT_EQ(Receive().size(), 2U);
    const grpc::Status status = stream_->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(FromStatus(status).reason, "FILE_INVALID");
    EXPECT_EQ(ends_, 0);
}

TEST_F(ImportTest, AnExceptionEndsTheCall) {
    Send("xa");
    EXPECT_EQ(Receive().size(), 1U);
    EXPECT_EQ(stream_->Finish().error_code(), grpc::StatusCode::INTERNAL);
    EXPECT_EQ(test_.logger.WaitFor("rpc_exception").size(), 1U);
    EXPECT_EQ(ends_, 0);
}

TEST_F(ImportTest, AMessageThatIsTooLongIsRefused) {
    const auto channel = grpc::CreateChannel(test_.address(), grpc::InsecureChannelCredentials());
    const auto stub = RegistrationService::NewStub(channel);
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + test_.Token({"officer"}));
    const auto stream = stub->ImportBusinesses(&context);
    ImportRequest request;
    request.set_content(std::string((1 << 20) + 1, 'a'));
    stream->Write(request);
    ImportResponse response;
    while (stream->Read(&response)) {
    }
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    test_.logger.WaitFor("rpc_call");
    EXPECT_EQ(ends_, 0) << "what is cut off is no whole file";
}

TEST_F(ImportTest, AClientThatDiesLeavesNoHalfLine) {
    constexpr std::size_t kCalls = 300;
    for (std::size_t i = 0; i < kCalls; ++i) {
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer " + test_.Token({"officer"}));
        const auto stream = stub_->ImportBusinesses(&context);
        ImportRequest request;
        request.set_content("aaa");
        stream->Write(request);
        ImportResponse response;
        for (int line = 0; line < 3; ++line) ASSERT_TRUE(stream->Read(&response));
        context.TryCancel();
        EXPECT_FALSE(stream->Read(&response));
        stream->Finish();
    }
    EXPECT_EQ(test_.logger.WaitFor("rpc_call", kCalls).size(), kCalls);
    EXPECT_EQ(ends_, 0);
}

}  // namespace
}  // namespace bangkit::rpc
