#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"
#include "libs/postgres/migrations.h"

namespace bangkit::testing {

/// A database of its own for one test, gone afterwards, on the server of BANGKIT_TEST_POSTGRES (a
/// DSN without dbname of a superuser). It has a runtime role as a service has: one that owns
/// nothing.
class TempDatabase {
public:
    explicit TempDatabase(const std::vector<postgres::Component>& components = {});
    ~TempDatabase();
    TempDatabase(const TempDatabase&) = delete;
    TempDatabase& operator=(const TempDatabase&) = delete;

    /// The owner of all tables.
    std::string owner_dsn() const { return server_dsn_ + " dbname=" + name_; }
    /// What a service uses: a member of bangkit_runtime.
    std::string dsn() const { return owner_dsn() + " user=bangkit_test_service password=test"; }

    /// The single number that `sql` returns.
    std::int64_t Count(const std::string& sql) const;
    std::string Text(const std::string& sql) const;
    void Execute(const std::string& sql) const;
    /// Breaks the connections of everybody else, as a crash of the server would.
    void KillOtherConnections();
    /// Returns once so many connections wait for a lock.
    void AwaitLockWaits(int connections = 1) const;

private:
    const std::string server_dsn_;
    postgres::Connection server_;
    const std::string name_;
};

}  // namespace bangkit::testing
