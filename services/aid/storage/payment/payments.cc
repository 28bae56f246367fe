#include "services/aid/storage/payment/payments.h"

#include "services/aid/storage/lines.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

std::optional<Time> OptionalTime(const Rows& rows, int row, int column) {
    if (rows.IsNull(row, column)) return std::nullopt;
    return rows.Time(row, column);
}

void Add(postgres::TimeArray& column, const std::optional<Time>& time) {
    time ? column.Add(*time) : column.AddNull();
}

}  // namespace

PaymentBatch ToPaymentBatch(const Rows& rows, int i) {
    PaymentBatch batch;
    batch.id = rows.Uuid(i, 0);
    batch.program_id = rows.Uuid(i, 1);
    batch.region_code = rows.Text(i, 2);
    batch.state = static_cast<PaymentBatchState>(rows.Int64(i, 3));
    batch.payer = {.bank = rows.Text(i, 4), .number = rows.Text(i, 5), .holder = rows.Text(i, 6)};
    batch.execute_on = rows.Date(i, 7);
    batch.payments = rows.Int64(i, 8);
    batch.total = rows.Int64(i, 9);
    batch.made_by = FromLines(rows.Text(i, 10));
    batch.created_at = rows.Time(i, 11);
    batch.decided_by = rows.Text(i, 12);
    batch.decided_at = OptionalTime(rows, i, 13);
    return batch;
}

Payment ToPayment(const Rows& rows, int i) {
    Payment payment;
    payment.reference = rows.Text(i, 0);
    payment.attempt = static_cast<int>(rows.Int64(i, 1));
    payment.application_id = rows.Uuid(i, 2);
    payment.owner_id = rows.Uuid(i, 3);
    payment.batch_id = rows.Uuid(i, 4);
    payment.number = rows.Int64(i, 5);
    payment.amount = rows.Int64(i, 6);
    payment.state = static_cast<PaymentState>(rows.Int64(i, 7));
    payment.reason = rows.Text(i, 8);
    payment.is_disputed = rows.Bool(i, 9);
    payment.answered_at = OptionalTime(rows, i, 10);
    return payment;
}

std::map<std::string, PaymentBatch> LockPaymentBatches(postgres::Transaction& transaction,
                                                       const postgres::UuidArray& ids) {
    std::map<std::string, PaymentBatch> batches;
    if (ids.size() == 0) return batches;
    static const std::string sql = "SELECT " + std::string(kPaymentBatchColumns) +
                                   "  FROM payment_batches b WHERE b.batch_id = ANY($1::uuid[])"
                                   " ORDER BY b.batch_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids});
    for (int i = 0; i < rows.size(); ++i) batches.emplace(rows.Uuid(i, 0), ToPaymentBatch(rows, i));
    return batches;
}

std::map<std::string, std::vector<Payment>> LockPayments(
    postgres::Transaction& transaction, const std::set<std::string>& application_ids) {
    std::map<std::string, std::vector<Payment>> payments;
    if (application_ids.empty()) return payments;
    postgres::TextArray references;
    for (const std::string& id : application_ids) references.Add(ReferenceOf(id));
    static const std::string sql = "SELECT " + std::string(kPaymentColumns) +
                                   "  FROM payments p WHERE p.reference = ANY($1::text[])"
                                   " ORDER BY p.reference, p.attempt FOR UPDATE";
    const Rows rows = transaction.Run(sql, {references});
    for (int i = 0; i < rows.size(); ++i) {
        Payment payment = ToPayment(rows, i);
        payments[payment.application_id].push_back(std::move(payment));
    }
    return payments;
}

void PaymentRows::Create(const PaymentBatch& batch) { made_batches_.push_back(batch); }
void PaymentRows::Decide(const PaymentBatch& batch) { decided_batches_.push_back(batch); }
void PaymentRows::Create(const Payment& payment, std::string payee) {
    made_payments_.emplace_back(payment, std::move(payee));
}
void PaymentRows::Change(const Payment& payment) {
    changed_payments_.insert_or_assign(std::pair(payment.reference, payment.attempt), payment);
}

void PaymentRows::Save(postgres::Transaction& transaction) const {
    InsertBatches(transaction);
    InsertPayments(transaction);
    UpdateBatches(transaction);
    UpdatePayments(transaction);
}

