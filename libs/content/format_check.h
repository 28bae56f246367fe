#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::content {

/// One format, from its first byte to its last.
class FormatCheck {
public:
    virtual ~FormatCheck() = default;
    virtual Result<void> Take(std::string_view piece) = 0;
    virtual Result<void> Finish() = 0;
};

std::unique_ptr<FormatCheck> NewPdfCheck();
std::unique_ptr<FormatCheck> NewJpegCheck(std::int64_t pixels_max);
std::unique_ptr<FormatCheck> NewPngCheck(std::int64_t pixels_max);

inline std::unexpected<Error> Broken() {
    return Refused(ErrorCode::kFailedPrecondition, "CONTENT_BROKEN", "the file is broken");
}

inline std::unexpected<Error> Ambiguous() {
    return Refused(ErrorCode::kFailedPrecondition, "CONTENT_AMBIGUOUS",
                   "the file is something else besides");
}

/// Of an image; none has no pixels.
inline Result<void> CheckPixels(std::uint32_t width, std::uint32_t height,
                                std::int64_t pixels_max) {
    if (width == 0 || height == 0) return Broken();
    if (height <= pixels_max / width) return {};
    return Refused(ErrorCode::kFailedPrecondition, "IMAGE_TOO_LARGE",
                   "the image has too many pixels");
}

inline std::uint32_t BigEndian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

}  // namespace bangkit::content
