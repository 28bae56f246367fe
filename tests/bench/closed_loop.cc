#include "tests/bench/closed_loop.h"

#include <absl/synchronization/mutex.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "libs/grpc/client.h"
#include "tests/bench/commands.h"

namespace bangkit::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Micros = std::chrono::duration<double, std::micro>;

constexpr int kCallersPerConnection = 64;
constexpr std::chrono::seconds kWarmUp{1};
constexpr std::chrono::seconds kTimeout{20};

/// What the callers of a loop share.
class Loop {
public:
    Loop(const LoopOptions& options,
         const std::function<grpc::ByteBuffer(std::uint64_t)>& make_request)
        : options_(options), make_request_(make_request) {}

    const LoopOptions& options() const { return options_; }
    grpc::ByteBuffer NextRequest() { return make_request_(next_++); }
    bool IsMeasured(SteadyClock::time_point began) const { return began >= start_ + kWarmUp; }
    bool IsOver() const { return is_over_; }
    void End() { is_over_ = true; }
    std::uint64_t calls() const { return next_; }

    void Fail(const grpc::Status& status) {
        const std::lock_guard lock(mutex_);
        if (failure_.empty()) failure_ = status.error_message();
        is_over_ = true;
    }
    void ThrowIfFailed() {
        const std::lock_guard lock(mutex_);
        if (!failure_.empty()) throw std::runtime_error("a call failed: " + failure_);
    }

    SteadyClock::time_point start() const { return start_; }

private:
    const LoopOptions& options_;
    const std::function<grpc::ByteBuffer(std::uint64_t)>& make_request_;
    const SteadyClock::time_point start_ = SteadyClock::now();
    std::atomic<std::uint64_t> next_ = 0;
    std::atomic<bool> is_over_ = false;
    std::mutex mutex_;
    std::string failure_;
};

class Caller {
public:
    Caller(Loop& loop, const std::shared_ptr<grpc::Channel>& channel)
        : loop_(loop), stub_(channel) {}

    void Call() {
        began_ = SteadyClock::now();
        context_ = std::make_unique<grpc::ClientContext>();
        rpc::Prepare(*context_, loop_.options().token, kTimeout);
        request_ = loop_.NextRequest();
        stub_.UnaryCall(context_.get(), loop_.options().method, {}, &request_, &response_,
                        [this](const grpc::Status& status) { Finish(status); });
    }
    std::vector<double> WaitUntilOver() {
        over_.acquire();
        return std::move(micros_);
    }

private:
    void Finish(const grpc::Status& status) {
        if (!status.ok()) loop_.Fail(status);
        if (loop_.IsOver()) return over_.release();
        if (loop_.IsMeasured(began_))
            micros_.push_back(Micros(SteadyClock::now() - began_).count());
        Call();
    }

    Loop& loop_;
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub_;
    std::unique_ptr<grpc::ClientContext> context_;
    grpc::ByteBuffer request_, response_;
    SteadyClock::time_point began_;
    std::vector<double> micros_;
    std::binary_semaphore over_{0};
};

}  // namespace

std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address, int callers) {
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // As the server.
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);  // As rpc::Connect().
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL,
                     1);  // Else all channels share a connection.
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    for (int begin = 0; begin < callers; begin += kCallersPerConnection) {
        channels.push_back(
            grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
    }
    return channels;
}

void RunClosedLoop(const LoopOptions& options,
                   const std::function<grpc::ByteBuffer(std::uint64_t)>& make_request) {
    const auto channels = Connect(options.address, options.callers);
    Loop loop(options, make_request);
    std::vector<std::unique_ptr<Caller>> callers;
    for (std::size_t i = 0; std::cmp_less(i, options.callers); ++i) {
        callers.push_back(std::make_unique<Caller>(loop, channels[i % channels.size()]));
        callers.back()->Call();
    }
    std::this_thread::sleep_until(loop.start() + kWarmUp +
                                  std::chrono::duration<double>(options.seconds));
    const std::chrono::duration<double> seconds = SteadyClock::now() - loop.start() - kWarmUp;
    loop.End();
    std::vector<double> micros;
    for (const auto& caller : callers) {
        const std::vector<double> of_caller = caller->WaitUntilOver();
        micros.insert(micros.end(), of_caller.begin(), of_caller.end());
    }
    loop.ThrowIfFailed();
    if (micros.empty()) throw std::runtime_error("no call has ended");
    std::ranges::sort(micros);
    Print({{"rate", static_cast<double>(micros.size()) / seconds.count()},
           {"calls", static_cast<double>(loop.calls())},
           {"p50_ms", micros[micros.size() / 2] / 1'000},
           {"p99_ms", micros[micros.size() * 99 / 100] / 1'000}});
}

}  // namespace bangkit::bench
