#include "services/registration/api/duplicate_checks.h"

#include <charconv>

#include "libs/base/ids.h"
#include "libs/grpc/fields.h"

namespace bangkit::registration {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kSubjectMax = 100;

/// The version that an etag stands for; nullopt if it is empty.
std::optional<std::int64_t> Version(FieldChecker& fields, std::string_view field,
                                    const std::string& etag) {
    if (etag.empty()) return std::nullopt;
    std::int64_t version = 0;
    const char* const end = etag.data() + etag.size();
    const auto [stopped, error] = std::from_chars(etag.data(), end, version);
    if (error != std::errc{} || stopped != end || version < 1) {
        fields.Refuse(field, "ETAG_INVALID", "must be an etag as it was received");
    }
    return version;
}

Result<CheckedDuplicate> Checked(FieldChecker& fields, std::string request_id,
                                 DuplicateCommand command) {
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return CheckedDuplicate{std::move(request_id), std::move(command)};
}

/// Confirmed or rejected.
template <typename Command, typename Request>
Result<CheckedDuplicate> CheckDecision(const Request& request) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    Command command;
    command.duplicate_id = fields.Uuid("duplicate_id", request.duplicate_id());
    command.expected_version = Version(fields, "etag", request.etag());
    return Checked(fields, std::move(request_id), std::move(command));
}

}  // namespace

Result<CheckedDuplicate> Check(const v1::AssignDuplicateRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    AssignDuplicate command;
    command.duplicate_id = fields.Uuid("duplicate_id", request.duplicate_id());
    command.assignee =
        fields.Text("assignee", request.assignee(), kSubjectMax, Presence::kOptional);
    command.expected_version = Version(fields, "etag", request.etag());
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedDuplicate> Check(const v1::ConfirmDuplicateRequest& request, Time) {
    return CheckDecision<ConfirmDuplicate>(request);
}

Result<CheckedDuplicate> Check(const v1::RejectDuplicateRequest& request, Time) {
    return CheckDecision<RejectDuplicate>(request);
}

Result<CheckedDuplicate> Check(const v1::MergeBusinessesRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    MergeBusinesses command;
    command.merge_id = NewId(now);
    command.surviving_id = fields.Uuid("surviving_business_id", request.surviving_business_id());
    command.merged_id = fields.Uuid("merged_business_id", request.merged_business_id());
    if (!command.merged_id.empty() && command.merged_id == command.surviving_id) {
        fields.Refuse("merged_business_id", "SAME_BUSINESS", "must be another business");
    }
    command.expected_surviving = Version(fields, "surviving_etag", request.surviving_etag());
    command.expected_merged = Version(fields, "merged_etag", request.merged_etag());
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedDuplicate> Check(const v1::UndoMergeRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    UndoMerge command;
    command.merged_id = fields.Uuid("merged_business_id", request.merged_business_id());
    command.expected_version = Version(fields, "etag", request.etag());
    return Checked(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::registration
