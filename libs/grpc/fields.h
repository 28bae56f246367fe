#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::rpc {

enum class Presence { kRequired, kOptional };

/// Checks the fields of a request and collects everything that is wrong, so that a client can mend
/// all of it at once. Each check returns the field as the service wants it, or an empty value.
///
///     FieldChecker fields;
///     auto id = fields.Uuid("request_id", request.request_id());
///     auto nik = fields.Take("owner.nik", indonesia::Nik::Parse(request.owner().nik()));
///     if (auto checked = fields.Done(); !checked) return std::unexpected(checked.error());
class FieldChecker {
public:
    /// Adds a violation.
    void Refuse(std::string_view field, std::string_view reason, std::string_view message);
    /// The value, or a violation with the reason and the message of the error.
    template <typename T>
    std::optional<T> Take(std::string_view field, Result<T> result) {
        if (result) return std::move(*result);
        Refuse(field, result.error().reason, result.error().message);
        return std::nullopt;
    }

    /// REQUIRED, NOT_A_UUID. Lower case.
    std::string Uuid(std::string_view field, std::string_view text,
                     Presence presence = Presence::kRequired);
    /// Valid UTF-8 without control characters, trimmed. REQUIRED, TOO_LONG, TEXT_INVALID.
    std::string Text(std::string_view field, std::string_view text, std::size_t max_bytes,
                     Presence presence = Presence::kRequired);
    /// YYYY-MM-DD, 1900-01-01 or later and not after `last`. REQUIRED, DATE_INVALID,
    /// DATE_IN_FUTURE.
    std::optional<Date> Day(std::string_view field, std::string_view text, Date last,
                            Presence presence = Presence::kRequired);
    /// OUT_OF_RANGE.
    std::int64_t Number(std::string_view field, std::int64_t value, std::int64_t min,
                        std::int64_t max);
    /// Rupiah, 0 to 10^15. OUT_OF_RANGE.
    std::int64_t Amount(std::string_view field, std::int64_t rupiah);
    /// The number of somebody's file or decree: 3 to 40 letters, digits and . / - with a digit, and
    /// without so many digits in a row that they could be a NIK or a phone number. REQUIRED,
    /// REFERENCE_INVALID.
    std::string Reference(std::string_view field, std::string_view text);
    /// The version that an etag stands for; nullopt if it is empty. ETAG_INVALID.
    std::optional<std::int64_t> Etag(std::string_view field, std::string_view etag);
    /// A value that the proto names. REQUIRED if UNSPECIFIED, UNKNOWN_VALUE.
    template <typename ProtoEnum>
    ProtoEnum Enum(std::string_view field, ProtoEnum value,
                   Presence presence = Presence::kRequired) {
        CheckEnum(field, static_cast<int>(value), *google::protobuf::GetEnumDescriptor<ProtoEnum>(),
                  presence);
        return value;
    }
    /// REQUIRED if false: for messages and repeated fields.
    void Require(std::string_view field, bool is_set);

    bool HasViolations() const { return !violations_.empty(); }
    /// INVALID_ARGUMENT with reason FIELDS_INVALID and all violations, in the order of the checks.
    Result<void> Done();

private:
    void CheckEnum(std::string_view field, int value,
                   const google::protobuf::EnumDescriptor& descriptor, Presence presence);

    std::vector<FieldViolation> violations_;
};

}  // namespace bangkit::rpc
