#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/payment/bank_account.h"

namespace bangkit::aid {

// Money on its way to the bank and back. The numbers are stored and sent: never change one, only
// add.
enum class PaymentBatchState {
    kProposed = 1,
    kReleased = 2,  // Its file may be sent.
    kDissolved = 3  // Never sent.
};
enum class PaymentState {
    kWaiting = 1,   // The bank has said nothing.
    kAccepted = 2,  // The bank has it, and has not paid.
    kPaid = 3,
    kFailed = 4,    // Never paid, or never sent.
    kReturned = 5,  // Paid, and come back.
};

/// What goes to the bank in one file.
struct PaymentBatch {
    std::string id;
    std::string program_id;
    std::string region_code;
    PaymentBatchState state = PaymentBatchState::kProposed;
    BankAccount payer;  // Of the treasury.
    Date execute_on;
    std::int64_t payments = 0;
    std::int64_t total = 0;         // Rupiah.
    std::set<std::string> made_by;  // And who stated an account in it.
    Time created_at;
    std::string decided_by;
    std::optional<Time> decided_at;  // When it was released or dissolved.
    bool operator==(const PaymentBatch&) const = default;
};

/// FAILED_PRECONDITION: BATCH_DECIDED. PERMISSION_DENIED: MAKER_IS_CHECKER.
Result<PaymentBatch> Release(PaymentBatch batch, const std::string& actor, Time now);
/// FAILED_PRECONDITION: BATCH_DECIDED.
Result<PaymentBatch> Dissolve(PaymentBatch batch, const std::string& actor, Time now);

/// One attempt to pay an application.
struct Payment {
    std::string reference;  // By which the bank knows it: the same for every attempt.
    int attempt = 1;
    std::string application_id;
    std::string owner_id;
    std::string batch_id;
    std::int64_t number = 0;  // In the file: 1, 2, 3 ...
    std::int64_t amount = 0;  // Rupiah.
    PaymentState state = PaymentState::kWaiting;
    std::string reason;        // The bank's code.
    bool is_disputed = false;  // The bank has said what cannot be: people must ask.
    std::optional<Time> answered_at;
    bool operator==(const Payment&) const = default;
};

inline constexpr int kAttemptsMax = 99;

/// By which a bank knows an application or a batch: its id without dashes, so that no two can have
/// the same.
std::string ReferenceOf(std::string_view id);
/// Whose reference it is; nullopt if it is nobody's.
std::optional<std::string> IdOf(std::string_view reference);

enum class BankAnswerKind { kAccepted = 1, kPaid = 2, kRejected = 3, kReturned = 4 };

/// What a bank says of one instruction, in its own time and order, and more than once.
struct BankAnswer {
    BankAnswerKind kind = BankAnswerKind::kAccepted;
    std::string reference = {};               // Empty: of the whole file.
    std::string batch_id = {};                // Empty: it does not say.
    int attempt = 0;                          // 0: it does not say.
    std::string reason = {};                  // A code.
    std::optional<std::int64_t> amount = {};  // Rupiah, if it says so.
};

/// What is done to the application, in this order.
enum class PaymentStep { kSchedule, kConfirm, kFail, kRefund };

struct Settlement {
    Payment payment;  // From now on.
    std::vector<PaymentStep> steps;
};

/// What follows from an answer; nothing, if it says what is known. Whatever has gone out or come
/// back is posted, whichever answer comes first; what contradicts the answers before makes the
/// payment disputed and moves nothing. FAILED_PRECONDITION: AMOUNT_DIFFERS; ATTEMPT_MISSING, it
/// takes back one of several attempts and does not say which.
Result<Settlement> Settle(const Payment& payment, ApplicationState application,
                          const BankAnswer& answer, Time now);

}  // namespace bangkit::aid
