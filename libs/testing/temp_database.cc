#include "libs/testing/temp_database.h"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "libs/base/ids.h"
#include "libs/testing/quiet_logger.h"

namespace bangkit::testing {
namespace {

// Roles belong to the whole server, and two tests may start at once: whoever comes second finds them.
constexpr const char* kRoles =
    "SELECT pg_advisory_lock(1);"
    "DO $$ BEGIN"
    "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bangkit_runtime') THEN"
    "    CREATE ROLE bangkit_runtime NOLOGIN;"
    "    CREATE ROLE bangkit_test_service LOGIN PASSWORD 'test' IN ROLE bangkit_runtime;"
    "  END IF; END $$;"
    "SELECT pg_advisory_unlock(1)";

std::string NewName() {
    std::string id = NewId(std::chrono::system_clock::now());
    std::erase(id, '-');
    return "test_" + id;
}

}  // namespace

std::string RequiredVariable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        throw std::runtime_error(std::string(name) + " is not set: run this test by tests/run");
    }
    return value;
}

TempDatabase::TempDatabase(const std::vector<postgres::Component>& components)
    : server_dsn_(RequiredVariable("BANGKIT_TEST_POSTGRES")),
      server_(server_dsn_ + " dbname=postgres"),
      name_(NewName()) {
    server_.RunScript(kRoles);
    server_.RunScript("CREATE DATABASE " + name_);
    QuietLogger logger;
    postgres::Migrate(owner_dsn(), components, logger);
}

TempDatabase::~TempDatabase() { server_.RunScript("DROP DATABASE " + name_ + " WITH (FORCE)"); }

std::int64_t TempDatabase::Count(const std::string& sql) const {
    return postgres::Connection(owner_dsn()).Run(sql).Int64(0, 0);
}

std::string TempDatabase::Text(const std::string& sql) const {
    return postgres::Connection(owner_dsn()).Run(sql).Text(0, 0);
}

void TempDatabase::Execute(const std::string& sql) const {
    postgres::Connection(owner_dsn()).RunScript(sql);
}

void TempDatabase::KillOtherConnections() {
    server_.RunScript("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                      name_ + "'");
}

void TempDatabase::AwaitLockWait() const {
    postgres::Connection watcher(owner_dsn());
    while (watcher
               .Run("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    "   AND datname = current_database()")
               .size() == 0) {
        std::this_thread::yield();
    }
}

}  // namespace bangkit::testing
