#include "services/aid/domain/payment/bank_account.h"

#include <algorithm>
#include <cctype>

namespace bangkit::aid {
namespace {

constexpr std::size_t kShownDigits = 4;

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Of what ISO 20022 takes for a BIC.
bool MayStandAt(std::size_t position, char c) {
    constexpr std::size_t kLetters = 6;
    if (position < kLetters) return IsLetter(c);
    if (position == kLetters) return IsLetter(c) || (c >= '2' && c <= '9');
    if (position == kLetters + 1) return (IsLetter(c) && c != 'O') || IsDigit(c);
    return IsLetter(c) || IsDigit(c);
}

}  // namespace

Result<std::string> ParseBankCode(std::string_view text) {
    constexpr std::size_t kShort = 8, kLong = 11;
    std::string code;
    bool is_code = text.size() == kShort || text.size() == kLong;
    for (const char c : text) {
        const bool is_small = c >= 'a' && c <= 'z';
        code += is_small ? static_cast<char>(c - 'a' + 'A') : c;
        is_code = is_code && MayStandAt(code.size() - 1, code.back());
    }
    if (is_code) return code;
    return Refused(ErrorCode::kInvalidArgument, "BANK_CODE_INVALID",
                   "must be a BIC of 8 or 11 characters");
}

Result<std::string> ParseAccountNumber(std::string_view text) {
    constexpr std::size_t kMin = 5, kMax = 20;
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '.' || c == '-') continue;
        digits += c;
    }
    const bool is_number =
        std::ranges::all_of(digits, IsDigit) && digits.size() >= kMin && digits.size() <= kMax;
    if (is_number) return digits;
    return Refused(ErrorCode::kInvalidArgument, "ACCOUNT_NUMBER_INVALID",
                   "must have 5 to 20 digits");
}

BankAccount Masked(const BankAccount& account) {
    BankAccount masked{.bank = account.bank, .number = account.number, .holder = {}};
    const std::size_t hidden =
        account.number.size() - std::min(kShownDigits, account.number.size());
    std::fill_n(masked.number.begin(), hidden, '*');
    bool is_begin = true;
    for (const char c : account.holder) {
        const bool goes_on =
            (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // A character, in UTF-8.
        if (c == ' ' || is_begin || (goes_on && !masked.holder.ends_with('*'))) {
            masked.holder += c;
        } else if (!masked.holder.ends_with('*')) {
            masked.holder += "***";
        }
        is_begin = c == ' ';
    }
    return masked;
}

}  // namespace bangkit::aid
