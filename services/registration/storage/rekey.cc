#include "services/registration/storage/rekey.h"

#include <stdexcept>
#include <string>

#include "libs/crypto/keyed_hash.h"
#include "libs/rotation/rekey.h"
#include "services/registration/storage/claims.h"
#include "services/registration/storage/duplicate_search.h"
#include "services/registration/storage/import_seal.h"
#include "services/registration/storage/intake_keys.h"
#include "services/registration/storage/lost_race.h"
#include "services/registration/storage/need_seal.h"
#include "services/registration/storage/owner_phones.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {
namespace {

using crypto::KeyPurpose;
using postgres::Int64;
using postgres::Transaction;

/// The claims of a batch by the keys in use, whether they are there or not.
struct Claims {
    void Add(const ClaimedNumber& number, const std::string& holder, const crypto::KeyRing& keys) {
        for (const std::string& hash : number.hashes) {
            if (keys.IsReadOnly(KeyPurpose::kHash, crypto::KeyVersionOf(hash))) continue;
            kinds.Add(number.kind);
            hashes.Add(hash);
            holders.Add(holder);
        }
    }
    postgres::SmallintArray kinds;
    postgres::BytesArray hashes;
    postgres::UuidArray holders;
};

/// Owners as they were when their batch was read.
struct Batch {
    postgres::UuidArray ids, rewrapped_ids;
    postgres::BytesArray wrapped_keys, personal_data, rewrapped_keys;
};

postgres::Rows NibsOf(Transaction& transaction, const postgres::UuidArray& owner_ids) {
    return transaction.Run(
        "SELECT business_id, nib FROM businesses"
        " WHERE owner_id = ANY($1::uuid[]) AND nib IS NOT NULL"
        " ORDER BY business_id FOR NO KEY UPDATE",
        {owner_ids});
}

/// One batch of owners behind `after`, which becomes the last of them; false if there was none.
bool RekeyOwners(Transaction& transaction, const crypto::KeyRing& keys, std::int64_t batch_size,
                 std::string& after, RekeyCounts& counts) {
    const postgres::Rows rows = transaction.Run(
        "SELECT owner_id, wrapped_key, personal_data FROM owners"
        " WHERE owner_id > $1::text::uuid AND wrapped_key <> ''"
        " ORDER BY owner_id LIMIT $2::bigint",
        {after, Int64(batch_size)});
    if (rows.size() == 0) return false;
    Batch batch;
    Claims claims;
    OwnerPhones phones(keys);
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id = rows.Uuid(i, 0);
        const std::string_view wrapped = rows.Bytes(i, 1);
        const Result<Owner> owner = OpenOwner(keys, id, wrapped, rows.Bytes(i, 2));
        const Result<std::string> current = Rewrap(keys, id, wrapped);
        if (!owner || !current) throw std::runtime_error("the data of owner " + id + " is broken");
        batch.ids.Add(id);
        batch.wrapped_keys.Add(wrapped);
        batch.personal_data.Add(rows.Bytes(i, 2));
        if (*current != wrapped) {
            batch.rewrapped_ids.Add(id);
            batch.rewrapped_keys.Add(*current);
        }
        claims.Add(ClaimedNik(keys, owner->nik), id, keys);
        phones.Add(id, owner->phone);
        after = id;
    }
    const postgres::Rows nibs = NibsOf(transaction, batch.ids);
    for (int i = 0; i < nibs.size(); ++i) {
        claims.Add(ClaimedNib(keys, nibs.Bytes(i, 1)), nibs.Uuid(i, 0), keys);
    }
    const postgres::Rows claimed = transaction.Run(
        "INSERT INTO identity_claims (kind, hash, subject_id)"
        " SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::uuid[]) AS u (kind, hash, id)"
        "  ORDER BY kind, hash"
        " ON CONFLICT DO NOTHING",
        {claims.kinds, claims.hashes, claims.holders});
    phones.Save(transaction);
    // Whoever was erased or changed since they were read: their claims must not come back.
    const postgres::Rows unchanged = transaction.Run(
        "SELECT o.owner_id FROM owners o"
        "  JOIN unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (owner_id, wrapped_key, data)"
        "       ON o.owner_id = u.owner_id AND o.wrapped_key = u.wrapped_key"
        "      AND o.personal_data = u.data"
        " ORDER BY o.owner_id FOR NO KEY UPDATE OF o",
        {batch.ids, batch.wrapped_keys, batch.personal_data});
    if (unchanged.size() != batch.ids.size()) throw LostRace();
    transaction.Queue(
        "UPDATE owners t SET wrapped_key = u.wrapped_key"
        "  FROM unnest($1::uuid[], $2::bytea[]) u (owner_id, wrapped_key)"
        " WHERE t.owner_id = u.owner_id",
        {batch.rewrapped_ids, batch.rewrapped_keys});
    counts.owners += rows.size();
    counts.rewrapped += batch.rewrapped_ids.size();
    counts.claimed += claimed.affected();
    return true;
}

