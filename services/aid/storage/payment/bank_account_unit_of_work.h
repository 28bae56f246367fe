#pragma once

#include <map>
#include <span>
#include <string>

#include "libs/command/unit_of_work.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/payment/bank_accounts.h"

namespace bangkit::aid {

struct StateBankAccount {
    std::string business_id;
    BankAccount account;
};

/// One transaction of bank accounts that are stated.
class BankAccountUnitOfWork {
public:
    using Command = StateBankAccount;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit BankAccountUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    Businesses businesses_;
    OwnerKeys owner_keys_;
    StatedAccounts stated_;
};

}  // namespace bangkit::aid
