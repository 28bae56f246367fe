#include "libs/redis/cache.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/redis/connection.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::redis {
namespace {

using Command = Connection::Command;

// An idle connection is tried so often: who comes next should not be the one to find it dead.
constexpr auto kIdleMax = std::chrono::seconds(1);

std::optional<std::string> ToValue(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_STRING) return std::nullopt;
    return std::string(reply.str, reply.len);
}

Cache::Values ToValues(const redisReply& reply) {
    Cache::Values values;
    values.reserve(reply.elements);
    for (redisReply* element : std::span(reply.element, reply.elements)) {
        values.push_back(ToValue(*element));
    }
    return values;
}

Command Mget(const std::vector<std::string>& keys) {
    Command command = {"MGET"};
    command.insert(command.end(), keys.begin(), keys.end());
    return command;
}

}  // namespace

struct Cache::Metrics {
    static constexpr std::array kBatchBuckets = {1.0, 4.0, 16.0, 64.0, 256.0};

    explicit Metrics(prometheus::Registry& registry)
        : answered(telemetry::AddCounter(registry, "bangkit_cache_reads_total", kReadsHelp,
                                         {{"result", "answered"}})),
          unavailable(telemetry::AddCounter(registry, "bangkit_cache_reads_total", kReadsHelp,
                                            {{"result", "unavailable"}})),
          batch_size(telemetry::AddHistogram(registry, "bangkit_cache_batch_size",
                                             "Reads in one pipeline.", {}, kBatchBuckets)),
          up(telemetry::AddGauge(registry, "bangkit_cache_up", "1 while Redis answers.")) {}

    static constexpr const char* kReadsHelp = "Reads asked of Redis.";
    prometheus::Counter& answered;
    prometheus::Counter& unavailable;
    prometheus::Histogram& batch_size;
    prometheus::Gauge& up;
};

Cache::Cache(CacheOptions options, prometheus::Registry& metrics)
    : options_(std::move(options)),
      address_(std::make_unique<Address>(ParseAddress(options_.address))),
      metrics_(std::make_unique<Metrics>(metrics)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

Cache::~Cache() = default;

void Cache::Get(std::vector<std::string> keys, Done done) {
    if (keys.empty()) return done(Values{});  // MGET wants at least one.
    Request request{.keys = std::move(keys), .done = std::move(done)};
    {
        const std::lock_guard lock(mutex_);
        if (is_up_ && waiting_.size() < options_.queue_max) {
            waiting_.push_back(std::move(request));
            changed_.notify_one();
            return;
        }
    }
    Refuse(request);
}

bool Cache::IsUp() const {
    const std::lock_guard lock(mutex_);
    return is_up_;
}

void Cache::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            Connection connection(*address_, options_.timeout);
            SetUp(true);
            Serve(connection, stop);
        } catch (const RedisError&) {
            SetUp(false);
            RefuseWaiting();
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, stop, options_.retry_after, [] { return false; });
        }
    }
    SetUp(false);
    RefuseWaiting();
}

/// Returns when stopped; throws RedisError, with everybody of the batch answered, when the server
/// fails.
void Cache::Serve(Connection& connection, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<Request> batch = Take(stop);
        std::vector<Command> commands;
        for (const Request& request : batch) commands.push_back(Mget(request.keys));
        if (batch.empty()) commands.push_back({"PING"});
        std::vector<Values> answers;
        try {
            for (const Reply& reply : connection.Run(commands)) {
                answers.push_back(ToValues(Checked(reply)));
            }
        } catch (const RedisError&) {
            std::ranges::for_each(batch, [this](Request& request) { Refuse(request); });
            throw;
        }
        if (batch.empty()) continue;
        metrics_->batch_size.Observe(static_cast<double>(batch.size()));
        metrics_->answered.Increment(static_cast<double>(batch.size()));
        for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(std::move(answers[i]));
    }
}

/// Waits for the first request, never for a second. None when stopped or idle for long.
std::vector<Cache::Request> Cache::Take(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, kIdleMax, [this] { return !waiting_.empty(); });
    const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), options_.batch_max));
    const auto end = waiting_.begin() + count;
    std::vector<Request> batch(std::make_move_iterator(waiting_.begin()),
                               std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

void Cache::SetUp(bool is_up) {
    metrics_->up.Set(is_up ? 1 : 0);
    const std::lock_guard lock(mutex_);
    is_up_ = is_up;
}

void Cache::RefuseWaiting() {
    std::deque<Request> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
    }
    std::ranges::for_each(waiting, [this](Request& request) { Refuse(request); });
}

void Cache::Refuse(Request& request) {
    metrics_->unavailable.Increment();
    request.done(
        Refused(ErrorCode::kUnavailable, "CACHE_UNAVAILABLE", "the cache does not answer"));
}

}  // namespace bangkit::redis
