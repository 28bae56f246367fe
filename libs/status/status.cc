#include "libs/status/status.h"

#include <google/rpc/error_details.pb.h>

#include <array>
#include <utility>

#include "libs/status/localized.h"

namespace bangkit::status {
namespace {

constexpr std::string_view kDomain = "bangkit.id";
constexpr int kRetryAfterSeconds = 1;

struct CodeName {
    ErrorCode code;
    int number;  // google.rpc.Code.
};

constexpr CodeName kCodes[] = {
    {ErrorCode::kInvalidArgument, 3},    {ErrorCode::kDeadlineExceeded, 4},
    {ErrorCode::kNotFound, 5},           {ErrorCode::kAlreadyExists, 6},
    {ErrorCode::kPermissionDenied, 7},   {ErrorCode::kResourceExhausted, 8},
    {ErrorCode::kFailedPrecondition, 9}, {ErrorCode::kAborted, 10},
    {ErrorCode::kInternal, 13},          {ErrorCode::kUnavailable, 14},
    {ErrorCode::kUnauthenticated, 16},
};

/// Names of google.rpc.Code, by number.
constexpr std::array<std::string_view, 17> kNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

bool MaySucceedLater(ErrorCode code) {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kResourceExhausted;
}

void SetIndonesian(std::string_view reason, google::rpc::LocalizedMessage& message) {
    message.set_locale("id");
    message.set_message(std::string(Indonesian(reason)));
}

google::rpc::BadRequest ToBadRequest(const std::vector<FieldViolation>& fields) {
    google::rpc::BadRequest bad_request;
    for (const FieldViolation& field : fields) {
        auto& violation = *bad_request.add_field_violations();
        violation.set_field(field.field);
        violation.set_reason(field.reason);
        violation.set_description(field.message);
        SetIndonesian(field.reason, *violation.mutable_localized_message());
    }
    return bad_request;
}

}  // namespace

int ToNumber(ErrorCode code) {
    for (const CodeName& known : kCodes) {
        if (known.code == code) return known.number;
    }
    return ToNumber(ErrorCode::kInternal);
}

ErrorCode FromNumber(int number) {
    for (const CodeName& known : kCodes) {
        if (known.number == number) return known.code;
    }
    return ErrorCode::kInternal;
}

std::string_view NameOf(int number) {
    const auto index = static_cast<std::size_t>(number);
    return index < kNames.size() ? kNames[index] : "UNKNOWN";
}

google::rpc::Status ToProto(const Error& error) {
    google::rpc::Status status;
    status.set_code(ToNumber(error.code));
    status.set_message(error.message);

    google::rpc::ErrorInfo info;
    info.set_reason(error.reason);
    info.set_domain(std::string(kDomain));
    info.mutable_metadata()->insert(error.metadata.begin(), error.metadata.end());
    status.add_details()->PackFrom(info);

    google::rpc::LocalizedMessage localized;
    SetIndonesian(error.reason, localized);
    status.add_details()->PackFrom(localized);

    if (!error.fields.empty()) status.add_details()->PackFrom(ToBadRequest(error.fields));
    if (MaySucceedLater(error.code)) {
        google::rpc::RetryInfo retry;
        retry.mutable_retry_delay()->set_seconds(kRetryAfterSeconds);
        status.add_details()->PackFrom(retry);
    }
    return status;
}

Error FromProto(const google::rpc::Status& status) {
    Error error{.code = FromNumber(status.code()), .reason = "", .message = status.message()};
    for (const google::protobuf::Any& detail : status.details()) {
        if (google::rpc::ErrorInfo info; detail.UnpackTo(&info)) {
            error.reason = info.reason();
            error.metadata.insert(info.metadata().begin(), info.metadata().end());
        } else if (google::rpc::BadRequest bad_request; detail.UnpackTo(&bad_request)) {
            for (const auto& violation : bad_request.field_violations()) {
                error.fields.push_back(
                    {violation.field(), violation.reason(), violation.description()});
            }
        }
    }
    if (error.reason.empty()) error.reason = NameOf(status.code());
    return error;
}

Error Internal(std::string_view trace_id) {
    const std::string id(trace_id);
    return {.code = ErrorCode::kInternal,
            .reason = "INTERNAL",
            .message = "internal error; please report the trace id " + id,
            .metadata = {{"trace_id", id}}};
}

}  // namespace bangkit::status
