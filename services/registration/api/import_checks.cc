#include "services/registration/api/import_checks.h"

#include <limits>
#include <utility>

#include "libs/grpc/fields.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kFileNameMax = 200;
constexpr std::size_t kSha256Size = 32;

Result<CheckedImport> Done(rpc::FieldChecker& fields, std::string request_id,
                           ImportCommand command) {
    if (Result<void> done = fields.Done(); !done) return std::unexpected(std::move(done.error()));
    return CheckedImport{std::move(request_id), std::move(command)};
}

}  // namespace

Result<CheckedImport> Check(const v1::CreateImportJobRequest& request, std::string job_id) {
    rpc::FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CreateImportJob command{.job_id = std::move(job_id), .file = {}};
    command.file.name = fields.Text("file_name", request.file_name(), kFileNameMax);
    const auto format = fields.Enum("format", request.format());
    command.file.format = static_cast<ImportFormat>(static_cast<int>(format));
    command.file.dry_run = request.dry_run();
    if (request.has_size_bytes()) {
        command.file.size = fields.Number("size_bytes", request.size_bytes(), 0,
                                          std::numeric_limits<std::int64_t>::max());
    }
    command.file.sha256 = request.sha256();
    if (!request.sha256().empty() && request.sha256().size() != kSha256Size) {
        fields.Refuse("sha256", "OUT_OF_RANGE", "must have 32 bytes");
    }
    return Done(fields, std::move(request_id), std::move(command));
}

Result<CheckedImport> Check(v1::UploadImportFileRequest request) {
    rpc::FieldChecker fields;
    UploadImportPiece command;
    command.job_id = fields.Uuid("job_id", request.job_id());
    // Far from where adding a piece could overflow.
    command.offset = fields.Number("offset", request.offset(), 0, std::int64_t{1} << 50);
    command.content = std::move(*request.mutable_content());
    command.is_last = request.last();
    if (command.content.size() > kImportPieceMax) {
        fields.Refuse("content", "TOO_LONG", "must have at most 256 KiB");
    }
    if (command.content.size() < kImportPieceMin && !command.is_last) {
        fields.Refuse("content", "PIECE_TOO_SMALL",
                      "must have at least 4 KiB unless it is the last piece");
    }
    return Done(fields, "", std::move(command));
}

Result<CheckedImport> Check(const v1::CancelImportJobRequest& request) {
    rpc::FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CancelImportJob command{.job_id = fields.Uuid("job_id", request.job_id())};
    return Done(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::registration
