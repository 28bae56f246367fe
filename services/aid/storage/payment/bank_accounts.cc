#include "services/aid/storage/payment/bank_accounts.h"

#include "bangkit/aid/v1/payment.pb.h"
#include "services/aid/storage/payment/payment_mapping.h"

namespace bangkit::aid {
namespace {

// Associated data: where a sealed account belongs. Moved to another row it does not open.
std::string AccountPlace(std::string_view business_id) {
    return crypto::Aad({"aid", "bank_accounts", "account", business_id});
}
std::string PayeePlace(std::string_view reference, int attempt) {
    return crypto::Aad({"aid", "payments", "payee", reference, std::to_string(attempt)});
}

std::string Sealed(const crypto::Key& key, const BankAccount& account, const std::string& place) {
    v1::BankAccount message;
    Fill(message, account);
    return crypto::Seal(key, message.SerializeAsString(), place);
}

Result<BankAccount> Opened(const crypto::Key& key, std::string_view sealed,
                           const std::string& place) {
    const Result<std::string> bytes = crypto::Open(key, sealed, place);
    if (!bytes) return std::unexpected(bytes.error());
    v1::BankAccount message;
    if (!message.ParseFromString(*bytes)) {
        return Refused(ErrorCode::kInternal, "SEAL_BROKEN", "stored data makes no sense");
    }
    return ToAccount(message);
}

}  // namespace

std::string SealAccount(const crypto::Key& key, std::string_view business_id,
                        const BankAccount& account) {
    return Sealed(key, account, AccountPlace(business_id));
}

Result<BankAccount> OpenAccount(const crypto::Key& key, std::string_view business_id,
                                std::string_view sealed) {
    return Opened(key, sealed, AccountPlace(business_id));
}

std::string SealPayee(const crypto::Key& key, std::string_view reference, int attempt,
                      const BankAccount& account) {
    return Sealed(key, account, PayeePlace(reference, attempt));
}

Result<BankAccount> OpenPayee(const crypto::Key& key, std::string_view reference, int attempt,
                              std::string_view sealed) {
    return Opened(key, sealed, PayeePlace(reference, attempt));
}

std::map<std::string, StatedAccount> LoadAccounts(postgres::Transaction& transaction,
                                                  const postgres::UuidArray& business_ids) {
    std::map<std::string, StatedAccount> accounts;
    if (business_ids.size() == 0) return accounts;
    const postgres::Rows rows = transaction.Run(
        "SELECT business_id, owner_id, account, stated_by FROM bank_accounts"
        " WHERE business_id = ANY($1::uuid[])",
        {business_ids});
    for (int i = 0; i < rows.size(); ++i) {
        accounts.emplace(rows.Uuid(i, 0), StatedAccount{.owner_id = rows.Uuid(i, 1),
                                                        .sealed = rows.Text(i, 2),
                                                        .stated_by = rows.Text(i, 3)});
    }
    return accounts;
}

void StatedAccounts::Add(const std::string& business_id, const StatedAccount& stated, Time at) {
    rows_.insert_or_assign(business_id, Row{.stated = stated, .at = at});
}

void StatedAccounts::Save(postgres::Transaction& transaction) const {
    if (rows_.empty()) return;
    postgres::UuidArray businesses, owners;
    postgres::BytesArray accounts;
    postgres::TimeArray stated_at;
    postgres::TextArray stated_by;
    for (const auto& [business_id, row] : rows_) {
        businesses.Add(business_id);
        owners.Add(row.stated.owner_id);
        accounts.Add(row.stated.sealed);
        stated_at.Add(row.at);
        stated_by.Add(row.stated.stated_by);
    }
    transaction.Queue(
        "INSERT INTO bank_accounts (business_id, owner_id, account, stated_at, stated_by)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::timestamptz[], $5::text[])"
        " ON CONFLICT (business_id) DO UPDATE"
        "   SET owner_id = excluded.owner_id, account = excluded.account,"
        "       stated_at = excluded.stated_at, stated_by = excluded.stated_by",
        {businesses, owners, accounts, stated_at, stated_by});
}

}  // namespace bangkit::aid
