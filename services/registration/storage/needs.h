#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/need.h"
#include "services/registration/storage/need_seal.h"

namespace bangkit::registration {

/// Of a row of `needs n`, in the order that ToNeed() reads them. All that is not sealed.
inline constexpr std::string_view kNeedColumns =
    "n.need_id, n.version, n.source, n.business_id::text, n.owner_id::text, n.constituency,"
    " n.held_on, n.topic, n.region_code, n.beneficiaries, n.status, n.decline_reason, n.link_kind,"
    " n.link_id::text, n.stated_at, n.updated_at";
inline constexpr int kNeedColumnCount = 16;
Need ToNeed(const postgres::Rows& rows, int i);

/// Locks in id order; ids not found are left out.
std::vector<Need> LockNeeds(postgres::Transaction& transaction, const postgres::UuidArray& ids);

/// New rows, with their sealed words by need id, and changed ones: updated where the version is
/// what was loaded, else the transaction fails as a lost race.
void SaveNeeds(postgres::Transaction& transaction, const Tracked<Need>& needs,
               const std::map<std::string, SealedNeedText>& texts);

/// What became of needs, as rows that are never changed.
class NeedHistory {
public:
    void Add(const Need& need, const std::string& recorded_by);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray ids_;
    postgres::Int64Array versions_;
    postgres::SmallintArray statuses_;
    postgres::TimeArray recorded_at_;
    postgres::TextArray recorded_by_;
};

}  // namespace bangkit::registration
