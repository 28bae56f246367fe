#include "services/registration/api/checks.h"

#include <charconv>

#include "libs/base/ids.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"
#include "libs/indonesia/nib.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/npwp.h"
#include "libs/indonesia/phone.h"

namespace bangkit::registration {

using rpc::Presence;

/// What is wrong with a request, and what a person should look at.
class FieldsAndWarnings : public rpc::FieldChecker {
public:
    void Warn(const std::vector<std::string>& reasons) {
        warnings_.insert(warnings_.end(), reasons.begin(), reasons.end());
    }
    std::vector<std::string> TakeWarnings() { return std::move(warnings_); }

private:
    std::vector<std::string> warnings_;
};

namespace {

constexpr std::size_t kNameMax = 200;
constexpr std::size_t kAddressMax = 500;
constexpr std::int64_t kWorkersMax = 1'000'000;

template <typename Enum, typename PublicEnum>
Enum FromPublic(PublicEnum value) {
    return static_cast<Enum>(static_cast<int>(value));  // The numbers are the same.
}

std::optional<std::int64_t> Amount(rpc::FieldChecker& fields, std::string_view field, bool is_set,
                                   std::int64_t value) {
    if (!is_set) return std::nullopt;
    return fields.Amount(field, value);
}

std::optional<std::int32_t> Workers(rpc::FieldChecker& fields, std::string_view field, bool is_set,
                                    std::int32_t value) {
    if (!is_set) return std::nullopt;
    return static_cast<std::int32_t>(fields.Number(field, value, 0, kWorkersMax));
}

std::optional<std::int64_t> VersionOf(rpc::FieldChecker& fields, const std::string& etag) {
    if (etag.empty()) return std::nullopt;
    std::int64_t version = 0;
    const char* end = etag.data() + etag.size();
    const auto [stopped, error] = std::from_chars(etag.data(), end, version);
    if (error != std::errc{} || stopped != end || version < 1) {
        fields.Refuse("etag", "ETAG_INVALID", "must be an etag as it was received");
    }
    return version;
}

}  // namespace

Date Checks::Today() const { return indonesia::LocalDate(clock_.Now()); }

Owner Checks::CheckOwner(FieldsAndWarnings& fields, const v1::OwnerInput& owner) const {
    Owner checked;
    checked.name = fields.Text("owner.name", owner.name(), kNameMax);
    checked.identity_card_address =
        fields.Text("owner.identity_card_address", owner.identity_card_address(), kAddressMax,
                    Presence::kOptional);
    if (!owner.nik().empty()) {
        if (auto nik =
                fields.Take("owner.nik", indonesia::ParseNik(owner.nik(), Today(), &regions_))) {
            checked.nik = nik->digits;
            fields.Warn(nik->warnings);
        }
    }
    if (!owner.phone().empty()) {
        if (auto phone = fields.Take("owner.phone", indonesia::ParsePhone(owner.phone()))) {
            checked.phone = phone->e164;
            fields.Warn(phone->warnings);
        }
    }
    return checked;
}

Profile Checks::CheckProfile(FieldsAndWarnings& fields, const v1::BusinessInput& business) const {
    Profile checked;
    checked.kind = FromPublic<Kind>(fields.Enum("business.kind", business.kind()));
    checked.name = fields.Text("business.name", business.name(), kNameMax);
    checked.address =
        fields.Text("business.address", business.address(), kAddressMax, Presence::kOptional);
    const indonesia::Region* region = regions_.Find(business.region_code());
    if (business.region_code().empty()) {
        fields.Refuse("business.region_code", "REQUIRED", "is required");
    } else if (region == nullptr || region->level() < indonesia::RegionLevel::kRegency) {
        fields.Refuse("business.region_code", "REGION_UNKNOWN",
                      "must be the code of a regency, city, district or village");
    } else {
        checked.region_code = region->code;
    }
    if (auto kbli = fields.Take("business.kbli", indonesia::ParseKbli(business.kbli()))) {
        checked.kbli = kbli->code;
    }
    for (int i = 0; i < business.channels_size(); ++i) {
        const std::string field = "business.channels[" + std::to_string(i) + "]";
        checked.channels.insert(FromPublic<Channel>(fields.Enum(field, business.channels(i))));
    }
    if (!business.nib().empty()) {
        checked.nib = fields.Take("business.nib", indonesia::ParseNib(business.nib())).value_or("");
    }
    if (!business.npwp().empty()) {
        if (auto npwp =
                fields.Take("business.npwp", indonesia::ParseNpwp(business.npwp(), Today()))) {
            checked.npwp = npwp->digits;
            fields.Warn(npwp->warnings);
        }
    }
    checked.start_date =
        fields.Day("business.start_date", business.start_date(), Today(), Presence::kOptional);
    return checked;
}

RegisterBusiness Checks::CheckRegistration(FieldsAndWarnings& fields,
                                           const v1::RegisterBusinessRequest& request) const {
    const v1::BusinessInput& business = request.business();
    RegisterBusiness command;
    command.owner = CheckOwner(fields, request.owner());
    command.profile = CheckProfile(fields, business);
    command.figures = {
        .capital = Amount(fields, "business.capital_rupiah", business.has_capital_rupiah(),
                          business.capital_rupiah()),
        .annual_sales = Amount(fields, "business.annual_sales_rupiah",
                               business.has_annual_sales_rupiah(), business.annual_sales_rupiah())};
    const auto condition =
        fields.Enum("business.condition", business.condition(), Presence::kOptional);
    command.condition = condition == common::v1::BUSINESS_CONDITION_UNSPECIFIED
                            ? Condition::kActive
                            : FromPublic<Condition>(condition);
    command.condition_since = fields
                                  .Day("business.condition_since", business.condition_since(),
                                       Today(), Presence::kOptional)
                                  .value_or(Today());
    command.additional_business = request.additional_business();
    command.business_id = NewId(clock_.Now());
    command.owner_id = NewId(clock_.Now());
    command.warnings = fields.TakeWarnings();
    return command;
}

Result<Checked> Checks::Check(const v1::RegisterBusinessRequest& request) const {
    FieldsAndWarnings fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    RegisterBusiness command = CheckRegistration(fields, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

Result<RegisterBusiness> Checks::CheckRow(const v1::RegisterBusinessRequest& request) const {
    FieldsAndWarnings fields;
    RegisterBusiness command = CheckRegistration(fields, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return command;
}

Result<Checked> Checks::Check(const v1::ReportConditionRequest& request) const {
    FieldsAndWarnings fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReportCondition command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.condition = FromPublic<Condition>(fields.Enum("condition", request.condition()));
    command.since = fields.Day("since", request.since(), Today()).value_or(Date{});
    command.monthly_sales =
        Amount(fields, "monthly_sales_rupiah", request.has_monthly_sales_rupiah(),
               request.monthly_sales_rupiah());
    command.annual_sales = Amount(fields, "annual_sales_rupiah", request.has_annual_sales_rupiah(),
                                  request.annual_sales_rupiah());
    command.workers_male =
        Workers(fields, "workers_male", request.has_workers_male(), request.workers_male());
    command.workers_female =
        Workers(fields, "workers_female", request.has_workers_female(), request.workers_female());
    for (int i = 0; i < request.reasons_size(); ++i) {
        command.reasons.insert(FromPublic<ConditionReason>(
            fields.Enum("reasons[" + std::to_string(i) + "]", request.reasons(i))));
    }
    command.expected_version = VersionOf(fields, request.etag());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

}  // namespace bangkit::registration
