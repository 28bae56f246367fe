#pragma once

#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/outage.h"
#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "libs/postgres/pool.h"
#include "services/dashboard/storage/read_model.h"
#include "services/dashboard/storage/served_dashboard.h"

namespace bangkit::dashboard {

/// kUnavailable with reason DASHBOARD_REBUILDING: the read model is not complete yet.
Error Rebuilding();

/// Reads dashboards from the read model for whoever does not find them in the cache. One thread
/// takes everything that is asked for meanwhile, each region once, and reads it as of one moment: a
/// crowd costs no more queries than a single caller. What is answered was read after it was asked
/// for.
class FiguresReader {
public:
    using Done = std::move_only_function<void(Result<ServedDashboard>)>;

    FiguresReader(postgres::Pool& pool, const indonesia::RegionTree& regions, Logger& logger,
                  prometheus::Registry& metrics);
    /// What still waits is answered with kUnavailable.
    ~FiguresReader();

    /// Never blocks. The region must exist. `done` must not block; it gets kUnavailable
    /// if the database is away or as Rebuilding() says, and kResourceExhausted QUEUE_FULL if too
    /// many wait.
    void Read(std::string region_code, Done done);

    /// How many businesses each of the regions has. Blocks; Rebuilding() if the figures are not
    /// complete, and throws what libs/postgres throws.
    Result<BusinessNumbers> ReadNumbers(std::span<const indonesia::Region> regions);

private:
    using Waiting = std::map<std::string, std::vector<Done>>;  // By region.

    void Run(const std::stop_token& stop);
    Waiting Take(const std::stop_token& stop);
    void Answer(Waiting& waiting);
    using Answers = std::map<std::string, ServedDashboard>;
    Result<Answers> ReadAll(std::span<const std::string> codes);

    postgres::Pool& pool_;
    const indonesia::RegionTree& regions_;
    Outage outage_;  // Of the thread alone.
    prometheus::Counter& queries_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    Waiting waiting_;
    std::size_t callers_ = 0;  // In waiting_.
    std::jthread thread_;
};

}  // namespace bangkit::dashboard
