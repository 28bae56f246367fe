#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/cli/verify/invariant.h"

namespace bangkit::cli {

/// What breaks an invariant, and which.
struct Breach {
    std::string_view invariant;
    const char* sql;
};

/// The invariants of these databases.
inline std::vector<SqlInvariant> Of(std::initializer_list<std::string_view> databases) {
    std::vector<SqlInvariant> of;
    for (const SqlInvariant& invariant : SqlInvariants()) {
        if (std::ranges::find(databases, invariant.database) != databases.end()) {
            of.push_back(invariant);
        }
    }
    return of;
}

/// The invariant sees the breach, which is undone afterwards.
inline void ExpectFound(const std::string& dsn, const Breach& breach,
                        const std::vector<SqlInvariant>& invariants) {
    const auto invariant = std::ranges::find(invariants, breach.invariant, &SqlInvariant::name);
    ASSERT_NE(invariant, invariants.end()) << breach.invariant;
    postgres::Connection connection(dsn);
    connection.RunScript("BEGIN");
    connection.RunScript(breach.sql);
    EXPECT_FALSE(Check(connection, *invariant).holds()) << invariant->name << ": " << breach.sql;
    connection.RunScript("ROLLBACK");
}

inline void ExpectEachHasABreach(const std::vector<SqlInvariant>& invariants,
                                 std::span<const Breach> breaches) {
    for (const SqlInvariant& invariant : invariants) {
        EXPECT_TRUE(std::ranges::any_of(breaches, [&](const Breach& breach) {
            return breach.invariant == invariant.name;
        })) << invariant.name;
    }
}

}  // namespace bangkit::cli
