#include "services/cli/dashboard_aid_text.h"

#include <algorithm>
#include <ostream>
#include <string>

#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;
using indonesia::FormatNumber;
using indonesia::FormatRupiah;

constexpr int kMonthsShown = 12;

void PrintMoney(std::ostream& out, const AidFigures& aid) {
    out << "\nBantuan\n";
    Table table({Table::kLeft, Table::kRight});
    table.Add({"Anggaran dialokasikan", FormatRupiah(aid.allocated_rupiah())});
    table.Add({"Dicadangkan", FormatRupiah(aid.reserved_rupiah())});
    table.Add({"Disalurkan", FormatRupiah(aid.disbursed_rupiah())});
    table.Add({"Kembali ke kas", FormatRupiah(aid.returned_rupiah())});
    table.Add({"Penerima", FormatNumber(aid.recipients())});
    table.Print(out, "  ");
}

void PrintPrograms(std::ostream& out, const AidFigures& aid) {
    if (aid.programs().empty()) return;
    out << "\nProgram bantuan\n";
    Table table({Table::kLeft, Table::kLeft, Table::kRight});
    for (const ProgramCount& count : aid.programs()) {
        table.Add({std::string(WordFor(count.instrument())), std::string(WordFor(count.state())),
                   FormatNumber(count.programs())});
    }
    table.Print(out, "  ");
}

void PrintApplications(std::ostream& out, const AidFigures& aid) {
    if (aid.applications().empty()) return;
    out << "\nPermohonan bantuan\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight});
    for (const ApplicationCount& count : aid.applications()) {
        table.Add({std::string(WordFor(count.state())), FormatNumber(count.applications()),
                   FormatRupiah(count.rupiah())});
    }
    table.Print(out, "  ");
}

void PrintRejections(std::ostream& out, const AidFigures& aid) {
    if (aid.rejections().empty()) return;
    out << "\nDitolak menurut alasan\n";
    Table table({Table::kLeft, Table::kRight});
    for (const RejectionCount& count : aid.rejections()) {
        table.Add({std::string(WordFor(count.reason())), FormatNumber(count.applications())});
    }
    table.Print(out, "  ");
}

void PrintTimes(std::ostream& out, const AidFigures& aid) {
    if (!aid.has_approval()) return;
    out << "\nLama menunggu sejak diajukan\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"", "permohonan", "separuh paling lama", "90% paling lama"});
    const auto add = [&table](const char* label, const WaitingTime& time) {
        const bool is_known = time.applications() > 0;
        table.Add({label, FormatNumber(time.applications()),
                   WordsForHours(time.median_hours(), is_known),
                   WordsForHours(time.p90_hours(), is_known)});
    };
    add("sampai disetujui", aid.approval());
    add("sampai disalurkan", aid.payment());
    table.Print(out, "  ");
}

void PrintMonths(std::ostream& out, const Dashboard& dashboard) {
    out << "\nBantuan per bulan\n";
    Table table(
        {Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"bulan", "diajukan", "disetujui", "ditolak", "disalurkan", "jumlah disalurkan"});
    for (int i = std::max(0, dashboard.months_size() - kMonthsShown); i < dashboard.months_size();
         ++i) {
        const MonthFigures& month = dashboard.months(i);
        if (!month.has_aid()) continue;
        const AidMonth& aid = month.aid();
        table.Add({month.month(), FormatNumber(aid.submitted()), FormatNumber(aid.approved()),
                   FormatNumber(aid.rejected()), FormatNumber(aid.paid()),
                   FormatRupiah(aid.disbursed_rupiah())});
    }
    table.Print(out, "  ");
}

}  // namespace

std::string WordsForHours(std::int64_t hours, bool is_known) {
    constexpr std::int64_t kHoursShown = 48;
    if (!is_known) return "–";
    if (hours == 0) return "di bawah 1 jam";
    return hours < kHoursShown ? FormatNumber(hours) + " jam" : FormatNumber(hours / 24) + " hari";
}

void PrintAid(std::ostream& out, const Dashboard& dashboard) {
    if (!dashboard.has_aid()) return;
    const AidFigures& aid = dashboard.aid();
    PrintMoney(out, aid);
    PrintPrograms(out, aid);
    PrintApplications(out, aid);
    PrintRejections(out, aid);
    PrintTimes(out, aid);
    PrintMonths(out, dashboard);
}

}  // namespace bangkit::cli
