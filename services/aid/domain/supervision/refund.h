#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

// Aid that has to come back, as a whole. The numbers are stored and sent: never change one, only
// add.
enum class RefundState { kOpen = 1, kRepaid = 2, kDropped = 3 };
enum class RefundReason { kMisused = 1, kNotUsed = 2, kNotEligible = 3, kOffered = 4, kOther = 5 };

struct RefundCase {
    std::string id;
    std::int64_t version = 0;
    std::string application_id;
    std::string program_id;
    std::string business_id;
    std::string region_code;  // Of the application.
    RefundState state = RefundState::kOpen;
    RefundReason reason = RefundReason::kOther;
    std::int64_t claimed = 0;  // Rupiah; 0: goods.
    std::int64_t repaid = 0;
    Date due_on;  // Until when it has to be back, in Jakarta.
    std::string opened_by;
    Time opened_at;
    std::string decided_by;
    std::optional<Time> decided_at;  // When it was settled or dropped.
    bool is_overdue = false;         // The last day has passed, and not all is back.
    Time updated_at;

    bool Exists() const { return version > 0; }
    bool operator==(const RefundCase&) const = default;
};

// Events.

struct RefundCaseOpened {
    std::string refund_id;
    std::string application_id;
    std::string program_id;
    Applicant applicant;
    RefundReason reason;
    std::int64_t claimed;
    Date due_on;
    std::string by;
    Time at;
};
/// Some of it has come back, and not yet all.
struct RepaymentRecorded {
    std::int64_t amount;
    Time at;
};
/// The last of it has come back.
struct RefundCaseSettled {
    std::int64_t amount;  // With this payment; 0: goods.
    std::string by;
    Time at;
};
struct RefundCaseDropped {
    std::string by;
    Time at;
};
struct RefundOverdue {
    Time at;
};
using RefundEvent = std::variant<RefundCaseOpened, RepaymentRecorded, RefundCaseSettled,
                                 RefundCaseDropped, RefundOverdue>;

// The refusals that those of one case have in common: NOT_FOUND (REFUND_NOT_FOUND),
// FAILED_PRECONDITION (REFUND_DECIDED).

struct OpenRefundCase {
    std::string refund_id;  // Made for this command.
    RefundReason reason = RefundReason::kOther;
    Date due_on;
};
/// `has_open`: another case of the application. NOT_FOUND: APPLICATION_NOT_FOUND.
/// FAILED_PRECONDITION: APPLICATION_STATE_WRONG, PROGRAM_NOT_REFUNDABLE, REFUND_OPEN, DATE_IN_PAST.
Result<RefundEvent> Decide(const Application& application, Instrument instrument, bool has_open,
                           const OpenRefundCase& command, const std::string& actor, Time now);

struct RecordRepayment {
    std::int64_t amount = 0;
    std::string receipt;  // Of the treasury.
};
/// FAILED_PRECONDITION: REFUND_OF_GOODS, AMOUNT_TOO_HIGH.
Result<RefundEvent> Decide(const RefundCase& refund, const RecordRepayment& command,
                           const std::string& actor, Time now);

struct TakeBackGoods {
    std::string document;
};
/// FAILED_PRECONDITION: REFUND_OF_MONEY.
Result<RefundEvent> Decide(const RefundCase& refund, const TakeBackGoods& command,
                           const std::string& actor, Time now);

struct DropRefundCase {
    bool is_returned = false;  // The bank has returned all of it meanwhile.
};
/// PERMISSION_DENIED: MAKER_IS_CHECKER (the actor has opened it). FAILED_PRECONDITION:
/// REPAYMENT_BEGUN, and the bank has returned nothing.
Result<RefundEvent> Decide(const RefundCase& refund, const DropRefundCase& command,
                           const std::string& actor, Time now);

/// Its last day is over.
struct ExpireRefund {
    Time now;  // By the clock of the database.
};
/// FAILED_PRECONDITION: REFUND_PERIOD_RUNS; REFUND_OVERDUE, it is known.
Result<RefundEvent> Decide(const RefundCase& refund, const ExpireRefund& command, Time now);

RefundCase Apply(RefundCase refund, const RefundEvent& event);

}  // namespace bangkit::aid
