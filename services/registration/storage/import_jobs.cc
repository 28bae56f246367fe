#include "services/registration/storage/import_jobs.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

using postgres::Int64;

std::string Millis(std::chrono::milliseconds length) { return Int64(length.count()); }

// Of statements that only whoever holds the lease may run: job, epoch, length of the lease.
constexpr std::string_view kHeld =
    " WHERE job_id = $1::text::uuid AND epoch = $2::bigint AND state = 3";

const std::string kRenewSql =
    "UPDATE import_jobs"
    "   SET lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond'" +
    std::string(kHeld);

const std::string kReleaseSql =
    "UPDATE import_jobs SET lease_until = '-infinity', served_at = clock_timestamp()" +
    std::string(kHeld);

const std::string kSaveProgressSql =
    "UPDATE import_jobs"
    "   SET lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond',"
    "       updated_at = now(), position = $4::bigint, rows_read = $5::bigint,"
    "       registered = $6::bigint, unchanged = $7::bigint, failed = $8::bigint,"
    "       warnings = $9::bigint, error_header = $10::text, rows_passed = $11::bigint" +
    std::string(kHeld) + " AND rows_read = $12::bigint";

const std::string kSaveConvertedSql =
    "UPDATE import_jobs SET table_bytes = $3::bigint, updated_at = now()" + std::string(kHeld);

// The key stays for as long as there are failed rows to read.
const std::string kFinishSql =
    "UPDATE import_jobs"
    "   SET state = CASE WHEN $3::text = '' THEN 4 ELSE 5 END, failure_reason = $3,"
    "       failure_message = $4::text, finished_at = now(), updated_at = now(),"
    "       wrapped_key = CASE WHEN failed > 0 THEN wrapped_key END" +
    std::string(kHeld);

// A lease from before the database's clock was set back would end never.
const std::string kClaimSql =
    "UPDATE import_jobs j"
    "   SET state = 3, epoch = epoch + 1,"
    "       lease_until = clock_timestamp() + $1::bigint * interval '1 millisecond'"
    " WHERE job_id = (SELECT job_id FROM import_jobs"
    "                  WHERE state IN (2, 3)"
    "                    AND (lease_until < clock_timestamp() OR lease_until >"
    "                         clock_timestamp() + 2 * $1::bigint * interval '1 millisecond')"
    "                  ORDER BY served_at, job_id LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING " +
    std::string(kImportColumns);

std::optional<std::string> Text(const postgres::Rows& rows, int i, int column) {
    if (rows.IsNull(i, column)) return std::nullopt;
    return rows.Text(i, column);
}

}  // namespace

std::string JoinedByComma(const std::vector<std::string>& words) {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : ",") + word;
    return joined;
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        words.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return words;
}

StoredImport ToStoredImport(const postgres::Rows& rows, int i) {
    StoredImport stored{.job = {.id = rows.Uuid(i, 0),
                                .creator = {.subject = rows.Text(i, 1),
                                            .roles = SplitAtCommas(rows.Bytes(i, 2)),
                                            .regions = SplitAtCommas(rows.Bytes(i, 3))},
                                .file = {.name = rows.Text(i, 4),
                                         .format = static_cast<ImportFormat>(rows.Int64(i, 5)),
                                         .dry_run = rows.Bool(i, 6),
                                         .size = rows.OptionalInt64(i, 7),
                                         .sha256 = Text(rows, i, 8).value_or("")},
                                .state = static_cast<ImportState>(rows.Int64(i, 9)),
                                .bytes_accepted = rows.Int64(i, 10),
                                .created_at = rows.Time(i, 11),
                                .updated_at = rows.Time(i, 12)},
                        .counts = {.rows_read = rows.Int64(i, 13),
                                   .registered = rows.Int64(i, 14),
                                   .unchanged = rows.Int64(i, 15),
                                   .failed = rows.Int64(i, 16),
                                   .warnings = rows.Int64(i, 17)},
                        .traceparent = rows.Text(i, 18),
                        .wrapped_key = Text(rows, i, 19).value_or(""),
                        .table_bytes = rows.OptionalInt64(i, 20),
                        .position = rows.Int64(i, 21),
                        .rows_passed = rows.Int64(i, 27),
                        .error_header = rows.Text(i, 22),
                        .failure_reason = rows.Text(i, 23),
                        .failure_message = rows.Text(i, 24),
                        .finished_at = {},
                        .epoch = rows.Int64(i, 26)};
    if (!rows.IsNull(i, 25)) stored.finished_at = rows.Time(i, 25);
    return stored;
}

