#include "libs/redis/cache.h"

#include <prometheus/registry.h>

#include <algorithm>
#include <future>
#include <tuple>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "libs/indonesia/format.h"
#include "libs/redis/error.h"
#include "libs/redis/stamped.h"
#include "services/cli/verify/aid_cache.h"
#include "services/cli/verify/invariant.h"
#include "services/cli/verify/measure_cache.h"

namespace bangkit::cli {
namespace {

constexpr std::size_t kKeysAtOnce = 200;
constexpr std::chrono::seconds kTimeout{5};

/// What the cache should show of one region.
struct Figures {
    redis::Stamp stamp;
    std::int64_t businesses = 0;
    std::int64_t upgraded = 0;
    std::map<std::tuple<int, int, int>, std::int64_t> counts;  // Kind, scale, condition.
    std::map<int, std::int64_t> verified;                      // Level.
    std::map<int, std::int64_t> marks;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> months;  // Registered, upgraded.
    ExpectedAid aid;
    ExpectedMeasures measures;
};
using FiguresByRegion = std::map<std::string, Figures>;

FiguresByRegion ReadModel(postgres::Connection& connection) {
    FiguresByRegion regions;
    const postgres::Rows totals = connection.Run(
        "SELECT region_code, generation, version, businesses FROM dashboards, read_model");
    for (int i = 0; i < totals.size(); ++i) {
        Figures& figures = regions[totals.Text(i, 0)];
        figures.stamp = {.generation = totals.Int64(i, 1), .version = totals.Int64(i, 2)};
        figures.businesses = totals.Int64(i, 3);
    }
    const postgres::Rows counts = connection.Run(
        "SELECT region_code, kind, scale, condition, sum(change)::bigint FROM business_counts"
        " GROUP BY region_code, kind, scale, condition HAVING sum(change) <> 0");
    for (int i = 0; i < counts.size(); ++i) {
        const auto part = [&](int column) { return static_cast<int>(counts.Int64(i, column)); };
        regions[counts.Text(i, 0)].counts[{part(1), part(2), part(3)}] = counts.Int64(i, 4);
    }
    const postgres::Rows verified = connection.Run(
        "SELECT region_code, level, sum(change)::bigint FROM verified_counts"
        " GROUP BY region_code, level HAVING sum(change) <> 0");
    for (int i = 0; i < verified.size(); ++i) {
        const auto level = static_cast<int>(verified.Int64(i, 1));
        regions[verified.Text(i, 0)].verified[level] = verified.Int64(i, 2);
    }
    const postgres::Rows marks = connection.Run(
        "SELECT region_code, mark, sum(change)::bigint FROM mark_counts"
        " GROUP BY region_code, mark HAVING sum(change) <> 0");
    for (int i = 0; i < marks.size(); ++i) {
        regions[marks.Text(i, 0)].marks[static_cast<int>(marks.Int64(i, 1))] = marks.Int64(i, 2);
    }
    const postgres::Rows flows = connection.Run(
        "SELECT region_code, to_char(month, 'YYYY-MM'), registered, upgraded FROM month_flows");
    for (int i = 0; i < flows.size(); ++i) {
        Figures& figures = regions[flows.Text(i, 0)];
        figures.months[flows.Text(i, 1)] = {flows.Int64(i, 2), flows.Int64(i, 3)};
        figures.upgraded += flows.Int64(i, 3);
    }
    for (auto& [region_code, aid] : ReadAid(connection)) {
        regions[region_code].aid = std::move(aid);
    }
    for (auto& [region_code, measures] : ReadMeasures(connection)) {
        regions[region_code].measures = std::move(measures);
    }
    return regions;
}

/// nullptr: the same as in the read model.
const char* DifferenceOf(const dashboard::v1::Dashboard& shown, const Figures& expected) {
    if (shown.businesses() != expected.businesses) return "shows another number of businesses";
    if (shown.upgraded() != expected.upgraded) return "shows other upgrades";
    auto counts = expected.counts;
    for (const auto& count : shown.counts()) {
        counts[{count.kind(), count.scale(), count.condition()}] -= count.businesses();
    }
    if (std::ranges::any_of(counts, [](const auto& each) { return each.second != 0; })) {
        return "shows other counts";
    }
    std::map<int, std::int64_t> verified;
    std::int64_t all_verified = 0;
    for (const auto& count : shown.verified()) {
        verified[count.level()] = count.businesses();
        all_verified += count.businesses();
    }
    if (verified != expected.verified) return "shows other verified businesses";
    std::map<int, std::int64_t> marks;
    for (const auto& count : shown.marks()) marks[count.mark()] = count.businesses();
    if (marks != expected.marks) return "shows other marks";
    for (const auto& month : shown.months()) {
        const auto found = expected.months.find(month.month());
        const auto flow = found == expected.months.end() ? std::pair<std::int64_t, std::int64_t>()
                                                         : found->second;
        if (std::pair(month.registered(), month.upgraded()) != flow) return "shows another month";
    }
    const bool has_end =
        shown.months().empty() || (shown.months().rbegin()->businesses() == expected.businesses &&
                                   shown.months().rbegin()->verified() == all_verified);
    if (!has_end) return "shows another end of the last month";
    if (const char* difference = DifferenceOf(shown, expected.aid)) return difference;
    return DifferenceOf(shown, expected.measures);
}

void CheckRegion(const std::string& code, const std::string& stored, const Figures& expected,
                 Finding& finding) {
    const auto value = redis::Decode(stored);
    dashboard::v1::Dashboard shown;
    if (!value ||
        !shown.ParseFromArray(value->payload.data(), static_cast<int>(value->payload.size()))) {
        return finding.Add(code + " cannot be read");
    }
    if (value->stamp > expected.stamp) return finding.Add(code + " is newer than the read model");
    if (value->stamp < expected.stamp) return finding.Add(code + " is older than the read model");
    if (const char* difference = DifferenceOf(shown, expected)) {
        finding.Add(code + " " + difference);
    }
}

redis::Cache::Values Get(redis::Cache& cache, const std::vector<std::string>& keys) {
    std::promise<Result<redis::Cache::Values>> promise;
    cache.Get(keys, [&promise](Result<redis::Cache::Values> values) {
        promise.set_value(std::move(values));
    });
    Result<redis::Cache::Values> values = promise.get_future().get();
    if (!values) throw redis::RedisError(values.error().message);
    return *std::move(values);
}

}  // namespace

// What the cache has lost is no breach: it is read from the read model then.
Finding CheckCache(System& system) {
    const FiguresByRegion regions = ReadModel(system.Database("dashboard"));
    prometheus::Registry metrics;
    redis::Cache cache({.address = system.redis(), .timeout = kTimeout}, metrics);
    Finding finding;
    std::int64_t shown = 0;
    std::vector<std::string> keys;
    auto first = regions.begin();
    for (auto region = regions.begin(); region != regions.end();) {
        keys.push_back("bangkit:dashboard:" + region->first);
        if (++region != regions.end() && keys.size() < kKeysAtOnce) continue;
        for (const auto& value : Get(cache, keys)) {
            if (value) CheckRegion(first->first, *value, first->second, finding);
            if (value) ++shown;
            ++first;
        }
        keys.clear();
    }
    finding.SetLookedAt(indonesia::FormatNumber(shown) + " of " +
                        indonesia::FormatNumber(std::ssize(regions)) + " dashboards");
    return finding;
}

}  // namespace bangkit::cli
