#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

// Stored by number: never change one, only add.
enum class ClaimKind { kNik = 1, kNib = 2, kImportRow = 3 };

/// A number that somebody claims, as its keyed hashes: one by each key of the ring.
struct ClaimedNumber {
    ClaimKind kind = ClaimKind::kNik;
    std::vector<std::string> hashes;  // Empty: none.

    bool IsNone() const { return hashes.empty(); }
};

/// The claims of a NIK and of a NIB; none of an empty one.
ClaimedNumber ClaimedNik(const crypto::KeyRing& keys, std::string_view nik);
ClaimedNumber ClaimedNib(const crypto::KeyRing& keys, std::string_view nib);

/// Who holds which number, by its keyed hash. Claims of one transaction are taken in one order, so
/// two batches that want the same numbers wait for each other instead of failing.
///
/// A number is claimed by every key that is in use and looked up by every key that there is. So two
/// processes between which the keys change cannot give it away twice, for they share a key: the
/// claim by that one decides, whatever the others make of theirs.
class IdentityClaims {
public:
    explicit IdentityClaims(const crypto::KeyRing& keys) : keys_(keys) {}

    /// Somebody wants to hold it, unless it is held already. Before Load(). `subject_id` saves a
    /// statement if it is the one that Give() will name; it must be new, or kNobody.
    void Want(const ClaimedNumber& number, const std::string& subject_id = kNobody);
    /// Takes what is free and finds the holders of the rest.
    void Load(postgres::Transaction& transaction);

    /// Empty: nobody. Of what was wanted.
    std::string HolderOf(const ClaimedNumber& number) const;
    /// The command that is carried out makes `subject_id` the holder of what is free: of the whole
    /// number, or by the keys by which its holder has not claimed it yet.
    void Give(const ClaimedNumber& number, const std::string& subject_id);
    /// `subject_id`, who holds it, holds it no more.
    void Release(const ClaimedNumber& number, const std::string& subject_id);

    /// Moves what is held by others than those it was taken for, and gives the rest back.
    void Save(postgres::Transaction& transaction) const;

private:
    inline static const std::string kNobody = "00000000-0000-0000-0000-000000000000";

    using Key = std::pair<ClaimKind, std::string>;  // Kind and hash.
    struct Claim {
        std::string saved;   // Who has it in the table; empty: nobody.
        std::string holder;  // Who is to have it; empty: nobody.
    };
    struct Columns;

    /// By a key with which nothing new is made, so it can be looked up and not taken.
    bool IsReadOnly(const std::string& hash) const;

    const crypto::KeyRing& keys_;
    std::map<Key, Claim> claims_;
};

}  // namespace bangkit::registration
