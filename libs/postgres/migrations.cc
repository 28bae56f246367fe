#include "libs/postgres/migrations.h"

#include <functional>
#include <stdexcept>

#include "libs/postgres/connection.h"

namespace bangkit::postgres {
namespace {

// Any number would do, as long as all processes use the same: the first letters of "bangkit".
constexpr const char* kLock = "SELECT pg_advisory_lock(27413260219763)";
constexpr const char* kUnlock = "SELECT pg_advisory_unlock(27413260219763)";

/// FNV-1a: the same on every machine and in every version. Guards against mistakes, not against
/// anybody.
std::int64_t Checksum(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::int64_t>(hash);
}

void RunStep(Connection& connection, const Component& component, const Migration& step,
             Logger& logger) {
    const std::string checksum = Int64(Checksum(step.sql));
    const Rows known = connection.Run(
        "SELECT checksum FROM schema_migrations WHERE component = $1::text AND name = $2::text",
        {component.name, step.name});
    if (known.size() == 1) {
        if (known.Int64(0, 0) == Checksum(step.sql)) return;
        throw std::runtime_error("migration " + std::string(step.name) +
                                 " was changed after it had been run");
    }
    Transaction transaction(connection);
    transaction.Run(
        "INSERT INTO schema_migrations (component, name, checksum)"
        " VALUES ($1::text, $2::text, $3::bigint)",
        {component.name, step.name, checksum});
    connection.RunScript(std::string(step.sql));
    transaction.Commit();
    logger.Info("migration_run", {{"component", std::string(component.name)},
                                  {"migration", std::string(step.name)}});
}

}  // namespace

void Migrate(const std::string& owner_dsn, const std::vector<Component>& components,
             Logger& logger) {
    Connection connection(owner_dsn);
    connection.RunScript(kLock);
    connection.RunScript(
        "CREATE TABLE IF NOT EXISTS schema_migrations (component text, name text,"
        " checksum bigint NOT NULL, run_at timestamptz NOT NULL DEFAULT now(),"
        " PRIMARY KEY (component, name))");
    for (const Component& component : components) {
        for (const Migration& step : component.migrations) {
            RunStep(connection, component, step, logger);
        }
    }
    connection.RunScript(kUnlock);
}

}  // namespace bangkit::postgres
