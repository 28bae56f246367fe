#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "services/aid/domain/payment/payment.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/payment/bank_accounts.h"
#include "services/aid/storage/payment/payments.h"

namespace bangkit::aid {

inline constexpr int kBatchPaymentsMax = 2'500;

struct CreatePaymentBatch {
    std::string program_id;
    std::string region_code;  // Whose applications are put into it.
    BankAccount payer;
    Date execute_on;
    int most = kBatchPaymentsMax;
};
struct ReleasePaymentBatch {};
struct DissolvePaymentBatch {};
struct TakeBankAnswer {
    BankAnswer answer;
};

/// What somebody does with a batch of payments, or the bank says of one.
struct PaymentCommand {
    std::string batch_id;  // Of an answer only if it is of a whole file.
    std::variant<CreatePaymentBatch, ReleasePaymentBatch, DissolvePaymentBatch, TakeBankAnswer>
        deed;
};

/// One transaction of payments, with what they do to applications and budgets.
class PaymentUnitOfWork {
public:
    using Command = PaymentCommand;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit PaymentUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    /// For whom it is time.
    struct Candidates {
        std::set<std::string> applications;
        std::int64_t without_account = 0;
    };

    void FindCandidates(postgres::Transaction& transaction, const std::string& batch_id,
                        const CreatePaymentBatch& wanted);
    void LoadAccountsOf(postgres::Transaction& transaction,
                        const std::set<std::string>& application_ids);

    command::Outcome Run(const CreatePaymentBatch& deed, const Pending& pending, Time now);
    command::Outcome Run(const ReleasePaymentBatch& deed, const Pending& pending, Time now);
    command::Outcome Run(const DissolvePaymentBatch& deed, const Pending& pending, Time now);
    command::Outcome Run(const TakeBankAnswer& deed, const Pending& pending, Time now);

    /// Puts an application into the batch, if it can be paid now.
    void AddPayment(PaymentBatch& batch, const std::string& application_id, const Pending& pending,
                    Time now);
    /// Of all that waits in the file.
    command::Outcome TakeOfFile(const BankAnswer& answer, const Pending& pending, Time now);
    command::Outcome TakeOfPayment(Payment& payment, const BankAnswer& answer,
                                   const Pending& pending, Time now);
    void Step(PaymentStep step, const std::string& application_id, const Pending& pending,
              Time now);

    /// nullptr if it is absent or out of the caller's reach: one answer for both.
    PaymentBatch* Reached(const Pending& pending);
    /// The attempt that the answer speaks of.
    Payment* Find(const BankAnswer& answer, const Pending& pending);

    std::map<std::string, std::string> program_regions_;  // Of those that batches are made for.
    std::map<std::string, Candidates> candidates_;        // By batch.
    ApplicationSteps steps_;
    std::map<std::string, PaymentBatch> batches_;
    std::set<std::string> outdated_;                        // Those that must not be sent any more.
    std::map<std::string, std::vector<Payment>> payments_;  // By application.
    std::map<std::string, StatedAccount> accounts_;         // By business.
    OwnerKeys owner_keys_;
    PaymentRows rows_;
};

}  // namespace bangkit::aid
