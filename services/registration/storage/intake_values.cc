#include "services/registration/storage/intake_values.h"

#include <google/protobuf/util/field_mask_util.h>

#include <stdexcept>

#include "bangkit/registration/v1/intake.pb.h"
#include "libs/indonesia/format.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

constexpr std::string_view kConditionPrefix = "condition@";

// The domain's enums have the numbers of the public ones.
template <typename To, typename From>
To As(From value) {
    return static_cast<To>(static_cast<int>(value));
}

void Fill(v1::OwnerInput& out, const Owner& owner) {
    out.set_nik(owner.nik);
    out.set_name(owner.name);
    out.set_phone(owner.phone);
    out.set_identity_card_address(owner.identity_card_address);
    FillOwnerDetails(out, owner);
}

void Fill(v1::BusinessInput& out, const Profile& profile, const Figures& figures) {
    out.set_kind(As<common::v1::BusinessKind>(profile.kind));
    out.set_name(profile.name);
    out.set_region_code(profile.region_code);
    out.set_address(profile.address);
    out.set_kbli(profile.kbli);
    if (figures.capital) out.set_capital_rupiah(*figures.capital);
    if (figures.annual_sales) out.set_annual_sales_rupiah(*figures.annual_sales);
    for (const Channel channel : profile.channels) {
        out.add_channels(As<common::v1::SalesChannel>(channel));
    }
    out.set_nib(profile.nib);
    out.set_npwp(profile.npwp);
    if (profile.start_date) out.set_start_date(indonesia::FormatDate(*profile.start_date));
    FillCounted(out, profile);
    FillDetails(out, profile);
}

Owner ToOwner(const v1::OwnerInput& message) {
    Owner owner{.nik = message.nik(),
                .name = message.name(),
                .phone = message.phone(),
                .identity_card_address = message.identity_card_address()};
    ReadOwnerDetails(owner, message);
    return owner;
}

Date ToDate(const std::string& text) {
    const Result<Date> date = indonesia::ParseDate(text);
    if (!date) throw std::runtime_error("a kept date makes no sense");
    return *date;
}

Profile ToProfile(const v1::BusinessInput& message) {
    Profile profile;
    profile.kind = As<Kind>(message.kind());
    profile.name = message.name();
    profile.region_code = message.region_code();
    profile.address = message.address();
    profile.kbli = message.kbli();
    for (const int channel : message.channels()) profile.channels.insert(As<Channel>(channel));
    profile.nib = message.nib();
    profile.npwp = message.npwp();
    if (!message.start_date().empty()) profile.start_date = ToDate(message.start_date());
    profile.order_and_deliver = message.order_and_deliver();
    profile.location_type = As<LocationType>(message.location_type());
    if (message.has_workers_male()) profile.workers.male = message.workers_male();
    if (message.has_workers_female()) profile.workers.female = message.workers_female();
    profile.network_coverage = As<NetworkCoverage>(message.network_coverage());
    ReadDetails(profile, message.SerializeAsString());
    return profile;
}

Figures ToFigures(const v1::BusinessInput& message) {
    Figures figures;
    if (message.has_capital_rupiah()) figures.capital = message.capital_rupiah();
    if (message.has_annual_sales_rupiah()) figures.annual_sales = message.annual_sales_rupiah();
    return figures;
}

/// Of a value, the field that a path names.
v1::IntakeValue Part(const v1::IntakeValue& value, std::string_view path) {
    google::protobuf::FieldMask mask;
    mask.add_paths(std::string(path));
    v1::IntakeValue part;
    google::protobuf::util::FieldMaskUtil::MergeMessageTo(
        value, mask, google::protobuf::util::FieldMaskUtil::MergeOptions(), &part);
    return part;
}

template <typename Message>
Message Parsed(std::string_view bytes) {
    Message message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        throw std::runtime_error("a part of the intake makes no sense");
    }
    return message;
}

UpdateBusiness ToUpdate(const std::string& business_id, std::set<Detail> details,
                        const v1::OwnerInput& owner, const v1::BusinessInput& business) {
    UpdateBusiness update;
    update.business_id = business_id;
    update.details = std::move(details);
    update.owner = ToOwner(owner);
    update.profile = ToProfile(business);
    update.figures = ToFigures(business);
    return update;
}

