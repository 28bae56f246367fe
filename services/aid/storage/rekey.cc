#include "services/aid/storage/rekey.h"

#include <optional>
#include <string>

#include "libs/rotation/rekey.h"
#include "services/aid/storage/application/households.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/grievance/grievance_words.h"

namespace bangkit::aid {
namespace {

/// A table of wrapped keys: how they are read and written, and what wraps one again.
struct WrappedKeys {
    std::string_view select;
    std::string_view update;
    Result<std::string> (*rewrap)(const crypto::KeyRing& keys, const std::string& id,
                                  std::string_view wrapped_key);
};

constexpr WrappedKeys kOwners{
    .select =
        "SELECT owner_id, wrapped_key FROM owner_keys"
        " WHERE owner_id > $1::text::uuid ORDER BY owner_id LIMIT $2::bigint",
    .update =
        "UPDATE owner_keys t SET wrapped_key = u.rewrapped"
        "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (id, wrapped, rewrapped)"
        " WHERE t.owner_id = u.id AND t.wrapped_key = u.wrapped",
    .rewrap = RewrapOwnerKey};
constexpr WrappedKeys kGrievances{
    .select =
        "SELECT grievance_id, wrapped_key FROM grievances"
        " WHERE grievance_id > $1::text::uuid AND wrapped_key <> ''"
        " ORDER BY grievance_id LIMIT $2::bigint",
    .update =
        "UPDATE grievances t SET wrapped_key = u.rewrapped"
        "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (id, wrapped, rewrapped)"
        " WHERE t.grievance_id = u.id AND t.wrapped_key = u.wrapped",
    .rewrap = RewrapGrievanceKey};

std::int64_t Rewrap(const WrappedKeys& table, postgres::Connection& connection,
                    const crypto::KeyRing& keys, std::int64_t batch_size) {
    std::int64_t rewrapped = 0;
    std::string last(rotation::kBeforeAllIds);
    for (bool goes_on = true; goes_on;) {
        std::string after;
        std::optional<std::int64_t> done;
        goes_on =
            rotation::InTransaction(connection, keys, [&](postgres::Transaction& transaction) {
                after = last;
                done = rotation::RekeyTable(transaction, keys, table.select, table.update,
                                            table.rewrap, batch_size, after);
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
    const std::int64_t rewrapped = Rewrap(kOwners, connection, keys, batch_size) +
                                   Rewrap(kGrievances, connection, keys, batch_size);
    return {.rewrapped = rewrapped, .households = RekeyHouseholds(connection, keys, batch_size)};
}

}  // namespace bangkit::aid
