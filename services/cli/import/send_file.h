#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/base/result.h"
#include "services/cli/import/error_file.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// What became of one attempt to import a file.
struct SentFile {
    registration::v1::ImportProgress progress;  // As last told.
    RowFailures failures;
    std::int64_t warnings = 0;       // Registered rows that a person should look at.
    std::optional<Error> error;      // Why it did not come to its end.
    bool may_succeed_later = false;  // Something was away: send the file again.
};

using OnProgress = std::function<void(const registration::v1::ImportProgress&)>;

/// Streams `file` in pieces of `piece` bytes and collects the answers. `on_progress` is called from
/// another thread. Throws UsageError if the file cannot be read.
SentFile SendFile(Session& session, const std::filesystem::path& file, std::size_t piece,
                  const OnProgress& on_progress);

}  // namespace bangkit::cli
