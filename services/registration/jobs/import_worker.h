#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/api/checks.h"
#include "services/registration/jobs/import_metrics.h"

namespace bangkit::registration {

struct ImportWorkerOptions {
    std::string dsn;
    // Whoever is silent for so long has lost the job.
    std::chrono::milliseconds lease{5'000};
    std::size_t batch_rows = 256;       // In one transaction.
    std::int64_t turn_rows = 10'000;    // Then another job has its turn, if one waits.
    std::chrono::hours retention{168};  // Of failed rows behind the end, and of unfinished uploads.
};

/// What a worker stands on; all of it outlives the worker.
struct ImportWorkerContext {
    const Checks& checks;
    const crypto::KeyRing& keys;
    const Clock& clock;
    Logger& logger;
    ImportMetrics& metrics;
    const Failpoints& failpoints;
    std::function<void()> on_commit;  // Wakes the relay.
};

/// Registers the rows of uploaded files. Any number of workers, in any number of processes, share
/// the jobs: a job is worked at by one of them at a time, and the rows of a batch, what became of
/// them and how far the job is are one transaction. So whatever dies whenever, the next worker goes
/// on with the first row that was not counted, and whoever has lost a job without noticing changes
/// nothing more.
class ImportWorker {
public:
    ImportWorker(ImportWorkerOptions options, ImportWorkerContext context)
        : options_(std::move(options)), context_(std::move(context)) {}

    /// Works at the job whose turn it is, for one turn. False if there was none. Throws what the
    /// database throws; the next call begins with a new connection then.
    bool Turn(const std::stop_token& stop = {});

    /// Destroys what is older than the retention, and counts the jobs that wait and run.
    void Tidy();

private:
    postgres::Connection& Connected();

    const ImportWorkerOptions options_;
    const ImportWorkerContext context_;
    std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace bangkit::registration