/// One batch of import jobs behind `after`, which becomes the last of them; false if there was
/// none.
bool RekeyImports(Transaction& transaction, const crypto::KeyRing& keys, std::int64_t batch_size,
                  std::string& after, RekeyCounts& counts) {
    const postgres::Rows rows = transaction.Run(
        "SELECT job_id, wrapped_key FROM import_jobs"
        " WHERE job_id > $1::text::uuid AND wrapped_key IS NOT NULL"
        " ORDER BY job_id LIMIT $2::bigint",
        {after, Int64(batch_size)});
    if (rows.size() == 0) return false;
    postgres::UuidArray ids;
    postgres::BytesArray wrapped_keys, rewrapped_keys;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string_view wrapped = rows.Bytes(i, 1);
        after = rows.Uuid(i, 0);
        if (crypto::IsWrappedByCurrent(keys, wrapped)) continue;
        const Result<ImportSeal> seal = ImportSeal::Unwrap(keys, after, wrapped);
        if (!seal) throw std::runtime_error("the key of import " + after + " is broken");
        ids.Add(after);
        wrapped_keys.Add(wrapped);
        rewrapped_keys.Add(seal->Wrap(keys));
    }
    // A key that was destroyed since it was read must not come back.
    const postgres::Rows rewrapped = transaction.Run(
        "UPDATE import_jobs t SET wrapped_key = u.rewrapped"
        "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (job_id, wrapped, rewrapped)"
        " WHERE t.job_id = u.job_id AND t.wrapped_key = u.wrapped",
        {ids, wrapped_keys, rewrapped_keys});
    counts.imports += rewrapped.affected();
    return true;
}

/// One batch of keys of a table of wrapped keys, by ids; false if there was none.
bool RekeyTable(Transaction& transaction, const crypto::KeyRing& keys, std::string_view select,
                std::string_view update, const auto& rewrap, std::int64_t batch_size,
                std::string& after, RekeyCounts& counts) {
    const auto rewrapped =
        rotation::RekeyTable(transaction, keys, select, update, rewrap, batch_size, after);
    counts.kept += rewrapped.value_or(0);
    return rewrapped.has_value();
}

bool RekeyIntake(Transaction& transaction, const crypto::KeyRing& keys, std::int64_t batch_size,
                 std::string& after, RekeyCounts& counts) {
    return RekeyTable(
        transaction, keys,
        "SELECT subject_id, wrapped_key FROM intake_keys"
        " WHERE subject_id > $1::text::uuid ORDER BY subject_id LIMIT $2::bigint",
        "UPDATE intake_keys t SET wrapped_key = u.rewrapped"
        "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (id, wrapped, rewrapped)"
        " WHERE t.subject_id = u.id AND t.wrapped_key = u.wrapped",
        RewrapIntakeKey, batch_size, after, counts);
}

bool RekeyNeeds(Transaction& transaction, const crypto::KeyRing& keys, std::int64_t batch_size,
                std::string& after, RekeyCounts& counts) {
    return RekeyTable(
        transaction, keys,
        "SELECT need_id, wrapped_key FROM needs"
        " WHERE need_id > $1::text::uuid AND wrapped_key <> ''"
        " ORDER BY need_id LIMIT $2::bigint",
        "UPDATE needs t SET wrapped_key = u.rewrapped"
        "  FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) u (id, wrapped, rewrapped)"
        " WHERE t.need_id = u.id AND t.wrapped_key = u.wrapped",
        RewrapNeedKey, batch_size, after, counts);
}

