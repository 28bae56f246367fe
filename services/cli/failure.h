#pragma once

#include <stdexcept>
#include <utility>

#include "libs/base/result.h"

namespace bangkit::cli {

/// How the program ends: scripts rely on these numbers.
enum ExitCode { kOk = 0, kFailed = 1, kUsage = 2, kUnavailable = 3 };

/// The command line asks for something that makes no sense. The message never quotes personal data.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A service refused a call, or could not be reached.
class CallFailed : public std::runtime_error {
public:
    explicit CallFailed(Error error) : std::runtime_error(error.reason), error_(std::move(error)) {}

    const Error& error() const { return error_; }
    /// The same call may succeed later.
    bool IsOutage() const {
        return error_.code == ErrorCode::kUnavailable ||
               error_.code == ErrorCode::kDeadlineExceeded ||
               error_.code == ErrorCode::kResourceExhausted;
    }

private:
    const Error error_;
};

}  // namespace bangkit::cli
