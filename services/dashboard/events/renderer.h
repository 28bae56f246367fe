#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/base/wake.h"
#include "libs/indonesia/regions.h"
#include "libs/postgres/connection.h"
#include "libs/redis/writer.h"
#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard {

struct RendererOptions {
    std::string dsn;
    std::string redis;  // "host:port"
};

/// What a renderer stands on; all of it outlives the renderer.
struct RendererContext {
    const indonesia::RegionTree& regions;
    Logger& logger;
    prometheus::Registry& metrics;
    const Failpoints& failpoints;
};

/// Brings changed dashboards from the read model into Redis, and announces them. It remembers
/// nothing that matters: marks in the database say what is to be done, and are taken away after it
/// is done. Several may run at once, the newest value wins.
///
/// While a new generation of the read model is being built, it renders nothing: what lies in Redis
/// goes on being served. Failpoint: after_render, between Redis and the marks.
class Renderer {
public:
    Renderer(const RendererOptions& options, const RendererContext& context);

    /// Renders everything that is dirty, and `wanted` besides, then notes in Redis how far the
    /// figures are, and returns it; nullopt if the read model is not complete yet. Throws
    /// RedisError and what libs/postgres throws; then a later round does what is left.
    std::optional<Progress> RenderRound(const std::set<std::string>& wanted = {});

private:
    postgres::Connection& Connected();
    void WarmIfEmptied(postgres::Connection& connection, std::int64_t generation);
    /// False if a rebuild has begun since the round has: what was read before is void.
    bool Render(postgres::Connection& connection, std::span<const std::string> region_codes);

    const std::string dsn_;
    const RendererContext context_;
    std::optional<postgres::Connection> connection_;
    redis::Writer writer_;
    bool must_warm_ = true;  // What happened to Redis before, or while it was away, nobody knows.
    prometheus::Counter& rendered_;
    prometheus::Gauge& dirty_;
    prometheus::Histogram& seconds_;
};

/// Runs a Renderer until destroyed: whenever it is woken, and every second. While the projector is
/// far behind, every second only: it needs the database more than readers need figures that are old
/// all the same.
class RendererThread {
public:
    /// Throws SettingError if the address of Redis makes no sense.
    RendererThread(const RendererOptions& options, const RendererContext& context);

    void Wake() { wake_.Ring(); }
    /// The cache was asked for this region's dashboard and did not have it. Never blocks.
    void Want(std::string region_code);
    /// True once the read model has been complete.
    bool HasFigures() const { return has_figures_; }

private:
    void Run(const std::stop_token& stop);
    void Pause(const std::stop_token& stop, std::string_view event, const std::exception& failure);
    std::set<std::string> TakeWanted();

    Logger& logger_;
    Renderer renderer_;  // Of the thread alone.
    bangkit::Wake wake_;
    bangkit::Wake nobody_;  // Rings it: for pauses that no commit is to end.
    std::mutex mutex_;
    std::set<std::string> wanted_;
    std::atomic<bool> has_figures_ = false;
    int failures_ = 0;  // In a row.
    std::jthread thread_;
};

}  // namespace bangkit::dashboard
