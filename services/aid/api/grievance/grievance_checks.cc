#include "services/aid/api/grievance/grievance_checks.h"

#include <algorithm>
#include <cstring>

#include "libs/base/ids.h"
#include "libs/identity/policy.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/phone.h"
#include "services/aid/api/region_field.h"
#include "services/aid/domain/grievance/ticket.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kTextMax = 4'000;
constexpr std::size_t kNameMax = 100;
constexpr std::size_t kEmailMax = 254;
constexpr std::chrono::days kReceivedMax{60};

std::string NewTicket() {
    const crypto::Key random = crypto::Key::Random();
    std::uint64_t number = 0;
    std::memcpy(&number, random.bytes().data(), sizeof(number));
    return MakeTicket(number);
}

/// A text that may have lines, as letters do.
std::string CheckWords(FieldChecker& fields, std::string text,
                       Presence presence = Presence::kRequired) {
    std::erase(text, '\r');
    std::string in_one_line = text;
    std::ranges::replace(in_one_line, '\n', ' ');
    const std::string checked = fields.Text("text", in_one_line, kTextMax, presence);
    return checked.empty() ? checked : text.substr(in_one_line.find(checked), checked.size());
}

std::string CheckEmail(FieldChecker& fields, const std::string& text) {
    std::string email = fields.Text("reporter.email", text, kEmailMax, Presence::kOptional);
    const std::size_t at = email.find('@');
    const bool is_one = at != std::string::npos && at > 0 && at + 1 < email.size() &&
                        email.find_first_of(" ,;<>") == std::string::npos &&
                        email.find('@', at + 1) == std::string::npos;
    if (!email.empty() && !is_one) {
        fields.Refuse("reporter.email", "EMAIL_INVALID", "must be an e-mail address");
    }
    return email;
}

Reporter CheckReporter(FieldChecker& fields, const v1::Reporter& reporter) {
    Reporter checked{
        .name = fields.Text("reporter.name", reporter.name(), kNameMax, Presence::kOptional),
        .email = CheckEmail(fields, reporter.email())};
    if (!reporter.phone().empty()) {
        const auto phone = fields.Take("reporter.phone", indonesia::ParsePhone(reporter.phone()));
        if (phone) checked.phone = phone->e164;
    }
    return checked;
}

/// What requests about a grievance that is there have in common.
template <typename Request>
GrievanceCommand CheckCommon(FieldChecker& fields, const Request& request) {
    return {.grievance_id = fields.Uuid("grievance_id", request.grievance_id()),
            .expected_version = fields.Etag("etag", request.etag()),
            .deed = {}};
}

void CheckClosing(FieldChecker& fields, v1::ClosingReason reason) {
    fields.Enum("reason", reason);
    if (reason == v1::CLOSING_REASON_CONFIRMED || reason == v1::CLOSING_REASON_SILENCE) {
        fields.Refuse("reason", "NOT_OF_AGENCIES", "is said by the reporter");
    }
}

}  // namespace

Date GrievanceChecks::Today() const { return indonesia::LocalDate(clock_.Now()); }

std::string GrievanceChecks::Region(FieldChecker& fields, const std::string& code,
                                    Presence presence) const {
    if (code.empty() && presence == Presence::kOptional) return code;
    return RegionField(fields, regions_, code);
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::FileGrievanceRequest& request,
                                                const rpc::Call& call) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    const bool is_reporter = call.scope == identity::Scope::kOwn;
    FileGrievance deed{.grievance_id = NewId(clock_.Now()),
                       .ticket = NewTicket(),
                       .subject = {},
                       .received_on = {}};
    GrievanceSubject& subject = deed.subject;
    subject.service = As<ConcernedService>(fields.Enum("service", request.service()));
    subject.topic = As<GrievanceTopic>(fields.Enum("topic", request.topic()));
    if (is_reporter && request.channel() != v1::GRIEVANCE_CHANNEL_UNSPECIFIED) {
        fields.Refuse("channel", "NOT_OF_REPORTERS", "is said by whoever takes it down");
    } else if (!is_reporter) {
        subject.channel = As<GrievanceChannel>(fields.Enum("channel", request.channel()));
    }
    // What owners say goes with their data, which it is found by.
    const bool is_owner = is_reporter && call.caller.HasRole(identity::role::kOwner);
    subject.business_id = fields.Uuid("business_id", request.business_id(),
                                      is_owner ? Presence::kRequired : Presence::kOptional);
    subject.region_code =
        Region(fields, request.region_code(),
               subject.business_id.empty() ? Presence::kRequired : Presence::kOptional);
    subject.subject_id = fields.Uuid("subject_id", request.subject_id(), Presence::kOptional);
    subject.is_hidden = request.is_hidden();
    deed.received_on =
        fields.Day("received_on", request.received_on(), Today(), Presence::kOptional);
    if (deed.received_on && is_reporter) {
        fields.Refuse("received_on", "NOT_OF_REPORTERS", "is said by whoever takes it down");
    } else if (deed.received_on && *deed.received_on < Today() - kReceivedMax) {
        fields.Refuse("received_on", "OUT_OF_RANGE", "must be at most 60 days ago");
    }
    GrievanceCommand command{
        .grievance_id = deed.grievance_id, .is_of_reporter = is_reporter, .deed = {}};
    command.words = {.text = CheckWords(fields, request.text()),
                     .reporter = CheckReporter(fields, request.reporter())};
    command.deed = std::move(deed);
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::AcceptGrievanceRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrievanceCommand command = CheckCommon(fields, request);
    command.deed = AcceptGrievance{.grievance_class =
                                       As<GrievanceClass>(fields.Enum("class", request.class_()))};
    command.words.text = CheckWords(fields, request.text());
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::AnswerGrievanceRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrievanceCommand command = CheckCommon(fields, request);
    command.deed = AnswerGrievance{};
    command.words.text = CheckWords(fields, request.text());
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::CloseGrievanceRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrievanceCommand command = CheckCommon(fields, request);
    CheckClosing(fields, request.reason());
    command.deed = CloseGrievance{.reason = As<ClosingReason>(request.reason())};
    command.words.text = CheckWords(fields, request.text());
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::EvaluateGrievanceRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrievanceCommand command = CheckCommon(fields, request);
    command.deed = EvaluateGrievance{
        .held_on = fields.Day("held_on", request.held_on(), Today()).value_or(Date{})};
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::RevealReporterRequest& request) const {
    FieldChecker fields;
    GrievanceCommand command{.grievance_id = fields.Uuid("grievance_id", request.grievance_id()),
                             .deed = RevealReporter{}};
    return Done<GrievanceCommand>(fields, {}, std::move(command));
}

Result<CheckedGrievance> GrievanceChecks::Check(const v1::ReplyToAnswerRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrievanceCommand command{.grievance_id = fields.Uuid("grievance_id", request.grievance_id()),
                             .deed = {}};
    command.deed = ReplyToAnswer{
        .ticket = fields.Take("ticket_number", ParseTicket(request.ticket_number())).value_or(""),
        .is_settled = request.is_settled()};
    command.words.text = CheckWords(
        fields, request.text(), request.is_settled() ? Presence::kOptional : Presence::kRequired);
    return Done<GrievanceCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
