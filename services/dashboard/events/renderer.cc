#include "services/dashboard/events/renderer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/telemetry/metrics.h"
#include "services/dashboard/storage/cache_keys.h"
#include "services/dashboard/storage/dirty.h"
#include "services/dashboard/storage/mapping.h"

namespace bangkit::dashboard {
namespace {

constexpr std::size_t kChunk = 256;  // Dashboards in one snapshot and one pipeline.
constexpr std::size_t kWantedMax = 10'000;
constexpr std::chrono::milliseconds kIdle{1'000};
constexpr std::int64_t kFarBehind = 5'000;  // Events: more than a second or so.
constexpr std::chrono::milliseconds kPauseMin{50};
constexpr int kPauseDoublings = 5;

}  // namespace

Renderer::Renderer(const RendererOptions& options, const RendererContext& context)
    : dsn_(options.dsn),
      context_(context),
      writer_(options.redis),
      rendered_(telemetry::AddCounter(context_.metrics, "bangkit_dashboard_rendered_total",
                                      "Dashboards brought into the cache")),
      dirty_(telemetry::AddGauge(context_.metrics, "bangkit_dashboard_dirty_regions",
                                 "Regions whose newest figures the cache does not have")),
      seconds_(telemetry::AddHistogram(context_.metrics, "bangkit_dashboard_render_seconds",
                                       "From reading the marks to the last dashboard in the "
                                       "cache")) {}

std::optional<Progress> Renderer::RenderRound(const std::set<std::string>& wanted) {
    postgres::Connection& connection = Connected();
    try {
        // Before the marks: whatever this progress includes is either in the cache or marked.
        const ModelState state = ReadModelState(connection);
        if (!state.is_complete && !TryComplete(connection)) return std::nullopt;
        const auto start = std::chrono::steady_clock::now();
        WarmIfEmptied(connection, state.generation);
        std::vector<std::string> codes = ReadDirty(connection);
        dirty_.Set(static_cast<double>(codes.size()));
        codes.insert(codes.end(), wanted.begin(), wanted.end());
        for (std::size_t begin = 0; begin < codes.size(); begin += kChunk) {
            const std::size_t count = std::min(kChunk, codes.size() - begin);
            if (!Render(connection, std::span(codes).subspan(begin, count))) return std::nullopt;
            dirty_.Decrement(static_cast<double>(count));
        }
        dirty_.Set(0);
        writer_.Set(kProgressKey, ToPayload(state.progress));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        if (!codes.empty()) seconds_.Observe(took.count());
        return state.progress;
    } catch (const redis::RedisError&) {
        must_warm_ = true;
        throw;
    } catch (const postgres::ConnectionLost&) {
        connection_.reset();
        throw;
    } catch (const postgres::CommitUnknown&) {
        connection_.reset();
        throw;
    }
}

void Renderer::WarmIfEmptied(postgres::Connection& connection, std::int64_t generation) {
    const redis::Writer::Item marker{
        .key = std::string(kWarmKey), .stamp = {.generation = generation}, .payload = ""};
    if (writer_.SetIfNewer({&marker, 1}).front()) must_warm_ = true;
    if (!must_warm_) return;
    MarkAllDirty(connection);
    must_warm_ = false;
}

bool Renderer::Render(postgres::Connection& connection, std::span<const std::string> region_codes) {
    const Snapshot snapshot = ReadFigures(connection, region_codes);
    const std::int64_t generation = snapshot.state.generation;
    std::vector<redis::Writer::Item> items;
    for (const RegionFigures& figures : snapshot.regions) {
        items.push_back({.key = DashboardKey(figures.region_code),
                         .stamp = {.generation = generation, .version = figures.version},
                         .payload = ToPayload(figures, generation, context_.regions)});
    }
    if (!snapshot.state.is_complete) return false;
    writer_.SetIfNewer(items);
    context_.failpoints.Hit("after_render");
    writer_.Publish(kChangesChannel, region_codes);
    ClearDirty(connection, snapshot.regions);
    rendered_.Increment(static_cast<double>(items.size()));
    return true;
}

postgres::Connection& Renderer::Connected() {
    if (!connection_) connection_.emplace(dsn_, postgres::kPatiently);
    return *connection_;
}

RendererThread::RendererThread(const RendererOptions& options, const RendererContext& context)
    : logger_(context.logger),
      renderer_(options, context),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void RendererThread::Want(std::string region_code) {
    {
        const std::lock_guard lock(mutex_);
        if (wanted_.size() < kWantedMax) wanted_.insert(std::move(region_code));
    }
    wake_.Ring();
}

void RendererThread::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            const std::optional<Progress> progress = renderer_.RenderRound(TakeWanted());
            if (progress) has_figures_ = true;
            if (std::exchange(failures_, 0) > 0) logger_.Info("renderer_recovered");
            const bool is_far_behind = progress && progress->lag_events > kFarBehind;
            (is_far_behind ? nobody_ : wake_).WaitFor(kIdle, stop);
        } catch (const redis::RedisError& failure) {
            Pause(stop, "renderer_waits_for_cache", failure);
        } catch (const std::exception& failure) {
            Pause(stop, "renderer_failed", failure);
        }
    }
}

/// An outage is logged once. What was wanted is forgotten: whoever misses it will ask again.
void RendererThread::Pause(const std::stop_token& stop, std::string_view event,
                           const std::exception& failure) {
    if (failures_++ == 0) logger_.Warning(event, {{"detail", failure.what()}});
    nobody_.WaitFor(kPauseMin * (1 << std::min(failures_, kPauseDoublings)), stop);
}

std::set<std::string> RendererThread::TakeWanted() {
    const std::lock_guard lock(mutex_);
    return std::exchange(wanted_, {});
}

}  // namespace bangkit::dashboard
