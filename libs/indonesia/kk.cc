#include "libs/indonesia/kk.h"

#include "libs/indonesia/digits.h"
#include "libs/indonesia/nik.h"

namespace bangkit::indonesia {

Result<Kk> ParseKk(std::string_view text, Date today, const RegionTree* regions) {
    const auto invalid = [](const char* why) {
        return Refused(ErrorCode::kInvalidArgument, "KK_INVALID", why);
    };
    constexpr std::size_t kLength = 16;
    std::string digits = Without(text, " .-");
    if (!IsDigits(digits, kLength)) return invalid("the number of a family card has 16 digits");
    // The same parts as a NIK, but for the day of women.
    const Result<Nik> parts = ParseNik(digits, today, regions);
    if (!parts || parts->female) return invalid("the number has no possible district or date");
    Kk kk{.digits = std::move(digits)};
    for (const std::string& warning : parts->warnings) {
        if (warning == "REGION_UNKNOWN") kk.warnings.emplace_back("KK_REGION_UNKNOWN");
    }
    return kk;
}

}  // namespace bangkit::indonesia
