#include "libs/grpc/fields.h"

#include <charconv>

#include "libs/base/ids.h"
#include "libs/base/text.h"
#include "libs/indonesia/format.h"

namespace bangkit::rpc {
namespace {

constexpr std::int64_t kMaxRupiah = 1'000'000'000'000'000;
constexpr std::size_t kViolationsMax = 50;  // Nobody mends more at once, and each costs memory.
constexpr Date kFirstDay = std::chrono::year(1900) / 1 / 1;

bool IsReference(std::string_view text) {
    constexpr std::size_t kMin = 3, kMax = 40;
    constexpr int kDigitsInARowMax = 9;
    if (text.size() < kMin || text.size() > kMax) return false;
    int in_a_row = 0;
    bool has_digit = false;
    for (const char c : text) {
        const bool is_digit = c >= '0' && c <= '9';
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_digit && !is_letter && c != '.' && c != '/' && c != '-') return false;
        has_digit = has_digit || is_digit;
        if (is_digit) ++in_a_row;
        if (is_letter) in_a_row = 0;  // Punctuation does not end it: 0812-3456-7890.
        if (in_a_row > kDigitsInARowMax) return false;
    }
    return has_digit;
}

}  // namespace

void FieldChecker::Refuse(std::string_view field, std::string_view reason,
                          std::string_view message) {
    if (violations_.size() == kViolationsMax) return;
    violations_.push_back({std::string(field), std::string(reason), std::string(message)});
}

void FieldChecker::Require(std::string_view field, bool is_set) {
    if (!is_set) Refuse(field, "REQUIRED", "is required");
}

std::string FieldChecker::Uuid(std::string_view field, std::string_view text, Presence presence) {
    if (text.empty()) {
        Require(field, presence == Presence::kOptional);
        return {};
    }
    if (auto uuid = ParseUuid(text)) return *std::move(uuid);
    Refuse(field, "NOT_A_UUID", "must be a UUID");
    return {};
}

std::string FieldChecker::Text(std::string_view field, std::string_view text, std::size_t max_bytes,
                               Presence presence) {
    const std::string_view trimmed = Trimmed(text);
    if (trimmed.empty()) {
        Require(field, presence == Presence::kOptional);
    } else if (trimmed.size() > max_bytes) {
        Refuse(field, "TOO_LONG", "must have at most " + std::to_string(max_bytes) + " bytes");
    } else if (!IsPlainText(trimmed)) {
        Refuse(field, "TEXT_INVALID", "must be UTF-8 without control characters");
    } else {
        return std::string(trimmed);
    }
    return {};
}

std::optional<Date> FieldChecker::Day(std::string_view field, std::string_view text, Date last,
                                      Presence presence) {
    if (text.empty()) {
        Require(field, presence == Presence::kOptional);
        return std::nullopt;
    }
    const std::optional<Date> day = Take(field, indonesia::ParseDate(text));
    if (!day) return std::nullopt;
    if (*day < kFirstDay) {
        Refuse(field, "DATE_INVALID", "must not be before 1900");
    } else if (*day > last) {
        Refuse(field, "DATE_IN_FUTURE", "must not be in the future");
    } else {
        return day;
    }
    return std::nullopt;
}

std::int64_t FieldChecker::Number(std::string_view field, std::int64_t value, std::int64_t min,
                                  std::int64_t max) {
    if (value >= min && value <= max) return value;
    Refuse(field, "OUT_OF_RANGE",
           "must be from " + std::to_string(min) + " to " + std::to_string(max));
    return min;
}

std::int64_t FieldChecker::Amount(std::string_view field, std::int64_t rupiah) {
    return Number(field, rupiah, 0, kMaxRupiah);
}

std::string FieldChecker::Reference(std::string_view field, std::string_view text) {
    if (text.empty()) {
        Require(field, false);
    } else if (!IsReference(text)) {
        Refuse(field, "REFERENCE_INVALID",
               "must be 3 to 40 letters, digits and . / - with a digit, at most 9 in a row");
    }
    return std::string(text);
}

std::optional<std::int64_t> FieldChecker::Etag(std::string_view field, std::string_view etag) {
    if (etag.empty()) return std::nullopt;
    std::int64_t version = 0;
    const char* const end = etag.data() + etag.size();
    const auto [stopped, error] = std::from_chars(etag.data(), end, version);
    if (error != std::errc{} || stopped != end || version < 1) {
        Refuse(field, "ETAG_INVALID", "must be an etag as it was received");
    }
    return version;
}

void FieldChecker::CheckEnum(std::string_view field, int value,
                             const google::protobuf::EnumDescriptor& descriptor,
                             Presence presence) {
    if (value == 0) {
        Require(field, presence == Presence::kOptional);
    } else if (descriptor.FindValueByNumber(value) == nullptr) {
        Refuse(field, "UNKNOWN_VALUE", "is not a value that is known");
    }
}

Result<void> FieldChecker::Done() {
    if (violations_.empty()) return {};
    const std::string message = violations_.size() == 1
                                    ? violations_[0].field + " " + violations_[0].message
                                    : std::to_string(violations_.size()) + " fields are wrong";
    return std::unexpected(Error{.code = ErrorCode::kInvalidArgument,
                                 .reason = "FIELDS_INVALID",
                                 .message = message,
                                 .fields = std::exchange(violations_, {})});
}

}  // namespace bangkit::rpc
