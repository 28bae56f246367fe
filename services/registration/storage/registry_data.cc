#include "services/registration/storage/registry_data.h"

#include <optional>
#include <stdexcept>

#include "bangkit/registration/v1/business.pb.h"
#include "bangkit/registration/v1/personal_data.pb.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

std::string ToText(const std::optional<Date>& date) {
    return date ? indonesia::FormatDate(*date) : std::string();
}

/// Of a date that was stored by ToText().
std::optional<Date> ToDate(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const Result<Date> date = indonesia::ParseDate(text);
    if (!date) throw std::runtime_error("a stored date makes no sense");
    return *date;
}

// The domain's enums have the numbers of the public ones.
template <typename To, typename From>
To As(From value) {
    return static_cast<To>(static_cast<int>(value));
}

bool IsNone(const LegalDocument& document) { return document == LegalDocument{}; }

void Fill(v1::LegalDocument& out, const LegalDocument& document) {
    out.set_number(document.number);
    out.set_issued_on(ToText(document.issued_on));
    out.set_expires_on(ToText(document.expires_on));
}

LegalDocument ToDocument(const v1::LegalDocument& message) {
    return {.number = message.number(),
            .issued_on = ToDate(message.issued_on()),
            .expires_on = ToDate(message.expires_on())};
}

void Fill(v1::Cooperative& out, const Cooperative& cooperative) {
    out.set_kind(As<v1::CooperativeKind>(cooperative.kind));
    out.set_form(As<v1::CooperativeForm>(cooperative.form));
    out.set_deed_number(cooperative.deed_number);
    out.set_deed_date(ToText(cooperative.deed_date));
    out.set_legal_entity_number(cooperative.legal_entity_number);
    out.set_cooperative_number(cooperative.cooperative_number);
    out.set_last_annual_meeting(ToText(cooperative.last_annual_meeting));
    if (cooperative.members_male) out.set_members_male(*cooperative.members_male);
    if (cooperative.members_female) out.set_members_female(*cooperative.members_female);
    out.set_sharia(cooperative.is_sharia);
    out.set_affiliation(As<common::v1::CooperativeAffiliation>(cooperative.affiliation));
}

Cooperative ToCooperative(const v1::Cooperative& message) {
    Cooperative cooperative{.kind = As<CooperativeKind>(message.kind()),
                            .form = As<CooperativeForm>(message.form()),
                            .deed_number = message.deed_number(),
                            .deed_date = ToDate(message.deed_date()),
                            .legal_entity_number = message.legal_entity_number(),
                            .cooperative_number = message.cooperative_number(),
                            .last_annual_meeting = ToDate(message.last_annual_meeting()),
                            .is_sharia = message.sharia(),
                            .affiliation = As<Affiliation>(message.affiliation())};
    if (message.has_members_male()) cooperative.members_male = message.members_male();
    if (message.has_members_female()) cooperative.members_female = message.members_female();
    return cooperative;
}

void Fill(v1::StreetVendor& out, const StreetVendor& vendor) {
    out.set_place(vendor.place);
    out.set_place_type(As<v1::StreetVendorPlaceType>(vendor.place_type));
    out.set_sells_from(vendor.sells_from);
    out.set_sells_until(vendor.sells_until);
    if (!IsNone(vendor.tdu)) Fill(*out.mutable_tdu(), vendor.tdu);
}

StreetVendor ToStreetVendor(const v1::StreetVendor& message) {
    return {.place = message.place(),
            .place_type = As<PlaceType>(message.place_type()),
            .sells_from = message.sells_from(),
            .sells_until = message.sells_until(),
            .tdu = ToDocument(message.tdu())};
}

void Fill(v1::Provenance& out, const Provenance& provenance) {
    out.set_source(As<v1::DataSource>(provenance.source));
    out.set_device_id(provenance.device_id);
    if (provenance.captured_at) {
        registration::Fill(*out.mutable_captured_at(), *provenance.captured_at);
    }
}

Provenance ToProvenance(const v1::Provenance& message) {
    Provenance provenance{.source = As<DataSource>(message.source()),
                          .device_id = message.device_id()};
    if (message.has_captured_at()) provenance.captured_at = ToTime(message.captured_at());
    return provenance;
}

}  // namespace

Time ToTime(const google::protobuf::Timestamp& time) {
    return Time(std::chrono::seconds(time.seconds()) + std::chrono::nanoseconds(time.nanos()));
}

