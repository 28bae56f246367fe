#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/referral/referral.h"

namespace bangkit::aid {

// A loan from its contract on. What is lent is the bank's; its interest comes from the budget,
// month by month. The numbers are stored and sent: never change one, only add.
enum class LoanState {
    kRunning = 1,
    kRepaid = 2,
    kDefaulted = 3  // The bank does not expect its money any more.
};

struct Loan {
    std::string id;
    std::int64_t version = 0;
    std::string application_id;
    std::string referral_id;
    std::string agreement_id;
    std::string partner_id;
    std::string program_id;
    Applicant applicant;  // Without a household.
    Instrument instrument = Instrument::kInterestFreeLoan;
    LoanState state = LoanState::kRunning;
    std::string contract_number;
    std::int64_t principal = 0;  // Rupiah, as all amounts.
    std::int64_t repaid = 0;
    int months = 0;
    int yearly_rate = 0;  // Hundredths of a percent.
    Date disbursed_on;
    std::string budget_id;
    std::int64_t subsidy = 0;           // Paid to the bank.
    std::int64_t subsidy_reserved = 0;  // For what is not paid yet.
    int subsidised_months = 0;
    bool is_settled = false;  // No more interest is paid.
    std::optional<Time> requested_at;
    Time granted_at;
    std::optional<Time> repaid_at;
    std::optional<Date> defaulted_on;
    std::optional<Time> defaulted_at;  // When it became known.
    Time updated_at;

    bool Exists() const { return version > 0; }
    std::int64_t Owed() const { return principal - repaid; }
    /// The first day of a month of it (1, 2 ...), and the day on which that is over.
    Date StartOf(int month) const;
    Date EndOf(int month) const { return StartOf(month + 1); }
    /// When the interest of the next month is to be paid; nullopt: no more.
    std::optional<Time> DueAt() const;
};

// Commands.

struct GrantLoan {
    std::string referral_id;
    std::string contract_number;
    std::int64_t principal = 0;
    int months = 0;
    Date disbursed_on;
};
/// As a bank tells it: known by its reference.
struct RecordInstalment {
    std::string reference;
    Date paid_on;
    std::int64_t amount = 0;
};
struct DeclareDefault {
    Date on;
};
/// A month of the loan is over.
struct AccrueSubsidy {
    Time now;  // By the database's clock.
};

// Events.

struct LoanGranted {
    Loan loan;  // Without a version.
    Time at;
};
struct InstalmentPaid {
    std::string reference;
    Date paid_on;
    std::int64_t amount = 0;
    Time at;
};
struct LoanDefaulted {
    Date on;
    Time at;
};
struct SubsidyAccrued {
    int month = 0;
    std::int64_t base = 0;
    std::int64_t amount = 0;
    bool is_last = false;
    std::int64_t released = 0;  // With the last one: what no month took.
    Time at;
};
using LoanEvent = std::variant<LoanGranted, InstalmentPaid, LoanDefaulted, SubsidyAccrued>;

/// What a loan is granted by.
struct GrantContext {
    const Referral& referral;
    const Application& application;
    const Agreement& agreement;
    Time now;
};

/// The check was passed and the application approved. NOT_FOUND: REFERRAL_NOT_FOUND.
/// FAILED_PRECONDITION: CHECK_NOT_PASSED, APPLICATION_STATE_WRONG, AMOUNT_TOO_HIGH (more than was
/// asked for), MONTHS_TOO_MANY (more than were agreed), DISBURSED_TOO_EARLY (before the check).
Result<LoanEvent> Decide(const GrantLoan& command, const std::string& loan_id,
                         const GrantContext& context);
/// nullopt: that is known. `known`: the payment of this reference. NOT_FOUND: LOAN_NOT_FOUND.
/// FAILED_PRECONDITION: INSTALMENT_DIFFERS, INSTALMENT_TOO_HIGH (more than is owed),
/// INSTALMENT_TOO_EARLY (before the owner had the money), DATE_IN_FUTURE.
Result<std::optional<LoanEvent>> Decide(const Loan& loan, const RecordInstalment& command,
                                        const std::optional<RecordInstalment>& known, Time now);
/// FAILED_PRECONDITION: LOAN_NOT_RUNNING, DEFAULTED_TOO_EARLY (before the owner had the money),
/// DATE_IN_FUTURE.
Result<LoanEvent> Decide(const Loan& loan, const DeclareDefault& command, Time now);
/// The interest of the next month: of what was owed at its beginning, and never of more than the
/// plan says, for who pays late pays for it; of nothing once it is in default. What was paid too
/// much for months before, because the bank has told of a payment later than that, is taken off.
/// `paid`: all payments that are known. FAILED_PRECONDITION: SUBSIDY_SETTLED, MONTH_RUNS.
Result<LoanEvent> Decide(const Loan& loan, const AccrueSubsidy& command,
                         const std::vector<RecordInstalment>& paid);
Loan Apply(Loan loan, const LoanEvent& event);

/// What the event does to the budget of the application, in this order.
std::vector<PostingOrder> PostingsOf(const LoanEvent& event);

}  // namespace bangkit::aid
