#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/stock/handover.h"

namespace bangkit::aid {

/// Receipts of one transaction, and the last numbers of their warehouses.
class HandoverRows {
public:
    /// `receiver`: bangkit.aid.v1.Receiver, serialized. It is sealed.
    void Add(const Handover& handover, const crypto::Key& owner_key, std::string_view receiver);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray applications_, warehouses_;
    postgres::Int64Array numbers_;
    postgres::TextArray receipts_, by_;
    postgres::SmallintArray kinds_;
    postgres::BytesArray receivers_;
    postgres::TimeArray at_;
};

/// As it was sealed; kInternal "SEAL_BROKEN" if it is not what was sealed there.
Result<std::string> OpenReceiver(const crypto::Key& owner_key, const std::string& application_id,
                                 std::string_view sealed);

}  // namespace bangkit::aid
