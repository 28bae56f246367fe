#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "services/aid/domain/loan/loan.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/loan/loans.h"

namespace bangkit::aid {

/// What somebody does with a loan, or a bank says of one.
struct LoanCommand {
    std::string loan_id;  // Made for this command if it is new.
    std::optional<std::int64_t> expected_version = {};
    bool is_of_file = false;  // A line of many.
    std::variant<GrantLoan, RecordInstalment, DeclareDefault, AccrueSubsidy> deed;
};

/// One transaction of loans, with what they do to applications and budgets.
class LoanUnitOfWork {
public:
    using Command = LoanCommand;
    using Pending = command::PendingCommand<Command>;

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    command::Outcome Run(const GrantLoan& deed, const Pending& pending, Time now);
    command::Outcome Run(const RecordInstalment& deed, const Pending& pending, Time now);
    command::Outcome Run(const DeclareDefault& deed, const Pending& pending, Time now);
    command::Outcome Run(const AccrueSubsidy& deed, const Pending& pending, Time now);

    void LoadGrants(postgres::Transaction& transaction, const std::set<std::string>& referral_ids,
                    const std::set<std::string>& application_ids);
    /// ABORTED if it has changed since the caller read it.
    Result<void> CheckVersion(const Pending& pending, const Loan& loan) const;
    /// As if it were not there, if it is not in the caller's reach: one answer for both.
    Loan Reached(const Pending& pending) const;
    /// What the event does to the budget; nothing if it is refused.
    Result<void> Post(const std::string& application_id, const LoanEvent& event,
                      const Pending& pending, Time now);
    const Loan& Record(const LoanEvent& event, const Pending& pending);

    ApplicationSteps steps_;
    Tracked<Agreement> agreements_;
    Tracked<Referral> referrals_;
    std::set<std::string> doubled_;  // Applications.
    Tracked<Loan> loans_;
    InstalmentBook instalments_;
    SubsidyBook subsidies_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
