#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/nomination/nomination.h"
#include "services/aid/domain/nomination/nominee_record.h"

namespace bangkit::aid {

/// A record as it is kept: sealed with the key of the owner.
struct StatedRecord {
    std::string owner_id;
    NominationScheme scheme = NominationScheme::kBpum2020;
    std::string sealed;
    std::string stated_by;
};

std::string SealRecord(const crypto::Key& owner_key, std::string_view application_id,
                       const NomineeRecord& record);
/// kInternal if it is not what was sealed there.
Result<NomineeRecord> OpenRecord(const crypto::Key& owner_key, std::string_view application_id,
                                 std::string_view sealed);

/// Records that were stated: each in place of the one before.
class StatedRecords {
public:
    void Add(const std::string& application_id, const StatedRecord& stated, Time at);
    /// nullptr if none was stated.
    const StatedRecord* Find(const std::string& application_id) const;
    void Save(postgres::Transaction& transaction) const;

private:
    struct Row {
        StatedRecord stated;
        Time at;
    };
    std::map<std::string, Row> rows_;  // By application.
};

}  // namespace bangkit::aid
