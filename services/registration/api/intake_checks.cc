#include "services/registration/api/intake_checks.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "libs/base/ids.h"
#include "libs/command/fingerprint.h"
#include "libs/crypto/sha256.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/format.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

// Requests of the registry have ids; a submission is named by device and sequence.
constexpr const char* kNoRequestId = "00000000-0000-0000-0000-000000000000";

/// To the microsecond, as the database keeps it.
Time CheckCaptureTime(rpc::FieldChecker& fields, const google::protobuf::Timestamp& time) {
    const std::chrono::seconds seconds(time.seconds());
    const std::chrono::nanoseconds nanos(time.nanos());
    constexpr Date kFirst = std::chrono::year(1970) / 1 / 1, kEnd = std::chrono::year(2200) / 1 / 1;
    if (seconds < kFirst.time_since_epoch() || seconds >= kEnd.time_since_epoch() ||
        nanos < nanos.zero() || nanos >= std::chrono::seconds(1)) {
        fields.Refuse("submission.captured_at", "OUT_OF_RANGE", "must be a time from 1970 to 2199");
        return {};
    }
    return Time(seconds + std::chrono::floor<std::chrono::microseconds>(nanos));
}

/// Which business, and as of which version the device showed it.
void CheckBusiness(rpc::FieldChecker& fields, const v1::IntakeSubmission& submission,
                   SubmitIntake& command) {
    command.is_local = !submission.local_business_id().empty();
    const bool has_both = command.is_local && !submission.business_id().empty();
    if (has_both || (submission.has_registration() && !command.is_local)) {
        fields.Refuse("submission.business_id", "NOT_OF_SOURCE",
                      "a business is named by one of its ids, a new one by local_business_id");
    }
    if (command.is_local) {
        const std::string local =
            fields.Uuid("submission.local_business_id", submission.local_business_id());
        if (!local.empty()) {
            command.business_id = BusinessIdOf(command.stamp.id.device_id, local);
        }
        return;
    }
    command.business_id = fields.Uuid("submission.business_id", submission.business_id());
}

}  // namespace

std::string BusinessIdOf(std::string_view device_id, std::string_view local_id) {
    crypto::Sha256 sha;
    sha.Add("bangkit intake business ");
    sha.Add(device_id);
    sha.Add(local_id);
    const std::string hash = sha.Finish();
    static constexpr char kHex[] = "0123456789abcdef";
    constexpr std::size_t kTimeEnds = 13;  // Of a UUIDv7: "0190b3f2-7c1e".
    constexpr std::size_t kVersionAt = 14, kVariantAt = 19;
    std::string id(local_id);
    for (std::size_t i = kTimeEnds, nibble = 0; i < id.size(); ++i) {
        if (id[i] == '-') continue;
        const auto byte = static_cast<unsigned char>(hash[nibble / 2]);
        id[i] = kHex[nibble % 2 == 0 ? byte >> 4 : byte & 0xf];
        ++nibble;
    }
    id[kVersionAt] = '7';
    id[kVariantAt] = '8';
    return id;
}

Result<SubmitIntake> IntakeChecks::Check(const v1::SubmitIntakeRequest& request) const {
    const v1::IntakeSubmission& submission = request.submission();
    rpc::FieldChecker fields;
    SubmitIntake command;
    command.stamp.id.device_id = fields.Uuid("device_id", request.device_id());
    command.stamp.id.sequence = fields.Number("submission.sequence", submission.sequence(), 1,
                                              std::numeric_limits<std::int64_t>::max());
    const CaptureTime captured =
        Bounded(CheckCaptureTime(fields, submission.captured_at()),
                std::chrono::floor<std::chrono::microseconds>(clock_.Now()));
    command.stamp.captured_at = captured.at;
    command.clock_suspect = captured.is_suspect;
    if (command.stamp.id.device_id == kNoRequestId) {
        fields.Refuse("device_id", "NOT_A_UUID", "must be the id of a device");
    }
    CheckBusiness(fields, submission, command);
    fields.Require("submission.what", submission.what_case() != v1::IntakeSubmission::WHAT_NOT_SET);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());

    Result<IntakeStatement> statement = CheckStatement(submission, command);
    if (!statement) return std::unexpected(statement.error());
    command.statement = *std::move(statement);
    std::visit(
        [&command](auto& each) {
            if constexpr (requires { each.expected_version; }) {
                command.base_version = each.expected_version.value_or(0);
                each.expected_version.reset();
            }
        },
        command.statement);
    command.fingerprint = command::Fingerprint(keys_, request);
    return command;
}

