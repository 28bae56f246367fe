// The fields that tell more of owners and businesses than every registration states.
#include <algorithm>
#include <chrono>

#include "libs/indonesia/digits.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"
#include "libs/indonesia/kk.h"
#include "libs/indonesia/phone.h"
#include "services/registration/api/input_fields.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

using rpc::Presence;

constexpr std::size_t kNumberMax = 100;
constexpr std::size_t kPlaceMax = 200;
constexpr std::size_t kCooperativeNumberMax = 20;
constexpr std::size_t kNoticeVersionMax = 40;
constexpr std::size_t kDeviceIdMax = 64;
constexpr int kOnlineChannelsMax = 20;
constexpr std::size_t kEmailMax = 254;
constexpr std::size_t kMailboxMax = 64;

bool IsLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || indonesia::IsDigit(c);
}

/// Has the shape of one: whether it exists, only a mail can tell.
bool IsEmail(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at > kMailboxMax) return false;
    const std::string_view domain = text.substr(at + 1);
    const std::size_t dot = domain.find('.');
    const bool is_visible = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
    return is_visible && !domain.contains('@') && dot != 0 && dot != std::string_view::npos &&
           !domain.ends_with('.') && !domain.contains("..");
}

/// A telephone number or a mail address, which are the owner's and not the business's.
bool IsOwners(std::string_view address) {
    return IsEmail(address) || address.contains("wa.me/") ||
           indonesia::ParsePhone(address).has_value();
}

}  // namespace

std::string InputFields::OwnerKk(const v1::OwnerInput& owner) {
    if (owner.kk().empty()) return {};
    auto kk = Take("owner.kk", indonesia::ParseKk(owner.kk(), today_, &regions_));
    if (!kk) return {};
    Warn(kk->warnings);
    return kk->digits;
}

std::optional<Date> InputFields::OwnerBirthDate(const v1::OwnerInput& owner) {
    return Day("owner.birth_date", owner.birth_date(), today_, Presence::kOptional);
}

Sex InputFields::OwnerSex(const v1::OwnerInput& owner) {
    return FromPublic<Sex>(Enum("owner.sex", owner.sex(), Presence::kOptional));
}

std::string InputFields::OwnerEmail(const v1::OwnerInput& owner) {
    constexpr std::string_view kField = "owner.email";
    std::string email = Text(kField, owner.email(), kEmailMax, Presence::kOptional);
    if (email.empty() || IsEmail(email)) return email;
    Refuse(kField, "EMAIL_INVALID", "must be a mail address");
    return {};
}

Disability InputFields::OwnerDisability(const v1::OwnerInput& owner) {
    return FromPublic<Disability>(
        Enum("owner.disability", owner.disability(), Presence::kOptional));
}

Occupation InputFields::OwnerOccupation(const v1::OwnerInput& owner) {
    return FromPublic<Occupation>(
        Enum("owner.occupation", owner.occupation(), Presence::kOptional));
}

LocationType InputFields::BusinessLocation(const v1::BusinessInput& business) {
    return FromPublic<LocationType>(
        Enum("business.location_type", business.location_type(), Presence::kOptional));
}

std::optional<std::int32_t> InputFields::WorkersMale(const v1::BusinessInput& business) {
    return OptionalCount("business.workers_male", business.has_workers_male(),
                         business.workers_male());
}

std::optional<std::int32_t> InputFields::WorkersFemale(const v1::BusinessInput& business) {
    return OptionalCount("business.workers_female", business.has_workers_female(),
                         business.workers_female());
}

NetworkCoverage InputFields::Coverage(const v1::BusinessInput& business) {
    return FromPublic<NetworkCoverage>(
        Enum("business.network_coverage", business.network_coverage(), Presence::kOptional));
}

std::vector<OnlineChannel> InputFields::OnlineChannels(const v1::BusinessInput& business) {
    constexpr std::string_view kField = "business.online_channels";
    std::vector<OnlineChannel> channels;
    if (business.online_channels_size() > kOnlineChannelsMax) {
        Refuse(kField, "OUT_OF_RANGE", "must be at most 20");
        return channels;
    }
    for (int i = 0; i < business.online_channels_size(); ++i) {
        const std::string field = std::string(kField) + "[" + std::to_string(i) + "]";
        OnlineChannel channel = ChannelNamed(field, business.online_channels(i));
        if (std::ranges::find(channels, channel) != channels.end()) {
            Refuse(field, "DUPLICATE", "is named already");
        } else {
            channels.push_back(std::move(channel));
        }
    }
    return channels;
}

