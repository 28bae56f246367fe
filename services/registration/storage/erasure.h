#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/domain/personal_data.h"
#include "services/registration/storage/claims.h"
#include "services/registration/storage/owner_phones.h"

namespace bangkit::registration {

/// The keyed hashes by which a person is known when nothing else of them is left: one by each key
/// of the ring, the current one first.
std::vector<std::string> ErasureHashes(const crypto::KeyRing& keys, std::string_view nik);

/// Until this transaction ends nobody is erased. Before anything is locked in it.
void HoldErasuresBack(postgres::Transaction& transaction);

/// An owner and their businesses, locked. Nothing is left to erase of one who is erased already.
struct ErasableOwner {
    OwnerStanding standing;
    std::string nik;
    std::vector<Business> businesses;
    std::string phone = {};
};

/// Destroys what identifies owners, in one transaction: their keys and what these seal, the index
/// of their NIKs, NIBs and telephone numbers, the texts of businesses that are theirs alone, notes
/// of verifications, rows of files that could not be registered, what dry runs would have claimed.
/// Versions, events and histories are up to the caller. Claims of imported rows stay: a row of an
/// old file is still known, and brings nobody back. Files on their way cannot be searched: they get
/// a time by which they are destroyed (SweepImports).
class Erasure {
public:
    explicit Erasure(const crypto::KeyRing& keys) : keys_(keys), claims_(keys), phones_(keys) {}

    /// Waits for those who hold erasures back. Locks businesses, then owners, each in id order.
    /// Throws std::runtime_error if the data of one cannot be opened.
    void Load(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);
    /// Only with every key that is in use can all claims be found.
    bool HasAllKeys() const { return has_all_keys_; }
    const ErasableOwner* Find(const std::string& owner_id) const;

    /// Files on their way, which may hold rows of whoever is erased.
    std::int64_t files_on_their_way() const { return files_on_their_way_; }

    /// One that was loaded and is not erased yet.
    void Erase(const std::string& owner_id, Time now, Time files_destroyed_by);
    void Save(postgres::Transaction& transaction, Time now) const;

private:
    void Release(const ClaimedNumber& number, const std::string& subject_id);

    const crypto::KeyRing& keys_;
    bool has_all_keys_ = true;
    std::int64_t files_on_their_way_ = 0;
    Time files_destroyed_by_ = Time::max();
    std::map<std::string, ErasableOwner> owners_;
    IdentityClaims claims_;
    OwnerPhones phones_;
    postgres::UuidArray erased_;
    struct {
        postgres::SmallintArray kinds;
        postgres::BytesArray hashes;
    } released_;
    struct {
        postgres::BytesArray hashes;
        postgres::UuidArray entry_ids;
    } erased_niks_;
    struct {
        postgres::UuidArray business_ids;
        postgres::BytesArray details;
        postgres::TextArray names, regions;
    } stripped_;  // Businesses that were theirs alone: what is left of the details, and what they
                  // were called.
};

/// Whose NIKs no file may bring back. Nobody can tell them by what is stored, but whoever sends one
/// of them again is recognised.
class ErasedNiks {
public:
    explicit ErasedNiks(const crypto::KeyRing& keys) : keys_(keys) {}

    /// Before Load().
    void Want(const std::string& nik);
    void Load(postgres::Transaction& transaction);
    bool Contains(const std::string& nik) const { return erased_.contains(nik); }

private:
    const crypto::KeyRing& keys_;
    std::map<std::string, std::string> nik_by_hash_;
    std::set<std::string> erased_;
};

}  // namespace bangkit::registration
