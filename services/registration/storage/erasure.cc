#include "services/registration/storage/erasure.h"

#include <algorithm>
#include <stdexcept>

#include "libs/base/ids.h"
#include "libs/crypto/keyed_hash.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/duplicate_search.h"
#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/lost_race.h"
#include "services/registration/storage/name_words.h"
#include "services/registration/storage/owners.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

// Of the advisory lock between erasures and those who hold them back.
constexpr std::int64_t kLock = 27'413'260'219'764;

postgres::UuidArray BusinessesOf(postgres::Transaction& transaction,
                                 const postgres::UuidArray& owner_ids) {
    const postgres::Rows rows = transaction.Run(
        "SELECT business_id FROM businesses WHERE owner_id = ANY($1::uuid[])", {owner_ids});
    postgres::UuidArray ids;
    for (int i = 0; i < rows.size(); ++i) ids.Add(rows.Uuid(i, 0));
    return ids;
}

}  // namespace

std::vector<std::string> ErasureHashes(const crypto::KeyRing& keys, std::string_view nik) {
    return crypto::KeyedHashes(keys, "erased_nik", nik);
}

void HoldErasuresBack(postgres::Transaction& transaction) {
    transaction.Queue("SELECT pg_advisory_xact_lock_shared($1::bigint)", {postgres::Int64(kLock)});
}

void Erasure::Load(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids) {
    if (owner_ids.size() == 0) return;
    transaction.Queue("SELECT pg_advisory_xact_lock($1::bigint)", {postgres::Int64(kLock)});
    has_all_keys_ = registration::HasAllKeys(transaction, keys_);
    const postgres::UuidArray business_ids = BusinessesOf(transaction, owner_ids);
    std::vector<Business> businesses = LockBusinesses(transaction, business_ids);
    const postgres::Rows rows = transaction.Run(
        "SELECT owner_id, wrapped_key, personal_data, legal_hold FROM owners"
        " WHERE owner_id = ANY($1::uuid[]) ORDER BY owner_id FOR UPDATE",
        {owner_ids});
    // From here on nobody adds a business to them; somebody may have, while we waited.
    if (BusinessesOf(transaction, owner_ids).size() != business_ids.size()) {
        throw LostRace();
    }
    for (int i = 0; i < rows.size(); ++i) {
        ErasableOwner owner{.standing = {.id = rows.Uuid(i, 0),
                                         .is_erased = rows.Bytes(i, 1).empty(),
                                         .legal_hold = rows.Text(i, 3)},
                            .nik = {},
                            .businesses = {}};
        if (!owner.standing.is_erased) {
            const Result<Owner> opened =
                OpenOwner(keys_, owner.standing.id, rows.Bytes(i, 1), rows.Bytes(i, 2));
            if (!opened) throw std::runtime_error("personal data cannot be opened");
            owner.nik = opened->nik;
            owner.phone = opened->phone;
        }
        owners_.insert_or_assign(owner.standing.id, std::move(owner));
    }
    for (Business& business : businesses) {
        owners_.at(business.owner_id).businesses.push_back(std::move(business));
    }
    files_on_their_way_ =
        transaction.Run("SELECT count(*) FROM import_jobs WHERE state < 4 AND bytes_accepted > 0")
            .Int64(0, 0);
}

const ErasableOwner* Erasure::Find(const std::string& owner_id) const {
    const auto found = owners_.find(owner_id);
    return found == owners_.end() ? nullptr : &found->second;
}

void Erasure::Erase(const std::string& owner_id, Time now, Time files_destroyed_by) {
    ErasableOwner& owner = owners_.at(owner_id);
    owner.standing.is_erased = true;
    erased_.Add(owner_id);
    files_destroyed_by_ = std::min(files_destroyed_by_, files_destroyed_by);
    Release(ClaimedNik(keys_, owner.nik), owner_id);
    phones_.Remove(owner_id, owner.phone);
    for (const Business& business : owner.businesses) {
        if (!IsOfOwnerAlone(business.profile.kind)) continue;
        Release(ClaimedNib(keys_, business.profile.nib), business.id);
        stripped_.business_ids.Add(business.id);
        stripped_.details.Add(SerializedDetails(WithoutOwner(business.profile)));
        stripped_.names.Add(business.profile.name);
        stripped_.regions.Add(business.profile.region_code);
    }
    if (owner.nik.empty()) return;
    const std::string entry_id = NewId(now);
    // By every key: whoever looks for it may use any of them.
    for (const std::string& hash : ErasureHashes(keys_, owner.nik)) {
        erased_niks_.hashes.Add(hash);
        erased_niks_.entry_ids.Add(entry_id);
    }
}

