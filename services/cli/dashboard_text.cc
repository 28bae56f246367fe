#include "services/cli/dashboard_text.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/indonesia/format.h"
#include "services/cli/dashboard_aid_text.h"
#include "services/cli/dashboard_instruments_text.h"
#include "services/cli/need_words.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;
using indonesia::FormatNumber;

constexpr int kMonthsShown = 12;

/// "12 Mei 2022 10.04.05 WIB"
std::string FormatWib(Time time) {
    const auto local = std::chrono::floor<std::chrono::seconds>(time) + std::chrono::hours(7);
    const std::chrono::hh_mm_ss clock(local - std::chrono::floor<std::chrono::days>(local));
    const auto two = [](auto count) { return (count < 10 ? "0" : "") + std::to_string(count); };
    return indonesia::FormatLongDate(indonesia::LocalDate(time)) + " " +
           two(clock.hours().count()) + "." + two(clock.minutes().count()) + "." +
           two(clock.seconds().count()) + " WIB";
}

void Print(std::ostream& out, const Freshness& freshness) {
    if (freshness.has_as_of()) {
        const Time as_of{std::chrono::seconds(freshness.as_of().seconds())};
        out << "Data per " << FormatWib(as_of);
    } else {
        out << "Data belum lengkap";
    }
    if (freshness.lag_events() > 0) {
        out << ", " << FormatNumber(freshness.lag_events()) << " perubahan belum masuk";
    }
    out << '\n';
}

std::int64_t VerifiedOf(const Dashboard& dashboard) {
    std::int64_t verified = 0;
    for (const VerificationCount& count : dashboard.verified()) verified += count.businesses();
    return verified;
}

/// The businesses by one of their properties, with shares of all.
template <typename PropertyOf>
void PrintBy(std::ostream& out, std::string_view title, const Dashboard& dashboard,
             PropertyOf property_of) {
    std::map<decltype(property_of(BusinessCount())), std::int64_t> sums;
    for (const BusinessCount& count : dashboard.counts()) {
        sums[property_of(count)] += count.businesses();
    }
    if (sums.empty()) return;
    out << '\n' << title << '\n';
    Table table({Table::kLeft, Table::kRight, Table::kRight});
    for (const auto& [property, sum] : sums) {
        const double share =
            100.0 * static_cast<double>(sum) / static_cast<double>(dashboard.businesses());
        table.Add(
            {std::string(WordFor(property)), FormatNumber(sum), indonesia::FormatPercent(share)});
    }
    table.Print(out, "  ");
}

void PrintMarks(std::ostream& out, const Dashboard& dashboard) {
    if (dashboard.marks().empty()) return;
    out << "\nCiri\n";
    Table table({Table::kLeft, Table::kRight});
    for (const MarkCount& count : dashboard.marks()) {
        table.Add({std::string(WordFor(count.mark())), FormatNumber(count.businesses())});
    }
    table.Add({"Bagian blank spot", BlankSpotShare(dashboard)});
    table.Print(out, "  ");
}

/// What is needed, and of that what something is done about.
void PrintNeeds(std::ostream& out, const Dashboard& dashboard) {
    std::map<common::v1::NeedTopic, std::pair<std::int64_t, std::int64_t>> by_topic;
    for (const NeedCount& count : dashboard.needs()) {
        auto& [demand, supply] = by_topic[count.topic()];
        demand += count.needs();
        if (count.status() == common::v1::NEED_STATUS_ACCOMMODATED) supply += count.needs();
    }
    if (by_topic.empty()) return;
    out << "\nAspirasi\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight});
    table.Add({"", "permintaan", "diakomodir"});
    for (const auto& [topic, numbers] : by_topic) {
        table.Add({std::string(WordFor(topic)), FormatNumber(numbers.first),
                   FormatNumber(numbers.second)});
    }
    table.Print(out, "  ");
}

