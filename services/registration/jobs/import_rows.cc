#include "services/registration/jobs/import_rows.h"

#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"
#include "services/registration/storage/erasure.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

const RegisterBusiness& RegistrationOf(const RegistrationUnitOfWork::Pending& pending) {
    return std::get<RegisterBusiness>(pending.command);
}

}  // namespace

ImportRows::ImportRows(const ImportWorkerContext& context, const StoredImport& stored,
                       const ImportReader& reader)
    : context_(context),
      is_dry_run_(stored.job.file.dry_run),
      caller_{.subject = stored.job.creator.subject,
              .roles = stored.job.creator.roles,
              .regions = stored.job.creator.regions},
      traceparent_(stored.traceparent),
      reader_(reader),
      lines_(reader),
      dry_claims_(context.keys, stored.job.id) {}

bool ImportRows::GiveUp(std::int64_t row_number, const std::string& reason) {
    return given_up_.emplace(row_number, reason).second;
}

RanRows ImportRows::Run(postgres::Transaction& transaction, const ImportCounts& before,
                        const std::vector<csv::Row>& rows) const {
    Batch batch{.ran = {.counts = before, .failed = {}}, .commands = {}, .rows = {}};
    batch.ran.counts.rows_read += std::ssize(rows);
    for (const csv::Row& row : rows) Read(batch, row);
    if (batch.commands.empty()) return std::move(batch.ran);
    const std::vector<Outcome> outcomes =
        is_dry_run_ ? Try(transaction, batch) : Register(transaction, batch);
    for (std::size_t i = 0; i < outcomes.size(); ++i) Count(batch, i, outcomes[i]);
    return std::move(batch.ran);
}

void ImportRows::Read(Batch& batch, const csv::Row& row) const {
    if (const auto found = given_up_.find(row.number); found != given_up_.end()) {
        return Fail(batch, row, ProblemOf("", found->second));
    }
    if (row.problem == csv::Problem::kDigitsLost) {
        return Fail(batch, row, ProblemOf(reader_.header().fields.at(row.column), "DIGITS_LOST"));
    }
    if (row.problem != csv::Problem::kNone) return Fail(batch, row, ToProblems(row.problem));
    auto command = ReadRow(reader_.columns(), row.fields, context_.checks, context_.keys);
    if (!command) return Fail(batch, row, command.error());
    batch.commands.push_back({.caller = caller_,
                              .method = "ImportBusinesses",
                              .request_id = {},  // The row key makes it idempotent.
                              .fingerprint = {},
                              .command = *std::move(command),
                              .traceparent = traceparent_});
    batch.rows.push_back(&row);
}

std::vector<Outcome> ImportRows::Register(postgres::Transaction& transaction,
                                          const Batch& batch) const {
    std::vector<const Pending*> commands;
    for (const Pending& each : batch.commands) commands.push_back(&each);
    RegistrationUnitOfWork unit(context_.keys);
    return command::RunCommands<RegistrationUnitOfWork>(unit, transaction, commands,
                                                        context_.clock.Now());
}

std::vector<Outcome> ImportRows::Try(postgres::Transaction& transaction, const Batch& batch) const {
    std::vector<const RegistrationUnitOfWork::Command*> commands;
    std::vector<const RegisterBusiness*> rows;
    for (const Pending& each : batch.commands) {
        commands.push_back(&each.command);
        rows.push_back(&RegistrationOf(each));
    }
    transaction.Run("SAVEPOINT dry_run");
    dry_claims_.Recall(transaction, rows);
    RegistrationUnitOfWork unit(context_.keys);
    unit.Load(transaction, commands);
    std::vector<Outcome> outcomes;
    std::vector<const RegisterBusiness*> registered;
    for (const Pending& each : batch.commands) {
        outcomes.push_back(unit.Handle(each, context_.clock.Now()));
        if (outcomes.back()) registered.push_back(&RegistrationOf(each));
    }
    transaction.Run("ROLLBACK TO SAVEPOINT dry_run");
    dry_claims_.Add(transaction, registered);
    return outcomes;
}

void ImportRows::Count(Batch& batch, std::size_t i, const Outcome& outcome) const {
    ImportCounts& counts = batch.ran.counts;
    if (outcome) {
        counts.registered += 1;
        counts.warnings += RegistrationOf(batch.commands[i]).warnings.empty() ? 0 : 1;
    } else if (outcome.error().reason == "ROW_UNCHANGED") {
        counts.unchanged += 1;
    } else {
        Fail(batch, *batch.rows[i], ToProblems(reader_.columns(), outcome.error()));
    }
}

void ImportRows::Fail(Batch& batch, const csv::Row& row, const RowProblems& problems) const {
    batch.ran.counts.failed += 1;
    batch.ran.failed.push_back({.row_number = row.number,
                                .nik_hashes = NikHashesOf(row),
                                .line = lines_.Line(row, problems)});
}

std::vector<std::string> ImportRows::NikHashesOf(const csv::Row& row) const {
    if (row.fields.empty()) return {};
    const auto nik = indonesia::ParseNik(reader_.columns().Value(Column::kNik, row.fields),
                                         indonesia::LocalDate(context_.clock.Now()));
    if (!nik) return {};
    return ErasureHashes(context_.keys, nik->digits);
}

}  // namespace bangkit::registration
