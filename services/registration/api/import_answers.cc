#include "services/registration/api/import_answers.h"

#include <algorithm>

#include "libs/status/status.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

std::int32_t PercentRead(const StoredImport& stored) {
    if (stored.job.state == ImportState::kDone) return 100;
    const std::int64_t size = stored.table_bytes.value_or(0);
    return size == 0 ? 0 : static_cast<std::int32_t>(std::min(stored.position, size) * 100 / size);
}

}  // namespace

void Fill(v1::ImportJob& out, const StoredImport& stored, std::chrono::hours retention) {
    const ImportJob& job = stored.job;
    out.set_job_id(job.id);
    out.set_state(static_cast<v1::ImportJobState>(static_cast<int>(job.state)));
    out.set_file_name(job.file.name);
    out.set_format(static_cast<v1::ImportFileFormat>(static_cast<int>(job.file.format)));
    out.set_dry_run(job.file.dry_run);
    if (job.file.size) out.set_size_bytes(*job.file.size);
    if (job.state != ImportState::kUploading) out.set_size_bytes(job.bytes_accepted);
    out.set_sha256(job.file.sha256);
    out.set_bytes_accepted(job.bytes_accepted);
    out.set_rows_read(stored.counts.rows_read);
    out.set_registered(stored.counts.registered);
    out.set_unchanged(stored.counts.unchanged);
    out.set_failed(stored.counts.failed);
    out.set_warnings(stored.counts.warnings);
    out.set_percent_read(PercentRead(stored));
    if (job.state == ImportState::kFailed) {
        *out.mutable_failure() = status::ToProto(
            Error{ErrorCode::kInvalidArgument, stored.failure_reason, stored.failure_message});
    }
    out.set_created_by(job.creator.subject);
    for (const std::string& region : job.creator.regions) out.add_region_codes(region);
    Fill(*out.mutable_created_at(), job.created_at);
    Fill(*out.mutable_updated_at(), job.updated_at);
    if (!stored.finished_at) return;
    Fill(*out.mutable_finished_at(), *stored.finished_at);
    Fill(*out.mutable_errors_until(), *stored.finished_at + retention);
}

}  // namespace bangkit::registration
