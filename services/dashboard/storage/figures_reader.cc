#include "services/dashboard/storage/figures_reader.h"

#include <exception>
#include <utility>

#include "libs/postgres/explain.h"
#include "libs/telemetry/metrics.h"
#include "services/dashboard/storage/mapping.h"

namespace bangkit::dashboard {
namespace {

constexpr std::size_t kRegionsMax = 64;  // In one batch.
constexpr std::size_t kCallersMax = 8'192;

Error Unreachable() {
    return {.code = ErrorCode::kUnavailable,
            .reason = "DATABASE_UNREACHABLE",
            .message = "the figures cannot be read at the moment"};
}

}  // namespace

Error Rebuilding() {
    return {.code = ErrorCode::kUnavailable,
            .reason = "DASHBOARD_REBUILDING",
            .message = "the figures are being built from the events; please try again later"};
}

FiguresReader::FiguresReader(postgres::Pool& pool, const indonesia::RegionTree& regions,
                             Logger& logger, prometheus::Registry& metrics)
    : pool_(pool),
      regions_(regions),
      outage_(logger, "figures_reader"),
      queries_(telemetry::AddCounter(metrics, "bangkit_dashboard_read_model_queries_total",
                                     "Batches of dashboards read from the read model")),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

FiguresReader::~FiguresReader() {
    thread_.request_stop();
    thread_.join();
    for (auto& [code, callers] : waiting_) {
        for (Done& done : callers) done(std::unexpected(Unreachable()));
    }
}

void FiguresReader::Read(std::string region_code, Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (callers_ < kCallersMax) {
            waiting_[std::move(region_code)].push_back(std::move(done));
            ++callers_;
            changed_.notify_one();
            return;
        }
    }
    done(Refused(ErrorCode::kResourceExhausted, "QUEUE_FULL", "too many reads wait"));
}

void FiguresReader::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Waiting waiting = Take(stop);
        if (!waiting.empty()) Answer(waiting);
    }
}

/// Waits for the first caller, never for a second.
FiguresReader::Waiting FiguresReader::Take(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return !waiting_.empty(); });
    Waiting taken;
    while (!waiting_.empty() && taken.size() < kRegionsMax) {
        auto region = waiting_.extract(waiting_.begin());
        callers_ -= region.mapped().size();
        taken.insert(std::move(region));
    }
    return taken;
}

void FiguresReader::Answer(Waiting& waiting) {
    std::vector<std::string> codes;
    for (const auto& [code, callers] : waiting) codes.push_back(code);
    const Result<Answers> answers = ReadAll(codes);
    for (auto& [code, callers] : waiting) {
        for (Done& done : callers) {
            if (answers) {
                done(answers->at(code));
            } else {
                done(std::unexpected(answers.error()));
            }
        }
    }
}

Result<FiguresReader::Answers> FiguresReader::ReadAll(std::span<const std::string> codes) {
    queries_.Increment();
    Snapshot snapshot;
    try {
        snapshot = pool_.Read(
            [codes](postgres::Connection& connection) { return ReadFigures(connection, codes); });
    } catch (const std::exception& failure) {
        outage_.Met(failure.what());
        return std::unexpected(postgres::Explain(failure).value_or(Unreachable()));
    }
    outage_.Over();
    const ModelState& state = snapshot.state;
    if (!state.is_complete) return std::unexpected(Rebuilding());
    Answers answers;
    const std::string freshness = ToPayload(state.progress);
    for (const RegionFigures& figures : snapshot.regions) {
        answers[figures.region_code] = {.dashboard = ToPayload(figures, state.generation, regions_),
                                        .freshness = freshness};
    }
    return answers;
}

Result<BusinessNumbers> FiguresReader::ReadNumbers(std::span<const indonesia::Region> regions) {
    postgres::TextArray codes;
    for (const indonesia::Region& region : regions) codes.Add(region.code);
    BusinessNumbers numbers = pool_.Read([&codes](postgres::Connection& connection) {
        return ReadBusinessNumbers(connection, codes);
    });
    if (!numbers.state.is_complete) return std::unexpected(Rebuilding());
    return numbers;
}

}  // namespace bangkit::dashboard
