#pragma once

#include <cstdint>
#include <string>

#include "services/aid/domain/payment/payment.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class BankAccount;
class Payment;
class PaymentBatch;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

void Fill(v1::BankAccount& out, const BankAccount& account);
BankAccount ToAccount(const v1::BankAccount& message);
void Fill(v1::PaymentBatch& out, const PaymentBatch& batch);
void Fill(v1::Payment& out, const Payment& payment);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string CreatedAnswer(const PaymentBatch& batch, std::int64_t without_account);
std::string ReleasedAnswer(const PaymentBatch& batch);
std::string DissolvedAnswer(const PaymentBatch& batch);

}  // namespace bangkit::aid
