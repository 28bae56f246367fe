#include "services/registration/domain/import_job.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

Error GapAt(std::int64_t bytes_accepted) {
    return {.code = ErrorCode::kFailedPrecondition,
            .reason = "PIECE_LEAVES_GAP",
            .message = "the pieces before this one are missing",
            .metadata = {{"bytes_accepted", std::to_string(bytes_accepted)}}};
}

}  // namespace

Result<void> Decide(const CreateImportJob&, std::int64_t open_jobs) {
    if (open_jobs < kOpenImportsMax) return {};
    return Refused(ErrorCode::kResourceExhausted, "TOO_MANY_IMPORTS",
                   "finish or cancel an import before you begin another");
}

Result<PieceAccepted> Decide(const ImportJob& job, const UploadImportPiece& command,
                             std::int64_t size_max) {
    const std::int64_t ends_at = command.offset + std::ssize(command.content);
    const std::int64_t accepted = job.bytes_accepted;
    const bool is_known = ends_at <= accepted && (!command.is_last || ends_at == accepted);
    if (job.state != ImportState::kUploading) {
        if (is_known && job.state != ImportState::kCancelled) {
            return PieceAccepted{.begins_at = accepted, .ends_at = accepted};
        }
        return Refused(ErrorCode::kFailedPrecondition, "UPLOAD_FINISHED",
                       "the job takes no more pieces");
    }
    if (command.offset > accepted) return std::unexpected(GapAt(accepted));
    const std::int64_t size = std::max(ends_at, accepted);
    if (size > size_max) {
        return Refused(ErrorCode::kResourceExhausted, "FILE_TOO_LARGE", "the file is too large");
    }
    const std::int64_t stated = job.file.size.value_or(size);
    if (size > stated || (command.is_last && (ends_at != size || size != stated))) {
        return Refused(ErrorCode::kFailedPrecondition, "SIZE_DIFFERS",
                       "the file has another size than was stated");
    }
    return PieceAccepted{.begins_at = accepted,
                         .skip = std::min(accepted - command.offset, std::ssize(command.content)),
                         .ends_at = size,
                         .is_whole = command.is_last};
}

Result<bool> Decide(const ImportJob& job, const CancelImportJob&) {
    if (job.state == ImportState::kCancelled) return false;
    if (job.IsOpen()) return true;
    return Refused(ErrorCode::kFailedPrecondition, "IMPORT_FINISHED",
                   "the import has come to its end already");
}

}  // namespace bangkit::registration
