#pragma once

#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::aid {

/// Where money is sent to, or comes from. Of an applicant it is personal.
struct BankAccount {
    std::string bank;    // BIC (ISO 9362).
    std::string number;  // Digits.
    std::string holder;  // As the bank writes it.
    bool operator==(const BankAccount&) const = default;
};

/// A BIC of 8 or 11 characters, in capitals. BANK_CODE_INVALID.
Result<std::string> ParseBankCode(std::string_view text);
/// 5 to 20 digits; spaces, dots and dashes between them are left out. ACCOUNT_NUMBER_INVALID.
Result<std::string> ParseAccountNumber(std::string_view text);

/// What may be shown to who has the number before them: its last digits, and initials.
BankAccount Masked(const BankAccount& account);

}  // namespace bangkit::aid
