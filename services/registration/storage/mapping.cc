#include "services/registration/storage/mapping.h"

#include "bangkit/registration/v1/registration_events.pb.h"
#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/indonesia/format.h"
#include "libs/messaging/position.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

using indonesia::FormatDate;

// The domain's enums have the numbers of the public ones.
template <typename PublicEnum, typename Enum>
PublicEnum ToPublicEnum(Enum value) {
    return static_cast<PublicEnum>(static_cast<int>(value));
}

void FillStatistics(v1::BusinessStatistics& out, const Profile& profile) {
    out.set_order_and_deliver(profile.order_and_deliver);
    out.set_network_coverage(ToPublicEnum<common::v1::NetworkCoverage>(profile.network_coverage));
    if (profile.workers.male) out.set_workers_male(*profile.workers.male);
    if (profile.workers.female) out.set_workers_female(*profile.workers.female);
    if (!profile.cooperative) return;
    const Cooperative& cooperative = *profile.cooperative;
    out.set_cooperative_affiliation(
        ToPublicEnum<common::v1::CooperativeAffiliation>(cooperative.affiliation));
    out.set_sharia(cooperative.is_sharia);
    out.set_has_deed(!cooperative.deed_number.empty());
}

void FillStatistics(v1::BusinessStatistics& out, const Business& business) {
    out.set_kind(ToPublicEnum<common::v1::BusinessKind>(business.profile.kind));
    out.set_region_code(business.profile.region_code);
    out.set_scale(ToPublicEnum<common::v1::BusinessScale>(business.scale.classification.scale));
    out.set_condition(ToPublicEnum<common::v1::BusinessCondition>(business.condition));
    out.set_kbli_division(business.profile.kbli.substr(0, 2));
    out.set_verification(ToPublicEnum<common::v1::VerificationLevel>(business.verification));
    for (const Channel channel : business.profile.channels) {
        out.add_channels(ToPublicEnum<common::v1::SalesChannel>(channel));
    }
    Fill(*out.mutable_registered_at(), business.registered_at);
    FillStatistics(out, business.profile);
    out.set_merged(!business.merged_into.empty());
}

template <typename Message>
PublicEvent Publish(Message& out, const Business& business, Time at) {
    out.set_business_id(business.id);
    FillStatistics(*out.mutable_statistics(), business);
    Fill(*out.mutable_occurred_at(), at);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

PublicEvent Publish(const Business& business, const BusinessRegistered& event) {
    v1::BusinessRegistered out;
    out.set_owner_id(event.owner_id);
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const ConditionReported& event) {
    v1::ConditionReported out;
    out.set_condition(ToPublicEnum<common::v1::BusinessCondition>(event.condition));
    out.set_since(FormatDate(event.since));
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const ScaleChanged& event) {
    v1::ScaleChanged out;
    out.set_from(ToPublicEnum<common::v1::BusinessScale>(event.from));
    out.set_to(ToPublicEnum<common::v1::BusinessScale>(event.to.classification.scale));
    out.set_rule_set(std::string(event.to.classification.rule_set));
    out.set_upgraded(event.IsUpgrade());
    out.set_since(FormatDate(event.to.since));
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const DetailsChanged& event) {
    v1::BusinessDetailsChanged out;
    for (const Detail detail : event.details) out.add_changed_fields(std::string(PathOf(detail)));
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const Verified& event) {
    v1::BusinessVerified out;
    out.set_from(ToPublicEnum<common::v1::VerificationLevel>(event.from));
    out.set_to(ToPublicEnum<common::v1::VerificationLevel>(event.to));
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const OwnerDataErased& event) {
    v1::OwnerDataErased out;
    out.set_owner_id(business.owner_id);
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const MembersChanged& event) {
    v1::GroupMembersChanged out;
    for (const std::string& id : event.added) out.add_added_business_ids(id);
    for (const std::string& id : event.removed) out.add_removed_business_ids(id);
    out.set_members(event.members);
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const BusinessesMerged& event) {
    v1::BusinessesMerged out;
    out.set_surviving_business_id(event.surviving_id);
    out.set_merged_business_id(event.merged_id);
    return Publish(out, business, event.at);
}

PublicEvent Publish(const Business& business, const MergeUndone& event) {
    v1::MergeUndone out;
    out.set_surviving_business_id(event.surviving_id);
    out.set_merged_business_id(event.merged_id);
    return Publish(out, business, event.at);
}

}  // namespace

