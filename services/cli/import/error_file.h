#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace bangkit::cli {

/// Why a row was not registered; several columns are joined.
struct RowFailure {
    std::string columns;
    std::string reasons;
    std::string messages;
};
using RowFailures = std::map<std::int64_t, RowFailure>;  // By row: 1 is the first after the header.

/// Writes the failed rows of the CSV file `source` to `target`: each as it was, with its number,
/// the columns at fault, the reasons and messages behind it, on one line. Only its owner may read
/// it, for it holds personal data. Throws UsageError if one of the files cannot be opened.
void WriteErrorFile(const std::filesystem::path& source, const std::filesystem::path& target,
                    const RowFailures& failures);

}  // namespace bangkit::cli