void PrintMonths(std::ostream& out, const Dashboard& dashboard) {
    if (dashboard.months().empty()) return;
    out << "\nPer bulan\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"bulan", "terdaftar baru", "jumlah usaha", "mati suri", "naik kelas"});
    for (int i = std::max(0, dashboard.months_size() - kMonthsShown); i < dashboard.months_size();
         ++i) {
        const MonthFigures& month = dashboard.months(i);
        table.Add({month.month(), FormatNumber(month.registered()),
                   FormatNumber(month.businesses()), FormatNumber(month.dormant()),
                   FormatNumber(month.upgraded())});
    }
    table.Print(out, "  ");
}

}  // namespace

std::int64_t CountOf(const Dashboard& dashboard, BusinessMark mark) {
    for (const MarkCount& count : dashboard.marks()) {
        if (count.mark() == mark) return count.businesses();
    }
    return 0;
}

std::string BlankSpotShare(const Dashboard& dashboard) {
    const std::int64_t known = CountOf(dashboard, BUSINESS_MARK_COVERAGE_KNOWN);
    if (known == 0) return "–";
    const auto blank = static_cast<double>(CountOf(dashboard, BUSINESS_MARK_BLANK_SPOT));
    return indonesia::FormatPercent(100.0 * blank / static_cast<double>(known));
}

void Print(std::ostream& out, const GetDashboardResponse& response) {
    const Dashboard& dashboard = response.dashboard();
    out << dashboard.region_name() << " (" << dashboard.region_code() << ")\n";
    Print(out, response.freshness());
    out << '\n';
    Table totals({Table::kLeft, Table::kRight});
    totals.Add({"Usaha terdaftar", FormatNumber(dashboard.businesses())});
    totals.Add({"Naik kelas", FormatNumber(dashboard.upgraded())});
    totals.Add({"Terverifikasi", FormatNumber(VerifiedOf(dashboard))});
    totals.Print(out);
    PrintBy(out, "Menurut jenis", dashboard, [](const auto& count) { return count.kind(); });
    PrintBy(out, "Menurut skala", dashboard, [](const auto& count) { return count.scale(); });
    PrintBy(out, "Menurut kondisi", dashboard, [](const auto& count) { return count.condition(); });
    PrintMarks(out, dashboard);
    PrintNeeds(out, dashboard);
    PrintAid(out, dashboard);
    PrintInstruments(out, dashboard);
    PrintMonths(out, dashboard);
}

