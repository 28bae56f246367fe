#pragma once

#include <google/rpc/status.pb.h>

#include <string_view>

#include "libs/base/result.h"

namespace bangkit::status {

/// The number of google.rpc.Code (and grpc::StatusCode) for `code`, and back; numbers that have no
/// ErrorCode become kInternal.
int ToNumber(ErrorCode code);
ErrorCode FromNumber(int number);

/// "NOT_FOUND" for 5; "UNKNOWN" for numbers that google.rpc.Code does not have.
std::string_view NameOf(int number);

/// How a refusal looks to clients and in stored answers: the message, one ErrorInfo (reason, domain
/// "bangkit.id", metadata), a LocalizedMessage in Indonesian, BadRequest if fields are at fault,
/// RetryInfo if the same call may succeed later.
google::rpc::Status ToProto(const Error& error);

/// The error that ToProto() was given. A status of others, without ErrorInfo, gets the name of its
/// code as reason.
Error FromProto(const google::rpc::Status& status);

/// What a caller is told of a failure of ours: nothing but the id of the trace, by which the log
/// has the rest.
Error Internal(std::string_view trace_id);

}  // namespace bangkit::status
