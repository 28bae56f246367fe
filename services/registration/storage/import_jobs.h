#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/import_job.h"

namespace bangkit::registration {

/// A row of import_jobs.
struct StoredImport {
    ImportJob job;
    ImportCounts counts;
    std::string traceparent;
    std::string wrapped_key;                  // Empty: destroyed.
    std::optional<std::int64_t> table_bytes;  // Of the CSV that is read; unset: not converted yet.
    std::int64_t position = 0;                // In it, where the next row begins.
    std::int64_t rows_passed = 0;             // Before that; blank ones, which are not read, count.
    std::string error_header;
    std::string failure_reason;
    std::string failure_message;
    std::optional<Time> finished_at;
    std::int64_t epoch = 0;
};

/// Of a row of `import_jobs j`, in the order that ToStoredImport() reads them.
inline constexpr std::string_view kImportColumns =
    "j.job_id, j.subject, j.roles, j.regions, j.file_name, j.format, j.dry_run, j.stated_size,"
    " j.stated_sha256, j.state, j.bytes_accepted, j.created_at, j.updated_at, j.rows_read,"
    " j.registered, j.unchanged, j.failed, j.warnings, j.traceparent, j.wrapped_key,"
    " j.table_bytes, j.position, j.error_header, j.failure_reason, j.failure_message,"
    " j.finished_at, j.epoch, j.rows_passed";
StoredImport ToStoredImport(const postgres::Rows& rows, int i);

std::string JoinedByComma(const std::vector<std::string>& words);
std::vector<std::string> SplitAtCommas(std::string_view text);

/// The right to work at a job: until a time by the database's clock, and with an epoch. Whoever
/// has lost it changes nothing more: each change names the epoch, and fails as a lost race.
struct ImportLease {
    std::string job_id;
    std::int64_t epoch = 0;
    std::chrono::milliseconds length{5'000};
};

/// Takes the job that waits longest for its turn and that nobody works at, and makes it RUNNING.
std::optional<StoredImport> ClaimImport(postgres::Connection& connection,
                                        std::chrono::milliseconds lease_length);
/// The turn is over: another job, or another process, may have the next one.
void ReleaseImport(postgres::Connection& connection, const ImportLease& lease);
/// False if it is lost, or the job was cancelled.
bool RenewLease(postgres::Connection& connection, const ImportLease& lease);

/// The same within a transaction, which fails as a lost race.
void KeepLease(postgres::Transaction& transaction, const ImportLease& lease);

/// Position, counts and header as they are `after` a batch, if they are still as `before` it.
/// Renews the lease.
void SaveProgress(postgres::Transaction& transaction, const ImportLease& lease,
                  const StoredImport& before, const StoredImport& after);
/// The converted file is there, and is what is read from now on.
void SaveConverted(postgres::Transaction& transaction, const ImportLease& lease,
                   std::int64_t table_bytes);
/// The end: the file is destroyed, and the key too unless failed rows need it. `failure_reason` is
/// empty if all rows were read.
void FinishImport(postgres::Transaction& transaction, const ImportLease& lease,
                  const std::string& failure_reason, const std::string& failure_message);

/// What ended, or was last touched, more than `retention` ago: uploads are given up (FAILED,
/// UPLOAD_ABANDONED), failed rows and keys destroyed. Returns how many jobs, at most `limit`.
std::int64_t SweepImports(postgres::Connection& connection, std::chrono::hours retention,
                          std::int64_t limit);

struct OpenImports {
    std::int64_t waiting = 0;
    std::int64_t running = 0;
};
OpenImports CountOpenImports(postgres::Connection& connection);

}  // namespace bangkit::registration
