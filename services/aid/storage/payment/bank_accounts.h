#pragma once

#include <map>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/payment/bank_account.h"

namespace bangkit::aid {

/// Where a business has its money sent to, sealed with its owner's key.
struct StatedAccount {
    std::string owner_id;
    std::string sealed;
    std::string stated_by;
};

std::string SealAccount(const crypto::Key& key, std::string_view business_id,
                        const BankAccount& account);
/// kInternal if it is not what was sealed there.
Result<BankAccount> OpenAccount(const crypto::Key& key, std::string_view business_id,
                                std::string_view sealed);

/// The same of an account as it was when a payment was made.
std::string SealPayee(const crypto::Key& key, std::string_view reference, int attempt,
                      const BankAccount& account);
Result<BankAccount> OpenPayee(const crypto::Key& key, std::string_view reference, int attempt,
                              std::string_view sealed);

/// By business; those that have stated none are left out.
std::map<std::string, StatedAccount> LoadAccounts(postgres::Transaction& transaction,
                                                  const postgres::UuidArray& business_ids);

/// Accounts that were stated: each in place of the one before.
class StatedAccounts {
public:
    void Add(const std::string& business_id, const StatedAccount& stated, Time at);
    void Save(postgres::Transaction& transaction) const;

private:
    struct Row {
        StatedAccount stated;
        Time at;
    };
    std::map<std::string, Row> rows_;  // By business.
};

}  // namespace bangkit::aid
