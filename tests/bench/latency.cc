#include <grpcpp/generic/generic_stub.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/grpc/client.h"
#include "libs/kafka/consumer.h"
#include "libs/kafka/log_reader.h"
#include "libs/kafka/producer.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/commands.h"
#include "tests/bench/records.h"
#include "tests/bench/synthetic.h"

namespace bangkit::bench {
namespace {

namespace v1 = registration::v1;
using SteadyClock = std::chrono::steady_clock;
using Moments = std::unordered_map<std::string, SteadyClock::time_point>;  // By key.

constexpr std::chrono::seconds kSettle{2};  // At first connections are made; not counted.
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);

/// Notes when each record of a topic arrives, as any consumer would see it.
class Arrivals : private kafka::AssignmentListener {
public:
    Arrivals(const std::string& brokers, const std::string& topic)
        : ends_(kafka::LogReader(brokers, topic, logger_).Ends()),
          consumer_(brokers, "bench", topic, *this, logger_),
          thread_([this](const std::stop_token& stop) { Run(stop); }) {
        is_assigned_.acquire();
    }

    /// As soon as there are `count`; all that came if they take too long.
    Moments Await(std::size_t count) {
        const auto deadline = SteadyClock::now() + kPatience;
        while (SteadyClock::now() < deadline && Count() < count) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        const std::lock_guard lock(mutex_);
        return moments_;
    }

private:
    std::vector<std::int64_t> OnAssigned(const std::vector<std::int32_t>& partitions) override {
        std::vector<std::int64_t> offsets;
        for (const std::int32_t partition : partitions) offsets.push_back(ends_.at(partition));
        is_assigned_.release();
        return offsets;
    }
    void OnRevoked(const std::vector<std::int32_t>&) override {}

    void Run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto records = consumer_.Poll(std::chrono::milliseconds(100), 1'000);
            const auto now = SteadyClock::now();
            const std::lock_guard lock(mutex_);
            for (const kafka::Record& record : records) moments_.emplace(record.key, now);
        }
    }
    std::size_t Count() {
        const std::lock_guard lock(mutex_);
        return moments_.size();
    }

    ErrorLogger logger_;
    const kafka::Offsets ends_;
    std::counting_semaphore<> is_assigned_{0};
    std::mutex mutex_;
    Moments moments_;
    kafka::Consumer consumer_;
    std::jthread thread_;
};

/// Calls `send(n)` for 0, 1, 2 ... at a steady pace. Returns how many.
template <typename Send>
std::size_t Pace(long rate, long seconds, Send send) {
    const auto start = SteadyClock::now();
    const auto count = static_cast<std::size_t>(rate * seconds);
    for (std::size_t n = 0; n < count; ++n) {
        std::this_thread::sleep_until(start + static_cast<long>(n) * kSecond / rate);
        send(n);
    }
    return count;
}

void PrintLatencies(const Moments& sent, const Moments& arrived) {
    const auto first = std::ranges::min_element(sent, {}, &Moments::value_type::second);
    std::vector<double> millis;
    for (const auto& [key, moment] : sent) {
        const auto arrival = arrived.find(key);
        if (arrival == arrived.end()) throw std::runtime_error("a record has not arrived");
        if (moment < first->second + kSettle) continue;
        millis.push_back(
            std::chrono::duration<double, std::milli>(arrival->second - moment).count());
    }
    if (millis.empty()) throw std::runtime_error("nothing was measured");
    std::ranges::sort(millis);
    Print({{"p50_ms", millis[millis.size() / 2]},
           {"p99_ms", millis[millis.size() * 99 / 100]},
           {"calls", static_cast<double>(sent.size())}});
}

/// Registers without waiting for the answers, and notes when each came.
class Registrations {
public:
    Registrations(const std::string& address, std::string token)
        : token_(std::move(token)),
          stub_(v1::RegistrationService::NewStub(Connect(address, 1).front())) {}

    void Begin(v1::RegisterBusinessRequest request) {
        Call& call = calls_.emplace_back();
        call.request = std::move(request);
        rpc::Prepare(call.context, token_, kPatience);
        stub_->async()->RegisterBusiness(&call.context, &call.request, &call.response,
                                         [this, &call](const grpc::Status& status) {
                                             call.answered = SteadyClock::now();
                                             call.is_ok = status.ok();
                                             answered_.release();
                                         });
    }
    Moments Answered() {
        Moments moments;
        for (std::size_t i = 0; i < calls_.size(); ++i) answered_.acquire();
        for (const Call& call : calls_) {
            if (!call.is_ok) throw std::runtime_error("a call failed");
            moments.emplace(call.response.business().business_id(), call.answered);
        }
        return moments;
    }

private:
    struct Call {
        grpc::ClientContext context;
        v1::RegisterBusinessRequest request;
        v1::RegisterBusinessResponse response;
        SteadyClock::time_point answered;
        bool is_ok = false;
    };

    const std::string token_;
    const std::unique_ptr<v1::RegistrationService::Stub> stub_;
    std::deque<Call> calls_;  // Never moved.
    std::counting_semaphore<> answered_{0};
};

}  // namespace

void CommitToConsumer(const Arguments& arguments) {
    Arrivals arrivals(arguments.Text(2), arguments.Text(3));
    const SyntheticBusinesses businesses;
    Registrations registrations(arguments.Text(0), arguments.Text(1));
    const auto first = static_cast<std::uint64_t>(arguments.Number(6));
    const std::size_t count = Pace(arguments.Number(4), arguments.Number(5), [&](std::size_t n) {
        registrations.Begin(businesses.Request(first + n));
    });
    const Moments answered = registrations.Answered();
    PrintLatencies(answered, arrivals.Await(count));
}

void ProduceToConsumer(const Arguments& arguments) {
    std::vector<kafka::OutgoingRecord> records = ReadOutbox(arguments.Text(0));
    Arrivals arrivals(arguments.Text(1), arguments.Text(2));
    ErrorLogger logger;
    kafka::Producer producer(arguments.Text(1), arguments.Text(2), logger);
    Moments sent;
    const std::size_t count = Pace(arguments.Number(3), arguments.Number(4), [&](std::size_t n) {
        std::vector<kafka::OutgoingRecord> one{records.at(n)};
        sent.emplace(one.front().key, SteadyClock::now());
        producer.SendAll(one, [] { return true; });
    });
    PrintLatencies(sent, arrivals.Await(count));
}

}  // namespace bangkit::bench
