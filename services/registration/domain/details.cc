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

bool IsOfOwner(Detail detail) { return detail <= Detail::kOwnerAddress; }

bool NeedsOwner(Detail detail) { return IsOfOwner(detail) || detail == Detail::kNpwp; }

}  // namespace bangkit::registration