/// Up to `batch_size` claims of NIKs and NIBs by retired keys; false if there was none.
bool RemoveRetired(Transaction& transaction, std::int64_t batch_size, RekeyCounts& counts) {
    const postgres::Rows removed = transaction.Run(
        "DELETE FROM identity_claims WHERE (kind, hash) IN ("
        " SELECT c.kind, c.hash FROM key_versions k"
        "  CROSS JOIN (VALUES (1::smallint), (2::smallint)) AS n (kind)"
        "  CROSS JOIN LATERAL (SELECT kind, hash FROM identity_claims"
        "   WHERE kind = n.kind AND hash >= set_byte('\\x00', 0, k.version)"
        "     AND (k.version = 255 OR hash < set_byte('\\x00', 0, least(k.version + 1, 255)))"
        "   ORDER BY kind, hash LIMIT $1::bigint) c"
        "  WHERE k.purpose = 2 AND k.retired_at IS NOT NULL)",
        {Int64(batch_size)});
    counts.removed += removed.affected();
    return removed.affected() > 0;
}

/// The same of telephone numbers.
bool RemoveRetiredPhones(Transaction& transaction, std::int64_t batch_size, RekeyCounts& counts) {
    const postgres::Rows removed = transaction.Run(
        "DELETE FROM owner_phones WHERE (hash, owner_id) IN ("
        " SELECT p.hash, p.owner_id FROM key_versions k"
        "  CROSS JOIN LATERAL (SELECT hash, owner_id FROM owner_phones"
        "   WHERE hash >= set_byte('\\x00', 0, k.version)"
        "     AND (k.version = 255 OR hash < set_byte('\\x00', 0, least(k.version + 1, 255)))"
        "   ORDER BY hash, owner_id LIMIT $1::bigint) p"
        "  WHERE k.purpose = 2 AND k.retired_at IS NOT NULL)",
        {Int64(batch_size)});
    counts.removed += removed.affected();
    return removed.affected() > 0;
}

/// Commits what `step` does, and counts it then.
bool InTransaction(postgres::Connection& connection, const crypto::KeyRing& keys,
                   RekeyCounts& counts, const auto& step) {
    RekeyCounts after;
    const bool goes_on = rotation::InTransaction(connection, keys, [&](Transaction& transaction) {
        after = counts;
        return step(transaction, after);
    });
    counts = after;
    return goes_on;
}

/// What businesses are compared by is hashed by the keys in use. Those that were never compared
/// have nothing of an older key: they are left to the search.
void CompareAgain(postgres::Connection& connection, const crypto::KeyRing& keys) {
    SearchStep step{.last = std::string(kBeforeAll)};
    while (!step.is_end) {
        step = SearchDuplicates(connection, keys, step.last, {.waits = true, .only_known = true});
    }
}

}  // namespace

RekeyCounts Rekey(postgres::Connection& connection, const crypto::KeyRing& keys,
                  std::int64_t batch_size) {
    connection.RunScript("SET bangkit.regions = '*'; SET plan_cache_mode = force_custom_plan");
    RekeyCounts counts;
    for (const auto& rekey_batch : {RekeyOwners, RekeyImports, RekeyIntake, RekeyNeeds}) {
        std::string last(rotation::kBeforeAllIds);
        for (bool goes_on = true; goes_on;) {
            std::string after;
            goes_on =
                InTransaction(connection, keys, counts, [&](Transaction& transaction, auto& now) {
                    after = last;
                    return rekey_batch(transaction, keys, batch_size, after, now);
                });
            last = after;
        }
    }
    CompareAgain(connection, keys);
    for (const auto& remove_batch : {RemoveRetired, RemoveRetiredPhones}) {
        for (bool goes_on = true; goes_on;) {
            goes_on =
                InTransaction(connection, keys, counts, [&](Transaction& transaction, auto& now) {
                    return remove_batch(transaction, batch_size, now);
                });
        }
    }
    return counts;
}

}  // namespace bangkit::registration
