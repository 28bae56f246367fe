#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace bangkit::registration {

/// What can be corrected or completed of a business and its owner, each for itself.
enum class Detail {
    kOwnerNik,
    kOwnerName,
    kOwnerPhone,
    kOwnerAddress,
    kOwnerKk,
    kOwnerBirthDate,
    kOwnerSex,
    kOwnerEmail,
    kOwnerDisability,
    kOwnerOccupation,
    kKind,
    kName,
    kRegion,
    kAddress,
    kKbli,
    kCapital,
    kAnnualSales,
    kChannels,
    kNib,
    kNpwp,
    kStartDate,
    kOrderAndDeliver,
    kLocationType,
    kWorkersMale,
    kWorkersFemale,
    kNetworkCoverage,
    kOnlineChannels,
    kNibIssuedOn,
    kPirt,
    kHalal,
    kBpom,
    kBusinessCertificate,
    kCooperative,
    kStreetVendor,
    kConsent
};
inline constexpr Detail kLastDetail = Detail::kConsent;

/// Its public name, as in update masks, events and the history: "owner.nik", "business.name".
std::string_view PathOf(Detail detail);
/// nullopt if `path` names nothing that can be changed.
std::optional<Detail> DetailNamed(std::string_view path);

/// As an update mask is written: "owner.phone,business.nib".
std::string PathsOf(const std::set<Detail>& details);

bool IsOfOwner(Detail detail);
/// True for what is stored with the owner, or sealed with the owner's key.
bool NeedsOwner(Detail detail);

}  // namespace bangkit::registration
