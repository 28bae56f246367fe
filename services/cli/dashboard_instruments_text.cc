#include "services/cli/dashboard_instruments_text.h"

#include <algorithm>
#include <ostream>
#include <string>

#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/dashboard_aid_text.h"
#include "services/cli/instrument_words.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;
using indonesia::FormatNumber;
using indonesia::FormatRupiah;

constexpr int kMonthsShown = 12;

std::string Text(std::string_view word) { return std::string(word); }

/// A row: what was waited for, how many have waited, and how long half and nine of ten of them did.
void AddTime(Table& table, std::string_view label, const WaitingTime& time) {
    const bool is_known = time.applications() > 0;
    table.Add({Text(label), FormatNumber(time.applications()),
               WordsForHours(time.median_hours(), is_known),
               WordsForHours(time.p90_hours(), is_known)});
}

Table TimeTable() {
    Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"", "jumlah", "separuh paling lama", "90% paling lama"});
    return table;
}

void PrintGoods(std::ostream& out, const Dashboard& dashboard) {
    if (dashboard.goods().empty()) return;
    out << "\nBarang\n";
    Table table(
        {Table::kLeft, Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"", "satuan", "di gudang", "dicadangkan", "diserahkan", "diterima"});
    for (const GoodsCount& count : dashboard.goods()) {
        table.Add({Text(WordFor(count.kind())), Text(WordFor(count.unit())),
                   FormatNumber(count.on_hand()), FormatNumber(count.reserved()),
                   FormatNumber(count.handed_over()), FormatNumber(count.received())});
    }
    table.Print(out, "  ");
}

void PrintLoans(std::ostream& out, const Dashboard& dashboard) {
    if (!dashboard.has_loans()) return;
    const LoanFigures& loans = dashboard.loans();
    out << "\nPinjaman\n";
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kRight});
    for (const LoanCount& count : loans.loans()) {
        table.Add({Text(WordFor(count.instrument())), Text(WordFor(count.state())),
                   FormatNumber(count.loans()), FormatRupiah(count.principal_rupiah())});
    }
    table.Print(out, "  ");
    Table money({Table::kLeft, Table::kRight});
    money.Add({"Pokok dibayar kembali", FormatRupiah(loans.repaid_rupiah())});
    money.Add({"Subsidi bunga dibayar", FormatRupiah(loans.subsidy_rupiah())});
    money.Add({"Subsidi bunga dicadangkan", FormatRupiah(loans.subsidy_reserved_rupiah())});
    money.Print(out, "  ");
    Table times = TimeTable();
    AddTime(times, "sampai akad", loans.grant());
    times.Print(out, "  ");
}

void PrintReferrals(std::ostream& out, const Dashboard& dashboard) {
    if (!dashboard.has_referrals()) return;
    const ReferralFigures& referrals = dashboard.referrals();
    out << "\nRujukan ke bank dan LPDB\n";
    Table table({Table::kLeft, Table::kLeft, Table::kRight});
    for (const ReferralCount& count : referrals.referrals()) {
        table.Add({Text(WordFor(count.instrument())), Text(WordFor(count.state())),
                   FormatNumber(count.referrals())});
    }
    for (const RestructuringCount& count : referrals.restructurings()) {
        table.Add({"  " + Text(WordFor(count.form())), Text(WordFor(count.state())),
                   FormatNumber(count.referrals())});
    }
    table.Print(out, "  ");
    Table answers(
        {Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kRight, Table::kRight});
    answers.Add(
        {"", "dijawab", "separuh paling lama", "90% paling lama", "tanpa jawaban", "dialihkan"});
    for (const PartnerAnswers& each : referrals.answers()) {
        const bool is_known = each.answer().applications() > 0;
        answers.Add({Text(WordFor(each.instrument())), FormatNumber(each.answer().applications()),
                     WordsForHours(each.answer().median_hours(), is_known),
                     WordsForHours(each.answer().p90_hours(), is_known),
                     FormatNumber(each.silent()), FormatNumber(each.escalated())});
    }
    answers.Print(out, "  ");
}

/// Of all businesses that are registered.
std::string ShareOf(std::int64_t count, const Dashboard& dashboard) {
    if (dashboard.businesses() == 0) return "–";
    return indonesia::FormatPercent(100.0 * static_cast<double>(count) /
                                    static_cast<double>(dashboard.businesses()));
}

void PrintNominations(std::ostream& out, const Dashboard& dashboard) {
    for (const NominationFigures& scheme : dashboard.nominations()) {
        out << "\nUsulan " << WordFor(scheme.scheme()) << '\n';
        Table funnel({Table::kLeft, Table::kRight, Table::kRight});
        const auto add = [&](const char* label, std::int64_t count) {
            funnel.Add({label, FormatNumber(count), ShareOf(count, dashboard)});
        };
        funnel.Add({"", "jumlah", "dari usaha terdaftar"});
        add("Diusulkan", scheme.nominated());
        add("Ditetapkan", scheme.determined());
        add("Disalurkan", scheme.paid());
        add("Dicairkan", scheme.claimed());
        funnel.Print(out, "  ");
        Table states({Table::kLeft, Table::kRight, Table::kRight});
        for (const NomineeCount& count : scheme.nominees()) {
            states.Add({Text(WordFor(count.state())), FormatNumber(count.nominees()),
                        FormatRupiah(count.rupiah())});
        }
        for (const NomineeReasonCount& count : scheme.reasons()) {
            states.Add({"  " + Text(WordFor(count.reason())), FormatNumber(count.nominees()), ""});
        }
        states.Print(out, "  ");
        Table times = TimeTable();
        AddTime(times, "sampai ditetapkan", scheme.determination());
        times.Print(out, "  ");
    }
}

