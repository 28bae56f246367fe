#include "services/registration/api/import_cells.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "libs/status/localized.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

constexpr std::chrono::hours kLocalOffset(7);  // Of western Indonesia.

/// "2026-03-01T03:00:00.000000Z" of "2026-03-01 03:00" and the like: what is left out is zero.
std::string InFull(std::string_view day, std::string_view clock) {
    constexpr std::string_view kZero = "00:00:00.000000";
    std::string full(clock.substr(0, std::min(clock.size(), kZero.size())));
    full += kZero.substr(full.size());
    return std::string(day) + "T" + full + "Z";
}

std::optional<bangkit::Time> ParseTime(std::string_view text) {
    constexpr std::size_t kDay = 10;
    if (text.size() <= kDay) {
        const Result<Date> date = indonesia::ParseDate(text);
        if (!date) return std::nullopt;
        return *date - kLocalOffset;
    }
    std::string_view clock = text.substr(kDay);
    if (clock.front() != 'T' && clock.front() != ' ') return std::nullopt;
    clock.remove_prefix(1);
    const bool is_utc = clock.ends_with('Z');
    if (is_utc) clock.remove_suffix(1);
    if (clock.ends_with("+07:00")) clock.remove_suffix(6);
    const std::optional<bangkit::Time> time = ParseUtc(InFull(text.substr(0, kDay), clock));
    if (!time || is_utc) return time;
    return *time - kLocalOffset;
}

}  // namespace

v1::ImportRowProblem Problem(std::string column, std::string_view reason) {
    v1::ImportRowProblem problem;
    problem.set_column(std::move(column));
    problem.set_reason(std::string(reason));
    problem.set_message(std::string(status::Indonesian(reason)));
    return problem;
}

std::optional<std::int64_t> Cells::Amount(Column column) {
    const std::string_view digits = View(column);
    if (digits.empty()) return std::nullopt;
    std::int64_t amount = 0;
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, amount);
    if (stopped == end && error == std::errc{} && digits[0] != '-') return amount;
    const bool is_number = stopped == end && error == std::errc::result_out_of_range;
    Refuse(column, is_number ? "OUT_OF_RANGE" : "AMOUNT_INVALID");
    return std::nullopt;
}

std::optional<std::int32_t> Cells::Count(Column column) {
    const std::optional<std::int64_t> count = Amount(column);
    if (!count) return std::nullopt;
    if (*count <= std::numeric_limits<std::int32_t>::max()) {
        return static_cast<std::int32_t>(*count);
    }
    Refuse(column, "OUT_OF_RANGE");
    return std::nullopt;
}

std::optional<google::protobuf::Timestamp> Cells::Time(Column column) {
    if (IsEmpty(column)) return std::nullopt;
    const std::optional<bangkit::Time> time = ParseTime(View(column));
    if (!time) {
        Refuse(column, "TIME_INVALID");
        return std::nullopt;
    }
    google::protobuf::Timestamp timestamp;
    Fill(timestamp, *time);
    return timestamp;
}

std::vector<std::string_view> Cells::Words(Column column) const {
    std::vector<std::string_view> words;
    std::string_view rest = View(column);
    while (!rest.empty()) {
        const std::size_t space = std::min(rest.find(' '), rest.size());
        if (space > 0) words.push_back(rest.substr(0, space));
        rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    return words;
}

}  // namespace bangkit::registration
