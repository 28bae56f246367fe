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

    /// `subject_id` wants to hold it, unless somebody does already. Before Load().
    void Want(ClaimKind kind, const std::string& hash, const std::string& subject_id);
    /// Takes what is free and finds the holders of the rest.
    void Load(postgres::Transaction& transaction);

    const std::string& HolderOf(ClaimKind kind, const std::string& hash) const;
    /// True if the holder was there before this transaction.
    bool IsOld(ClaimKind kind, const std::string& hash) const;
    /// The command that is carried out makes `subject_id` the holder of what this transaction has
    /// taken.
    void Use(ClaimKind kind, const std::string& hash, const std::string& subject_id);
    bool IsUsed(ClaimKind kind, const std::string& hash) const;

    /// Gives back what was taken for commands that were refused.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Claim {
        std::string holder;
        bool is_old = false;
        bool is_used = false;
        bool is_moved = false;  // Taken for one command, used by another.
    };
    std::map<Key, Claim> claims_;
};

}  // namespace bangkit::registration