v1::IntakeCondition ToCondition(const ReportCondition& report) {
    v1::IntakeCondition condition;
    condition.set_condition(As<common::v1::BusinessCondition>(report.condition));
    if (report.monthly_sales) condition.set_monthly_sales_rupiah(*report.monthly_sales);
    for (const ConditionReason reason : report.reasons) {
        condition.add_reasons(As<v1::ConditionReason>(reason));
    }
    return condition;
}

ReportCondition ToReport(const std::string& business_id, Date since,
                         const v1::IntakeCondition& condition) {
    ReportCondition report;
    report.business_id = business_id;
    report.condition = As<Condition>(condition.condition());
    report.since = since;
    if (condition.has_monthly_sales_rupiah()) {
        report.monthly_sales = condition.monthly_sales_rupiah();
    }
    for (const int reason : condition.reasons()) {
        report.reasons.insert(As<ConditionReason>(reason));
    }
    report.may_reopen = true;
    return report;
}

}  // namespace

std::string ValueOf(Detail detail, const Owner& owner, const Profile& profile,
                    const Figures& figures) {
    v1::IntakeValue whole;
    if (IsOfOwner(detail)) {
        Fill(*whole.mutable_owner(), owner);
    } else {
        Fill(*whole.mutable_business(), profile, figures);
    }
    return Part(whole, PathOf(detail)).SerializeAsString();
}

std::string ValueOf(const UpdateBusiness& command, Detail detail) {
    return ValueOf(detail, command.owner, command.profile, command.figures);
}

std::string ValueOf(const ReportCondition& report) {
    v1::IntakeValue value;
    *value.mutable_condition() = ToCondition(report);
    return value.SerializeAsString();
}

UpdateBusiness UpdateOf(const std::string& business_id,
                        const std::map<Detail, std::string>& values) {
    v1::IntakeValue together;
    std::set<Detail> details;
    for (const auto& [detail, value] : values) {
        together.MergeFrom(Parsed<v1::IntakeValue>(value));
        details.insert(detail);
    }
    return ToUpdate(business_id, std::move(details), together.owner(), together.business());
}

ReportCondition ReportOf(const std::string& business_id, std::string_view field,
                         std::string_view value) {
    const Date since = ToDate(std::string(field.substr(kConditionPrefix.size())));
    return ToReport(business_id, since, Parsed<v1::IntakeValue>(value).condition());
}

Command ChangeTo(const std::string& business_id, std::string_view field, const std::string& value) {
    if (IsConditionField(field)) return ReportOf(business_id, field, value);
    return UpdateOf(business_id, {{*DetailNamed(field), value}});
}

std::string ConditionField(Date since) {
    return std::string(kConditionPrefix) + indonesia::FormatDate(since);
}

bool IsConditionField(std::string_view field) { return field.starts_with(kConditionPrefix); }

std::string ContentOf(const SubmitIntake& submission) {
    v1::IntakeSubmission content;
    if (const auto* report = std::get_if<ReportCondition>(&submission.statement)) {
        *content.mutable_condition() = ToCondition(*report);
        content.mutable_condition()->set_since(indonesia::FormatDate(report->since));
    } else {
        const auto& update = std::get<UpdateBusiness>(submission.statement);
        v1::IntakeEdit& edit = *content.mutable_edit();
        for (const Detail detail : update.details) {
            edit.mutable_update_mask()->add_paths(std::string(PathOf(detail)));
            const auto value = Parsed<v1::IntakeValue>(ValueOf(update, detail));
            edit.mutable_owner()->MergeFrom(value.owner());
            edit.mutable_business()->MergeFrom(value.business());
        }
    }
    return content.SerializeAsString();
}

IntakeStatement StatementOf(IntakeKind kind, const std::string& business_id,
                            std::string_view content) {
    const auto kept = Parsed<v1::IntakeSubmission>(content);
    if (kind == IntakeKind::kCondition) {
        return ToReport(business_id, ToDate(kept.condition().since()), kept.condition());
    }
    std::set<Detail> details;
    for (const std::string& path : kept.edit().update_mask().paths()) {
        const std::optional<Detail> detail = DetailNamed(path);
        if (!detail) throw std::runtime_error("a kept edit names an unknown field");
        details.insert(*detail);
    }
    return ToUpdate(business_id, std::move(details), kept.edit().owner(), kept.edit().business());
}

}  // namespace bangkit::registration
