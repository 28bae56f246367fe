#pragma once

#include <string>
#include <vector>

#include "libs/postgres/pool.h"

namespace bangkit::registration {

/// Whose rows a read may see. Row-level security holds it, whatever the statement says.
struct Viewer {
    std::vector<std::string> regions;
    std::string owner_id;  // Of a caller who may see what is their own; else empty.
};

/// Says to row-level security who is looking, for this transaction.
void SetViewer(postgres::Transaction& transaction, const Viewer& viewer);

/// What `read(transaction)` returns in a transaction of this viewer.
template <typename Read>
auto ReadAs(postgres::Pool& pool, const Viewer& viewer, const Read& read) {
    return pool.Read([&](postgres::Connection& connection) {
        postgres::Transaction transaction(connection);
        SetViewer(transaction, viewer);
        auto found = read(transaction);
        transaction.Commit();
        return found;
    });
}

}  // namespace bangkit::registration
