#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "libs/base/result.h"
#include "services/cli/session.h"

namespace bangkit::cli {

struct LocalFile {
    std::filesystem::path path;
    std::int64_t size = 0;
    std::string sha256;
    bool is_workbook = false;
};

/// Reads the whole file once. Throws UsageError if it cannot be read.
LocalFile InspectFile(const std::filesystem::path& path);

/// Uploads the file to a job from `offset` on, in pieces of `piece` bytes, and returns why it came
/// to an end too early. `on_accepted(bytes_accepted)` is called from another thread. Throws
/// UsageError if the file cannot be read.
std::optional<Error> UploadFile(Session& session, const std::string& job_id, const LocalFile& file,
                                std::int64_t offset, std::size_t piece,
                                const std::function<void(std::int64_t)>& on_accepted);

}  // namespace bangkit::cli
