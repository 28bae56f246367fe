#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::registration {

// The numbers are those of bangkit.registration.v1, stored and sent: never change one, only add.
enum class ImportFormat { kCsv = 1, kXlsx = 2 };
enum class ImportState {
    kUploading = 1,
    kWaiting = 2,
    kRunning = 3,
    kDone = 4,
    kFailed = 5,
    kCancelled = 6
};

/// Unfinished jobs that one creator may have.
inline constexpr std::int64_t kOpenImportsMax = 10;

/// In whose name rows are registered.
struct ImportCreator {
    std::string subject;
    std::vector<std::string> roles;
    std::vector<std::string> regions;
    bool operator==(const ImportCreator&) const = default;
};

/// What a client states of a file before it uploads it.
struct ImportFile {
    std::string name;
    ImportFormat format = ImportFormat::kCsv;
    bool dry_run = false;
    std::optional<std::int64_t> size;
    std::string sha256;  // 32 bytes; empty: not stated.
    bool operator==(const ImportFile&) const = default;
};

/// What became of the rows so far.
struct ImportCounts {
    std::int64_t rows_read = 0;
    std::int64_t registered = 0;
    std::int64_t unchanged = 0;
    std::int64_t failed = 0;
    std::int64_t warnings = 0;
    bool operator==(const ImportCounts&) const = default;
};

struct ImportJob {
    std::string id;
    ImportCreator creator;
    ImportFile file;
    ImportState state = ImportState::kUploading;
    std::int64_t bytes_accepted = 0;
    Time created_at;
    Time updated_at;

    bool IsOpen() const { return state < ImportState::kDone; }
};

// Commands: what a caller asks for.

struct CreateImportJob {
    std::string job_id;  // Made for this command.
    ImportFile file;
};

struct UploadImportPiece {
    std::string job_id;
    std::int64_t offset = 0;
    std::string content;
    bool is_last = false;
};

struct CancelImportJob {
    std::string job_id;
};

using ImportCommand = std::variant<CreateImportJob, UploadImportPiece, CancelImportJob>;

/// What is to be stored of a piece: its bytes from `skip` on, at `begins_at` of the file. Nothing,
/// if all of it is there already.
struct PieceAccepted {
    std::int64_t begins_at = 0;
    std::int64_t skip = 0;
    std::int64_t ends_at = 0;
    bool is_whole = false;  // The file is there.
    bool operator==(const PieceAccepted&) const = default;
};

/// `open_jobs`: unfinished ones of the same creator.
Result<void> Decide(const CreateImportJob& command, std::int64_t open_jobs);
/// `size_max`: bytes of a whole file.
Result<PieceAccepted> Decide(const ImportJob& job, const UploadImportPiece& command,
                             std::int64_t size_max);
/// False if it is cancelled already.
Result<bool> Decide(const ImportJob& job, const CancelImportJob& command);

}  // namespace bangkit::registration