OnlineChannel InputFields::ChannelNamed(const std::string& field,
                                        const v1::OnlineChannel& channel) {
    const std::string address_field = field + ".address";
    OnlineChannel checked{
        .platform = FromPublic<OnlinePlatform>(Enum(field + ".platform", channel.platform())),
        .address = Text(address_field, channel.address(), kPlaceMax)};
    if (checked.address.contains(' ')) {
        Refuse(address_field, "TEXT_INVALID", "must have no spaces");
    } else if (IsOwners(checked.address)) {
        Refuse(address_field, "CHANNEL_PERSONAL",
               "must be no telephone number and no mail address");
    }
    return checked;
}

std::optional<Date> InputFields::NibIssuedOn(const v1::BusinessInput& business) {
    return Day("business.nib_issued_on", business.nib_issued_on(), today_, Presence::kOptional);
}

LegalDocument InputFields::Pirt(const v1::BusinessInput& business) {
    LegalDocument pirt = Document("business.pirt", business.pirt());
    if (!pirt.number.empty()) {
        TakeNumber("business.pirt", pirt, indonesia::ParsePirt(pirt.number, regions_));
    }
    return pirt;
}

LegalDocument InputFields::Halal(const v1::BusinessInput& business) {
    LegalDocument halal = Document("business.halal", business.halal());
    if (!halal.number.empty()) {
        TakeNumber("business.halal", halal, indonesia::ParseHalal(halal.number));
    }
    return halal;
}

LegalDocument InputFields::Bpom(const v1::BusinessInput& business) {
    LegalDocument bpom = Document("business.bpom", business.bpom());
    if (!bpom.number.empty()) {
        TakeNumber("business.bpom", bpom, indonesia::ParseBpom(bpom.number));
    }
    return bpom;
}

LegalDocument InputFields::BusinessCertificate(const v1::BusinessInput& business) {
    return Document("business.business_certificate", business.business_certificate());
}

LegalDocument InputFields::Document(const std::string& field, const v1::LegalDocument& document) {
    const bool has_dates = !document.issued_on().empty() || !document.expires_on().empty();
    LegalDocument checked{
        .number = Text(field + ".number", document.number(), kNumberMax,
                       has_dates ? Presence::kRequired : Presence::kOptional),
        .issued_on = Day(field + ".issued_on", document.issued_on(), today_, Presence::kOptional),
        .expires_on =
            Day(field + ".expires_on", document.expires_on(), Date::max(), Presence::kOptional)};
    if (checked.issued_on && checked.expires_on && *checked.expires_on < *checked.issued_on) {
        Refuse(field + ".expires_on", "EXPIRES_BEFORE_ISSUED", "must not be before its issue");
    }
    return checked;
}

void InputFields::TakeNumber(const std::string& field, LegalDocument& document,
                             Result<indonesia::Permit> parsed) {
    const auto permit = Take(field + ".number", std::move(parsed));
    if (!permit) return;
    Warn(permit->warnings);
    document.number = permit->number;
}

std::optional<Cooperative> InputFields::CooperativeDetails(const v1::BusinessInput& business) {
    const std::string field = "business.cooperative";
    const v1::Cooperative& stated = business.cooperative();
    const auto text = [&](const char* name, const std::string& value) {
        return Text(field + name, value, kNumberMax, Presence::kOptional);
    };
    const auto day = [&](const char* name, const std::string& value) {
        return Day(field + name, value, today_, Presence::kOptional);
    };
    Cooperative checked{
        .kind =
            FromPublic<CooperativeKind>(Enum(field + ".kind", stated.kind(), Presence::kOptional)),
        .form =
            FromPublic<CooperativeForm>(Enum(field + ".form", stated.form(), Presence::kOptional)),
        .deed_number = text(".deed_number", stated.deed_number()),
        .deed_date = day(".deed_date", stated.deed_date()),
        .legal_entity_number = text(".legal_entity_number", stated.legal_entity_number()),
        .cooperative_number = indonesia::Without(stated.cooperative_number(), " .-"),
        .last_annual_meeting = day(".last_annual_meeting", stated.last_annual_meeting()),
        .members_male = OptionalCount(field + ".members_male", stated.has_members_male(),
                                      stated.members_male()),
        .members_female = OptionalCount(field + ".members_female", stated.has_members_female(),
                                        stated.members_female()),
        .is_sharia = stated.sharia(),
        .affiliation = FromPublic<Affiliation>(
            Enum(field + ".affiliation", stated.affiliation(), Presence::kOptional))};
    const std::string& number = checked.cooperative_number;
    if (number.size() > kCooperativeNumberMax || !indonesia::IsDigits(number, number.size())) {
        Refuse(field + ".cooperative_number", "COOPERATIVE_NUMBER_INVALID",
               "must have digits only, at most 20");
    }
    if (checked == Cooperative{}) return std::nullopt;
    return checked;
}

