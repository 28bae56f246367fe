#include "libs/indonesia/npwp.h"

#include <utility>

#include "libs/indonesia/digits.h"
#include "libs/indonesia/nik.h"

namespace bangkit::indonesia {
namespace {

constexpr std::size_t kOldLength = 15;
constexpr std::size_t kNewLength = 16;
constexpr std::size_t kChecked = 9;  // The check digit is the last of them.

std::unexpected<Error> Invalid(const char* why) {
    return Refused(ErrorCode::kInvalidArgument, "NPWP_INVALID", why);
}

/// Luhn: from the right, every second digit counts twice, as the sum of its own digits.
bool PassesLuhn(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    return sum % 10 == 0;
}

}  // namespace

Result<Npwp> ParseNpwp(std::string_view text, Date today) {
    std::string digits = Without(text, " .-");
    if (IsDigits(digits, kNewLength) && digits.starts_with('0')) digits.erase(0, 1);

    if (IsDigits(digits, kOldLength)) {
        const bool checked = PassesLuhn(std::string_view(digits).substr(0, kChecked));
        Npwp npwp{.digits = std::move(digits)};
        if (!checked) npwp.warnings.emplace_back("NPWP_CHECKSUM");
        return npwp;
    }
    if (!IsDigits(digits, kNewLength)) return Invalid("an NPWP has 15 or 16 digits");
    auto nik = ParseNik(digits, today);
    if (!nik) return Invalid("an NPWP of 16 digits is a NIK or begins with 0");
    return Npwp{
        .digits = std::move(nik->digits), .is_nik = true, .warnings = std::move(nik->warnings)};
}

}  // namespace bangkit::indonesia