void PrintSupervision(std::ostream& out, const Dashboard& dashboard) {
    if (!dashboard.has_supervision()) return;
    const SupervisionFigures& supervision = dashboard.supervision();
    out << "\nPengawasan\n";
    Table visits({Table::kLeft, Table::kRight});
    for (const VisitCount& count : supervision.visits()) {
        visits.Add({Text(WordFor(count.state())), FormatNumber(count.visits())});
    }
    for (const OutcomeCount& count : supervision.outcomes()) {
        visits.Add({"  " + Text(WordFor(count.outcome())), FormatNumber(count.visits())});
    }
    visits.Add({"Terlambat", FormatNumber(supervision.overdue_visits())});
    visits.Print(out, "  ");
    if (supervision.refunds().empty()) return;
    out << "\nPengembalian\n";
    Table refunds({Table::kLeft, Table::kRight, Table::kRight, Table::kRight});
    refunds.Add({"", "perkara", "ditagih", "dibayar"});
    for (const RefundCount& count : supervision.refunds()) {
        refunds.Add({Text(WordFor(count.state())), FormatNumber(count.cases()),
                     FormatRupiah(count.claimed_rupiah()), FormatRupiah(count.repaid_rupiah())});
    }
    refunds.Add({"Terlambat", FormatNumber(supervision.overdue_refunds()), "", ""});
    refunds.Print(out, "  ");
}

void PrintGrievances(std::ostream& out, const Dashboard& dashboard) {
    if (!dashboard.has_grievances()) return;
    const GrievanceFigures& grievances = dashboard.grievances();
    out << "\nPengaduan\n";
    Table table({Table::kLeft, Table::kLeft, Table::kRight});
    for (const GrievanceCount& count : grievances.grievances()) {
        table.Add({count.class_() == 0 ? "BELUM DIGOLONGKAN" : Text(WordFor(count.class_())),
                   Text(WordFor(count.state())), FormatNumber(count.grievances())});
    }
    table.Print(out, "  ");
    Table now({Table::kLeft, Table::kRight});
    for (const OpenGrievances& open : grievances.open()) {
        now.Add(
            {"Terbuka tentang " + Text(WordFor(open.service())), FormatNumber(open.grievances())});
    }
    now.Add({"Terlambat", FormatNumber(grievances.overdue())});
    now.Add({"Dialihkan ke provinsi", FormatNumber(grievances.escalated())});
    now.Print(out, "  ");
    Table times = TimeTable();
    AddTime(times, "sampai tanggapan awal", grievances.first_answer());
    AddTime(times, "sampai selesai", grievances.resolution());
    for (const GrievanceAnswers& each : grievances.answers()) {
        AddTime(times, "  selesai, " + Text(WordFor(each.class_())), each.resolution());
    }
    times.Print(out, "  ");
}

void PrintMonths(std::ostream& out, const Dashboard& dashboard) {
    const bool has_any = std::ranges::any_of(
        dashboard.months(), [](const auto& each) { return each.has_instruments(); });
    if (!has_any) return;
    out << "\nPinjaman, rujukan, usulan dan pengaduan per bulan\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kRight,
                 Table::kRight, Table::kRight, Table::kRight, Table::kRight, Table::kRight});
    table.Add({"bulan", "akad", "subsidi bunga", "dirujuk", "dijawab", "ditetapkan", "disalurkan",
               "pengaduan", "dialihkan", "terlambat"});
    for (int i = std::max(0, dashboard.months_size() - kMonthsShown); i < dashboard.months_size();
         ++i) {
        const MonthFigures& month = dashboard.months(i);
        if (!month.has_instruments()) continue;
        const InstrumentMonth& each = month.instruments();
        table.Add({month.month(), FormatNumber(each.loans_granted()),
                   FormatRupiah(each.subsidy_rupiah()), FormatNumber(each.referrals_sent()),
                   FormatNumber(each.referrals_answered()),
                   FormatNumber(each.nominees_determined()), FormatNumber(each.nominees_paid()),
                   FormatNumber(each.grievances_filed()), FormatNumber(each.grievances_escalated()),
                   FormatNumber(each.grievances_overdue())});
    }
    table.Print(out, "  ");
}

}  // namespace

void PrintInstruments(std::ostream& out, const Dashboard& dashboard) {
    PrintGoods(out, dashboard);
    PrintLoans(out, dashboard);
    PrintReferrals(out, dashboard);
    PrintNominations(out, dashboard);
    PrintSupervision(out, dashboard);
    PrintGrievances(out, dashboard);
    PrintMonths(out, dashboard);
}

}  // namespace bangkit::cli