template <typename Message>
void FillCounted(Message& out, const Profile& profile) {
    out.set_order_and_deliver(profile.order_and_deliver);
    out.set_location_type(As<common::v1::LocationType>(profile.location_type));
    if (profile.workers.male) out.set_workers_male(*profile.workers.male);
    if (profile.workers.female) out.set_workers_female(*profile.workers.female);
    out.set_network_coverage(As<common::v1::NetworkCoverage>(profile.network_coverage));
    out.set_kbli_version(std::string(indonesia::kKbliVersion));
}

template <typename Message>
void FillDetails(Message& out, const Profile& profile) {
    for (const OnlineChannel& channel : profile.online_channels) {
        v1::OnlineChannel& added = *out.add_online_channels();
        added.set_platform(As<v1::OnlinePlatform>(channel.platform));
        added.set_address(channel.address);
    }
    out.set_nib_issued_on(ToText(profile.nib_issued_on));
    if (!IsNone(profile.pirt)) Fill(*out.mutable_pirt(), profile.pirt);
    if (!IsNone(profile.halal)) Fill(*out.mutable_halal(), profile.halal);
    if (!IsNone(profile.bpom)) Fill(*out.mutable_bpom(), profile.bpom);
    if (!IsNone(profile.business_certificate)) {
        Fill(*out.mutable_business_certificate(), profile.business_certificate);
    }
    if (profile.cooperative) Fill(*out.mutable_cooperative(), *profile.cooperative);
    if (profile.street_vendor) Fill(*out.mutable_street_vendor(), *profile.street_vendor);
    if (profile.consent) {
        out.mutable_consent()->set_notice_version(profile.consent->notice_version);
        Fill(*out.mutable_consent()->mutable_given_at(), profile.consent->given_at);
    }
    if (profile.provenance != Provenance{}) {
        Fill(*out.mutable_provenance(), profile.provenance);
    }
}

template <typename Message>
void FillOwnerDetails(Message& out, const Owner& owner) {
    out.set_kk(owner.kk);
    out.set_birth_date(ToText(owner.birth_date));
    out.set_sex(As<v1::Sex>(owner.sex));
    out.set_email(owner.email);
    out.set_disability(As<v1::Disability>(owner.disability));
    out.set_occupation(As<v1::Occupation>(owner.occupation));
}

template void FillCounted(v1::Business&, const Profile&);
template void FillCounted(v1::BusinessInput&, const Profile&);
template void FillCounted(v1::HeldBusiness&, const Profile&);
template void FillDetails(v1::Business&, const Profile&);
template void FillDetails(v1::BusinessInput&, const Profile&);
template void FillDetails(v1::HeldBusiness&, const Profile&);
template void FillOwnerDetails(v1::HeldOwner&, const Owner&);
template void FillOwnerDetails(v1::OwnerInput&, const Owner&);

void ReadOwnerDetails(Owner& out, const v1::OwnerInput& message) {
    out.kk = message.kk();
    out.birth_date = ToDate(message.birth_date());
    out.sex = As<Sex>(message.sex());
    out.email = message.email();
    out.disability = As<Disability>(message.disability());
    out.occupation = As<Occupation>(message.occupation());
}

std::string SerializedDetails(const Profile& profile) {
    v1::BusinessInput message;
    FillDetails(message, profile);
    return message.SerializeAsString();
}

void ReadDetails(Profile& out, std::string_view serialized) {
    if (serialized.empty()) return;
    v1::BusinessInput message;
    if (!message.ParseFromArray(serialized.data(), static_cast<int>(serialized.size()))) {
        throw std::runtime_error("the stored details of a business make no sense");
    }
    for (const v1::OnlineChannel& channel : message.online_channels()) {
        out.online_channels.push_back(
            {.platform = As<OnlinePlatform>(channel.platform()), .address = channel.address()});
    }
    out.nib_issued_on = ToDate(message.nib_issued_on());
    out.pirt = ToDocument(message.pirt());
    out.halal = ToDocument(message.halal());
    out.bpom = ToDocument(message.bpom());
    out.business_certificate = ToDocument(message.business_certificate());
    if (message.has_cooperative()) out.cooperative = ToCooperative(message.cooperative());
    if (message.has_street_vendor()) out.street_vendor = ToStreetVendor(message.street_vendor());
    if (message.has_consent()) {
        out.consent = Consent{.notice_version = message.consent().notice_version(),
                              .given_at = ToTime(message.consent().given_at())};
    }
    out.provenance = ToProvenance(message.provenance());
}

}  // namespace bangkit::registration