std::string PositionOf(const Business& business) {
    return messaging::ToToken({.topic = std::string(kTopic),
                               .aggregate_type = std::string(kBusinessAggregate),
                               .aggregate_id = business.id,
                               .version = business.version});
}

void Fill(google::protobuf::Timestamp& out, Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    out.set_seconds(seconds.time_since_epoch().count());
    out.set_nanos(static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::microseconds>(time - seconds).count() * 1'000));
}

std::string EtagOf(std::int64_t version) { return std::to_string(version); }

void FillWithoutPersonalData(v1::Business& out, const Business& business) {
    out.set_business_id(business.id);
    out.set_version(business.version);
    out.set_etag(EtagOf(business.version));
    out.set_owner_id(business.owner_id);
    out.set_kind(ToPublicEnum<common::v1::BusinessKind>(business.profile.kind));
    out.set_region_code(business.profile.region_code);
    out.set_kbli(business.profile.kbli);
    const Figures& figures = business.scale.figures;
    if (figures.capital) out.set_capital_rupiah(*figures.capital);
    if (figures.annual_sales) out.set_annual_sales_rupiah(*figures.annual_sales);
    out.set_scale(ToPublicEnum<common::v1::BusinessScale>(business.scale.classification.scale));
    out.set_scale_rule_set(std::string(business.scale.classification.rule_set));
    out.set_condition(ToPublicEnum<common::v1::BusinessCondition>(business.condition));
    out.set_condition_since(FormatDate(business.condition_since));
    out.set_verification(ToPublicEnum<common::v1::VerificationLevel>(business.verification));
    for (const Channel channel : business.profile.channels) {
        out.add_channels(ToPublicEnum<common::v1::SalesChannel>(channel));
    }
    Fill(*out.mutable_registered_at(), business.registered_at);
    Fill(*out.mutable_updated_at(), business.updated_at);
    FillCounted(out, business.profile);
    out.set_merged(!business.merged_into.empty());
}

std::string RegisterBusinessAnswer(const Business& business,
                                   const std::vector<std::string>& warnings) {
    v1::RegisterBusinessResponse response;
    FillWithoutPersonalData(*response.mutable_business(), business);
    response.set_position(PositionOf(business));
    for (const std::string& warning : warnings) response.add_warnings(warning);
    return response.SerializeAsString();
}

std::string ReportConditionAnswer(const Business& business, bool is_upgrade) {
    v1::ReportConditionResponse response;
    FillWithoutPersonalData(*response.mutable_business(), business);
    response.set_position(PositionOf(business));
    response.set_upgraded(is_upgrade);
    return response.SerializeAsString();
}

std::string UpdateBusinessAnswer(const Business& business, const std::set<Detail>& changed,
                                 bool is_upgrade, const std::vector<std::string>& warnings) {
    v1::UpdateBusinessResponse response;
    FillWithoutPersonalData(*response.mutable_business(), business);
    response.set_position(PositionOf(business));
    for (const Detail detail : changed) response.add_changed_fields(std::string(PathOf(detail)));
    response.set_upgraded(is_upgrade);
    for (const std::string& warning : warnings) response.add_warnings(warning);
    return response.SerializeAsString();
}

std::string VerifyBusinessAnswer(const Business& business) {
    v1::VerifyBusinessResponse response;
    FillWithoutPersonalData(*response.mutable_business(), business);
    response.set_position(PositionOf(business));
    return response.SerializeAsString();
}

std::string ApplyRegionChangeAnswer(std::int32_t moved, std::int32_t moved_needs,
                                    const std::vector<std::string>& undecided,
                                    const std::string& next_page_token) {
    v1::ApplyRegionChangeResponse response;
    response.set_moved(moved);
    response.set_moved_needs(moved_needs);
    for (const std::string& id : undecided) response.add_undecided_business_ids(id);
    response.set_next_page_token(next_page_token);
    return response.SerializeAsString();
}

std::string ChangeGroupMembersAnswer(const Business& business, std::int64_t members) {
    v1::ChangeGroupMembersResponse response;
    FillWithoutPersonalData(*response.mutable_business(), business);
    response.set_position(PositionOf(business));
    response.set_members(members);
    return response.SerializeAsString();
}

PublicEvent ToPublic(const Business& business, const Event& event) {
    return std::visit([&](const auto& happened) { return Publish(business, happened); }, event);
}

}  // namespace bangkit::registration
