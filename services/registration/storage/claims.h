#pragma once

#include <map>
#include <string>
#include <utility>

#include "libs/postgres/connection.h"

namespace bangkit::registration {

// Stored by number: never change one, only add.
enum class ClaimKind { kNik = 1, kNib = 2, kImportRow = 3 };

/// Who holds which number, by its keyed hash. Claims of one transaction are taken in one order, so
/// two batches that want the same numbers wait for each other instead of failing.
class IdentityClaims {
public:
    using Key = std::pair<ClaimKind, std::string>;  // Kind and hash.

    /// Somebody wants to hold it, unless it is held already. Before Load(). `subject_id` saves a
    /// statement if it is the one that Give() will name; it must be new, or kNobody.
    void Want(ClaimKind kind, const std::string& hash, const std::string& subject_id = kNobody);
    /// Takes what is free and finds the holders of the rest.
    void Load(postgres::Transaction& transaction);

    /// Empty: nobody. Of what was wanted.
    const std::string& HolderOf(ClaimKind kind, const std::string& hash) const;
    /// The command that is carried out makes `subject_id` the holder of what is free.
    void Give(ClaimKind kind, const std::string& hash, const std::string& subject_id);
    /// `subject_id`, who holds it, holds it no more.
    void Release(ClaimKind kind, const std::string& hash, const std::string& subject_id);

    /// Moves what is held by others than those it was taken for, and gives the rest back.
    void Save(postgres::Transaction& transaction) const;

private:
    inline static const std::string kNobody = "00000000-0000-0000-0000-000000000000";

    struct Claim {
        std::string saved;   // Who has it in the table.
        std::string holder;  // Who is to have it; empty: nobody.
    };
    std::map<Key, Claim> claims_;
};

}  // namespace bangkit::registration
