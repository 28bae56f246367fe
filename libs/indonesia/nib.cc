#include "libs/indonesia/nib.h"

#include "libs/indonesia/digits.h"

namespace bangkit::indonesia {

Result<std::string> ParseNib(std::string_view text) {
    constexpr std::size_t kLength = 13;
    std::string digits = Without(text, " .-");
    if (IsDigits(digits, kLength)) return digits;
    return Refused(ErrorCode::kInvalidArgument, "NIB_INVALID", "a NIB has 13 digits");
}

}  // namespace bangkit::indonesia
