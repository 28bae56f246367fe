#include "services/aid/storage/payment/payment_file_unit_of_work.h"

#include <set>

namespace bangkit::aid {
namespace {

constexpr std::int64_t kLinesPerPage = 250;

}  // namespace

std::string PaymentFileUnitOfWork::Target(const Command& command) {
    return "payment_batch/" + command.batch_id;
}

void PaymentFileUnitOfWork::Load(postgres::Transaction& transaction,
                                 std::span<const Command* const> commands) {
    static const std::string sql = "SELECT " + std::string(kPaymentBatchColumns) +
                                   "  FROM payment_batches b WHERE b.batch_id = ANY($1::uuid[])";
    std::set<std::string> ids;
    for (const Command* command : commands) ids.insert(command->batch_id);
    postgres::UuidArray batches, owners;
    for (const std::string& id : ids) batches.Add(id);
    const postgres::Rows rows = transaction.Run(sql, {batches});
    for (int i = 0; i < rows.size(); ++i) {
        batches_.emplace(rows.Uuid(i, 0), ToPaymentBatch(rows, i));
    }
    for (const Command* command : commands) LoadPage(transaction, *command);
    for (const auto& [place, lines] : pages_) {
        for (const SealedLine& line : lines) owners.Add(line.payment.owner_id);
    }
    owner_keys_.Load(transaction, owners);
}

void PaymentFileUnitOfWork::LoadPage(postgres::Transaction& transaction, const Command& command) {
    static const std::string sql = "SELECT " + std::string(kPaymentColumns) +
                                   ", p.payee"
                                   "  FROM payments p"
                                   " WHERE p.batch_id = $1::text::uuid AND p.number > $2::bigint"
                                   " ORDER BY p.number LIMIT $3::bigint";
    std::vector<SealedLine>& lines = pages_[{command.batch_id, command.after}];
    if (!lines.empty()) return;  // Somebody else wants the same.
    const postgres::Rows rows = transaction.Run(
        sql, {command.batch_id, postgres::Int64(command.after), postgres::Int64(kLinesPerPage)});
    for (int i = 0; i < rows.size(); ++i) {
        lines.push_back(
            {.payment = ToPayment(rows, i), .payee = rows.Text(i, kPaymentColumnCount)});
    }
}

command::Outcome PaymentFileUnitOfWork::Handle(const Pending& pending, Time) const {
    const auto& [batch_id, after, answer] = pending.command;
    const auto batch = batches_.find(batch_id);
    if (batch == batches_.end() || !pending.caller.Reaches(batch->second.region_code)) {
        return Refused(ErrorCode::kNotFound, "BATCH_NOT_FOUND", "no such batch of payments");
    }
    if (batch->second.state != PaymentBatchState::kReleased) {
        return Refused(ErrorCode::kFailedPrecondition, "BATCH_NOT_RELEASED",
                       "the batch was not released");
    }
    PaymentFilePage page{.batch = batch->second, .lines = {}, .is_first = after == 0};
    for (const SealedLine& line : pages_.at({batch_id, after})) {
        const Payment& payment = line.payment;
        const crypto::Key* key = owner_keys_.Find(payment.owner_id);
        if (key == nullptr) {
            return Refused(ErrorCode::kFailedPrecondition, "PAYEE_ERASED",
                           "the account of somebody in the batch was destroyed");
        }
        Result<BankAccount> payee = OpenPayee(*key, payment.reference, payment.attempt, line.payee);
        if (!payee) return std::unexpected(payee.error());
        page.lines.push_back({.payment = payment, .payee = *std::move(payee)});
    }
    page.is_last = page.lines.empty() || page.lines.back().payment.number == page.batch.payments;
    return answer(page);
}

}  // namespace bangkit::aid
