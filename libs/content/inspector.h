#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::content {

enum class Format { kPdf = 1, kJpeg = 2, kPng = 3 };

struct Limits {
    std::int64_t bytes_max = std::int64_t{10} << 20;
    std::int64_t pixels_max = 50'000'000;
};

class FormatCheck;

/// Looks at a file that comes in pieces: what it is by its bytes, that it is whole, and that it is
/// nothing else besides. Nothing is decoded but the pixels of a PNG, which are counted and thrown
/// away. It needs no more memory for a large file than for a small one.
///
/// INVALID_ARGUMENT: it is none of the formats (CONTENT_UNSUPPORTED). FAILED_PRECONDITION: it is
/// broken or cut off (CONTENT_BROKEN), something else besides (CONTENT_AMBIGUOUS), or has too many
/// pixels (IMAGE_TOO_LARGE). RESOURCE_EXHAUSTED: it has too many bytes (DOCUMENT_TOO_LARGE), or
/// unpacks to more than it says (CONTENT_INFLATES).
class Inspector {
public:
    explicit Inspector(Limits limits = {});
    ~Inspector();

    /// The next piece, of whatever size. After a refusal nothing more is taken.
    Result<void> Take(std::string_view piece);
    /// There are no more.
    Result<Format> Finish();

private:
    Result<void> Look(std::string_view piece);

    const Limits limits_;
    std::int64_t bytes_ = 0;
    std::string begin_;  // As much as a browser looks at to guess what it is.
    std::string end_;    // As much as whoever reads an archive looks for its directory in.
    Format format_ = Format::kPdf;
    std::unique_ptr<FormatCheck> check_;  // Null as long as nobody knows the format.
};

}  // namespace bangkit::content