void Erasure::Release(const ClaimedNumber& number, const std::string& subject_id) {
    claims_.Release(number, subject_id);
    for (const std::string& hash : number.hashes) {
        released_.kinds.Add(number.kind);
        released_.hashes.Add(hash);
    }
}

void Erasure::Save(postgres::Transaction& transaction, Time now) const {
    if (erased_.size() == 0) return;
    postgres::TimeArray at, files_destroyed_by;
    at.Add(now);
    files_destroyed_by.Add(files_destroyed_by_);
    claims_.Save(transaction);
    phones_.Save(transaction);
    transaction.QueueExact(
        erased_.size(),
        "UPDATE owners SET wrapped_key = '', personal_data = '', legal_hold = '',"
        "                  erased_at = ($2::timestamptz[])[1]"
        " WHERE owner_id = ANY($1::uuid[]) AND wrapped_key <> ''",
        {erased_, at});
    transaction.Queue(
        "UPDATE businesses"
        "   SET owner_is_erased = true, sealed_npwp = NULL,"
        "       name = CASE WHEN kind IN (1, 3) THEN '' ELSE name END,"
        "       address = CASE WHEN kind IN (1, 3) THEN '' ELSE address END,"
        "       nib = CASE WHEN kind IN (1, 3) THEN NULL ELSE nib END"
        " WHERE owner_id = ANY($1::uuid[])",
        {erased_});
    transaction.QueueExact(stripped_.business_ids.size(),
                           "UPDATE businesses t SET details = u.details, permits = 0"
                           "  FROM unnest($1::uuid[], $2::bytea[]) AS u (business_id, details)"
                           " WHERE t.business_id = u.business_id",
                           {stripped_.business_ids, stripped_.details});
    ForgetNameWords(transaction, stripped_.names, stripped_.regions);
    transaction.Queue(
        "UPDATE verifications v SET note = '' FROM businesses b"
        " WHERE v.business_id = b.business_id AND b.owner_id = ANY($1::uuid[]) AND v.note <> ''",
        {erased_});
    ForgetComparisons(transaction, erased_);
    transaction.Queue(
        "INSERT INTO erased_niks (hash, entry_id, erased_at)"
        " SELECT hash, id, ($3::timestamptz[])[1] FROM unnest($1::bytea[], $2::uuid[]) u (hash, id)"
        " ON CONFLICT DO NOTHING",
        {erased_niks_.hashes, erased_niks_.entry_ids, at});
    transaction.Queue(
        "UPDATE needs SET wrapped_key = '', text = ''"
        " WHERE owner_id = ANY($1::uuid[]) AND wrapped_key <> ''",
        {erased_});
    // What devices said of them and of their businesses: nothing of it opens any more.
    for (const char* const table : {"intake_writes", "intake_keys"}) {
        transaction.Queue("DELETE FROM " + std::string(table) +
                              " WHERE subject_id = ANY($1::uuid[]) OR subject_id IN"
                              " (SELECT business_id FROM businesses WHERE owner_id = ANY($1))",
                          {erased_});
    }
    transaction.Queue(
        "DELETE FROM import_failed_rows r USING unnest($1::bytea[]) u (hash)"
        " WHERE r.nik_hash = u.hash",
        {erased_niks_.hashes});
    transaction.Queue(
        "DELETE FROM import_dry_claims d"
        " USING import_jobs j, unnest($1::smallint[], $2::bytea[]) u (kind, hash)"
        " WHERE j.state < 4 AND d.job_id = j.job_id AND d.kind = u.kind AND d.hash = u.hash",
        {released_.kinds, released_.hashes});
    transaction.Queue(
        "UPDATE import_jobs SET destroy_by = least(destroy_by, ($1::timestamptz[])[1])"
        " WHERE job_id IN (SELECT job_id FROM import_jobs WHERE state < 4 AND bytes_accepted > 0"
        "                   ORDER BY job_id FOR UPDATE)",
        {files_destroyed_by});
}

void ErasedNiks::Want(const std::string& nik) {
    if (nik.empty()) return;
    for (std::string& hash : ErasureHashes(keys_, nik)) {
        nik_by_hash_.emplace(std::move(hash), nik);
    }
}

void ErasedNiks::Load(postgres::Transaction& transaction) {
    if (nik_by_hash_.empty()) return;
    postgres::BytesArray hashes;
    for (const auto& [hash, nik] : nik_by_hash_) hashes.Add(hash);
    const postgres::Rows rows =
        transaction.Run("SELECT hash FROM erased_niks WHERE hash = ANY($1::bytea[])", {hashes});
    for (int i = 0; i < rows.size(); ++i) erased_.insert(nik_by_hash_.at(rows.Text(i, 0)));
}

}  // namespace bangkit::registration
