#pragma once

#include <string>
#include <utility>

#include "libs/base/result.h"

namespace bangkit::xlsx {

/// A file that is refused as a whole. The message never quotes what stands in it.
inline Error FileInvalid(std::string message) {
    return {.code = ErrorCode::kInvalidArgument,
            .reason = "FILE_INVALID",
            .message = std::move(message)};
}

inline Error Damaged() { return FileInvalid("the Excel file is damaged"); }

}  // namespace bangkit::xlsx
