#include "services/aid/storage/rekey.h"

#include <optional>
#include <string>

#include "libs/rotation/rekey.h"
#include "services/aid/storage/households.h"
#include "services/aid/storage/owner_keys.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kSelectSql =
    "SELECT owner_id, wrapped_key FROM owner_keys"
    " WHERE owner_id > $1::text::uuid ORDER BY owner_id LIMIT $2::bigint";
constexpr std::string_view kUpdateSql =
    "UPDATE owner_keys t SET wrapped_key = u.rewrapped"
    "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (id, wrapped, rewrapped)"
    " WHERE t.owner_id = u.id AND t.wrapped_key = u.wrapped";

std::int64_t RekeyOwners(postgres::Connection& connection, const crypto::KeyRing& keys,
                         std::int64_t batch_size) {
    std::int64_t rewrapped = 0;
    std::string last(rotation::kBeforeAllIds);
    for (bool goes_on = true; goes_on;) {
        std::string after;
        std::optional<std::int64_t> done;
        goes_on =
            rotation::InTransaction(connection, keys, [&](postgres::Transaction& transaction) {
                after = last;
                done = rotation::RekeyTable(transaction, keys, kSelectSql, kUpdateSql,
                                            RewrapOwnerKey, batch_size, after);
                return done.has_value();
            });
        rewrapped += done.value_or(0);
        last = after;
    }
    return rewrapped;
}

}  // namespace

RekeyCounts Rekey(postgres::Connection& connection, const crypto::KeyRing& keys,
                  std::int64_t batch_size) {
    connection.RunScript("SET bangkit.regions = '*'; SET plan_cache_mode = force_custom_plan");
    const std::int64_t rewrapped = RekeyOwners(connection, keys, batch_size);
    return {.rewrapped = rewrapped, .households = RekeyHouseholds(connection, keys, batch_size)};
}

}  // namespace bangkit::aid
