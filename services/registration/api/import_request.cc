#include "services/registration/api/import_request.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace bangkit::registration {
namespace {

struct Origin {
    std::string_view name;
    Column column;
};

constexpr Origin kFields[] = {
    {"owner.nik", Column::kNik},
    {"owner.name", Column::kOwnerName},
    {"owner.phone", Column::kPhone},
    {"owner.identity_card_address", Column::kIdentityCardAddress},
    {"owner.kk", Column::kKk},
    {"owner.birth_date", Column::kBirthDate},
    {"owner.email", Column::kEmail},
    {"business.name", Column::kBusinessName},
    {"business.kind", Column::kKind},
    {"business.region_code", Column::kRegionCode},
    {"business.kbli", Column::kKbli},
    {"business.capital_rupiah", Column::kCapital},
    {"business.annual_sales_rupiah", Column::kAnnualSales},
    {"business.condition", Column::kCondition},
    {"business.condition_since", Column::kConditionSince},
    {"business.address", Column::kAddress},
    {"business.nib", Column::kNib},
    {"business.npwp", Column::kNpwp},
    {"business.start_date", Column::kStartDate},
    {"business.workers_male", Column::kWorkersMale},
    {"business.workers_female", Column::kWorkersFemale},
    {"business.nib_issued_on", Column::kNibIssuedOn},
    {"business.pirt.number", Column::kPirt},
    {"business.pirt.issued_on", Column::kPirtIssuedOn},
    {"business.pirt.expires_on", Column::kPirtExpiresOn},
    {"business.halal.number", Column::kHalal},
    {"business.halal.issued_on", Column::kHalalIssuedOn},
    {"business.halal.expires_on", Column::kHalalExpiresOn},
    {"business.bpom.number", Column::kBpom},
    {"business.bpom.issued_on", Column::kBpomIssuedOn},
    {"business.bpom.expires_on", Column::kBpomExpiresOn},
    {"business.business_certificate.number", Column::kBusinessCertificate},
    {"business.business_certificate.issued_on", Column::kBusinessCertificateIssuedOn},
    {"business.business_certificate.expires_on", Column::kBusinessCertificateExpiresOn},
    {"business.cooperative.deed_number", Column::kDeedNumber},
    {"business.cooperative.deed_date", Column::kDeedDate},
    {"business.cooperative.legal_entity_number", Column::kLegalEntityNumber},
    {"business.cooperative.cooperative_number", Column::kCooperativeNumber},
    {"business.cooperative.last_annual_meeting", Column::kLastAnnualMeeting},
    {"business.cooperative.members_male", Column::kMembersMale},
    {"business.cooperative.members_female", Column::kMembersFemale},
    {"business.street_vendor.place", Column::kVendorPlace},
    {"business.street_vendor.sells_from", Column::kSellsFrom},
    {"business.street_vendor.sells_until", Column::kSellsUntil},
    {"business.street_vendor.tdu.number", Column::kTdu},
    {"business.street_vendor.tdu.issued_on", Column::kTduIssuedOn},
    {"business.street_vendor.tdu.expires_on", Column::kTduExpiresOn},
    {"business.consent.notice_version", Column::kConsentVersion},
    {"business.consent.given_at", Column::kConsentGivenAt},
    {"business.provenance.device_id", Column::kDeviceId},
    {"business.provenance.captured_at", Column::kCapturedAt},
    {"business.kbli_version", Column::kKbliVersion},
};

constexpr Origin kReasons[] = {
    {"NIK_ALREADY_REGISTERED", Column::kNik},
    {"OWNER_ERASED", Column::kNik},
    {"NIB_ALREADY_REGISTERED", Column::kNib},
    {"REGION_NOT_FOUND", Column::kRegionCode},
    {"REGION_REPLACED", Column::kRegionCode},
    {"DETAILS_NOT_OF_KIND", Column::kKind},
    {"BUSINESS_ALREADY_REGISTERED", Column::kBusinessId},
    {"AGE_UNUSUAL", Column::kNik},
    {"REGION_UNKNOWN", Column::kNik},  // As a warning: the region that the NIK begins with.
    {"PHONE_PREFIX_UNKNOWN", Column::kPhone},
    {"NPWP_CHECKSUM", Column::kNpwp},
    {"KK_REGION_UNKNOWN", Column::kKk},
    {"KK_IS_NIK", Column::kKk},
    {"BIRTH_DATE_DIFFERS", Column::kBirthDate},
    {"SEX_DIFFERS", Column::kSex},
    {"PIRT_OLD", Column::kPirt},
    {"PIRT_PACKAGING_UNKNOWN", Column::kPirt},
    {"PIRT_REGION_UNKNOWN", Column::kPirt},
    {"PIRT_YEAR_DIFFERS", Column::kPirtExpiresOn},
    {"HALAL_LENGTH_UNUSUAL", Column::kHalal},
};

constexpr std::string_view kChannelsField = "business.online_channels";

template <typename Public, typename Enum>
Public ToPublicEnum(std::optional<Enum> value) {
    return static_cast<Public>(value ? static_cast<int>(*value) : 0);
}

void ReadOwner(Cells& cells, v1::OwnerInput& owner) {
    owner.set_nik(cells.Text(Column::kNik));
    owner.set_name(cells.Text(Column::kOwnerName));
    owner.set_phone(cells.Text(Column::kPhone));
    owner.set_identity_card_address(cells.Text(Column::kIdentityCardAddress));
    owner.set_kk(cells.Text(Column::kKk));
    owner.set_birth_date(cells.Text(Column::kBirthDate));
    owner.set_sex(ToPublicEnum<v1::Sex>(cells.OneOf(Column::kSex, kSexWords)));
    owner.set_email(cells.Text(Column::kEmail));
    owner.set_disability(
        ToPublicEnum<v1::Disability>(cells.OneOf(Column::kDisability, kDisabilityWords)));
    owner.set_occupation(
        ToPublicEnum<v1::Occupation>(cells.OneOf(Column::kOccupation, kOccupationWords)));
}

void ReadBusiness(Cells& cells, v1::BusinessInput& business) {
    business.set_kind(
        ToPublicEnum<common::v1::BusinessKind>(cells.OneOf(Column::kKind, kKindWords)));
    business.set_name(cells.Text(Column::kBusinessName));
    business.set_region_code(cells.Text(Column::kRegionCode));
    business.set_address(cells.Text(Column::kAddress));
    business.set_kbli(cells.Text(Column::kKbli));
    business.set_kbli_version(cells.Text(Column::kKbliVersion));
    if (const auto amount = cells.Amount(Column::kCapital)) business.set_capital_rupiah(*amount);
    if (const auto amount = cells.Amount(Column::kAnnualSales)) {
        business.set_annual_sales_rupiah(*amount);
    }
    business.set_condition(ToPublicEnum<common::v1::BusinessCondition>(
        cells.OneOf(Column::kCondition, kConditionWords)));
    business.set_condition_since(cells.Text(Column::kConditionSince));
    business.set_nib(cells.Text(Column::kNib));
    business.set_nib_issued_on(cells.Text(Column::kNibIssuedOn));
    business.set_npwp(cells.Text(Column::kNpwp));
    business.set_start_date(cells.Text(Column::kStartDate));
}

/// "instagram:@warungcontoh": a platform's word and the address there.
void ReadOnlineChannel(Cells& cells, std::string_view text, v1::BusinessInput& business) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto* const word = FindWord(kPlatformWords, Normalized(text.substr(0, colon)));
    if (word == nullptr || colon == text.size()) {
        return cells.Refuse(Column::kOnlineChannels, "UNKNOWN_VALUE");
    }
    v1::OnlineChannel& channel = *business.add_online_channels();
    channel.set_platform(static_cast<v1::OnlinePlatform>(word->value));
    channel.set_address(std::string(text.substr(colon + 1)));
}

