#include "services/aid/api/payment/payment_file.h"

#include "libs/iso20022/credit_transfer.h"

namespace bangkit::aid {
namespace {

iso20022::Account ToAccount(const BankAccount& account) {
    return {.bank = account.bank, .number = account.number, .holder = account.holder};
}

iso20022::FileHeader HeaderOf(const PaymentBatch& batch) {
    return {.message_id = ReferenceOf(batch.id),
            .created_at = batch.decided_at.value(),  // The same each time.
            .execute_on = batch.execute_on,
            .transfers = batch.payments,
            .total = batch.total,
            .debtor = ToAccount(batch.payer)};
}

iso20022::CreditTransfer TransferOf(const PaymentFilePage::Line& line) {
    const Payment& payment = line.payment;
    return {.instruction_id = payment.reference + "-" + std::to_string(payment.attempt),
            .end_to_end_id = payment.reference,
            .rupiah = payment.amount,
            .creditor = ToAccount(line.payee),
            .remittance = "Bantuan usaha " + payment.reference};
}

}  // namespace

std::string ContentOf(const PaymentFilePage& page) {
    std::string content;
    if (page.is_first) content = iso20022::BeginFile(HeaderOf(page.batch));
    for (const PaymentFilePage::Line& line : page.lines) {
        content += iso20022::ToXml(TransferOf(line));
    }
    if (page.is_last) content += iso20022::EndFile();
    return content;
}

}  // namespace bangkit::aid
