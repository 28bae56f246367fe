#include "services/aid/storage/payment/payment_mapping.h"

#include "bangkit/aid/v1/payment_service.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

template <typename Response>
std::string Answer(Response response, const PaymentBatch& batch) {
    Fill(*response.mutable_batch(), batch);
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::BankAccount& out, const BankAccount& account) {
    out.set_bank_code(account.bank);
    out.set_account_number(account.number);
    out.set_holder_name(account.holder);
}

BankAccount ToAccount(const v1::BankAccount& message) {
    return {.bank = message.bank_code(),
            .number = message.account_number(),
            .holder = message.holder_name()};
}

void Fill(v1::PaymentBatch& out, const PaymentBatch& batch) {
    out.set_batch_id(batch.id);
    out.set_program_id(batch.program_id);
    out.set_region_code(batch.region_code);
    out.set_state(As<v1::PaymentBatchState>(batch.state));
    Fill(*out.mutable_payer(), batch.payer);
    out.set_execute_on(indonesia::FormatDate(batch.execute_on));
    out.set_payments(batch.payments);
    out.set_total_rupiah(batch.total);
    Fill(*out.mutable_created_at(), batch.created_at);
    if (batch.decided_at) Fill(*out.mutable_decided_at(), *batch.decided_at);
}

void Fill(v1::Payment& out, const Payment& payment) {
    out.set_reference(payment.reference);
    out.set_attempt(payment.attempt);
    out.set_application_id(payment.application_id);
    out.set_batch_id(payment.batch_id);
    out.set_number(payment.number);
    out.set_amount_rupiah(payment.amount);
    out.set_state(As<v1::PaymentState>(payment.state));
    out.set_reason(payment.reason);
    out.set_is_disputed(payment.is_disputed);
    if (payment.answered_at) Fill(*out.mutable_answered_at(), *payment.answered_at);
}

std::string CreatedAnswer(const PaymentBatch& batch, std::int64_t without_account) {
    v1::CreatePaymentBatchResponse response;
    response.set_without_account(without_account);
    return Answer(std::move(response), batch);
}
std::string ReleasedAnswer(const PaymentBatch& batch) {
    return Answer(v1::ReleasePaymentBatchResponse(), batch);
}
std::string DissolvedAnswer(const PaymentBatch& batch) {
    return Answer(v1::DissolvePaymentBatchResponse(), batch);
}

}  // namespace bangkit::aid
