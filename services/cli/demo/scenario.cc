#include "services/cli/demo/scenario.h"

#include <algorithm>
#include <optional>

#include "services/cli/dashboard_text.h"
#include "services/cli/demo/incentive.h"
#include "services/cli/demo/lending.h"
#include "services/cli/demo/nominations.h"
#include "services/cli/demo/relief.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;

template <common::v1::BusinessKind kKind>
std::int64_t OfKind(const Dashboard& dashboard) {
    std::int64_t sum = 0;
    for (const BusinessCount& count : dashboard.counts()) {
        if (count.kind() == kKind) sum += count.businesses();
    }
    return sum;
}

template <BusinessMark kMark>
std::int64_t WithMark(const Dashboard& dashboard) {
    return CountOf(dashboard, kMark);
}

// Kota Bekasi, 12 May 2022: 300 of the 600 cooperatives of mosques that are its target.
constexpr ExpectedFigure kBekasi[] = {
    {"Koperasi", OfKind<common::v1::BUSINESS_KIND_COOPERATIVE>, 1'337},
    {"PKL", OfKind<common::v1::BUSINESS_KIND_STREET_VENDOR>, 2'109},
    {"UMKM", OfKind<common::v1::BUSINESS_KIND_UMKM>, 6'398},
    {"Koperasi masjid", WithMark<BUSINESS_MARK_MOSQUE_COOPERATIVE>, 300},
    {"Koperasi masjid berakta", WithMark<BUSINESS_MARK_MOSQUE_COOPERATIVE_WITH_DEED>, 300}};

std::int64_t Recipients(const Dashboard& dashboard) { return dashboard.aid().recipients(); }
std::int64_t Allocated(const Dashboard& dashboard) { return dashboard.aid().allocated_rupiah(); }
std::int64_t Disbursed(const Dashboard& dashboard) { return dashboard.aid().disbursed_rupiah(); }
std::int64_t LeftOver(const Dashboard& dashboard) {
    const AidFigures& aid = dashboard.aid();
    return aid.allocated_rupiah() - aid.reserved_rupiah() - aid.disbursed_rupiah() -
           aid.returned_rupiah();
}

// What came of nominations.
template <aid::v1::NominationScheme kScheme>
NominationFigures Of(const Dashboard& dashboard) {
    for (const NominationFigures& each : dashboard.nominations()) {
        if (each.scheme() == kScheme) return each;
    }
    return {};
}
template <aid::v1::NominationScheme kScheme>
std::int64_t Nominated(const Dashboard& dashboard) {
    return Of<kScheme>(dashboard).nominated();
}
template <aid::v1::NominationScheme kScheme>
std::int64_t Paid(const Dashboard& dashboard) {
    return Of<kScheme>(dashboard).paid();
}
/// Of all who are registered; in hundredths of a percent.
template <aid::v1::NominationScheme kScheme>
std::int64_t Covered(const Dashboard& dashboard) {
    return dashboard.businesses() == 0
               ? 0
               : 10'000 * Of<kScheme>(dashboard).paid() / dashboard.businesses();
}
std::int64_t Businesses(const Dashboard& dashboard) { return dashboard.businesses(); }
std::int64_t Escalated(const Dashboard& dashboard) { return dashboard.grievances().escalated(); }
std::int64_t Overdue(const Dashboard& dashboard) { return dashboard.grievances().overdue(); }

// What was handed to partners.
std::int64_t ReferralsIn(const Dashboard& dashboard, common::v1::AidInstrument instrument,
                         std::optional<aid::v1::ReferralState> state = {}) {
    std::int64_t sum = 0;
    for (const ReferralCount& count : dashboard.referrals().referrals()) {
        const bool is_meant =
            count.instrument() == instrument && (!state || count.state() == *state);
        if (is_meant) sum += count.referrals();
    }
    return sum;
}
template <common::v1::AidInstrument kInstrument, aid::v1::ReferralState kState>
std::int64_t Answered(const Dashboard& dashboard) {
    return ReferralsIn(dashboard, kInstrument, kState);
}
/// Those who have other loans, by the agency or the bank, and those who passed.
std::int64_t Proposed(const Dashboard& dashboard) {
    std::int64_t sum =
        Answered<common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN, aid::v1::REFERRAL_STATE_GRANTED>(
            dashboard);
    for (const RejectionCount& count : dashboard.aid().rejections()) {
        if (count.reason() == aid::v1::REJECTION_REASON_BANK_CREDIT) sum += count.applications();
    }
    return sum;
}
std::int64_t WithTheBanks(const Dashboard& dashboard) {
    return ReferralsIn(dashboard, common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
}
std::int64_t Silent(const Dashboard& dashboard) {
    std::int64_t sum = 0;
    for (const PartnerAnswers& answers : dashboard.referrals().answers()) sum += answers.silent();
    return sum;
}
std::int64_t Lent(const Dashboard& dashboard) {
    std::int64_t sum = 0;
    for (const LoanCount& count : dashboard.loans().loans()) sum += count.principal_rupiah();
    return sum;
}
std::int64_t InterestPaid(const Dashboard& dashboard) { return dashboard.loans().subsidy_rupiah(); }
std::int64_t InterestReserved(const Dashboard& dashboard) {
    return dashboard.loans().subsidy_reserved_rupiah();
}

// Kota Bandar Lampung, December 2021 and after: loans without interest, of which few came about,
// and a bank of which nothing was heard.
constexpr ExpectedFigure kBandarLampung[] = {
    {"Pengajuan pinjaman yang diputuskan", Proposed, kLoanProposed},
    {"Diteruskan ke bank", WithTheBanks, kLoanScreened + kLoanSilent},
    {"Lolos pemeriksaan bank",
     Answered<common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN, aid::v1::REFERRAL_STATE_GRANTED>,
     kLoanPassed},
    {"Ditolak bank",
     Answered<common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN, aid::v1::REFERRAL_STATE_REFUSED>,
     kLoanScreened - kLoanPassed},
    {"Tanpa jawaban bank", Silent, kLoanSilent},
    {"Pinjaman disalurkan", Lent, kLoanPassed * kLoanPrincipal},
    {"Subsidi bunga dibayar", InterestPaid, kLoanSubsidyPaid},
    {"Subsidi bunga dicadangkan", InterestReserved, kLoanSubsidyReserved}};

// Lampung, 12 May 2020: shops that take orders and deliver them in all of its 15 regencies and
// cities; and an incentive in equal shares, whose remainder stays in the ledger.
constexpr ExpectedFigure kLampung[] = {
    {"Warung pesan kirim", WithMark<BUSINESS_MARK_ORDER_AND_DELIVER>, 226},
    {"Anggaran insentif", Allocated, kIncentiveTotal},
    {"Penerima bantuan", Recipients,
     kIncentiveRecipients + kRestructuringsGranted + kHolidaysGranted + kPrakerjaRecipients},
    {"Diusulkan Kartu Prakerja", Nominated<aid::v1::NOMINATION_SCHEME_PRAKERJA>,
     kPrakerjaNominated},
    {"Penerima Kartu Prakerja", Paid<aid::v1::NOMINATION_SCHEME_PRAKERJA>, kPrakerjaRecipients},
    {"Restrukturisasi disetujui",
     Answered<common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL, aid::v1::REFERRAL_STATE_GRANTED>,
     kRestructuringsGranted},
    {"Penundaan angsuran disetujui",
     Answered<common::v1::AID_INSTRUMENT_PAYMENT_HOLIDAY_REFERRAL, aid::v1::REFERRAL_STATE_GRANTED>,
     kHolidaysGranted},
    {"Insentif disalurkan", Disbursed, kIncentiveEach * kIncentiveRecipients},
    {"Sisa anggaran", LeftOver, kIncentiveTotal - kIncentiveEach * kIncentiveRecipients}};

/// The incentive for who is affected, help for those who owe, and a course for whose business has
/// stopped.
void PlayLampung(Session& session, ProgressLine& line) {
    GiveIncentive(session, line);
    RelieveDebtors(session, line);
    NominateForPrakerja(session, line);
}

// Kota Tangerang Selatan, 21 Oct 2020: 25,000 of 80,000 have received BPUM, 31.25 %; a complaint
// that it is slow went up to Banten and was answered there.
constexpr ExpectedFigure kTangsel[] = {
    {"Usaha terdaftar", Businesses, kTangselRegistered},
    {"Diusulkan BPUM", Nominated<aid::v1::NOMINATION_SCHEME_BPUM_2020>, kTangselNominated},
    {"Penerima BPUM", Paid<aid::v1::NOMINATION_SCHEME_BPUM_2020>, kTangselRecipients},
    {"Cakupan BPUM (per 10.000 usaha)", Covered<aid::v1::NOMINATION_SCHEME_BPUM_2020>, 3'125},
    {"Penerima bantuan", Recipients, kTangselRecipients},
    {"Pengaduan naik ke provinsi", Escalated, 1},
    {"Pengaduan lewat waktu", Overdue, 0}};

const Scenario kScenarios[] = {
    {.name = "tangsel",
     .file = {.region_code = "36.74", .businesses = kTangselRegistered},
     .figures = kTangsel,
     .parts = 7,
     .then = PlayTangsel},
    {.name = "bekasi",
     .file = {.region_code = "32.75", .businesses = 6'398, .cooperatives = 1'337, .vendors = 2'109},
     .figures = kBekasi,
     .parts = 12},
    {.name = "lampung",
     .file = {.region_code = "18",
              .businesses = kIncentiveBusinesses,
              .cooperatives = kIncentiveCooperatives,
              .vendors = 500,
              .delivery_shops = 226,
              .condition = "TERDAMPAK"},
     .figures = kLampung,
     .parts = 15,
     .then = PlayLampung},
    {.name = "bandarlampung",
     .file = {.region_code = "18.71", .businesses = 600, .condition = "TERDAMPAK"},
     .figures = kBandarLampung,
     .parts = 20,
     .then = LendWithoutInterest}};

}  // namespace

std::span<const Scenario> Scenarios() { return kScenarios; }

const Scenario* FindScenario(std::string_view name) {
    const auto* const found = std::ranges::find(kScenarios, name, &Scenario::name);
    return found == std::end(kScenarios) ? nullptr : found;
}

}  // namespace bangkit::cli
