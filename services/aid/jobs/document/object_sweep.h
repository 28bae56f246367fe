#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/objects/store.h"
#include "libs/postgres/connection.h"

namespace bangkit::aid {

/// Removes what lies in the store and is no document: of uploads whose server died before their
/// command, and of erased owners. It goes round and round, a shelf a turn.
class ObjectSweep {
public:
    /// Both must outlive it.
    ObjectSweep(objects::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

    /// Looks at the next shelf, so many objects at a time; returns how many it has removed.
    std::int64_t Turn(postgres::Connection& connection, std::size_t batch);

private:
    std::vector<std::string> OldOnesOf(int shelf) const;

    objects::Store& store_;
    const Clock& clock_;
    int shelf_ = 0;
};

}  // namespace bangkit::aid
