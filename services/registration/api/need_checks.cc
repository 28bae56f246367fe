#include "services/registration/api/need_checks.h"

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "services/registration/api/input_fields.h"
#include "services/registration/api/personal_data_checks.h"

namespace bangkit::registration {
namespace {

using rpc::Presence;

constexpr std::size_t kTextMax = 2'000;
constexpr std::int32_t kBeneficiariesMax = 100'000;

Result<CheckedNeed> Checked(rpc::FieldChecker& fields, std::string request_id,
                            NeedCommand command) {
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return CheckedNeed{std::move(request_id), std::move(command)};
}

ConstituencyMeeting CheckMeeting(InputFields& fields, const v1::ConstituencyMeeting& meeting) {
    fields.Require("meeting.constituency", !meeting.constituency().empty());
    if (!meeting.constituency().empty() && !IsCaseReference(meeting.constituency())) {
        fields.Refuse("meeting.constituency", "REFERENCE_INVALID",
                      "must be 3 to 40 letters, digits and . / - with a digit, at most 9 in a row");
    }
    return {.constituency = meeting.constituency(),
            .held_on =
                fields.Day("meeting.held_on", meeting.held_on(), fields.today()).value_or(Date{})};
}

/// Whose need it is says where it is needed; only a meeting says it for itself.
void CheckPlace(InputFields& fields, const indonesia::RegionTree& regions,
                const v1::StateNeedRequest& request, StateNeed& command) {
    if (request.source() == v1::NEED_SOURCE_CONSTITUENCY_MEETING) {
        command.meeting = CheckMeeting(fields, request.meeting());
        command.region_code = request.region_code();
        const indonesia::Region* region = regions.Find(request.region_code());
        if (request.region_code().empty()) {
            fields.Refuse("region_code", "REQUIRED", "is required");
        } else if (region == nullptr || region->level() == indonesia::RegionLevel::kCountry) {
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        }
        if (!request.business_id().empty()) {
            fields.Refuse("business_id", "NOT_OF_SOURCE", "is not of a constituency meeting");
        }
        return;
    }
    command.business_id = fields.Uuid("business_id", request.business_id());
    if (request.has_meeting()) {
        fields.Refuse("meeting", "NOT_OF_SOURCE", "is of a constituency meeting only");
    }
    if (!request.region_code().empty()) {
        fields.Refuse("region_code", "NOT_OF_SOURCE", "is of a constituency meeting only");
    }
}

}  // namespace

Result<CheckedNeed> Check(const NeedChecks& checks, const v1::StateNeedRequest& request) {
    const Time now = checks.clock.Now();
    InputFields fields(checks.regions, indonesia::LocalDate(now));
    std::string request_id = fields.Uuid("request_id", request.request_id());
    StateNeed command;
    command.need_id = NewId(now);
    command.source = FromPublic<NeedSource>(fields.Enum("source", request.source()));
    command.topic = FromPublic<NeedTopic>(fields.Enum("topic", request.topic()));
    CheckPlace(fields, checks.regions.regions(), request, command);
    const std::int64_t beneficiaries =
        fields.Number("beneficiaries", request.beneficiaries(), 0, kBeneficiariesMax);
    command.beneficiaries = beneficiaries == 0 ? 1 : static_cast<std::int32_t>(beneficiaries);
    command.text = fields.Text("text", request.text(), kTextMax, Presence::kOptional);
    return Checked(fields, std::move(request_id), std::move(command));
}

namespace {

/// What requests about a need that is there have in common.
template <typename Command, typename Request>
Command CheckCommon(InputFields& fields, const Request& request) {
    Command command;
    command.need_id = fields.Uuid("need_id", request.need_id());
    command.expected_version = fields.Version(request.etag());
    return command;
}

}  // namespace

Result<CheckedNeed> Check(const NeedChecks& checks, const v1::VerifyNeedRequest& request) {
    InputFields fields(checks.regions, indonesia::LocalDate(checks.clock.Now()));
    std::string request_id = fields.Uuid("request_id", request.request_id());
    return Checked(fields, std::move(request_id), CheckCommon<VerifyNeed>(fields, request));
}

Result<CheckedNeed> Check(const NeedChecks& checks, const v1::AccommodateNeedRequest& request) {
    InputFields fields(checks.regions, indonesia::LocalDate(checks.clock.Now()));
    std::string request_id = fields.Uuid("request_id", request.request_id());
    auto command = CheckCommon<AccommodateNeed>(fields, request);
    command.link = {
        .kind = FromPublic<NeedLinkKind>(fields.Enum("link.kind", request.link().kind())),
        .id = fields.Uuid("link.id", request.link().id())};
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedNeed> Check(const NeedChecks& checks, const v1::DeclineNeedRequest& request) {
    InputFields fields(checks.regions, indonesia::LocalDate(checks.clock.Now()));
    std::string request_id = fields.Uuid("request_id", request.request_id());
    auto command = CheckCommon<DeclineNeed>(fields, request);
    command.reason = FromPublic<NeedDeclineReason>(fields.Enum("reason", request.reason()));
    return Checked(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::registration
