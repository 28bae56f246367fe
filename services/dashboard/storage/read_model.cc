#include "services/dashboard/storage/read_model.h"

#include <utility>

#include "services/dashboard/storage/aid_read_model.h"
#include "services/dashboard/storage/measure_read_model.h"

namespace bangkit::dashboard {
namespace {

constexpr const char* kReadState =
    "SELECT generation, is_complete,"
    "       (SELECT CASE WHEN bool_and(as_of IS NOT NULL) THEN min(as_of) END FROM inbox_offsets),"
    "       (SELECT coalesce(sum(lag), 0)::bigint FROM inbox_offsets)"
    "  FROM read_model";

ModelState ToState(const postgres::Rows& rows) {
    ModelState state{
        .generation = rows.Int64(0, 0), .is_complete = rows.Bool(0, 1), .progress = {}};
    if (!rows.IsNull(0, 2)) state.progress.as_of = rows.Time(0, 2);
    state.progress.lag_events = rows.Int64(0, 3);
    return state;
}

/// All that is read in it is of one moment. A rebuild empties tables at once, which even old
/// snapshots see: it has to wait until this transaction is over.
void BeginSnapshot(postgres::Transaction& transaction) {
    transaction.Queue("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    transaction.Queue(
        "LOCK TABLE business_counts, verified_counts, mark_counts, need_counts, month_flows,"
        "           program_counts, allocation_sums, application_counts, application_steps,"
        "           rejection_counts, measure_sums"
        " IN ACCESS SHARE MODE");
}

void ReadDashboards(postgres::Transaction& transaction, const postgres::TextArray& codes,
                    FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, version, businesses FROM dashboards"
        " WHERE region_code = ANY($1::text[])",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        RegionFigures& region = regions[rows.Text(i, 0)];
        region.version = rows.Int64(i, 1);
        region.businesses = rows.Int64(i, 2);
    }
}

void ReadCounts(postgres::Transaction& transaction, const postgres::TextArray& codes,
                FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, kind, scale, condition, sum(change)::bigint FROM business_counts"
        " WHERE region_code = ANY($1::text[])"
        " GROUP BY region_code, kind, scale, condition HAVING sum(change) <> 0"
        " ORDER BY region_code, kind, scale, condition",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        regions[rows.Text(i, 0)].counts.push_back(
            {.category = {.kind = Kind(rows.Int64(i, 1)),
                          .scale = Scale(rows.Int64(i, 2)),
                          .condition = Condition(rows.Int64(i, 3))},
             .businesses = rows.Int64(i, 4)});
    }
}

void ReadVerified(postgres::Transaction& transaction, const postgres::TextArray& codes,
                  FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, level, sum(change)::bigint FROM verified_counts"
        " WHERE region_code = ANY($1::text[])"
        " GROUP BY region_code, level HAVING sum(change) <> 0 ORDER BY region_code, level",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        regions[rows.Text(i, 0)].verified.push_back(
            {.level = Verification(rows.Int64(i, 1)), .businesses = rows.Int64(i, 2)});
    }
}

void ReadMarks(postgres::Transaction& transaction, const postgres::TextArray& codes,
               FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, mark, sum(change)::bigint FROM mark_counts"
        " WHERE region_code = ANY($1::text[])"
        " GROUP BY region_code, mark HAVING sum(change) <> 0 ORDER BY region_code, mark",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        regions[rows.Text(i, 0)].marks.push_back(
            {.mark = Mark(rows.Int64(i, 1)), .businesses = rows.Int64(i, 2)});
    }
}

void ReadNeeds(postgres::Transaction& transaction, const postgres::TextArray& codes,
               FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, topic, status, sum(change)::bigint FROM need_counts"
        " WHERE region_code = ANY($1::text[])"
        " GROUP BY region_code, topic, status HAVING sum(change) <> 0"
        " ORDER BY region_code, topic, status",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        regions[rows.Text(i, 0)].needs.push_back({.topic = NeedTopic(rows.Int64(i, 1)),
                                                  .status = NeedStatus(rows.Int64(i, 2)),
                                                  .needs = rows.Int64(i, 3)});
    }
}

