#include "services/dashboard/storage/measure_tables.h"

#include <sstream>
#include <utility>

namespace bangkit::dashboard {
namespace {

/// As an array is written.
std::string ToText(const Measures& measures) {
    std::ostringstream text;
    const char* before = "{";
    for (const auto& [key, value] : measures) {
        text << std::exchange(before, ",") << std::to_underlying(key.measure) << ',' << key.kind
             << ',' << key.detail << ',' << value;
    }
    return measures.empty() ? "{}" : text.str() + '}';
}

/// Of numbers with blanks between them.
Measures ToMeasures(const std::string& numbers) {
    std::istringstream text(numbers);
    Measures measures;
    int measure = 0, kind = 0;
    std::int64_t detail = 0, value = 0;
    while (text >> measure >> kind >> detail >> value) {
        measures[{.measure = Measure(measure), .kind = kind, .detail = detail}] = value;
    }
    return measures;
}

}  // namespace

std::unordered_map<std::string, Measured> LoadMeasured(postgres::Transaction& transaction,
                                                       const postgres::UuidArray& aggregate_ids) {
    std::unordered_map<std::string, Measured> measured;
    if (aggregate_ids.size() == 0) return measured;
    const postgres::Rows rows = transaction.Run(
        "SELECT aggregate_id, region_code, array_to_string(measures, ' ') FROM measured_states"
        " WHERE aggregate_id = ANY($1::uuid[])",
        {aggregate_ids});
    for (int i = 0; i < rows.size(); ++i) {
        measured.emplace(rows.Uuid(i, 0), Measured{.region_code = rows.Text(i, 1),
                                                   .measures = ToMeasures(rows.Text(i, 2))});
    }
    return measured;
}

void SaveMeasured(postgres::Transaction& transaction,
                  const std::map<std::string, Measured>& measured) {
    postgres::UuidArray ids;
    postgres::TextArray regions, measures;
    for (const auto& [id, each] : measured) {
        ids.Add(id);
        regions.Add(each.region_code);
        measures.Add(ToText(each.measures));
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO measured_states (aggregate_id, region_code, measures)"
        " SELECT id, region_code, measures::bigint[]"
        "   FROM unnest($1::uuid[], $2::text[], $3::text[]) AS u (id, region_code, measures)"
        " ON CONFLICT (aggregate_id)"
        " DO UPDATE SET region_code = excluded.region_code, measures = excluded.measures",
        {ids, regions, measures});
}

void SaveMeasureSums(postgres::Transaction& transaction,
                     const std::map<MeasureCell, std::int64_t>& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray measures, kinds;
    postgres::Int64Array details, by;
    for (const auto& [cell, change] : changes) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        measures.Add(cell.key.measure);
        kinds.Add(static_cast<std::int16_t>(cell.key.kind));
        details.Add(cell.key.detail);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO measure_sums AS t (region_code, month, measure, kind, detail, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::smallint[],"
        "                      $5::bigint[], $6::bigint[])"
        " ON CONFLICT (region_code, month, measure, kind, detail)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, measures, kinds, details, by});
}

}  // namespace bangkit::dashboard
