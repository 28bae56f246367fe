#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bangkit::iso20022 {

enum class Status {
    kUnknown,   // A code that we do not know.
    kAccepted,  // The bank has it, and has not paid yet.
    kPaid,
    kRejected,
    kReturned,  // Paid, and come back.
};

/// What a bank says of one instruction, or of a whole file.
struct Answer {
    Status status = Status::kUnknown;
    std::string message_id = {};              // Of the file; empty: it does not say.
    std::string instruction_id = {};          // The same.
    std::string end_to_end_id = {};           // Empty: of all that is in the file. NOTPROVIDED: of
                                              // one that is not named.
    std::string reason = {};                  // A code, such as AC04.
    std::optional<std::int64_t> rupiah = {};  // 0: not a whole amount of rupiah.
    bool operator==(const Answer&) const = default;
};

/// Of a transaction, by its external code: "ACSC".
Status StatusOf(std::string_view code);

/// "1134429.00"; 0 if it is no whole amount of rupiah.
std::int64_t ToRupiah(std::string_view amount, std::string_view currency);

}  // namespace bangkit::iso20022
