#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "services/aid/domain/payment/payment.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// How many payments of a batch are how far.
struct PaymentCounts {
    std::int64_t waiting = 0;
    std::int64_t accepted = 0;
    std::int64_t paid = 0;
    std::int64_t failed = 0;
    std::int64_t returned = 0;
    std::int64_t disputed = 0;  // Of these.
};

struct CountedBatch {
    PaymentBatch batch;
    PaymentCounts counts;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class PaymentQueries {
public:
    /// Both must outlive it.
    PaymentQueries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    std::optional<CountedBatch> Find(const Viewer& viewer, const std::string& batch_id) const;
    /// Of a programme, behind `before` (empty: from the newest on).
    std::vector<PaymentBatch> List(const Viewer& viewer, const std::string& program_id,
                                   const std::string& before, std::int64_t limit) const;
    /// Of a batch, behind number `after`; nullopt if the batch is not seen. `state`: only these.
    std::optional<std::vector<Payment>> Payments(const Viewer& viewer, const std::string& batch_id,
                                                 std::optional<PaymentState> state,
                                                 std::int64_t after, std::int64_t limit) const;
    /// Masked; nullopt if there is none, or its business is not seen.
    std::optional<BankAccount> FindAccount(const Viewer& viewer,
                                           const std::string& business_id) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::aid
