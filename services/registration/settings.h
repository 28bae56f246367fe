#pragma once

#include <cstdint>
#include <string>

namespace bangkit::registration {

/// Besides those of every service: README.md.
struct OwnSettings {
    std::string key_file;                // BANGKIT_KEY_FILE
    std::int64_t batch_max = 128;        // BANGKIT_BATCH_MAX: commands in one transaction.
    std::int64_t retention_hours = 168;  // BANGKIT_IDEMPOTENCY_HOURS: how long requests are known.
    std::int64_t import_max_mib = 512;   // BANGKIT_IMPORT_MAX_MIB: size of a file.
    std::int64_t import_hours = 168;     // BANGKIT_IMPORT_HOURS: how long failed rows are kept.
    std::int64_t merge_undo_days = 30;   // BANGKIT_MERGE_UNDO_DAYS: how long merges can be undone.
};

}  // namespace bangkit::registration
