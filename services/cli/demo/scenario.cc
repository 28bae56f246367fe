#include "services/cli/demo/scenario.h"

#include <algorithm>

#include "services/cli/dashboard_text.h"
#include "services/cli/demo/incentive.h"

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

// Lampung, 12 May 2020: shops that take orders and deliver them in all of its 15 regencies and
// cities; and an incentive in equal shares, whose remainder stays in the ledger.
constexpr ExpectedFigure kLampung[] = {
    {"Warung pesan kirim", WithMark<BUSINESS_MARK_ORDER_AND_DELIVER>, 226},
    {"Anggaran insentif", Allocated, kIncentiveTotal},
    {"Penerima insentif", Recipients, kIncentiveRecipients},
    {"Insentif disalurkan", Disbursed, kIncentiveEach * kIncentiveRecipients},
    {"Sisa anggaran", LeftOver, kIncentiveTotal - kIncentiveEach * kIncentiveRecipients}};

const Scenario kScenarios[] = {
    {.name = "bekasi",
     .file = {.region_code = "32.75", .businesses = 6'398, .cooperatives = 1'337, .vendors = 2'109},
     .figures = kBekasi,
     .parts = 12},
    {.name = "lampung",
     .file = {.region_code = "18",
              .businesses = kIncentiveBusinesses,
              .cooperatives = kIncentiveCooperatives,
              .delivery_shops = 226,
              .condition = "TERDAMPAK"},
     .figures = kLampung,
     .parts = 15,
     .then = GiveIncentive}};

}  // namespace

std::span<const Scenario> Scenarios() { return kScenarios; }

const Scenario* FindScenario(std::string_view name) {
    const auto* const found = std::ranges::find(kScenarios, name, &Scenario::name);
    return found == std::end(kScenarios) ? nullptr : found;
}

}  // namespace bangkit::cli
