#include "services/cli/demo/bad_rows.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "libs/csv/writer.h"

namespace bangkit::cli {
namespace {

std::string Line(const Row& row) { return csv::Line(row.cells); }

std::string With(Row row, Column column, std::string value) {
    row[column] = std::move(value);
    return Line(row);
}

/// A row of its own but for the NIK: somebody has been entered twice.
std::string WithNikOf(Row row, const Row& earlier) {
    return With(std::move(row), Column::kNik, earlier[Column::kNik]);
}

std::string WithoutLastCell(const Row& row) {
    return csv::Line(std::span(row.cells).first(row.cells.size() - 1));
}

/// A name in quotes, with more text behind them.
std::string WithBrokenQuotes(const Row& row) {
    std::string line = Line(row);
    const std::size_t comma = line.find(',');
    return line.insert(comma + 1, "\"Toko\" ");
}

using Spoiler = std::string (*)(const Row& row, const Row& earlier);

constexpr Spoiler kSpoilers[] = {
    [](const Row& row, const Row& earlier) { return WithNikOf(row, earlier); },
    [](const Row& row, const Row&) { return With(row, Column::kNik, "327504410790900"); },
    [](const Row& row, const Row&) { return With(row, Column::kNik, "3.27504E+15"); },
    [](const Row& row, const Row&) { return With(row, Column::kNik, "32750441O7909001"); },
    [](const Row& row, const Row&) { return With(row, Column::kNik, "3275043213909001"); },
    [](const Row& row, const Row&) { return With(row, Column::kNik, "3275040101900000"); },
    [](const Row& row, const Row&) { return With(row, Column::kOwnerName, ""); },
    [](const Row& row, const Row&) { return With(row, Column::kPhone, "12345"); },
    [](const Row& row, const Row&) { return With(row, Column::kName, ""); },
    [](const Row& row, const Row&) { return With(row, Column::kName, std::string(300, 'A')); },
    [](const Row& row, const Row&) { return With(row, Column::kName, "Toko \xFF\xFE Jaya"); },
    [](const Row& row, const Row&) { return With(row, Column::kKind, "TOKO"); },
    [](const Row& row, const Row&) { return With(row, Column::kRegion, "99.99.99.9999"); },
    [](const Row& row, const Row&) { return With(row, Column::kRegion, "Kelurahan Baru"); },
    [](const Row& row, const Row&) { return With(row, Column::kKbli, "04123"); },
    [](const Row& row, const Row&) { return With(row, Column::kCapital, "lima juta"); },
    [](const Row& row, const Row&) { return With(row, Column::kCapital, "-5000000"); },
    [](const Row& row, const Row&) { return With(row, Column::kAnnualSales, "12,5 juta"); },
    [](const Row& row, const Row&) { return With(row, Column::kCondition, "LUMAYAN"); },
    [](const Row& row, const Row&) { return With(row, Column::kNib, "912000012345"); },
    [](const Row& row, const Row&) { return With(row, Column::kNpwp, "01.234"); },
    [](const Row& row, const Row&) { return With(row, Column::kStartDate, "2020-02-31"); },
    [](const Row& row, const Row&) { return With(row, Column::kStartDate, "2199-01-01"); },
    [](const Row& row, const Row&) { return With(row, Column::kHalal, "KH00123456789012345"); },
    [](const Row& row, const Row&) { return With(row, Column::kKk, "3275045210090001"); },
    [](const Row& row, const Row&) { return With(row, Column::kPirt, "2063275010001"); },
    [](const Row& row, const Row&) { return With(row, Column::kNetworkCoverage, "ADA"); },
    [](const Row& row, const Row&) { return WithoutLastCell(row); },
    [](const Row& row, const Row&) { return WithBrokenQuotes(row); }};

}  // namespace

const std::size_t kWaysToBeBad = std::size(kSpoilers);

std::string MakeBad(const Row& row, const Row& earlier, std::size_t way) {
    const bool is_first = earlier[Column::kNik].empty();  // Nobody to be entered twice.
    way %= kWaysToBeBad;
    return kSpoilers[is_first && way == 0 ? 1 : way](row, earlier);
}

}  // namespace bangkit::cli
