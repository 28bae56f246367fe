#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/payment/bank_accounts.h"
#include "services/aid/storage/payment/payments.h"

namespace bangkit::aid {

/// A part of the file for the bank. It is personal.
struct PaymentFilePage {
    struct Line {
        Payment payment;
        BankAccount payee;
    };
    PaymentBatch batch;
    std::vector<Line> lines;
    bool is_first = false;
    bool is_last = false;
};

/// Commands although they change nothing: that somebody has seen a page is on record before it
/// leaves. Their outcomes are not stored.
struct ReadPaymentFile {
    std::string batch_id;
    std::int64_t after = 0;  // The number of the last line of the page before.
    /// A serialized response.
    std::function<std::string(const PaymentFilePage&)> answer;
};

class PaymentFileUnitOfWork {
public:
    using Command = ReadPaymentFile;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit PaymentFileUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now) const;
    void Save(postgres::Transaction&) {}

private:
    struct SealedLine {
        Payment payment;
        std::string payee;
    };
    using Place = std::pair<std::string, std::int64_t>;

    void LoadPage(postgres::Transaction& transaction, const Command& command);

    std::map<std::string, PaymentBatch> batches_;
    std::map<Place, std::vector<SealedLine>> pages_;
    OwnerKeys owner_keys_;
};

}  // namespace bangkit::aid
