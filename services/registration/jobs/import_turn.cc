#include "services/registration/jobs/import_turn.h"

#include <algorithm>
#include <utility>

#include "libs/crypto/sha256.h"
#include "services/registration/jobs/import_conversion.h"
#include "services/registration/storage/erasure.h"

namespace bangkit::registration {
namespace {

// A batch of rows as long as they may be must not fill the memory.
constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
constexpr std::int64_t kBytesPerLease = std::int64_t{16} << 20;

Error Internal() { return {ErrorCode::kInternal, "INTERNAL", "the import cannot be carried out"}; }

std::size_t SizeOf(const csv::Row& row) {
    std::size_t size = 0;
    for (const std::string& field : row.fields) size += field.size();
    return size;
}

}  // namespace

ImportTurn::ImportTurn(const ImportWorkerOptions& options, const ImportWorkerContext& context,
                       postgres::Connection& connection, StoredImport stored)
    : options_(options),
      context_(context),
      connection_(connection),
      lease_{.job_id = stored.job.id, .epoch = stored.epoch, .length = options.lease},
      stored_(std::move(stored)),
      batch_rows_(options.batch_rows) {}

void ImportTurn::Run(const std::stop_token& stop) {
    try {
        Work(stop);
        if (!is_finished_) ReleaseImport(connection_, lease_);
    } catch (const JobLost&) {
        context_.logger.Info("import_lost", {{"job", lease_.job_id}});
    } catch (const postgres::SqlError&) {
        throw;
    } catch (const postgres::ConnectionLost&) {
        throw;
    } catch (const postgres::CommitUnknown&) {
        throw;
    } catch (const std::exception& failure) {
        // What is stored of the file cannot be read, now or ever; or it was cancelled meanwhile.
        if (!RenewLease(connection_, lease_)) return;
        context_.logger.Error("import_failed",
                              {{"job", lease_.job_id}, {"detail", failure.what()}});
        Finish(Internal());
    }
}

void ImportTurn::Work(const std::stop_token& stop) {
    Result<ImportSeal> seal = ImportSeal::Unwrap(context_.keys, lease_.job_id, stored_.wrapped_key);
    if (!seal) return Finish(seal.error());
    const bool is_workbook = stored_.job.file.format == ImportFormat::kXlsx;
    const bool is_begun = stored_.rows_passed > 0 || (is_workbook && stored_.table_bytes);
    if (!is_begun && !IsAsStated(*seal)) {
        return Finish({ErrorCode::kInvalidArgument, "CHECKSUM_DIFFERS",
                       "the file that arrived is another one than was stated"});
    }
    if (is_workbook && !stored_.table_bytes) {
        const Result<std::int64_t> size =
            ImportConversion(connection_, *seal, lease_).Run(stored_.job.bytes_accepted, stop);
        if (!size) return Finish(size.error());
        if (*size == 0) return;  // Stopped.
        stored_.table_bytes = *size;
    }
    ImportPieces pieces(connection_, *seal, lease_.job_id,
                        is_workbook ? ImportPart::kConverted : ImportPart::kUploaded,
                        stored_.table_bytes.value());
    Result<ImportReader> reader = ImportReader::Open(pieces, is_workbook);
    if (!reader) return Finish(reader.error());
    reader->GoTo(stored_.position, stored_.rows_passed);
    ImportRows rows(context_, stored_, *reader);
    stored_.error_header = ErrorLines(*reader).Header();
    const std::int64_t end_of_turn = stored_.counts.rows_read + options_.turn_rows;
    while (!is_finished_ && !stop.stop_requested() && stored_.counts.rows_read < end_of_turn) {
        const Result<std::vector<csv::Row>> batch = Take(*reader);
        if (!batch) return Finish(batch.error());
        if (Commit(*seal, *reader, rows, *batch)) continue;
        reader->GoTo(stored_.position, stored_.rows_passed);
    }
}

bool ImportTurn::IsAsStated(const ImportSeal& seal) {
    if (stored_.job.file.sha256.empty()) return true;
    ImportPieces pieces(connection_, seal, lease_.job_id, ImportPart::kUploaded,
                        stored_.job.bytes_accepted);
    crypto::Sha256 hash;
    std::int64_t leased_to = kBytesPerLease;
    for (std::int64_t at = 0; at < pieces.size();) {
        const std::string_view bytes = pieces.From(at);
        hash.Add(bytes);
        at += std::ssize(bytes);
        if (at < leased_to) continue;
        KeepLease();
        leased_to = at + kBytesPerLease;
    }
    return hash.Finish() == stored_.job.file.sha256;
}

Result<std::vector<csv::Row>> ImportTurn::Take(ImportReader& reader) {
    std::vector<csv::Row> batch;
    for (std::size_t bytes = 0; batch.size() < batch_rows_ && bytes < kBatchBytes;) {
        Result<std::optional<csv::Row>> row = reader.Next();
        if (!row && batch.empty()) return std::unexpected(std::move(row.error()));
        if (!row || !*row) break;  // What comes before an error is good.
        bytes += SizeOf(**row);
        batch.push_back(**std::move(row));
    }
    return batch;
}

bool ImportTurn::Commit(const ImportSeal& seal, ImportReader& reader, ImportRows& rows,
                        const std::vector<csv::Row>& batch) {
    try {
        SaveBatch(seal, reader, rows, batch, reader.IsAtEnd());
        batch_rows_ = std::min(batch_rows_ * 2, options_.batch_rows);
        runs_ = 1;
        return true;
    } catch (const postgres::SqlError& error) {
        if (runs_ < error.RunsMax(batch.size())) {
            KeepLease();
            ++runs_;
            return false;
        }
        if (error.IsOutOfService() || error.IsStalePlan() || error.IsTimeout()) throw;
        LogFailure(batch, error);
        Blame(rows, batch, error.IsBadValue() ? "VALUE_REFUSED" : "INTERNAL");
    } catch (const postgres::ConnectionLost&) {
        throw;
    } catch (const postgres::CommitUnknown&) {
        throw;
    } catch (const std::exception& failure) {
        LogFailure(batch, failure);
        Blame(rows, batch, "INTERNAL");
    }
    return false;
}

void ImportTurn::SaveBatch(const ImportSeal& seal, const ImportReader& reader,
                           const ImportRows& rows, const std::vector<csv::Row>& batch,
                           bool is_last) {
    StoredImport next = stored_;
    next.position = reader.position();
    next.rows_passed = reader.rows_passed();
    postgres::Transaction transaction(connection_);
    HoldErasuresBack(transaction);
    const RanRows ran = rows.Run(transaction, stored_.counts, batch);
    next.counts = ran.counts;
    SaveFailedRows(transaction, seal, lease_.job_id, ran.failed);
    // Only whoever still holds the lease gets past this.
    SaveProgress(transaction, lease_, stored_, next);
    if (is_last) FinishImport(transaction, lease_, "", "");
    context_.failpoints.Hit("before_import_commit");
    transaction.Commit();
    context_.failpoints.Hit("after_import_commit");
    context_.on_commit();
    context_.metrics.CountRows(stored_.counts, next.counts, stored_.job.file.dry_run);
    stored_ = std::move(next);
    is_finished_ = is_last;
}

void ImportTurn::LogFailure(const std::vector<csv::Row>& batch,
                            const std::exception& failure) const {
    context_.logger.Warning(
        "import_batch_failed",
        {{"job", lease_.job_id},
         {"first_row", batch.empty() ? "" : std::to_string(batch.front().number)},
         {"rows", std::to_string(batch.size())},
         {"detail", failure.what()}});
}

void ImportTurn::Blame(ImportRows& rows, const std::vector<csv::Row>& batch,
                       const std::string& reason) {
    KeepLease();
    runs_ = 1;
    if (batch.size() > 1) {  // In halves, and halves of halves, only the culprit fails.
        batch_rows_ = std::max<std::size_t>(1, batch.size() / 2);
    } else if (batch.empty() || !rows.GiveUp(batch.front().number, reason)) {
        throw std::runtime_error("progress cannot be stored");
    }
}

void ImportTurn::Finish(const Error& failure) {
    postgres::Transaction transaction(connection_);
    FinishImport(transaction, lease_, failure.reason, failure.message);
    transaction.Commit();
    is_finished_ = true;
}

void ImportTurn::KeepLease() {
    if (!RenewLease(connection_, lease_)) throw JobLost();
}

}  // namespace bangkit::registration
