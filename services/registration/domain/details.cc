#include "services/registration/domain/details.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

struct NamedDetail {
    Detail detail;
    std::string_view path;
};

// The paths are public and stored: never change one, only add.
constexpr NamedDetail kDetails[] = {
    {Detail::kOwnerNik, "owner.nik"},
    {Detail::kOwnerName, "owner.name"},
    {Detail::kOwnerPhone, "owner.phone"},
    {Detail::kOwnerAddress, "owner.identity_card_address"},
    {Detail::kOwnerKk, "owner.kk"},
    {Detail::kOwnerBirthDate, "owner.birth_date"},
    {Detail::kOwnerSex, "owner.sex"},
    {Detail::kOwnerEmail, "owner.email"},
    {Detail::kOwnerDisability, "owner.disability"},
    {Detail::kOwnerOccupation, "owner.occupation"},
    {Detail::kKind, "business.kind"},
    {Detail::kName, "business.name"},
    {Detail::kRegion, "business.region_code"},
    {Detail::kAddress, "business.address"},
    {Detail::kKbli, "business.kbli"},
    {Detail::kCapital, "business.capital_rupiah"},
    {Detail::kAnnualSales, "business.annual_sales_rupiah"},
    {Detail::kChannels, "business.channels"},
    {Detail::kNib, "business.nib"},
    {Detail::kNpwp, "business.npwp"},
    {Detail::kStartDate, "business.start_date"},
    {Detail::kOrderAndDeliver, "business.order_and_deliver"},
    {Detail::kLocationType, "business.location_type"},
    {Detail::kWorkersMale, "business.workers_male"},
    {Detail::kWorkersFemale, "business.workers_female"},
    {Detail::kNetworkCoverage, "business.network_coverage"},
    {Detail::kOnlineChannels, "business.online_channels"},
    {Detail::kNibIssuedOn, "business.nib_issued_on"},
    {Detail::kPirt, "business.pirt"},
    {Detail::kHalal, "business.halal"},
    {Detail::kBpom, "business.bpom"},
    {Detail::kBusinessCertificate, "business.business_certificate"},
    {Detail::kCooperative, "business.cooperative"},
    {Detail::kStreetVendor, "business.street_vendor"},
    {Detail::kConsent, "business.consent"},
};

}  // namespace

std::string_view PathOf(Detail detail) {
    return std::ranges::find(kDetails, detail, &NamedDetail::detail)->path;
}

std::optional<Detail> DetailNamed(std::string_view path) {
    const auto* const found = std::ranges::find(kDetails, path, &NamedDetail::path);
    if (found == std::end(kDetails)) return std::nullopt;
    return found->detail;
}

std::string PathsOf(const std::set<Detail>& details) {
    std::string paths;
    for (const Detail detail : details) {
        if (!paths.empty()) paths += ',';
        paths += PathOf(detail);
    }
    return paths;
}

bool IsOfOwner(Detail detail) { return detail <= Detail::kOwnerOccupation; }

bool NeedsOwner(Detail detail) { return IsOfOwner(detail) || detail == Detail::kNpwp; }

}  // namespace bangkit::registration
