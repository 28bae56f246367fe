#include "libs/testing/temp_database.h"

#include <functional>
#include <stdexcept>

#include "libs/testing/environment.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"

namespace bangkit::testing {
namespace {

// Roles belong to the whole server, and two tests may start at once: whoever comes second waits for
// the first one's transaction, and finds them.
constexpr const char* kRoles =
    "SELECT pg_advisory_xact_lock(1);"
    "DO $$ BEGIN"
    "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bangkit_runtime') THEN"
    "    CREATE ROLE bangkit_runtime NOLOGIN; END IF;"
    "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bangkit_test_service') THEN"
    "    CREATE ROLE bangkit_test_service LOGIN PASSWORD 'test' IN ROLE bangkit_runtime; END IF;"
    "END $$";

/// Of the same tables it is the same.
std::string TemplateName(const std::vector<postgres::Component>& components) {
    std::string schema;
    for (const postgres::Component& component : components) {
        schema += component.name;
        for (const postgres::Migration& migration : component.migrations) schema += migration.sql;
    }
    return "template_" + std::to_string(std::hash<std::string>()(schema));
}

bool Exists(postgres::Connection& server, const std::string& database) {
    return server.Run("SELECT FROM pg_database WHERE datname = $1", {database}).size() > 0;
}

/// Makes it unless it is there. It gets its name when it is whole, so nobody takes half of one.
void MakeTemplate(postgres::Connection& server, const std::string& server_dsn,
                  const std::string& name, const std::vector<postgres::Component>& components) {
    server.RunScript("SELECT pg_advisory_lock(2)");
    if (!Exists(server, name)) {
        const std::string unfinished = NewName();
        server.RunScript("CREATE DATABASE " + unfinished);
        QuietLogger logger;
        postgres::Migrate(server_dsn + " dbname=" + unfinished, components, logger);
        server.RunScript("ALTER DATABASE " + unfinished + " RENAME TO " + name);
    }
    server.RunScript("SELECT pg_advisory_unlock(2)");
}

}  // namespace

// Migrated once for all tests: a copy takes a tenth of the time.
TempDatabase::TempDatabase(const std::vector<postgres::Component>& components)
    : server_dsn_(RequiredVariable("BANGKIT_TEST_POSTGRES")),
      server_(server_dsn_ + " dbname=postgres"),
      name_(NewName()) {
    server_.RunScript(kRoles);
    const std::string original = TemplateName(components);
    if (!Exists(server_, original)) MakeTemplate(server_, server_dsn_, original, components);
    server_.RunScript("CREATE DATABASE " + name_ + " TEMPLATE " + original);
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

void TempDatabase::AwaitLockWaits(int connections) const {
    postgres::Connection watcher(owner_dsn());
    const bool is_so = Eventually([&] {
        return watcher
                   .Run(
                       "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                       "   AND datname = current_database()")
                   .size() >= connections;
    });
    if (!is_so) throw std::runtime_error("nobody waits for a lock");
}

}  // namespace bangkit::testing
