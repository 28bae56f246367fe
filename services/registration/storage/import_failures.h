#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/import_seal.h"

namespace bangkit::registration {

/// A row that was not registered. Personal data.
struct FailedRow {
    std::int64_t row_number = 0;
    std::vector<std::string> nik_hashes;  // ErasureHashes() of its NIK; empty: it has none.
    std::string line;                     // Of the file that its creator may download.
};

/// Leaves out rows of people who are erased. In a transaction that holds erasures back.
void SaveFailedRows(postgres::Transaction& transaction, const ImportSeal& seal,
                    const std::string& job_id, const std::vector<FailedRow>& rows);

/// Up to `limit` rows behind the row number `after`, without their hashes.
std::vector<FailedRow> ReadFailedRows(postgres::Connection& connection, const ImportSeal& seal,
                                      const std::string& job_id, std::int64_t after,
                                      std::int64_t limit);

/// What a dry run would have claimed. In a transaction that gives up what it does from
/// RecallDryClaims() on, and then adds what it would have claimed.
class DryClaims {
public:
    DryClaims(const crypto::KeyRing& keys, std::string job_id)
        : keys_(keys), job_id_(std::move(job_id)) {}

    /// Claims what earlier rows would have claimed, as far as `rows` want it too.
    void Recall(postgres::Transaction& transaction,
                const std::vector<const RegisterBusiness*>& rows) const;
    void Add(postgres::Transaction& transaction,
             const std::vector<const RegisterBusiness*>& registered) const;

private:
    const crypto::KeyRing& keys_;
    const std::string job_id_;
};

}  // namespace bangkit::registration