namespace {

/// A row of a comparison: a figure of each region.
template <typename FigureOf>
void AddRow(Table& table, std::string_view label, const CompareRegionsResponse& response,
            FigureOf figure_of) {
    std::vector<std::string> cells{std::string(label)};
    for (const ComparedRegion& region : response.regions()) {
        cells.push_back(figure_of(region.dashboard()));
    }
    table.Add(std::move(cells));
}

/// A row for each value of one property that occurs anywhere.
template <typename PropertyOf>
void AddRowsBy(Table& table, const CompareRegionsResponse& response, PropertyOf property_of) {
    std::set<decltype(property_of(BusinessCount()))> properties;
    for (const ComparedRegion& region : response.regions()) {
        for (const BusinessCount& count : region.dashboard().counts()) {
            properties.insert(property_of(count));
        }
    }
    for (const auto property : properties) {
        AddRow(table, WordFor(property), response, [&](const Dashboard& dashboard) {
            std::int64_t sum = 0;
            for (const BusinessCount& count : dashboard.counts()) {
                if (property_of(count) == property) sum += count.businesses();
            }
            return FormatNumber(sum);
        });
    }
}

/// A row for each mark that occurs anywhere, and the share of blank spots.
void AddRowsOfMarks(Table& table, const CompareRegionsResponse& response) {
    std::set<BusinessMark> marks;
    for (const ComparedRegion& region : response.regions()) {
        for (const MarkCount& count : region.dashboard().marks()) marks.insert(count.mark());
    }
    for (const BusinessMark mark : marks) {
        AddRow(table, WordFor(mark), response, [mark](const Dashboard& dashboard) {
            return FormatNumber(CountOf(dashboard, mark));
        });
    }
    if (marks.contains(BUSINESS_MARK_COVERAGE_KNOWN)) {
        AddRow(table, "Bagian blank spot", response, BlankSpotShare);
    }
}

/// What became of the money, where any region has aid.
void AddRowsOfAid(Table& table, const CompareRegionsResponse& response) {
    const bool has_aid = std::ranges::any_of(
        response.regions(), [](const auto& region) { return region.dashboard().has_aid(); });
    if (!has_aid) return;
    const auto add = [&](std::string_view label, auto figure_of) {
        AddRow(table, label, response,
               [&figure_of](const Dashboard& dashboard) { return figure_of(dashboard.aid()); });
    };
    using indonesia::FormatRupiah;
    add("Anggaran bantuan", [](const auto& aid) { return FormatRupiah(aid.allocated_rupiah()); });
    add("Dicadangkan", [](const auto& aid) { return FormatRupiah(aid.reserved_rupiah()); });
    add("Disalurkan", [](const auto& aid) { return FormatRupiah(aid.disbursed_rupiah()); });
    add("Kembali ke kas", [](const auto& aid) { return FormatRupiah(aid.returned_rupiah()); });
    add("Penerima bantuan", [](const auto& aid) { return FormatNumber(aid.recipients()); });
}

/// Loans, nominations and grievances, each where any region has some.
void AddRowsOfInstruments(Table& table, const CompareRegionsResponse& response) {
    const auto add = [&](std::string_view label, auto figure_of) {
        const bool has_any = std::ranges::any_of(response.regions(), [&](const auto& region) {
            return figure_of(region.dashboard()) != 0;
        });
        if (!has_any) return;
        AddRow(table, label, response, [&figure_of](const Dashboard& dashboard) {
            return FormatNumber(figure_of(dashboard));
        });
    };
    add("Pinjaman", [](const Dashboard& dashboard) {
        std::int64_t sum = 0;
        for (const LoanCount& count : dashboard.loans().loans()) sum += count.loans();
        return sum;
    });
    add("Usulan disalurkan", [](const Dashboard& dashboard) {
        std::int64_t sum = 0;
        for (const NominationFigures& scheme : dashboard.nominations()) sum += scheme.paid();
        return sum;
    });
    add("Pengaduan terbuka", [](const Dashboard& dashboard) {
        std::int64_t sum = 0;
        for (const auto& open : dashboard.grievances().open()) sum += open.grievances();
        return sum;
    });
    add("Pengaduan terlambat",
        [](const Dashboard& dashboard) { return dashboard.grievances().overdue(); });
}

}  // namespace

void Print(std::ostream& out, const CompareRegionsResponse& response) {
    std::vector<Table::Align> columns{Table::kLeft};
    columns.resize(1 + static_cast<std::size_t>(response.regions_size()), Table::kRight);
    Table table(std::move(columns));
    AddRow(table, "", response, [](const auto& dashboard) { return dashboard.region_name(); });
    AddRow(table, "kode", response, [](const auto& dashboard) { return dashboard.region_code(); });
    AddRow(table, "Usaha terdaftar", response,
           [](const auto& dashboard) { return FormatNumber(dashboard.businesses()); });
    AddRow(table, "Naik kelas", response,
           [](const auto& dashboard) { return FormatNumber(dashboard.upgraded()); });
    AddRow(table, "Terverifikasi", response,
           [](const auto& dashboard) { return FormatNumber(VerifiedOf(dashboard)); });
    AddRowsBy(table, response, [](const auto& count) { return count.kind(); });
    AddRowsBy(table, response, [](const auto& count) { return count.scale(); });
    AddRowsBy(table, response, [](const auto& count) { return count.condition(); });
    AddRowsOfMarks(table, response);
    AddRowsOfAid(table, response);
    AddRowsOfInstruments(table, response);
    table.Print(out);
    for (const ComparedRegion& region : response.regions()) {
        out << region.dashboard().region_name() << ": ";
        Print(out, region.freshness());
    }
}

void Print(std::ostream& out, const ListRegionsResponse& response) {
    Table table({Table::kLeft, Table::kLeft, Table::kRight});
    for (const RegionSummary& region : response.regions()) {
        table.Add({region.region_code(), region.region_name(), FormatNumber(region.businesses())});
    }
    table.Print(out);
    Print(out, response.freshness());
}

}  // namespace bangkit::cli