std::optional<StreetVendor> InputFields::StreetVendorDetails(const v1::BusinessInput& business) {
    const std::string field = "business.street_vendor";
    const v1::StreetVendor& stated = business.street_vendor();
    StreetVendor checked{
        .place = Text(field + ".place", stated.place(), kPlaceMax, Presence::kOptional),
        .place_type = FromPublic<PlaceType>(
            Enum(field + ".place_type", stated.place_type(), Presence::kOptional)),
        .sells_from = TimeOfDay(field + ".sells_from", stated.sells_from()),
        .sells_until = TimeOfDay(field + ".sells_until", stated.sells_until()),
        .tdu = Document(field + ".tdu", stated.tdu())};
    if (stated.sells_from().empty() != stated.sells_until().empty()) {
        Require(field + ".sells_from", !stated.sells_from().empty());
        Require(field + ".sells_until", !stated.sells_until().empty());
    }
    if (checked == StreetVendor{}) return std::nullopt;
    return checked;
}

std::string InputFields::TimeOfDay(std::string_view field, const std::string& text) {
    if (text.empty()) return {};
    const std::string_view view = text;
    const bool has_shape = view.size() == 5 && view[2] == ':' &&
                           indonesia::IsDigits(view.substr(0, 2), 2) &&
                           indonesia::IsDigits(view.substr(3), 2);
    if (has_shape && indonesia::ToInt(view.substr(0, 2)) < 24 &&
        indonesia::ToInt(view.substr(3)) < 60) {
        return text;
    }
    Refuse(field, "TIME_INVALID", "must be a time of day, HH:MM");
    return {};
}

std::optional<Consent> InputFields::ConsentGiven(const v1::BusinessInput& business) {
    if (!business.has_consent()) return std::nullopt;
    const v1::Consent& stated = business.consent();
    Consent checked{.notice_version =
                        Code("business.consent.notice_version", stated.notice_version(),
                             kNoticeVersionMax, Presence::kRequired)};
    Require("business.consent.given_at", stated.has_given_at());
    if (stated.has_given_at()) {
        checked.given_at =
            PastTime("business.consent.given_at", stated.given_at()).value_or(Time{});
    }
    return checked;
}

Provenance InputFields::Origin(const v1::BusinessInput& business) {
    const v1::Provenance& stated = business.provenance();
    Provenance checked{.source = FromPublic<DataSource>(Enum("business.provenance.source",
                                                             stated.source(), Presence::kOptional)),
                       .device_id = Code("business.provenance.device_id", stated.device_id(),
                                         kDeviceIdMax, Presence::kOptional)};
    if (stated.has_captured_at()) {
        checked.captured_at = PastTime("business.provenance.captured_at", stated.captured_at());
    }
    return checked;
}

std::optional<Time> InputFields::PastTime(std::string_view field,
                                          const google::protobuf::Timestamp& time) {
    constexpr Date kFirst = std::chrono::year(2000) / 1 / 1;
    const std::chrono::seconds seconds(time.seconds());
    if (seconds < kFirst.time_since_epoch() || time.nanos() < 0 || time.nanos() >= 1'000'000'000) {
        Refuse(field, "TIME_INVALID", "must be a time from 2000 on");
    } else if (seconds >= (today_ + std::chrono::days(2)).time_since_epoch() ||
               indonesia::LocalDate(ToTime(time)) > today_) {
        Refuse(field, "DATE_IN_FUTURE", "must not be in the future");
    } else {
        return std::chrono::floor<std::chrono::microseconds>(ToTime(time));
    }
    return std::nullopt;
}

std::string InputFields::Code(std::string_view field, const std::string& text,
                              std::size_t max_bytes, Presence presence) {
    std::string code = Text(field, text, max_bytes, presence);
    const bool is_code = std::ranges::all_of(code, [](char c) {
        return IsLetterOrDigit(c) || c == '.' || c == '/' || c == '-' || c == '_';
    });
    if (is_code) return code;
    Refuse(field, "CODE_INVALID", "must have letters, digits and . / - _ only");
    return {};
}

void InputFields::KbliVersion(const v1::BusinessInput& business) {
    if (business.kbli_version().empty() || business.kbli_version() == indonesia::kKbliVersion) {
        return;
    }
    Refuse("business.kbli_version", "KBLI_VERSION_UNKNOWN",
           "must be 2020, the only version that is known so far");
}

}  // namespace bangkit::registration
