// In Indonesian, the texts of columns since kIdentityCardAddress are part of row keys: never change
// one, or rows of earlier imports would be new.
#include "services/registration/api/file_cells.h"

#include <chrono>
#include <optional>
#include <utility>

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"

namespace bangkit::registration {
namespace {

template <typename Number>
std::string TextOf(const std::optional<Number>& number) {
    return number ? std::to_string(*number) : std::string();
}

std::string TextOf(const std::optional<Date>& date) {
    return date ? indonesia::FormatDate(*date) : std::string();
}

/// A day if it is midnight in UTC+7, for that is what a day is read as.
std::string TextOf(Time time) {
    constexpr std::chrono::hours kLocalOffset(7);
    const Date day = indonesia::LocalDate(time);
    return time == day - kLocalOffset ? indonesia::FormatDate(day) : FormatUtc(time);
}

std::string Joined(std::string text, const std::string& word) {
    return text.empty() ? word : std::move(text) + " " + word;
}

std::string Underscored(std::string words) {
    for (char& c : words) {
        if (c == ' ') c = '_';
    }
    return words;
}

std::string CellOfOwner(Column column, const Owner& owner, Language language) {
    switch (column) {
        case Column::kNik: return owner.nik;
        case Column::kOwnerName: return owner.name;
        case Column::kPhone: return owner.phone;
        case Column::kIdentityCardAddress: return owner.identity_card_address;
        case Column::kKk: return owner.kk;
        case Column::kBirthDate: return TextOf(owner.birth_date);
        case Column::kSex: return WordOf(kSexWords, owner.sex, language);
        case Column::kEmail: return owner.email;
        case Column::kDisability: return WordOf(kDisabilityWords, owner.disability, language);
        case Column::kOccupation: return WordOf(kOccupationWords, owner.occupation, language);
        default: return {};
    }
}

std::string ChannelsOf(const Profile& profile, Language language) {
    std::string text;
    for (const Channel channel : profile.channels) {
        text = Joined(std::move(text), Underscored(WordOf(kChannelWords, channel, language)));
    }
    return text;
}

std::string OnlineChannelsOf(const Profile& profile, Language language) {
    std::string text;
    for (const OnlineChannel& channel : profile.online_channels) {
        const std::string platform = WordOf(kPlatformWords, channel.platform, language);
        text = Joined(std::move(text), platform + ":" + channel.address);
    }
    return text;
}

std::string CellOfSelling(Column column, const Profile& profile, Language language) {
    switch (column) {
        case Column::kOrderAndDeliver:
            return profile.order_and_deliver ? WordOf(kYesNoWords, true, language) : "";
        case Column::kLocationType:
            return WordOf(kLocationTypeWords, profile.location_type, language);
        case Column::kWorkersMale: return TextOf(profile.workers.male);
        case Column::kWorkersFemale: return TextOf(profile.workers.female);
        case Column::kNetworkCoverage:
            return WordOf(kCoverageWords, profile.network_coverage, language);
        case Column::kChannels: return ChannelsOf(profile, language);
        case Column::kOnlineChannels: return OnlineChannelsOf(profile, language);
        default: return {};
    }
}

/// The three columns of a permit follow each other.
std::string CellOfDocument(Column column, Column number, const LegalDocument& document) {
    switch (static_cast<int>(column) - static_cast<int>(number)) {
        case 0: return document.number;
        case 1: return TextOf(document.issued_on);
        case 2: return TextOf(document.expires_on);
        default: return {};
    }
}

std::string CellOfDocuments(Column column, const Profile& profile) {
    if (column <= Column::kPirtExpiresOn) {
        return CellOfDocument(column, Column::kPirt, profile.pirt);
    }
    if (column <= Column::kHalalExpiresOn) {
        return CellOfDocument(column, Column::kHalal, profile.halal);
    }
    if (column <= Column::kBpomExpiresOn) {
        return CellOfDocument(column, Column::kBpom, profile.bpom);
    }
    return CellOfDocument(column, Column::kBusinessCertificate, profile.business_certificate);
}

std::string CellOfCooperative(Column column, const Cooperative& cooperative, Language language) {
    switch (column) {
        case Column::kCooperativeKind:
            return WordOf(kCooperativeKindWords, cooperative.kind, language);
        case Column::kCooperativeForm:
            return WordOf(kCooperativeFormWords, cooperative.form, language);
        case Column::kDeedNumber: return cooperative.deed_number;
        case Column::kDeedDate: return TextOf(cooperative.deed_date);
        case Column::kLegalEntityNumber: return cooperative.legal_entity_number;
        case Column::kCooperativeNumber: return cooperative.cooperative_number;
        case Column::kLastAnnualMeeting: return TextOf(cooperative.last_annual_meeting);
        case Column::kMembersMale: return TextOf(cooperative.members_male);
        case Column::kMembersFemale: return TextOf(cooperative.members_female);
        case Column::kSharia:
            return cooperative.is_sharia ? WordOf(kYesNoWords, true, language) : "";
        case Column::kAffiliation:
            return WordOf(kAffiliationWords, cooperative.affiliation, language);
        default: return {};
    }
}

std::string CellOfVendor(Column column, const StreetVendor& vendor, Language language) {
    switch (column) {
        case Column::kVendorPlace: return vendor.place;
        case Column::kVendorPlaceType: return WordOf(kPlaceTypeWords, vendor.place_type, language);
        case Column::kSellsFrom: return vendor.sells_from;
        case Column::kSellsUntil: return vendor.sells_until;
        default: return CellOfDocument(column, Column::kTdu, vendor.tdu);
    }
}

std::string CellOfOrigin(Column column, const Profile& profile, Language language) {
    const Provenance& provenance = profile.provenance;
    switch (column) {
        case Column::kConsentVersion: return profile.consent ? profile.consent->notice_version : "";
        case Column::kConsentGivenAt:
            return profile.consent ? TextOf(profile.consent->given_at) : "";
        case Column::kSource:  // What every row of a file has need not be said.
            return provenance.source == DataSource::kFile
                       ? ""
                       : WordOf(kSourceWords, provenance.source, language);
        case Column::kDeviceId: return provenance.device_id;
        case Column::kCapturedAt:
            return provenance.captured_at ? TextOf(*provenance.captured_at) : "";
        default: return {};
    }
}

}  // namespace

std::string CellOf(Column column, const RowValues& values, Language language) {
    const Profile& profile = values.profile;
    switch (column) {
        case Column::kBusinessName: return profile.name;
        case Column::kKind: return WordOf(kKindWords, profile.kind, language);
        case Column::kRegionCode: return profile.region_code;
        case Column::kKbli: return profile.kbli;
        case Column::kCapital: return TextOf(values.figures.capital);
        case Column::kAnnualSales: return TextOf(values.figures.annual_sales);
        case Column::kCondition: return WordOf(kConditionWords, values.condition, language);
        case Column::kAddress: return profile.address;
        case Column::kNib: return profile.nib;
        case Column::kNpwp: return profile.npwp;
        case Column::kStartDate: return TextOf(profile.start_date);
        case Column::kConditionSince: return indonesia::FormatDate(values.condition_since);
        case Column::kAdditionalBusiness:
            return values.is_additional_business ? WordOf(kYesNoWords, true, language) : "";
        case Column::kNibIssuedOn: return TextOf(profile.nib_issued_on);
        case Column::kKbliVersion: return std::string(indonesia::kKbliVersion);
        case Column::kBusinessId: return std::string(values.business_id);
        default: break;
    }
    if (column <= Column::kOccupation) return CellOfOwner(column, values.owner, language);
    if (column <= Column::kOnlineChannels) return CellOfSelling(column, profile, language);
    if (column <= Column::kBusinessCertificateExpiresOn) return CellOfDocuments(column, profile);
    if (column <= Column::kAffiliation) {
        return profile.cooperative ? CellOfCooperative(column, *profile.cooperative, language) : "";
    }
    if (column <= Column::kTduExpiresOn) {
        return profile.street_vendor ? CellOfVendor(column, *profile.street_vendor, language) : "";
    }
    return CellOfOrigin(column, profile, language);
}

}  // namespace bangkit::registration
