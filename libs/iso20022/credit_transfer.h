#pragma once

#include <cstdint>
#include <string>

#include "libs/base/clock.h"

namespace bangkit::iso20022 {

// A file of credit transfers in rupiah: CustomerCreditTransferInitiationV03 (pain.001.001.03) with
// one payment information. Whoever fills it in sees to it that its texts are as long as the message
// allows, and have no control characters.

struct Account {
    std::string bank;    // BIC.
    std::string number;  // At most 34 characters.
    std::string holder;  // At most 70.
};

struct FileHeader {
    std::string message_id;  // At most 35, by which the bank knows a file that comes again.
    Time created_at;
    Date execute_on;
    std::int64_t transfers = 0;
    std::int64_t total = 0;  // Rupiah.
    Account debtor;
};

struct CreditTransfer {
    std::string instruction_id;  // At most 35.
    std::string end_to_end_id;   // At most 35, by which the bank knows a payment that comes again.
    std::int64_t rupiah = 0;
    Account creditor;
    std::string remittance;  // What the creditor reads; 1 to 140 characters.
};

/// The file up to its first transfer.
std::string BeginFile(const FileHeader& header);
std::string ToXml(const CreditTransfer& transfer);
/// What comes behind the last transfer.
std::string EndFile();

}  // namespace bangkit::iso20022
