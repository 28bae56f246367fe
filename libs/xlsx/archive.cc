#include "libs/xlsx/archive.h"

#include <zip.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "libs/xlsx/file_invalid.h"

namespace bangkit::xlsx {
namespace {

constexpr std::uint64_t kPartsMax = 1'000;
// How much more a part may unpack to than it is long: XML of a table is packed to a tenth or a
// thirtieth. Not asked of the first bytes, for a small part may be all the same.
constexpr std::int64_t kRatioMax = 200;
constexpr std::int64_t kUnpackedWithoutAsking = 16 << 20;

/// A number of `count` bytes, the lowest first, at the beginning of `bytes`.
std::uint64_t Number(std::string_view bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = count; i > 0; --i) {
        number = number << 8 | static_cast<unsigned char>(bytes[i - 1]);
    }
    return number;
}

/// Whether the end of an archive names more parts than a workbook has. Asked before libzip makes
/// room for them. It takes any of these records for the end that fits, so all are looked at.
class PartCount {
public:
    explicit PartCount(Source& source) : source_(source) {}

    Result<bool> IsTooLarge() {
        constexpr std::int64_t kCommentMax = 65'535;
        constexpr auto kTailMax = kCommentMax + std::int64_t{kLocatorSize + kEndSize};
        const std::int64_t length = std::min(source_.size(), kTailMax);
        std::string tail(static_cast<std::size_t>(length), '\0');
        if (auto read = source_.Read(source_.size() - length, tail); !read) {
            return std::unexpected(std::move(read.error()));
        }
        const std::string_view bytes = tail;
        for (std::size_t at = bytes.find(kEnd); at != std::string_view::npos;
             at = bytes.find(kEnd, at + 1)) {
            if (bytes.size() - at < kEndSize) break;
            const Result<std::uint64_t> count = CountOf(bytes, at);
            if (!count) return std::unexpected(count.error());
            if (*count > kPartsMax) return true;
        }
        return false;
    }

private:
    static constexpr std::string_view kEnd = "PK\x05\x06";
    static constexpr std::string_view kLocator = "PK\x06\x07";  // Of the end record of ZIP64.
    static constexpr std::size_t kEndSize = 22;
    static constexpr std::size_t kLocatorSize = 20;
    static constexpr std::size_t kLargeEndSize = 56;

    /// What the record at `at` says; 0 if it is none, but bytes that look like one.
    Result<std::uint64_t> CountOf(std::string_view bytes, std::size_t at) {
        const std::string_view before = bytes.substr(0, at);
        if (at >= kLocatorSize && before.substr(at - kLocatorSize).starts_with(kLocator)) {
            return LargeCount(Number(before.substr(at - kLocatorSize + 8), 8));
        }
        const std::string_view end = bytes.substr(at);
        const std::uint64_t ends_at = Number(end.substr(12), 4) + Number(end.substr(16), 4);
        return ends_at <= size() ? Number(end.substr(10), 2) : 0;
    }

    Result<std::uint64_t> LargeCount(std::uint64_t offset) {
        if (size() < kLargeEndSize || offset > size() - kLargeEndSize) return 0;
        std::string end(kLargeEndSize, '\0');
        if (auto read = source_.Read(static_cast<std::int64_t>(offset), end); !read) {
            return std::unexpected(std::move(read.error()));
        }
        return Number(std::string_view(end).substr(32), 8);
    }

    std::uint64_t size() const { return static_cast<std::uint64_t>(source_.size()); }

    Source& source_;
};

/// A Source as libzip wants it.
struct Input {
    Source& source;
    std::int64_t position = 0;
    std::optional<Error> failure = std::nullopt;  // Of the source.
    zip_error_t error = {};

