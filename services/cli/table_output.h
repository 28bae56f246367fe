#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

namespace bangkit::cli {

/// Where tables go that come as pieces of a CSV file. A file is readable by its owner only, for
/// most hold personal data. All throw UsageError if it cannot be written.
class TableOutput {
public:
    virtual ~TableOutput() = default;
    virtual void Add(std::string_view csv) = 0;
    virtual void Close() = 0;
};

/// A workbook if `target` ends with .xlsx; standard output if it is empty; else a CSV file.
std::unique_ptr<TableOutput> OpenTableOutput(const std::filesystem::path& target);

}  // namespace bangkit::cli
