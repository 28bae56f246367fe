#pragma once

#include <string>

#include "bangkit/registration/v1/import_service.pb.h"
#include "libs/base/result.h"
#include "services/registration/domain/import_job.h"

namespace bangkit::registration {

/// Sizes of the pieces of a file. The last one may be smaller.
inline constexpr std::size_t kImportPieceMin = std::size_t{4} << 10;
inline constexpr std::size_t kImportPieceMax = std::size_t{256} << 10;

/// An import command whose shape is right, and the id under which its answer is kept; empty: it is
/// idempotent by itself.
struct CheckedImport {
    std::string request_id;
    ImportCommand command;
};

/// `job_id`: the id that a new job gets.
Result<CheckedImport> Check(const v1::CreateImportJobRequest& request, std::string job_id);
Result<CheckedImport> Check(v1::UploadImportFileRequest request);
Result<CheckedImport> Check(const v1::CancelImportJobRequest& request);

}  // namespace bangkit::registration