void PaymentRows::InsertBatches(postgres::Transaction& transaction) const {
    if (made_batches_.empty()) return;
    postgres::UuidArray ids, programs;
    postgres::TextArray regions, banks, accounts, names, made_by;
    postgres::DateArray execute_on;
    postgres::Int64Array payments, totals;
    postgres::TimeArray created_at;
    for (const PaymentBatch& batch : made_batches_) {
        ids.Add(batch.id);
        programs.Add(batch.program_id);
        regions.Add(batch.region_code);
        banks.Add(batch.payer.bank);
        accounts.Add(batch.payer.number);
        names.Add(batch.payer.holder);
        execute_on.Add(batch.execute_on);
        payments.Add(batch.payments);
        totals.Add(batch.total);
        made_by.Add(ToLines(batch.made_by));
        created_at.Add(batch.created_at);
    }
    transaction.Queue(
        "INSERT INTO payment_batches (batch_id, program_id, region_code, state, payer_bank,"
        "   payer_account, payer_name, execute_on, payments, total_rupiah, made_by, created_at,"
        "   decided_by)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), 1,"
        "        unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::date[]),"
        "        unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::text[]),"
        "        unnest($11::timestamptz[]), ''",
        {ids, programs, regions, banks, accounts, names, execute_on, payments, totals, made_by,
         created_at});
}

void PaymentRows::UpdateBatches(postgres::Transaction& transaction) const {
    if (decided_batches_.empty()) return;
    postgres::UuidArray ids;
    postgres::SmallintArray states;
    postgres::TextArray decided_by;
    postgres::TimeArray decided_at;
    for (const PaymentBatch& batch : decided_batches_) {
        ids.Add(batch.id);
        states.Add(batch.state);
        decided_by.Add(batch.decided_by);
        Add(decided_at, batch.decided_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE payment_batches t"
        "   SET state = u.state, decided_by = u.decided_by, decided_at = u.decided_at"
        "  FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::timestamptz[])"
        "    AS u (id, state, decided_by, decided_at)"
        " WHERE t.batch_id = u.id AND t.state = 1",
        {ids, states, decided_by, decided_at});
}

void PaymentRows::InsertPayments(postgres::Transaction& transaction) const {
    if (made_payments_.empty()) return;
    postgres::TextArray references;
    postgres::SmallintArray attempts;
    postgres::UuidArray applications, owners, batches;
    postgres::Int64Array numbers, amounts;
    postgres::BytesArray payees;
    for (const auto& [payment, payee] : made_payments_) {
        references.Add(payment.reference);
        attempts.Add(static_cast<std::int16_t>(payment.attempt));
        applications.Add(payment.application_id);
        owners.Add(payment.owner_id);
        batches.Add(payment.batch_id);
        numbers.Add(payment.number);
        amounts.Add(payment.amount);
        payees.Add(payee);
    }
    transaction.Queue(
        "INSERT INTO payments (reference, attempt, application_id, owner_id, batch_id, number,"
        "   amount_rupiah, payee, state, reason, is_disputed)"
        " SELECT unnest($1::text[]), unnest($2::smallint[]), unnest($3::uuid[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::bigint[]),"
        "        unnest($7::bigint[]), unnest($8::bytea[]), 1, '', false",
        {references, attempts, applications, owners, batches, numbers, amounts, payees});
}

void PaymentRows::UpdatePayments(postgres::Transaction& transaction) const {
    if (changed_payments_.empty()) return;
    postgres::TextArray references, reasons;
    postgres::SmallintArray attempts, states, disputed;
    postgres::TimeArray answered_at;
    for (const auto& [key, payment] : changed_payments_) {
        references.Add(payment.reference);
        attempts.Add(static_cast<std::int16_t>(payment.attempt));
        states.Add(payment.state);
        reasons.Add(payment.reason);
        disputed.Add(static_cast<std::int16_t>(payment.is_disputed ? 1 : 0));
        Add(answered_at, payment.answered_at);
    }
    transaction.QueueExact(
        references.size(),
        "UPDATE payments t"
        "   SET state = u.state, reason = u.reason, is_disputed = u.disputed = 1,"
        "       answered_at = u.answered_at"
        "  FROM unnest($1::text[], $2::smallint[], $3::smallint[], $4::text[], $5::smallint[],"
        "              $6::timestamptz[])"
        "    AS u (reference, attempt, state, reason, disputed, answered_at)"
        " WHERE t.reference = u.reference AND t.attempt = u.attempt",
        {references, attempts, states, reasons, disputed, answered_at});
}

}  // namespace bangkit::aid