void ReadMonths(postgres::Transaction& transaction, const postgres::TextArray& codes,
                ChangesByRegion& months) {
    const std::string dormant = postgres::Int64(std::to_underlying(Condition::kDormant)),
                      accommodated = postgres::Int64(std::to_underlying(NeedStatus::kAccommodated));
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, sum(registered)::bigint, sum(upgraded)::bigint,"
        "       sum(businesses)::bigint, sum(dormant)::bigint, sum(verified)::bigint,"
        "       sum(stated)::bigint, sum(accommodated)::bigint"
        "  FROM (SELECT region_code, month, registered, upgraded, 0 AS businesses, 0 AS dormant,"
        "               0 AS verified, 0 AS stated, 0 AS accommodated"
        "          FROM month_flows WHERE region_code = ANY($1::text[])"
        "         UNION ALL"
        "        SELECT region_code, month, 0, 0, sum(change),"
        "               coalesce(sum(change) FILTER (WHERE condition = $2::bigint), 0), 0,"
        "               0, 0"
        "          FROM business_counts WHERE region_code = ANY($1::text[])"
        "         GROUP BY region_code, month"
        "         UNION ALL"
        "        SELECT region_code, month, 0, 0, 0, 0, change, 0, 0"
        "          FROM verified_counts WHERE region_code = ANY($1::text[])"
        "         UNION ALL"  // A need is stated once and then only changes: what is more is new.
        "        SELECT region_code, month, 0, 0, 0, 0, 0, sum(change),"
        "               coalesce(sum(change) FILTER (WHERE status = $3::bigint), 0)"
        "          FROM need_counts WHERE region_code = ANY($1::text[])"
        "         GROUP BY region_code, month) AS all_tables"
        " GROUP BY region_code, month",
        {codes, dormant, accommodated});
    for (int i = 0; i < rows.size(); ++i) {
        MonthChange& change = months[rows.Text(i, 0)][MonthOf(rows.Date(i, 1))];
        change.registered = rows.Int64(i, 2);
        change.upgraded = rows.Int64(i, 3);
        change.businesses = rows.Int64(i, 4);
        change.dormant = rows.Int64(i, 5);
        change.verified = rows.Int64(i, 6);
        change.needs_stated = rows.Int64(i, 7);
        change.needs_accommodated = rows.Int64(i, 8);
    }
}

void TellMonths(const ChangesByRegion& months, FiguresByRegion& regions) {
    for (const auto& [region_code, changes] : months) {
        RegionFigures& region = regions[region_code];
        std::vector<MonthChange> in_order;
        for (const auto& [month, change] : changes) {
            region.upgraded += change.upgraded;
            in_order.push_back(change);
            in_order.back().month = month;
        }
        region.months = History(in_order);
    }
}

}  // namespace

ModelState ReadModelState(postgres::Connection& connection) {
    return ToState(connection.Run(kReadState));
}

bool TryComplete(postgres::Connection& connection, std::span<const std::string_view> topics) {
    postgres::TextArray names;
    for (const std::string_view topic : topics) names.Add(topic);
    return connection
               .Run(
                   "UPDATE read_model SET is_complete = true"
                   " WHERE (SELECT $1::text[] <@ array_agg(topic)"
                   "           AND bool_and(as_of IS NOT NULL AND lag IS NOT DISTINCT FROM 0)"
                   "          FROM inbox_offsets)",
                   {names})
               .affected() == 1;
}

Snapshot ReadFigures(postgres::Connection& connection, std::span<const std::string> region_codes) {
    postgres::TextArray codes;
    for (const std::string& code : region_codes) codes.Add(code);
    postgres::Transaction transaction(connection);
    BeginSnapshot(transaction);
    Snapshot snapshot{.state = ToState(transaction.Run(kReadState)), .regions = {}};
    FiguresByRegion regions;
    ReadDashboards(transaction, codes, regions);
    ReadCounts(transaction, codes, regions);
    ReadVerified(transaction, codes, regions);
    ReadMarks(transaction, codes, regions);
    ReadNeeds(transaction, codes, regions);
    ChangesByRegion months;
    ReadMonths(transaction, codes, months);
    ReadAid(transaction, codes, regions, months);
    ReadMeasures(transaction, codes, regions, months);
    transaction.Commit();
    TellMonths(months, regions);
    for (const std::string& code : region_codes) {
        RegionFigures& region = snapshot.regions.emplace_back(std::move(regions[code]));
        region.region_code = code;
    }
    return snapshot;
}

BusinessNumbers ReadBusinessNumbers(postgres::Connection& connection,
                                    const postgres::TextArray& region_codes) {
    postgres::Transaction transaction(connection);
    BeginSnapshot(transaction);
    BusinessNumbers numbers{.state = ToState(transaction.Run(kReadState)), .by_region = {}};
    FiguresByRegion regions;
    ReadDashboards(transaction, region_codes, regions);
    transaction.Commit();
    for (const auto& [code, region] : regions) numbers.by_region[code] = region.businesses;
    return numbers;
}

std::vector<std::size_t> FindReached(postgres::Connection& connection,
                                     std::span<const messaging::Position> positions) {
    postgres::TextArray topics, types;
    postgres::UuidArray ids;
    postgres::Int64Array versions;
    for (const messaging::Position& position : positions) {
        topics.Add(position.topic);
        types.Add(position.aggregate_type);
        ids.Add(position.aggregate_id);
        versions.Add(position.version);
    }
    const postgres::Rows rows = connection.Run(
        "SELECT u.place - 1"
        "  FROM unnest($1::text[], $2::text[], $3::uuid[], $4::bigint[]) WITH ORDINALITY"
        "    AS u (topic, aggregate_type, aggregate_id, version, place)"
        "  JOIN inbox_versions v USING (topic, aggregate_type, aggregate_id)"
        " WHERE v.last_version >= u.version",
        {topics, types, ids, versions});
    std::vector<std::size_t> reached;
    for (int i = 0; i < rows.size(); ++i) {
        reached.push_back(static_cast<std::size_t>(rows.Int64(i, 0)));
    }
    return reached;
}

}  // namespace bangkit::dashboard
