#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

#include "libs/base/result.h"

namespace bangkit::xlsx {

/// Bytes that can be read in any order: a workbook is a ZIP archive, whose table of contents stands
/// at its end.
class Source {
public:
    virtual ~Source() = default;
    virtual std::int64_t size() const = 0;
    /// Fills `bytes` with what stands at `offset`; never asked for anything behind the end. An
    /// error (the place where the bytes are kept is away) ends the reading and is handed on as it
    /// is.
    virtual Result<void> Read(std::int64_t offset, std::span<char> bytes) = 0;
};

class FileSource final : public Source {
public:
    /// A file that cannot be opened is one of size 0.
    explicit FileSource(const std::filesystem::path& file);
    std::int64_t size() const override { return size_; }
    Result<void> Read(std::int64_t offset, std::span<char> bytes) override;

private:
    std::ifstream file_;
    std::int64_t size_ = 0;
};

class MemorySource final : public Source {
public:
    explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
    std::int64_t size() const override { return std::ssize(bytes_); }
    Result<void> Read(std::int64_t offset, std::span<char> bytes) override;

private:
    const std::string bytes_;
};

}  // namespace bangkit::xlsx
