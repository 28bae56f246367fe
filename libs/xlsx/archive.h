#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "libs/base/result.h"
#include "libs/xlsx/source.h"

namespace bangkit::xlsx {

/// A ZIP archive of few parts, each of which is unpacked as it is read.
class Archive {
public:
    /// `unpacked_max`: bytes that all reading together may unpack.
    static Result<Archive> Open(Source& source, std::int64_t unpacked_max);
    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    /// A part that is being read.
    class Part {
    public:
        Part(Part&&) noexcept;
        ~Part();
        /// The next bytes, 0 at the end.
        Result<std::size_t> Read(std::span<char> bytes);

    private:
        friend Archive;
        struct Stream;
        explicit Part(std::unique_ptr<Stream> stream);
        std::unique_ptr<Stream> stream_;
    };

    /// nullopt if there is no such part. Capitals in `name` make no difference. The archive must
    /// live as long as the part.
    Result<std::optional<Part>> Find(const std::string& name);

private:
    struct Files;
    explicit Archive(std::unique_ptr<Files> files);
    std::unique_ptr<Files> files_;
};

}  // namespace bangkit::xlsx
