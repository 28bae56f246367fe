#include "libs/indonesia/permits.h"

#include <algorithm>

#include "libs/indonesia/digits.h"
#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {
namespace {

constexpr std::size_t kPirtLength = 15;
constexpr std::size_t kPirtLengthMax = 20;
constexpr std::size_t kOldPirtLength = 12;
constexpr std::size_t kHalalLength = 17;
constexpr std::size_t kHalalLengthMin = 10;
constexpr std::size_t kHalalLengthMax = 20;
constexpr std::size_t kBpomLength = 12;

/// Capitals, without what is put between the parts of a number.
std::string Compact(std::string_view text) {
    std::string compact = Without(text, " .-:/");
    for (char& c : compact) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return compact;
}

/// Takes `prefix` away if `text` begins with it.
void Drop(std::string_view prefix, std::string_view& text) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
}

bool AreDigits(std::string_view text) { return std::ranges::all_of(text, IsDigit); }

std::string RegencyOf(std::string_view pirt) {
    std::string code(pirt.substr(3, 4));
    return code.insert(2, ".");
}

std::unexpected<Error> Invalid(const char* reason, const char* why) {
    return Refused(ErrorCode::kInvalidArgument, reason, why);
}

}  // namespace

Result<Permit> ParsePirt(std::string_view text, const RegionTree& regions) {
    const std::string compact = Compact(text);
    std::string_view digits = compact;
    Drop("PIRT", digits);
    Drop("NO", digits);
    if (IsDigits(digits, kOldPirtLength)) {
        return Permit{.number = std::string(digits), .warnings = {"PIRT_OLD"}};
    }
    if (digits.size() < kPirtLength || digits.size() > kPirtLengthMax || !AreDigits(digits)) {
        return Invalid("PIRT_INVALID", "a P-IRT number has at least 15 digits, an old one 12");
    }
    Permit pirt{.number = std::string(digits)};
    if (digits[0] < '1' || digits[0] > '8') {
        pirt.warnings.emplace_back("PIRT_PACKAGING_UNKNOWN");
    }
    if (regions.Find(RegencyOf(digits)) == nullptr) {
        pirt.warnings.emplace_back("PIRT_REGION_UNKNOWN");
    }
    return pirt;
}

Result<Permit> ParseHalal(std::string_view text) {
    const std::string compact = Compact(text);
    if (compact.starts_with("KH")) {
        return Invalid("HALAL_FATWA_NUMBER", "a KH number is that of the fatwa, not a certificate");
    }
    std::string_view digits = compact;
    Drop("ID", digits);
    const bool has_prefix = digits.size() < compact.size();
    if (!has_prefix || digits.size() < kHalalLengthMin || digits.size() > kHalalLengthMax ||
        !AreDigits(digits)) {
        return Invalid("HALAL_INVALID", "a halal certificate has ID and digits as its number");
    }
    Permit halal{.number = compact};
    if (digits.size() != kHalalLength) halal.warnings.emplace_back("HALAL_LENGTH_UNUSUAL");
    return halal;
}

Result<Permit> ParseBpom(std::string_view text) {
    const std::string compact = Compact(text);
    std::string_view number = compact;
    Drop("BPOM", number);
    Drop("RI", number);
    const bool has_kind = number.starts_with("MD") || number.starts_with("ML");
    if (!has_kind || !IsDigits(number.substr(2), kBpomLength)) {
        return Invalid("BPOM_INVALID", "a BPOM number has MD or ML and 12 digits");
    }
    return Permit{.number = std::string(number)};
}

}  // namespace bangkit::indonesia
