#pragma once

#include <string>
#include <vector>

#include "libs/postgres/pool.h"

namespace bangkit::postgres {

/// Whose rows a read may see. Row-level security holds it, whatever the statement says: policies
/// compare with the settings bangkit.regions and bangkit.owner.
struct Viewer {
    std::vector<std::string> regions;
    std::string owner_id = {};  // Of a caller who may see what is their own; else empty.
};

/// Says to row-level security who is looking, for this transaction.
void SetViewer(Transaction& transaction, const Viewer& viewer);

/// What `read(transaction)` returns in a transaction of this viewer. All that it reads is of one
/// moment.
template <typename Read>
auto ReadAs(Pool& pool, const Viewer& viewer, const Read& read) {
    return pool.Read([&](Connection& connection) {
        Transaction transaction(connection);
        transaction.Queue("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        SetViewer(transaction, viewer);
        auto found = read(transaction);
        transaction.Commit();
        return found;
    });
}

}  // namespace bangkit::postgres
