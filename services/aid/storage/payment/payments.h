#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/payment/payment.h"

namespace bangkit::aid {

/// Of a row of `payment_batches b`, in the order that ToPaymentBatch() reads them.
inline constexpr std::string_view kPaymentBatchColumns =
    "b.batch_id, b.program_id, b.region_code, b.state, b.payer_bank, b.payer_account,"
    " b.payer_name, b.execute_on, b.payments, b.total_rupiah, b.made_by, b.created_at,"
    " b.decided_by, b.decided_at";
PaymentBatch ToPaymentBatch(const postgres::Rows& rows, int i);

/// Of a row of `payments p`, in the order that ToPayment() reads them.
inline constexpr std::string_view kPaymentColumns =
    "p.reference, p.attempt, p.application_id, p.owner_id, p.batch_id, p.number, p.amount_rupiah,"
    " p.state, p.reason, p.is_disputed, p.answered_at";
inline constexpr int kPaymentColumnCount = 11;
Payment ToPayment(const postgres::Rows& rows, int i);

/// Locks in id order; ids not found are left out.
std::map<std::string, PaymentBatch> LockPaymentBatches(postgres::Transaction& transaction,
                                                       const postgres::UuidArray& ids);

/// Every attempt to pay these applications, by application and in its order; locked.
std::map<std::string, std::vector<Payment>> LockPayments(
    postgres::Transaction& transaction, const std::set<std::string>& application_ids);

/// Batches and payments that are made or changed in one transaction.
class PaymentRows {
public:
    void Create(const PaymentBatch& batch);
    void Decide(const PaymentBatch& batch);
    /// `payee`: SealPayee().
    void Create(const Payment& payment, std::string payee);
    void Change(const Payment& payment);
    /// Fails as a lost race if a batch was decided before.
    void Save(postgres::Transaction& transaction) const;

private:
    void InsertBatches(postgres::Transaction& transaction) const;
    void UpdateBatches(postgres::Transaction& transaction) const;
    void InsertPayments(postgres::Transaction& transaction) const;
    void UpdatePayments(postgres::Transaction& transaction) const;

    std::vector<PaymentBatch> made_batches_, decided_batches_;
    std::vector<std::pair<Payment, std::string>> made_payments_;
    std::map<std::pair<std::string, int>, Payment> changed_payments_;
};

}  // namespace bangkit::aid
