#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/grpc/client.h"
#include "tests/bench/commands.h"

namespace bangkit::bench {
namespace {

namespace v1 = registration::v1;
using Stream = grpc::ClientReaderWriter<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>;

constexpr std::size_t kPiece = 256 << 10;
constexpr std::chrono::minutes kTimeout{10};

void Send(const std::string& name, Stream& stream) {
    std::ifstream file(name, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + name);
    std::string piece(kPiece, '\0');
    v1::ImportBusinessesRequest request;
    while (file.read(piece.data(), kPiece), file.gcount() > 0) {
        request.set_content(piece.data(), static_cast<std::size_t>(file.gcount()));
        if (!stream.Write(request)) break;  // Finish() tells why.
    }
    stream.WritesDone();
}

}  // namespace

void Import(const Arguments& arguments) {
    const auto stub = v1::RegistrationService::NewStub(rpc::Connect(arguments.Text(0)));
    grpc::ClientContext context;
    rpc::Prepare(context, arguments.Text(1), kTimeout);
    const auto start = std::chrono::steady_clock::now();
    const std::unique_ptr<Stream> stream = stub->ImportBusinesses(&context);
    const std::jthread sender([&] { Send(arguments.Text(2), *stream); });
    v1::ImportBusinessesResponse response;
    v1::ImportProgress progress;
    while (stream->Read(&response)) {
        if (response.has_progress()) progress = response.progress();
    }
    const grpc::Status status = stream->Finish();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (!status.ok()) throw std::runtime_error(status.error_message());
    if (!progress.finished() || progress.failed() > 0 || progress.unchanged() > 0) {
        throw std::runtime_error("not all rows were registered: " + progress.ShortDebugString());
    }
    Print({{"rate", static_cast<double>(progress.registered()) / seconds.count()},
           {"calls", static_cast<double>(progress.registered())}});
}

}  // namespace bangkit::bench