void ReadWayOfSelling(Cells& cells, v1::BusinessInput& business) {
    business.set_order_and_deliver(cells.Flag(Column::kOrderAndDeliver));
    business.set_location_type(ToPublicEnum<common::v1::LocationType>(
        cells.OneOf(Column::kLocationType, kLocationTypeWords)));
    if (const auto count = cells.Count(Column::kWorkersMale)) business.set_workers_male(*count);
    if (const auto count = cells.Count(Column::kWorkersFemale)) {
        business.set_workers_female(*count);
    }
    business.set_network_coverage(ToPublicEnum<common::v1::NetworkCoverage>(
        cells.OneOf(Column::kNetworkCoverage, kCoverageWords)));
    for (const std::string_view text : cells.Words(Column::kChannels)) {
        const auto* const word = FindWord(kChannelWords, Normalized(text));
        if (word == nullptr) {
            cells.Refuse(Column::kChannels, "UNKNOWN_VALUE");
        } else {
            business.add_channels(static_cast<common::v1::SalesChannel>(word->value));
        }
    }
    for (const std::string_view text : cells.Words(Column::kOnlineChannels)) {
        ReadOnlineChannel(cells, text, business);
    }
}

/// The three columns of a permit follow each other.
v1::LegalDocument Document(const Cells& cells, Column number) {
    const auto next = [number](int n) { return static_cast<Column>(static_cast<int>(number) + n); };
    v1::LegalDocument document;
    document.set_number(cells.Text(number));
    document.set_issued_on(cells.Text(next(1)));
    document.set_expires_on(cells.Text(next(2)));
    return document;
}

