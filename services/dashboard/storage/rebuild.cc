#include "services/dashboard/storage/rebuild.h"

#include "libs/postgres/connection.h"

namespace bangkit::dashboard {

namespace {

constexpr int kAttemptsMax = 5;

void RebuildOnce(postgres::Connection& connection) {
    postgres::Transaction transaction(connection);
    // First: whoever consumes holds these rows until its commit, and finds itself shut out by the
    // epoch afterwards. `lag` is now what there is to read again.
    transaction.Queue(
        "UPDATE inbox_offsets SET epoch = epoch + 1, lag = next_offset + coalesce(lag, 0),"
        "                         next_offset = 0, as_of = NULL");
    transaction.Queue(
        "TRUNCATE inbox_versions, inbox_parked, business_states, business_counts,"
        "         verified_counts, mark_counts, need_states, need_counts, month_flows,"
        "         program_states, budget_states, application_states, program_counts,"
        "         allocation_sums, application_counts, application_steps, rejection_counts,"
        "         measured_states, measure_sums");
    transaction.Queue(
        "UPDATE read_model SET is_complete = false,"
        "       generation = greatest(generation + 1, extract(epoch FROM "
        "clock_timestamp())::bigint)");
    // The regions stay, so that one whose businesses do not come back is shown as empty.
    transaction.Queue("UPDATE dashboards SET version = version + 1, businesses = 0");
    transaction.Queue(
        "INSERT INTO dirty_dashboards (region_code, version)"
        " SELECT region_code, version FROM dashboards ORDER BY region_code"
        " ON CONFLICT (region_code) DO UPDATE SET version = excluded.version");
    transaction.Commit();
}

}  // namespace

void Rebuild(const std::string& owner_dsn) {
    postgres::Connection connection(owner_dsn);
    for (int attempt = 1;; ++attempt) {
        try {
            return RebuildOnce(connection);
        } catch (const postgres::SqlError& error) {
            if (!error.IsLostRace() || attempt == kAttemptsMax) throw;
        }
    }
}

}  // namespace bangkit::dashboard