std::optional<StoredImport> ClaimImport(postgres::Connection& connection,
                                        std::chrono::milliseconds lease_length) {
    const postgres::Rows rows = connection.Run(kClaimSql, {Millis(lease_length)});
    if (rows.size() == 0) return std::nullopt;
    return ToStoredImport(rows, 0);
}

void ReleaseImport(postgres::Connection& connection, const ImportLease& lease) {
    connection.Run(kReleaseSql, {lease.job_id, Int64(lease.epoch)});
}

bool RenewLease(postgres::Connection& connection, const ImportLease& lease) {
    const postgres::Rows rows =
        connection.Run(kRenewSql, {lease.job_id, Int64(lease.epoch), Millis(lease.length)});
    return rows.affected() == 1;
}

void KeepLease(postgres::Transaction& transaction, const ImportLease& lease) {
    transaction.QueueExact(1, kRenewSql, {lease.job_id, Int64(lease.epoch), Millis(lease.length)});
}

void SaveProgress(postgres::Transaction& transaction, const ImportLease& lease,
                  const StoredImport& before, const StoredImport& after) {
    const ImportCounts& counts = after.counts;
    transaction.QueueExact(
        1, kSaveProgressSql,
        {lease.job_id, Int64(lease.epoch), Millis(lease.length), Int64(after.position),
         Int64(counts.rows_read), Int64(counts.registered), Int64(counts.unchanged),
         Int64(counts.failed), Int64(counts.warnings), after.error_header, Int64(after.rows_passed),
         Int64(before.counts.rows_read)});
}

void SaveConverted(postgres::Transaction& transaction, const ImportLease& lease,
                   std::int64_t table_bytes) {
    transaction.QueueExact(1, kSaveConvertedSql,
                           {lease.job_id, Int64(lease.epoch), Int64(table_bytes)});
    transaction.Queue("DELETE FROM import_pieces WHERE job_id = $1::text::uuid AND part = 1",
                      {lease.job_id});
}

void FinishImport(postgres::Transaction& transaction, const ImportLease& lease,
                  const std::string& failure_reason, const std::string& failure_message) {
    const std::string& id = lease.job_id;
    transaction.QueueExact(1, kFinishSql,
                           {id, Int64(lease.epoch), failure_reason, failure_message});
    transaction.Queue("DELETE FROM import_pieces WHERE job_id = $1::text::uuid", {id});
    transaction.Queue("DELETE FROM import_dry_claims WHERE job_id = $1::text::uuid", {id});
}

std::int64_t SweepImports(postgres::Connection& connection, std::chrono::hours retention,
                          std::int64_t limit) {
    const postgres::Rows rows = connection.Run(
        "WITH old AS (SELECT job_id FROM import_jobs"
        "              WHERE wrapped_key IS NOT NULL"
        "                AND ((state = 1 OR state >= 4)"
        "                     AND updated_at < now() - $1::bigint * interval '1 hour'"
        "                     OR state < 4 AND destroy_by <= now())"
        "              ORDER BY updated_at LIMIT $2::bigint FOR UPDATE SKIP LOCKED),"
        " pieces AS (DELETE FROM import_pieces p USING old WHERE p.job_id = old.job_id),"
        " failed_rows AS (DELETE FROM import_failed_rows r USING old WHERE r.job_id = old.job_id),"
        " claims AS (DELETE FROM import_dry_claims c USING old WHERE c.job_id = old.job_id)"
        " UPDATE import_jobs j"
        "    SET wrapped_key = NULL, updated_at = now(), finished_at = coalesce(finished_at, "
        "now()),"
        "        state = CASE WHEN state < 4 THEN 5 ELSE state END,"
        "        failure_reason = CASE WHEN state >= 4 THEN failure_reason"
        "                              WHEN destroy_by <= now() THEN 'FILE_DESTROYED'"
        "                              ELSE 'UPLOAD_ABANDONED' END,"
        "        failure_message = CASE WHEN state >= 4 THEN failure_message"
        "                               WHEN destroy_by <= now() THEN 'the file could not be kept"
        " longer: somebody has been erased since; please send it again'"
        "                               ELSE 'the upload was not finished in time' END"
        "   FROM old WHERE j.job_id = old.job_id",
        {Int64(retention.count()), Int64(limit)});
    return rows.affected();
}

OpenImports CountOpenImports(postgres::Connection& connection) {
    const postgres::Rows rows = connection.Run(
        "SELECT count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 3)"
        "  FROM import_jobs WHERE state < 4");
    return {.waiting = rows.Int64(0, 0), .running = rows.Int64(0, 1)};
}

}  // namespace bangkit::registration
