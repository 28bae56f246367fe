#pragma once

#include <expected>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bangkit {

// The numbers are stored with every answered request: never change them, only add.
enum class ErrorCode {
    kInvalidArgument = 1,
    kNotFound = 2,
    kAlreadyExists = 3,
    kFailedPrecondition = 4,
    kResourceExhausted = 5,
    kDeadlineExceeded = 6,
    kUnavailable = 7,
    kInternal = 8,
    kUnauthenticated = 9,
    kPermissionDenied = 10,
    kAborted = 11,
};

/// What is wrong with one field of a request. The message never quotes the value.
struct FieldViolation {
    std::string field;    // Path in the request: "owner.nik".
    std::string reason;   // Stable, for programs: "NIK_INVALID".
    std::string message;  // For people.
    bool operator==(const FieldViolation&) const = default;
};

struct Error {
    ErrorCode code;
    std::string reason;   // Stable, for programs: "BUDGET_EXHAUSTED".
    std::string message;  // For people; may change at any time; never quotes personal data.
    std::vector<FieldViolation> fields = {};
    std::map<std::string, std::string> metadata = {};  // Facts for programs: an existing id.
    bool operator==(const Error&) const = default;
};

/// A value, or the reason there is none. value() on an error throws.
template <typename T>
using Result = std::expected<T, Error>;

/// `return Refused(...);` in a function that returns a Result.
inline std::unexpected<Error> Refused(ErrorCode code, std::string reason, std::string message) {
    return std::unexpected(Error{code, std::move(reason), std::move(message)});
}

}  // namespace bangkit
