#include "services/dashboard/storage/measure_read_model.h"

#include <utility>

#include "services/dashboard/domain/cells.h"

namespace bangkit::dashboard {
namespace {

std::string FirstOfWaiting() { return postgres::Int64(std::to_underlying(Measure::kHoursToLoan)); }

void ReadSums(postgres::Transaction& transaction, const postgres::TextArray& codes,
              FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, measure, kind,"
        "       CASE WHEN measure < $2::bigint THEN detail ELSE 0 END, sum(change)::bigint"
        "  FROM measure_sums WHERE region_code = ANY($1::text[])"
        " GROUP BY 1, 2, 3, 4, 5 HAVING sum(change) <> 0",
        {codes, FirstOfWaiting()});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        const MeasureKey key{.measure = Measure(rows.Int64(i, 2)),
                             .kind = static_cast<int>(rows.Int64(i, 3)),
                             .detail = rows.Int64(i, 4)};
        const std::int64_t change = rows.Int64(i, 5);
        MonthChange& month = months[code][MonthOf(rows.Date(i, 1))];
        AddTo(month.measures, key, change);
        AddTo(month.aid.money, key, change);
        if (IsWaiting(key.measure)) continue;
        AddTo(regions[code].measures.now, key, change);
        AddTo(regions[code].aid.money, key, change);
    }
}

// Of each kind, and (kind NULL) of all kinds together. The median is the smallest number of hours
// that half of them did not exceed.
void ReadWaits(postgres::Transaction& transaction, const postgres::TextArray& codes,
               FiguresByRegion& regions) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, measure, kind, max(total)::bigint,"
        "       min(hours) FILTER (WHERE 2 * up_to >= total),"
        "       min(hours) FILTER (WHERE 10 * up_to >= 9 * total)"
        "  FROM (SELECT region_code, measure, kind, hours,"
        "               sum(things) OVER (PARTITION BY region_code, measure, kind"
        "                                     ORDER BY hours) AS up_to,"
        "               sum(things) OVER (PARTITION BY region_code, measure, kind) AS total"
        "          FROM (SELECT region_code, measure, kind, detail AS hours,"
        "                       sum(change) AS things"
        "                  FROM measure_sums"
        "                 WHERE region_code = ANY($1::text[]) AND measure >= $2::bigint"
        "                 GROUP BY GROUPING SETS ((region_code, measure, detail),"
        "                                         (region_code, measure, kind, detail))"
        "                HAVING sum(change) <> 0) AS waits) AS ranked"
        " GROUP BY region_code, measure, kind",
        {codes, FirstOfWaiting()});
    for (int i = 0; i < rows.size(); ++i) {
        const bool is_of_all = rows.IsNull(i, 2);
        const int kind = is_of_all ? 0 : static_cast<int>(rows.Int64(i, 2));
        if (kind == 0 && !is_of_all) continue;  // Of no kind: among all of them only.
        regions[rows.Text(i, 0)].measures.waits[{Measure(rows.Int64(i, 1)), kind}] = {
            .applications = rows.Int64(i, 3),
            .median_hours = rows.Int64(i, 4),
            .p90_hours = rows.Int64(i, 5)};
    }
}

}  // namespace

void ReadMeasures(postgres::Transaction& transaction, const postgres::TextArray& region_codes,
                  FiguresByRegion& regions, ChangesByRegion& months) {
    ReadSums(transaction, region_codes, regions, months);
    ReadWaits(transaction, region_codes, regions);
}

}  // namespace bangkit::dashboard
