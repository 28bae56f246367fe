#include "services/aid/storage/payment/payment_queries.h"

#include <algorithm>
#include <stdexcept>

#include "services/aid/domain/region.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/payment/bank_accounts.h"
#include "services/aid/storage/payment/payments.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kFindSql = "SELECT " + std::string(kPaymentBatchColumns) +
                             " FROM payment_batches b WHERE b.batch_id = $1::text::uuid";

constexpr std::string_view kCountSql =
    "SELECT count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2),"
    "       count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state = 4),"
    "       count(*) FILTER (WHERE state = 5), count(*) FILTER (WHERE is_disputed)"
    "  FROM payments WHERE batch_id = $1::text::uuid";

const std::string kListSql = "SELECT " + std::string(kPaymentBatchColumns) +
                             "  FROM payment_batches b"
                             " WHERE b.program_id = $1::text::uuid AND b.batch_id < $2::text::uuid"
                             " ORDER BY b.batch_id DESC LIMIT $3::bigint";

const std::string kPaymentsSql = "SELECT " + std::string(kPaymentColumns) +
                                 "  FROM payments p"
                                 " WHERE p.batch_id = $1::text::uuid AND p.number > $2::bigint"
                                 "   AND ($3::bigint = 0 OR p.state = $3::bigint)"
                                 " ORDER BY p.number LIMIT $4::bigint";

constexpr std::string_view kAccountSql =
    "SELECT a.owner_id, k.wrapped_key, a.account, b.region_code"
    "  FROM bank_accounts a JOIN owner_keys k USING (owner_id) JOIN businesses b USING "
    "(business_id)"
    " WHERE a.business_id = $1::text::uuid";

constexpr std::string_view kBehindAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

}  // namespace

std::optional<CountedBatch> PaymentQueries::Find(const Viewer& viewer,
                                                 const std::string& batch_id) const {
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> std::optional<CountedBatch> {
        // Row-level security holds for the batch; its payments are as secret as it is.
        const Rows batches = transaction.Run(kFindSql, {batch_id});
        if (batches.size() == 0) return std::nullopt;
        const Rows counts = transaction.Run(kCountSql, {batch_id});
        return CountedBatch{.batch = ToPaymentBatch(batches, 0),
                            .counts = {.waiting = counts.Int64(0, 0),
                                       .accepted = counts.Int64(0, 1),
                                       .paid = counts.Int64(0, 2),
                                       .failed = counts.Int64(0, 3),
                                       .returned = counts.Int64(0, 4),
                                       .disputed = counts.Int64(0, 5)}};
    });
}

std::vector<PaymentBatch> PaymentQueries::List(const Viewer& viewer, const std::string& program_id,
                                               const std::string& before,
                                               std::int64_t limit) const {
    const std::string first = before.empty() ? std::string(kBehindAll) : before;
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kListSql, {program_id, first, most});
    });
    std::vector<PaymentBatch> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToPaymentBatch(rows, i));
    return found;
}

std::optional<std::vector<Payment>> PaymentQueries::Payments(const Viewer& viewer,
                                                             const std::string& batch_id,
                                                             std::optional<PaymentState> state,
                                                             std::int64_t after,
                                                             std::int64_t limit) const {
    const std::string first = Int64(after), most = Int64(limit);
    const std::string only = Int64(state ? static_cast<std::int64_t>(*state) : 0);
    using Found = std::optional<std::vector<Payment>>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        if (transaction.Run(kFindSql, {batch_id}).size() == 0) return std::nullopt;
        const Rows rows = transaction.Run(kPaymentsSql, {batch_id, first, only, most});
        std::vector<Payment> payments;
        for (int i = 0; i < rows.size(); ++i) payments.push_back(ToPayment(rows, i));
        return payments;
    });
}

std::optional<BankAccount> PaymentQueries::FindAccount(const Viewer& viewer,
                                                       const std::string& business_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kAccountSql, {business_id});
    });
    if (rows.size() == 0) return std::nullopt;
    const std::string region_code = rows.Text(0, 3);
    const bool is_seen = std::ranges::any_of(
        viewer.regions, [&](const std::string& region) { return LiesIn(region_code, region); });
    if (!is_seen) return std::nullopt;
    const Result<crypto::Key> key = OpenOwnerKey(keys_, rows.Uuid(0, 0), rows.Bytes(0, 1));
    if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
    const Result<BankAccount> account = OpenAccount(*key, business_id, rows.Bytes(0, 2));
    if (!account) throw std::runtime_error("a bank account cannot be opened");
    return Masked(*account);
}

}  // namespace bangkit::aid