Result<IntakeStatement> IntakeChecks::CheckStatement(const v1::IntakeSubmission& submission,
                                                     const SubmitIntake& command) const {
    // A clock may be a little ahead, but nothing is stated of tomorrow.
    const Time captured_at = std::min<Time>(
        command.stamp.captured_at, std::chrono::floor<std::chrono::microseconds>(clock_.Now()));
    const std::string day = indonesia::FormatDate(indonesia::LocalDate(captured_at));
    if (submission.has_registration()) {
        v1::RegisterBusinessRequest request;
        *request.mutable_owner() = submission.registration().owner();
        *request.mutable_business() = submission.registration().business();
        request.set_additional_business(true);  // Who has no network cannot know.
        v1::BusinessInput& business = *request.mutable_business();
        if (business.condition_since().empty()) business.set_condition_since(day);
        business.mutable_provenance()->set_source(v1::DATA_SOURCE_OFFLINE);
        business.mutable_provenance()->set_device_id(command.stamp.id.device_id);
        Fill(*business.mutable_provenance()->mutable_captured_at(), captured_at);
        Result<RegisterBusiness> registration = checks_.CheckRow(request);
        if (!registration) return std::unexpected(registration.error());
        registration->business_id = command.business_id;
        return *std::move(registration);
    }
    Result<Checked> checked = [&] {
        if (submission.has_condition()) {
            v1::ReportConditionRequest request;
            const v1::IntakeCondition& condition = submission.condition();
            request.set_request_id(kNoRequestId);
            request.set_business_id(command.business_id);
            request.set_condition(condition.condition());
            request.set_since(condition.since().empty() ? day : condition.since());
            if (condition.has_monthly_sales_rupiah()) {
                request.set_monthly_sales_rupiah(condition.monthly_sales_rupiah());
            }
            *request.mutable_reasons() = condition.reasons();
            request.set_etag(submission.etag());
            return checks_.Check(request);
        }
        v1::UpdateBusinessRequest request;
        request.set_request_id(kNoRequestId);
        request.set_business_id(command.business_id);
        *request.mutable_update_mask() = submission.edit().update_mask();
        *request.mutable_owner() = submission.edit().owner();
        *request.mutable_business() = submission.edit().business();
        request.set_etag(submission.etag());
        return checks_.Check(request);
    }();
    if (!checked) return std::unexpected(checked.error());
    if (auto* report = std::get_if<ReportCondition>(&checked->command)) {
        report->may_reopen = true;
        return *report;
    }
    return std::get<UpdateBusiness>(std::move(checked->command));
}

Result<CheckedResolution> Check(const v1::ResolveIntakeConflictRequest& request) {
    rpc::FieldChecker fields;
    CheckedResolution checked{
        .request_id = fields.Uuid("request_id", request.request_id()),
        .command = {
            .conflict_id = fields.Uuid("conflict_id", request.conflict_id()),
            .decision = static_cast<IntakeDecision>(fields.Enum("decision", request.decision())),
            .expected_version = {}}};
    if (!request.etag().empty()) {
        std::int64_t version = 0;
        const char* const end = request.etag().data() + request.etag().size();
        const auto [stopped, error] = std::from_chars(request.etag().data(), end, version);
        if (error != std::errc{} || stopped != end || version < 1) {
            fields.Refuse("etag", "ETAG_INVALID", "must be an etag as it was received");
        }
        checked.command.expected_version = version;
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return checked;
}

}  // namespace bangkit::registration
