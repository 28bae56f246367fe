#include "libs/xlsx/source.h"

#include <algorithm>

namespace bangkit::xlsx {

FileSource::FileSource(const std::filesystem::path& file) : file_(file, std::ios::binary) {
    if (file_.seekg(0, std::ios::end)) size_ = std::max<std::int64_t>(0, file_.tellg());
}

Result<void> FileSource::Read(std::int64_t offset, std::span<char> bytes) {
    if (bytes.empty()) return {};
    file_.clear();
    file_.seekg(offset);
    if (file_.read(bytes.data(), std::ssize(bytes))) return {};
    return Refused(ErrorCode::kUnavailable, "FILE_UNREADABLE", "the file cannot be read");
}

Result<void> MemorySource::Read(std::int64_t offset, std::span<char> bytes) {
    bytes_.copy(bytes.data(), bytes.size(), static_cast<std::size_t>(offset));
    return {};
}

}  // namespace bangkit::xlsx
