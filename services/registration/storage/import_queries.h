#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/storage/import_failures.h"
#include "services/registration/storage/import_jobs.h"

namespace bangkit::registration {

/// Whose jobs a list shows: those whose regions all lie in these, and of one creator only if
/// `subject` is not empty. See MaySee().
struct ImportFilter {
    std::vector<std::string> regions;
    std::string subject;
    std::optional<ImportState> state;
};

/// Reads of import jobs.
class ImportQueries {
public:
    /// Both must outlive it.
    ImportQueries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    /// Whoever may see it.
    std::optional<StoredImport> Find(const std::string& job_id) const;
    /// Up to `limit` jobs that are older than `before`, the newest first; all, if that is empty.
    std::vector<StoredImport> List(const ImportFilter& filter, const std::string& before,
                                   std::int64_t limit) const;
    /// Up to `limit` failed rows behind the row number `after`. The job must have its key.
    std::vector<FailedRow> FailedRows(const StoredImport& stored, std::int64_t after,
                                      std::int64_t limit) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::registration
