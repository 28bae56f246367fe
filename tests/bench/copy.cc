#include <algorithm>
#include <chrono>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"
#include "tests/bench/commands.h"

namespace bangkit::bench {
namespace {

constexpr std::size_t kColumnsMax = 48;

/// One statement: its text, and where its parameters come from. `select` returns one row per batch,
/// one array per parameter.
struct Copy {
    std::string select;
    std::string insert;
};

template <std::size_t... I>
void Queue(postgres::Transaction& transaction, const std::string& sql, const postgres::Rows& rows,
           int row, std::index_sequence<I...>) {
    transaction.Queue(sql, {rows.Bytes(row, static_cast<int>(I))...});
}

/// As many parameters as the statement has, known only now.
template <std::size_t kCount = 1>
void Queue(postgres::Transaction& transaction, const std::string& sql, const postgres::Rows& rows,
           int row, std::size_t count) {
    if (count == kCount) {
        Queue(transaction, sql, rows, row, std::make_index_sequence<kCount>());
    } else if constexpr (kCount < kColumnsMax) {
        Queue<kCount + 1>(transaction, sql, rows, row, count);
    } else {
        throw std::invalid_argument("a table with that many columns");
    }
}

struct Columns {
    std::string names, arrays, parameters;
};

/// What a table has besides numbers that it gives itself.
Columns ColumnsOf(postgres::Connection& connection, const std::string& table) {
    const postgres::Rows rows = connection.Run(
        "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = $1::text::regclass AND attnum > 0 AND attidentity = ''"
        "   AND NOT attisdropped ORDER BY attnum",
        {table});
    Columns columns;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string comma = i == 0 ? "" : ", ";
        const std::string name = rows.Text(i, 0);
        columns.names += comma + name;
        columns.arrays += comma + "array_agg(" + name + " ORDER BY n)";
        columns.parameters += comma + "$" + std::to_string(i + 1) + "::" + rows.Text(i, 1) + "[]";
    }
    return columns;
}

/// The rows of a table in the order in which they were written; `rows`: those of them.
Copy CopyOf(postgres::Connection& connection, const std::string& table, int batch,
            const std::string& rows = "true") {
    const Columns columns = ColumnsOf(connection, table);
    const std::string group = "n / " + std::to_string(batch);
    return {.select = "SELECT " + columns.arrays +
                      " FROM (SELECT *, row_number() OVER () - 1 AS n" + " FROM " + table +
                      " WHERE " + rows + ") t GROUP BY " + group + " ORDER BY " + group,
            .insert = "INSERT INTO " + table + " (" + columns.names + ") SELECT * FROM unnest(" +
                      columns.parameters + ")"};
}

/// Reads everything first; then, with the clock running, writes each batch in one transaction.
void Run(postgres::Connection& source, const std::string& target_dsn,
         const std::vector<Copy>& copies, std::int64_t count) {
    std::vector<postgres::Rows> batches;
    for (const Copy& copy : copies) batches.push_back(source.Run(copy.select));
    std::vector<std::size_t> parameters;
    for (const Copy& copy : copies) {
        parameters.push_back(static_cast<std::size_t>(std::ranges::count(copy.insert, '$')));
    }
    postgres::Connection target(target_dsn);
    const auto start = std::chrono::steady_clock::now();
    for (int batch = 0; batch < batches.front().size(); ++batch) {
        postgres::Transaction transaction(target);
        for (std::size_t i = 0; i < copies.size(); ++i) {
            Queue(transaction, copies[i].insert, batches[i], batch, parameters[i]);
        }
        transaction.Commit();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    Print({{"rate", static_cast<double>(count) / seconds.count()},
           {"calls", static_cast<double>(count)}});
}

std::int64_t CountOf(postgres::Connection& connection, const std::string& table) {
    return connection.Run("SELECT count(*) FROM " + table).Int64(0, 0);
}

/// The regions of each batch of businesses at every level, with what is to be added to their
/// counters: one array for each of `columns`, in the order of the counters' keys.
std::string SelectRegions(std::string_view columns, const std::string& values,
                          const std::string& more_keys) {
    const std::string keys = "region" + more_keys;
    std::string arrays;
    for (const auto column : std::views::split(columns, std::string_view(", "))) {
        arrays += (arrays.empty() ? "array_agg(" : ", array_agg(") +
                  std::string(std::string_view(column)) + " ORDER BY " + keys + ")";
    }
    return "SELECT " + arrays + " FROM (SELECT batch, region, " + values +
           " FROM (SELECT *, (row_number() OVER () - 1) / 2000 AS batch FROM business_states) b"
           " CROSS JOIN LATERAL unnest(ARRAY['ID', left(region_code, 2), left(region_code, 5),"
           "   left(region_code, 8), region_code]) AS region"
           " GROUP BY batch, " +
           keys + ") t GROUP BY batch ORDER BY batch";
}

}  // namespace

void CopyImport(const Arguments& arguments) {
    constexpr int kBatch = 1'000;
    postgres::Connection source(arguments.Text(0));
    std::vector<Copy> copies;
    for (const char* table : {"businesses", "owners", "owner_phones", "identity_claims",
                              "condition_history", "scale_history", "outbox", "audit_entries"}) {
        // Two claims for each row: its NIK, and the row itself.
        const bool is_claims = std::string_view(table) == "identity_claims";
        copies.push_back(CopyOf(source, table, is_claims ? 2 * kBatch : kBatch));
    }
    Run(source, arguments.Text(1), copies, CountOf(source, "businesses"));
}

/// What approvals have written; the source has nothing else of these kinds.
void CopyApprovals(const Arguments& arguments) {
    constexpr int kBatch = 1'000;
    postgres::Connection source(arguments.Text(0));
    std::vector<Copy> copies{
        {.select = "SELECT array_agg(application_id ORDER BY n), array_agg(details ORDER BY n),"
                   "       array_agg(budget_id ORDER BY n)"
                   "  FROM (SELECT *, row_number() OVER (ORDER BY application_id) - 1 AS n"
                   "          FROM applications WHERE state = 5) t GROUP BY n / 1000"
                   " ORDER BY n / 1000",
         .insert =
             "UPDATE applications t SET version = 5, state = 5, details = u.details,"
             "       budget_id = u.budget_id, approved_by = 'bench', approved_at = now(),"
             "       updated_at = now()"
             "  FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS u (id, details, budget_id)"
             " WHERE t.application_id = u.id AND t.version = 4"}};
    for (const char* table :
         {"application_history", "decisions", "outbox", "idempotency", "audit_entries"}) {
        copies.push_back(CopyOf(source, table, kBatch));
    }
    copies.push_back(CopyOf(source, "ledger", kBatch, "kind = 3"));
    const std::int64_t count = CountOf(source, "ledger WHERE kind = 3");
    Run(source, arguments.Text(1), copies, count);
}

void CopyReadModel(const Arguments& arguments) {
    constexpr int kBatch = 2'000;
    postgres::Connection source(arguments.Text(0));
    Copy states = CopyOf(source, "business_states", kBatch);
    states.insert +=
        " ON CONFLICT (business_id) DO UPDATE SET region_code = excluded.region_code,"
        " kind = excluded.kind, scale = excluded.scale, condition = excluded.condition,"
        " verification = excluded.verification";
    const std::string month = "date_trunc('month', now())::date AS month";
    const std::vector<Copy> copies{
        states,
        {.select = SelectRegions("region, month, kind, scale, condition, businesses",
                                 month + ", kind, scale, condition, count(*) AS businesses",
                                 ", kind, scale, condition"),
         .insert = "INSERT INTO business_counts AS t"
                   " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::smallint[],"
                   "                      $5::smallint[], $6::bigint[])"
                   " ON CONFLICT (region_code, month, kind, scale, condition)"
                   " DO UPDATE SET change = t.change + excluded.change"},
        {.select =
             SelectRegions("region, month, businesses", month + ", count(*) AS businesses", ""),
         .insert =
             "INSERT INTO month_flows AS t"
             " SELECT r, m, n, 0 FROM unnest($1::text[], $2::date[], $3::bigint[]) u (r, m, n)"
             " ON CONFLICT (region_code, month)"
             " DO UPDATE SET registered = t.registered + excluded.registered"},
        {.select = SelectRegions("region, businesses", "count(*) AS businesses", ""),
         .insert = "INSERT INTO dashboards AS t"
                   " SELECT r, 1, n FROM unnest($1::text[], $2::bigint[]) u (r, n)"
                   " ON CONFLICT (region_code) DO UPDATE SET version = t.version + 1,"
                   "               businesses = t.businesses + excluded.businesses"}};
    Run(source, arguments.Text(1), copies, CountOf(source, "business_states"));
}

}  // namespace bangkit::bench
