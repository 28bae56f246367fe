#include "services/registration/api/checks.h"

#include <algorithm>
#include <iterator>

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "services/registration/api/input_fields.h"
#include "services/registration/domain/review.h"

namespace bangkit::registration {
namespace {

using rpc::Presence;

Owner CheckOwner(InputFields& fields, const v1::OwnerInput& owner) {
    Owner checked;
    checked.name = fields.OwnerName(owner);
    checked.identity_card_address = fields.OwnerAddress(owner);
    checked.nik = fields.OwnerNik(owner);
    checked.phone = fields.OwnerPhone(owner);
    checked.kk = fields.OwnerKk(owner);
    checked.birth_date = fields.OwnerBirthDate(owner);
    checked.sex = fields.OwnerSex(owner);
    checked.email = fields.OwnerEmail(owner);
    checked.disability = fields.OwnerDisability(owner);
    checked.occupation = fields.OwnerOccupation(owner);
    return checked;
}

Profile CheckProfile(InputFields& fields, const v1::BusinessInput& business) {
    Profile checked;
    checked.kind = fields.BusinessKind(business);
    checked.name = fields.BusinessName(business);
    checked.address = fields.BusinessAddress(business);
    checked.region_code = fields.RegionCode(business);
    checked.kbli = fields.Kbli(business);
    checked.channels = fields.Channels(business);
    checked.nib = fields.Nib(business);
    checked.npwp = fields.Npwp(business);
    checked.start_date = fields.StartDate(business);
    checked.order_and_deliver = business.order_and_deliver();
    checked.location_type = fields.BusinessLocation(business);
    checked.workers = {.male = fields.WorkersMale(business),
                       .female = fields.WorkersFemale(business)};
    checked.network_coverage = fields.Coverage(business);
    checked.online_channels = fields.OnlineChannels(business);
    checked.nib_issued_on = fields.NibIssuedOn(business);
    checked.pirt = fields.Pirt(business);
    checked.halal = fields.Halal(business);
    checked.bpom = fields.Bpom(business);
    checked.business_certificate = fields.BusinessCertificate(business);
    checked.cooperative = fields.CooperativeDetails(business);
    checked.street_vendor = fields.StreetVendorDetails(business);
    checked.consent = fields.ConsentGiven(business);
    checked.provenance = fields.Origin(business);
    fields.KbliVersion(business);
    return checked;
}

}  // namespace

InputFields Checks::NewFields() const { return {history_, indonesia::LocalDate(clock_.Now())}; }

RegisterBusiness Checks::CheckRegistration(InputFields& fields,
                                           const v1::RegisterBusinessRequest& request) const {
    const v1::BusinessInput& business = request.business();
    RegisterBusiness command;
    command.owner = CheckOwner(fields, request.owner());
    command.profile = CheckProfile(fields, business);
    command.figures = {.capital = fields.Capital(business),
                       .annual_sales = fields.AnnualSales(business)};
    const auto condition =
        fields.Enum("business.condition", business.condition(), Presence::kOptional);
    command.condition = condition == common::v1::BUSINESS_CONDITION_UNSPECIFIED
                            ? Condition::kActive
                            : FromPublic<Condition>(condition);
    command.condition_since = fields
                                  .Day("business.condition_since", business.condition_since(),
                                       fields.today(), Presence::kOptional)
                                  .value_or(fields.today());
    command.additional_business = request.additional_business();
    command.business_id = NewId(clock_.Now());
    command.owner_id = NewId(clock_.Now());
    command.warnings = fields.TakeWarnings();
    std::ranges::move(Contradictions(command.owner), std::back_inserter(command.warnings));
    std::ranges::move(Contradictions(command.profile), std::back_inserter(command.warnings));
    return command;
}

Result<Checked> Checks::Check(const v1::RegisterBusinessRequest& request) const {
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    RegisterBusiness command = CheckRegistration(fields, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

Result<RegisterBusiness> Checks::CheckRow(const v1::RegisterBusinessRequest& request) const {
    InputFields fields = NewFields();
    RegisterBusiness command = CheckRegistration(fields, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return command;
}

Result<Checked> Checks::Check(const v1::ReportConditionRequest& request) const {
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReportCondition command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.condition = FromPublic<Condition>(fields.Enum("condition", request.condition()));
    command.since = fields.Day("since", request.since(), fields.today()).value_or(Date{});
    command.monthly_sales = fields.OptionalAmount(
        "monthly_sales_rupiah", request.has_monthly_sales_rupiah(), request.monthly_sales_rupiah());
    command.annual_sales = fields.OptionalAmount(
        "annual_sales_rupiah", request.has_annual_sales_rupiah(), request.annual_sales_rupiah());
    command.workers_male =
        fields.OptionalCount("workers_male", request.has_workers_male(), request.workers_male());
    command.workers_female = fields.OptionalCount("workers_female", request.has_workers_female(),
                                                  request.workers_female());
    for (int i = 0; i < request.reasons_size(); ++i) {
        command.reasons.insert(FromPublic<ConditionReason>(
            fields.Enum("reasons[" + std::to_string(i) + "]", request.reasons(i))));
    }
    command.expected_version = fields.Version(request.etag());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

}  // namespace bangkit::registration
