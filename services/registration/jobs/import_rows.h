#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/registration/jobs/error_lines.h"
#include "services/registration/jobs/import_worker.h"
#include "services/registration/storage/import_failures.h"
#include "services/registration/storage/registration_unit_of_work.h"

namespace bangkit::registration {

/// What became of the rows of one transaction.
struct RanRows {
    ImportCounts counts;  // Of the job, these rows included.
    std::vector<FailedRow> failed;
};

/// Registers rows of a job in the name of its creator, as the calls of RegistrationService do.
class ImportRows {
public:
    /// All must outlive it.
    ImportRows(const ImportWorkerContext& context, const StoredImport& stored,
               const ImportReader& reader);

    /// A row that no transaction can hold: from now on it fails with this reason, untried. False if
    /// it was given up before.
    bool GiveUp(std::int64_t row_number, const std::string& reason);

    /// In a transaction that somebody else commits. `before`: the counts of the job. Of a dry run,
    /// nothing but what it would have claimed is left in the transaction.
    RanRows Run(postgres::Transaction& transaction, const ImportCounts& before,
                const std::vector<csv::Row>& rows) const;

private:
    using Pending = RegistrationUnitOfWork::Pending;
    /// Of one transaction.
    struct Batch {
        RanRows ran;
        std::vector<Pending> commands;
        std::vector<const csv::Row*> rows;  // Of each command.
    };

    void Read(Batch& batch, const csv::Row& row) const;
    std::vector<command::Outcome> Register(postgres::Transaction& transaction,
                                           const Batch& batch) const;
    std::vector<command::Outcome> Try(postgres::Transaction& transaction, const Batch& batch) const;
    void Count(Batch& batch, std::size_t i, const command::Outcome& outcome) const;
    void Fail(Batch& batch, const csv::Row& row, const RowProblems& problems) const;
    std::vector<std::string> NikHashesOf(const csv::Row& row) const;

    const ImportWorkerContext& context_;
    const bool is_dry_run_;
    const identity::Caller caller_;
    const std::string traceparent_;
    const ImportReader& reader_;
    const ErrorLines lines_;
    const DryClaims dry_claims_;
    std::map<std::int64_t, std::string> given_up_;  // Row number -> reason.
};

}  // namespace bangkit::registration