    zip_int64_t Read(void* data, std::uint64_t length) {
        const auto rest = static_cast<std::uint64_t>(source.size() - position);
        const auto count = static_cast<std::size_t>(std::min(length, rest));
        if (auto read = source.Read(position, {static_cast<char*>(data), count}); !read) {
            if (!failure) failure = std::move(read.error());
            zip_error_set(&error, ZIP_ER_READ, 0);
            return -1;
        }
        position += static_cast<std::int64_t>(count);
        return static_cast<zip_int64_t>(count);
    }
    zip_int64_t Seek(void* data, std::uint64_t length) {
        const zip_int64_t target = zip_source_seek_compute_offset(
            static_cast<zip_uint64_t>(position), static_cast<zip_uint64_t>(source.size()), data,
            length, &error);
        if (target < 0) return -1;
        position = target;
        return 0;
    }
    zip_int64_t Stat(void* data) const {
        auto* stat = static_cast<zip_stat_t*>(data);
        zip_stat_init(stat);
        stat->size = static_cast<zip_uint64_t>(source.size());
        stat->valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
    }
};

zip_int64_t Serve(void* state, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& input = *static_cast<Input*>(state);
    switch (command) {
        case ZIP_SOURCE_OPEN: input.position = 0; return 0;
        case ZIP_SOURCE_READ: return input.Read(data, length);
        case ZIP_SOURCE_SEEK: return input.Seek(data, length);
        case ZIP_SOURCE_TELL: return input.position;
        case ZIP_SOURCE_STAT: return input.Stat(data);
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&input.error, data, length);
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE: return 0;
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(
                ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
        default: zip_error_set(&input.error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

struct ZipDiscard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct FileClose {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct Archive::Files {
    Input input;
    std::int64_t unpacked_left;
    std::unique_ptr<zip_t, ZipDiscard> zip = {};

    /// Why libzip failed.
    Error Failure() const { return input.failure.value_or(Damaged()); }
};

struct Archive::Part::Stream {
    Files& files;
    std::int64_t packed;
    std::int64_t unpacked = 0;
    std::unique_ptr<zip_file_t, FileClose> file = {};
};

Archive::Part::Part(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
Archive::Part::Part(Part&&) noexcept = default;
Archive::Part::~Part() = default;

Result<std::size_t> Archive::Part::Read(std::span<char> bytes) {
    const zip_int64_t count = zip_fread(stream_->file.get(), bytes.data(), bytes.size());
    if (count < 0) return std::unexpected(stream_->files.Failure());
    stream_->unpacked += count;
    stream_->files.unpacked_left -= count;
    const bool is_bomb = stream_->unpacked > kUnpackedWithoutAsking &&
                         stream_->unpacked / kRatioMax > stream_->packed;
    if (is_bomb || stream_->files.unpacked_left < 0) {
        return std::unexpected(FileInvalid("the Excel file unpacks to more than is allowed"));
    }
    return static_cast<std::size_t>(count);
}

Archive::Archive(std::unique_ptr<Files> files) : files_(std::move(files)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::Open(Source& source, std::int64_t unpacked_max) {
    const Result<bool> is_too_large = PartCount(source).IsTooLarge();
    if (!is_too_large) return std::unexpected(is_too_large.error());
    if (*is_too_large) return std::unexpected(FileInvalid("the Excel file has too many parts"));
    auto files = std::make_unique<Files>(Input{.source = source}, unpacked_max);
    zip_source_t* zip_source = zip_source_function_create(Serve, &files->input, nullptr);
    if (zip_source == nullptr) throw std::bad_alloc();
    files->zip.reset(zip_open_from_source(zip_source, ZIP_RDONLY, nullptr));
    if (!files->zip) {
        zip_source_free(zip_source);
        return std::unexpected(files->Failure());
    }
    return Archive(std::move(files));
}

Result<std::optional<Archive::Part>> Archive::Find(const std::string& name) {
    zip_stat_t stat;
    if (zip_stat(files_->zip.get(), name.c_str(), ZIP_FL_NOCASE, &stat) != 0) return std::nullopt;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_INDEX | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if ((stat.valid & kNeeded) != kNeeded) return std::unexpected(Damaged());
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return std::unexpected(FileInvalid("the Excel file is protected by a password"));
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
        return std::unexpected(Damaged());
    }
    auto stream =
        std::make_unique<Part::Stream>(*files_, static_cast<std::int64_t>(stat.comp_size));
    stream->file.reset(zip_fopen_index(files_->zip.get(), stat.index, 0));
    if (!stream->file) return std::unexpected(files_->Failure());
    return Part(std::move(stream));
}

}  // namespace bangkit::xlsx