v1::Cooperative ReadCooperative(Cells& cells) {
    v1::Cooperative cooperative;
    cooperative.set_kind(ToPublicEnum<v1::CooperativeKind>(
        cells.OneOf(Column::kCooperativeKind, kCooperativeKindWords)));
    cooperative.set_form(ToPublicEnum<v1::CooperativeForm>(
        cells.OneOf(Column::kCooperativeForm, kCooperativeFormWords)));
    cooperative.set_deed_number(cells.Text(Column::kDeedNumber));
    cooperative.set_deed_date(cells.Text(Column::kDeedDate));
    cooperative.set_legal_entity_number(cells.Text(Column::kLegalEntityNumber));
    cooperative.set_cooperative_number(cells.Text(Column::kCooperativeNumber));
    cooperative.set_last_annual_meeting(cells.Text(Column::kLastAnnualMeeting));
    if (const auto count = cells.Count(Column::kMembersMale)) cooperative.set_members_male(*count);
    if (const auto count = cells.Count(Column::kMembersFemale)) {
        cooperative.set_members_female(*count);
    }
    cooperative.set_sharia(cells.Flag(Column::kSharia));
    cooperative.set_affiliation(ToPublicEnum<common::v1::CooperativeAffiliation>(
        cells.OneOf(Column::kAffiliation, kAffiliationWords)));
    return cooperative;
}

v1::StreetVendor ReadStreetVendor(Cells& cells) {
    v1::StreetVendor vendor;
    vendor.set_place(cells.Text(Column::kVendorPlace));
    vendor.set_place_type(ToPublicEnum<v1::StreetVendorPlaceType>(
        cells.OneOf(Column::kVendorPlaceType, kPlaceTypeWords)));
    vendor.set_sells_from(cells.Text(Column::kSellsFrom));
    vendor.set_sells_until(cells.Text(Column::kSellsUntil));
    *vendor.mutable_tdu() = Document(cells, Column::kTdu);
    return vendor;
}

void ReadOrigin(Cells& cells, v1::BusinessInput& business) {
    const auto given_at = cells.Time(Column::kConsentGivenAt);
    if (given_at || !cells.IsEmpty(Column::kConsentVersion)) {
        v1::Consent& consent = *business.mutable_consent();
        consent.set_notice_version(cells.Text(Column::kConsentVersion));
        if (given_at) *consent.mutable_given_at() = *given_at;
    }
    v1::Provenance& provenance = *business.mutable_provenance();
    provenance.set_source(static_cast<v1::DataSource>(
        cells.OneOf(Column::kSource, kSourceWords).value_or(DataSource::kFile)));
    provenance.set_device_id(cells.Text(Column::kDeviceId));
    if (const auto captured_at = cells.Time(Column::kCapturedAt)) {
        *provenance.mutable_captured_at() = *captured_at;
    }
}

const Column* Find(std::span<const Origin> origins, std::string_view name) {
    const auto found = std::ranges::find(origins, name, &Origin::name);
    return found == origins.end() ? nullptr : &found->column;
}

}  // namespace

v1::RegisterBusinessRequest ToRequest(Cells& cells) {
    v1::RegisterBusinessRequest request;
    ReadOwner(cells, *request.mutable_owner());
    v1::BusinessInput& business = *request.mutable_business();
    ReadBusiness(cells, business);
    ReadWayOfSelling(cells, business);
    *business.mutable_pirt() = Document(cells, Column::kPirt);
    *business.mutable_halal() = Document(cells, Column::kHalal);
    *business.mutable_bpom() = Document(cells, Column::kBpom);
    *business.mutable_business_certificate() = Document(cells, Column::kBusinessCertificate);
    *business.mutable_cooperative() = ReadCooperative(cells);
    *business.mutable_street_vendor() = ReadStreetVendor(cells);
    ReadOrigin(cells, business);
    request.set_additional_business(cells.Flag(Column::kAdditionalBusiness));
    return request;
}

const Column* ColumnOfField(std::string_view field) {
    static constexpr Column kChannels = Column::kOnlineChannels;
    if (field.starts_with(kChannelsField)) return &kChannels;  // "business.online_channels[0]..."
    return Find(kFields, field);
}

const Column* ColumnOfReason(std::string_view reason) { return Find(kReasons, reason); }

}  // namespace bangkit::registration
