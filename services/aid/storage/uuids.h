#pragma once

#include <set>
#include <string>

#include "libs/postgres/params.h"

namespace bangkit::aid {

/// As a parameter, in their order.
inline postgres::UuidArray Uuids(const std::set<std::string>& ids) {
    postgres::UuidArray array;
    for (const std::string& id : ids) array.Add(id);
    return array;
}

}  // namespace bangkit::aid
