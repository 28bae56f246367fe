#include "services/registration/api/input_fields.h"

#include <charconv>

#include "libs/indonesia/kbli.h"
#include "libs/indonesia/nib.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/npwp.h"
#include "libs/indonesia/phone.h"

namespace bangkit::registration {
namespace {

using rpc::Presence;

constexpr std::size_t kNameMax = 200;
constexpr std::size_t kAddressMax = 500;
constexpr std::int64_t kPeopleMax = 1'000'000;

}  // namespace

std::string InputFields::OwnerName(const v1::OwnerInput& owner) {
    return Text("owner.name", owner.name(), kNameMax);
}

std::string InputFields::OwnerAddress(const v1::OwnerInput& owner) {
    return Text("owner.identity_card_address", owner.identity_card_address(), kAddressMax,
                Presence::kOptional);
}

std::string InputFields::OwnerNik(const v1::OwnerInput& owner) {
    if (owner.nik().empty()) return {};
    auto nik = Take("owner.nik", indonesia::ParseNik(owner.nik(), today_, &regions_));
    if (!nik) return {};
    Warn(nik->warnings);
    return nik->digits;
}

std::string InputFields::OwnerPhone(const v1::OwnerInput& owner) {
    if (owner.phone().empty()) return {};
    auto phone = Take("owner.phone", indonesia::ParsePhone(owner.phone()));
    if (!phone) return {};
    Warn(phone->warnings);
    return phone->e164;
}

Kind InputFields::BusinessKind(const v1::BusinessInput& business) {
    return FromPublic<Kind>(Enum("business.kind", business.kind()));
}

std::string InputFields::BusinessName(const v1::BusinessInput& business) {
    return Text("business.name", business.name(), kNameMax);
}

std::string InputFields::BusinessAddress(const v1::BusinessInput& business) {
    return Text("business.address", business.address(), kAddressMax, Presence::kOptional);
}

std::string InputFields::RegionCode(const v1::BusinessInput& business) {
    constexpr std::string_view kField = "business.region_code";
    const std::string& code = business.region_code();
    Require(kField, !code.empty());
    if (code.empty()) return {};
    std::string found = regions_.Find(code) != nullptr ? code : SuccessorOf(kField, code);
    if (found.empty()) return {};
    if (*indonesia::LevelOf(found) >= indonesia::RegionLevel::kRegency) return found;
    Refuse(kField, "REGION_UNKNOWN", "must be the code of a regency, city, district or village");
    return {};
}

std::string InputFields::SuccessorOf(std::string_view field, const std::string& region_code) {
    const std::vector<indonesia::Successor> successors = history_.SuccessorsOf(region_code);
    if (successors.size() == 1) {
        Warn({"REGION_REPLACED"});
        return successors.front().code;
    }
    if (successors.empty()) {
        Refuse(field, "REGION_UNKNOWN", "must be the code of a regency, city, district or village");
        return {};
    }
    std::string codes;
    for (const indonesia::Successor& each : successors) {
        codes += (codes.empty() ? "" : ", ") + each.code;
    }
    Refuse(field, "REGION_SPLIT", "has become several regions: " + codes);
    return {};
}

std::string InputFields::Kbli(const v1::BusinessInput& business) {
    const auto kbli = Take("business.kbli", indonesia::ParseKbli(business.kbli()));
    return kbli ? kbli->code : "";
}

std::set<Channel> InputFields::Channels(const v1::BusinessInput& business) {
    std::set<Channel> channels;
    for (int i = 0; i < business.channels_size(); ++i) {
        const std::string field = "business.channels[" + std::to_string(i) + "]";
        channels.insert(FromPublic<Channel>(Enum(field, business.channels(i))));
    }
    return channels;
}

std::string InputFields::Nib(const v1::BusinessInput& business) {
    if (business.nib().empty()) return {};
    return Take("business.nib", indonesia::ParseNib(business.nib())).value_or("");
}

std::string InputFields::Npwp(const v1::BusinessInput& business) {
    if (business.npwp().empty()) return {};
    auto npwp = Take("business.npwp", indonesia::ParseNpwp(business.npwp(), today_));
    if (!npwp) return {};
    Warn(npwp->warnings);
    return npwp->digits;
}

std::optional<Date> InputFields::StartDate(const v1::BusinessInput& business) {
    return Day("business.start_date", business.start_date(), today_, Presence::kOptional);
}

std::optional<std::int64_t> InputFields::Capital(const v1::BusinessInput& business) {
    return OptionalAmount("business.capital_rupiah", business.has_capital_rupiah(),
                          business.capital_rupiah());
}

std::optional<std::int64_t> InputFields::AnnualSales(const v1::BusinessInput& business) {
    return OptionalAmount("business.annual_sales_rupiah", business.has_annual_sales_rupiah(),
                          business.annual_sales_rupiah());
}

std::optional<std::int64_t> InputFields::OptionalAmount(std::string_view field, bool is_set,
                                                        std::int64_t value) {
    if (!is_set) return std::nullopt;
    return Amount(field, value);
}

std::optional<std::int32_t> InputFields::OptionalCount(std::string_view field, bool is_set,
                                                       std::int32_t value) {
    if (!is_set) return std::nullopt;
    return static_cast<std::int32_t>(Number(field, value, 0, kPeopleMax));
}

std::optional<std::int64_t> InputFields::Version(const std::string& etag) {
    if (etag.empty()) return std::nullopt;
    std::int64_t version = 0;
    const char* end = etag.data() + etag.size();
    const auto [stopped, error] = std::from_chars(etag.data(), end, version);
    if (error != std::errc{} || stopped != end || version < 1) {
        Refuse("etag", "ETAG_INVALID", "must be an etag as it was received");
    }
    return version;
}

void InputFields::Warn(const std::vector<std::string>& reasons) {
    warnings_.insert(warnings_.end(), reasons.begin(), reasons.end());
}

}  // namespace bangkit::registration
