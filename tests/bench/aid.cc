#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/grpc/client.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/commands.h"

namespace bangkit::bench {
namespace {

using namespace aid::v1;

constexpr std::chrono::minutes kTimeout{10};

std::string NewRequestId() { return NewId(std::chrono::system_clock::now()); }

/// Lines of a file: ids.
std::vector<std::string> ReadIds(const std::string& path) {
    std::vector<std::string> ids;
    std::ifstream file(path);
    for (std::string id; std::getline(file, id);) ids.push_back(id);
    if (ids.empty()) throw std::runtime_error("no ids in " + path);
    return ids;
}

std::vector<ApproveApplicationRequest> Approvals(const std::vector<std::string>& ids) {
    std::vector<ApproveApplicationRequest> approvals;
    for (const std::string& id : ids) {
        approvals.emplace_back().set_request_id(NewRequestId());
        approvals.back().set_application_id(id);
    }
    return approvals;
}

LoopOptions Options(const Arguments& arguments, std::string method) {
    return {.address = arguments.Text(0),
            .token = arguments.Text(1),
            .method = std::move(method),
            .callers = static_cast<int>(arguments.Number(2)),
            .seconds = static_cast<double>(arguments.Number(3))};
}

grpc::ByteBuffer Serialized(const google::protobuf::Message& message) {
    const grpc::Slice bytes(message.SerializeAsString());
    return {&bytes, 1};
}

}  // namespace

/// Each application once: approved twice, it would cost less.
void Approve(const Arguments& arguments) {
    std::vector<grpc::ByteBuffer> requests;
    for (const ApproveApplicationRequest& each : Approvals(ReadIds(arguments.Text(4)))) {
        requests.push_back(Serialized(each));
    }
    std::atomic<bool> are_too_few = false;
    RunClosedLoop(Options(arguments, "/bangkit.aid.v1.ApplicationService/ApproveApplication"),
                  [&](std::uint64_t n) {
                      if (n >= requests.size()) are_too_few = true;
                      return requests[n % requests.size()];
                  });
    if (are_too_few) throw std::runtime_error("more applications are needed for so much time");
}

/// Drafts of businesses in turn.
void StartApplication(const Arguments& arguments) {
    const std::vector<std::string> businesses = ReadIds(arguments.Text(5));
    RunClosedLoop(Options(arguments, "/bangkit.aid.v1.ApplicationService/StartApplication"),
                  [&](std::uint64_t n) {
                      StartApplicationRequest request;
                      request.set_request_id(NewRequestId());
                      request.set_program_id(arguments.Text(4));
                      request.set_business_id(businesses[n % businesses.size()]);
                      return Serialized(request);
                  });
}

void ApproveStream(const Arguments& arguments) {
    const std::vector<ApproveApplicationRequest> approvals = Approvals(ReadIds(arguments.Text(2)));
    const auto stub = ApplicationService::NewStub(rpc::Connect(arguments.Text(0)));
    grpc::ClientContext context;
    rpc::Prepare(context, arguments.Text(1), kTimeout);
    const auto start = std::chrono::steady_clock::now();
    const auto stream = stub->BatchApproveApplications(&context);
    std::size_t approved = 0;
    {
        const std::jthread writer([&] {
            for (const ApproveApplicationRequest& each : approvals) {
                BatchApproveApplicationsRequest line;
                *line.mutable_approval() = each;
                if (!stream->Write(line)) return;  // Finish() tells why.
            }
            stream->WritesDone();
        });
        BatchApproveApplicationsResponse answer;
        while (stream->Read(&answer)) approved += answer.has_approved() ? 1 : 0;
    }
    const grpc::Status status = stream->Finish();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (!status.ok()) throw std::runtime_error(status.error_message());
    if (approved != approvals.size()) throw std::runtime_error("not all were approved");
    Print({{"rate", static_cast<double>(approved) / seconds.count()},
           {"calls", static_cast<double>(approved)}});
}

}  // namespace bangkit::bench
