#include "services/dashboard/events/registration_events.h"

#include <string>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/dashboard/events/fields.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::BusinessDetailsChanged;
using registration::v1::BusinessesMerged;
using registration::v1::BusinessRegistered;
using registration::v1::BusinessStatistics;
using registration::v1::BusinessVerified;
using registration::v1::ConditionReported;
using registration::v1::GroupMembersChanged;
using registration::v1::MergeUndone;
using registration::v1::OwnerDataErased;
using registration::v1::ScaleChanged;

/// What nobody has said is self-declared.
Verification ToVerification(common::v1::VerificationLevel level) {
    return level == common::v1::VERIFICATION_LEVEL_UNSPECIFIED ? Verification::kSelfDeclared
                                                               : static_cast<Verification>(level);
}

std::set<Mark> ToMarks(const BusinessStatistics& statistics) {
    std::set<Mark> marks;
    if (statistics.order_and_deliver()) marks.insert(Mark::kOrderAndDeliver);
    if (statistics.network_coverage() != common::v1::NETWORK_COVERAGE_UNSPECIFIED) {
        marks.insert(Mark::kCoverageKnown);
    }
    if (statistics.network_coverage() == common::v1::NETWORK_COVERAGE_BLANK_SPOT) {
        marks.insert(Mark::kBlankSpot);
    }
    if (statistics.kind() != common::v1::BUSINESS_KIND_COOPERATIVE) return marks;
    const auto affiliation = statistics.cooperative_affiliation();
    if (affiliation == common::v1::COOPERATIVE_AFFILIATION_MOSQUE) {
        marks.insert(Mark::kMosqueCooperative);
        if (statistics.has_deed()) marks.insert(Mark::kMosqueCooperativeWithDeed);
    }
    if (affiliation == common::v1::COOPERATIVE_AFFILIATION_PESANTREN) {
        marks.insert(Mark::kPesantrenCooperative);
    }
    if (statistics.sharia()) marks.insert(Mark::kShariaCooperative);
    return marks;
}

Result<BusinessState> ToState(const BusinessStatistics& statistics,
                              const indonesia::RegionTree& regions) {
    if (const auto region = CheckRegionBelowCountry(statistics.region_code(), regions); !region) {
        return std::unexpected(region.error());
    }
    if (!common::v1::BusinessKind_IsValid(statistics.kind()) ||
        statistics.kind() == common::v1::BUSINESS_KIND_UNSPECIFIED) {
        return Invalid("the kind does not exist");
    }
    if (!common::v1::BusinessScale_IsValid(statistics.scale())) {  // Unspecified: nobody knows it.
        return Invalid("the scale does not exist");
    }
    if (!common::v1::BusinessCondition_IsValid(statistics.condition()) ||
        statistics.condition() == common::v1::BUSINESS_CONDITION_UNSPECIFIED) {
        return Invalid("the condition does not exist");
    }
    if (!common::v1::VerificationLevel_IsValid(statistics.verification())) {
        return Invalid("the verification level does not exist");
    }
    if (!common::v1::NetworkCoverage_IsValid(statistics.network_coverage())) {
        return Invalid("the network coverage does not exist");
    }
    if (!common::v1::CooperativeAffiliation_IsValid(statistics.cooperative_affiliation())) {
        return Invalid("the affiliation does not exist");
    }
    return BusinessState{.region_code = statistics.region_code(),
                         .category = {.kind = static_cast<Kind>(statistics.kind()),
                                      .scale = static_cast<Scale>(statistics.scale()),
                                      .condition = static_cast<Condition>(statistics.condition())},
                         .verification = ToVerification(statistics.verification()),
                         .marks = ToMarks(statistics),
                         .is_merged = statistics.merged()};
}

template <typename Message>
Result<BusinessEvent> Parse(const std::string& payload, const indonesia::RegionTree& regions) {
    Message message;
    if (!message.ParseFromString(payload)) return Invalid("the payload cannot be read");
    Result<BusinessState> after = ToState(message.statistics(), regions);
    if (!after) return std::unexpected(after.error());
    const Result<Month> month = ToMonth(message.occurred_at());
    if (!month) return std::unexpected(month.error());
    BusinessEvent event{.after = *std::move(after), .month = *month};
    if constexpr (std::is_same_v<Message, ScaleChanged>) event.upgraded = message.upgraded();
    return event;
}

}  // namespace

Result<BusinessEvent> ParseBusinessEvent(const messaging::ReceivedEvent& event,
                                         const indonesia::RegionTree& regions) {
    const std::string& type = event.envelope.type;
    const std::string& payload = event.record->payload;
    if (type == "bangkit.registration.v1.BusinessRegistered") {
        return Parse<BusinessRegistered>(payload, regions);
    }
    if (type == "bangkit.registration.v1.ConditionReported") {
        return Parse<ConditionReported>(payload, regions);
    }
    if (type == "bangkit.registration.v1.ScaleChanged") {
        return Parse<ScaleChanged>(payload, regions);
    }
    if (type == "bangkit.registration.v1.BusinessDetailsChanged") {
        return Parse<BusinessDetailsChanged>(payload, regions);
    }
    if (type == "bangkit.registration.v1.BusinessVerified") {
        return Parse<BusinessVerified>(payload, regions);
    }
    if (type == "bangkit.registration.v1.OwnerDataErased") {
        return Parse<OwnerDataErased>(payload, regions);
    }
    if (type == "bangkit.registration.v1.BusinessesMerged") {
        return Parse<BusinessesMerged>(payload, regions);
    }
    if (type == "bangkit.registration.v1.MergeUndone") {
        return Parse<MergeUndone>(payload, regions);
    }
    if (type == "bangkit.registration.v1.GroupMembersChanged") {
        return Parse<GroupMembersChanged>(payload, regions);
    }
    return Invalid("this type of event is not known");
}

}  // namespace bangkit::dashboard
