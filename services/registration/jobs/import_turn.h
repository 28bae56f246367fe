#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "services/registration/jobs/import_rows.h"

namespace bangkit::registration {

/// One turn at one job that was claimed.
class ImportTurn {
public:
    /// All must outlive it.
    ImportTurn(const ImportWorkerOptions& options, const ImportWorkerContext& context,
               postgres::Connection& connection, StoredImport stored);

    /// Ends when the turn or the job is over, the job is somebody else's or cancelled, or `stop`
    /// asks for it. Throws what the database throws.
    void Run(const std::stop_token& stop);

private:
    struct JobLost : std::exception {};  // It is somebody else's, or cancelled.

    void Work(const std::stop_token& stop);
    /// False if the file is not what its creator has stated.
    bool IsAsStated(const ImportSeal& seal);
    /// Rows for one transaction. FILE_INVALID.
    Result<std::vector<csv::Row>> Take(ImportReader& reader);
    /// Registers them. False if the transaction failed: nothing of it has happened, and the same
    /// rows are to be taken again.
    bool Commit(const ImportSeal& seal, ImportReader& reader, ImportRows& rows,
                const std::vector<csv::Row>& batch);
    void SaveBatch(const ImportSeal& seal, const ImportReader& reader, const ImportRows& rows,
                   const std::vector<csv::Row>& batch, bool is_last);
    void LogFailure(const std::vector<csv::Row>& batch, const std::exception& failure) const;
    /// A transaction with these rows cannot be stored, for a reason that is none of the system.
    void Blame(ImportRows& rows, const std::vector<csv::Row>& batch, const std::string& reason);
    void Finish(const Error& failure);
    void KeepLease();

    const ImportWorkerOptions& options_;
    const ImportWorkerContext& context_;
    postgres::Connection& connection_;
    const ImportLease lease_;
    StoredImport stored_;
    std::size_t batch_rows_;
    int runs_ = 1;  // Of the same rows: one, and one more for each race that was lost.
    bool is_finished_ = false;
};

}  // namespace bangkit::registration
