#include "libs/indonesia/kbli.h"

#include <algorithm>
#include <array>

#include "libs/indonesia/digits.h"

namespace bangkit::indonesia {
namespace {

struct Section {
    char letter;
    int first_division;
    int last_division;
};

constexpr std::array<Section, 21> kSections{{
    {'A', 1, 3},    // Agriculture, forestry and fishing
    {'B', 5, 9},    // Mining and quarrying
    {'C', 10, 33},  // Manufacturing
    {'D', 35, 35},  // Electricity and gas
    {'E', 36, 39},  // Water supply and waste
    {'F', 41, 43},  // Construction
    {'G', 45, 47},  // Trade
    {'H', 49, 53},  // Transport and storage
    {'I', 55, 56},  // Accommodation and food service
    {'J', 58, 63},  // Information and communication
    {'K', 64, 66},  // Finance and insurance
    {'L', 68, 68},  // Real estate
    {'M', 69, 75},  // Professional, scientific and technical work
    {'N', 77, 82},  // Rental, travel and support services
    {'O', 84, 84},  // Public administration
    {'P', 85, 85},  // Education
    {'Q', 86, 88},  // Health and social work
    {'R', 90, 93},  // Arts, entertainment and recreation
    {'S', 94, 96},  // Other services
    {'T', 97, 98},  // Households
    {'U', 99, 99},  // International bodies
}};

std::string_view Trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Result<Kbli> ParseKbli(std::string_view text) {
    const std::string_view code = Trimmed(text);
    if (code.size() < 2 || code.size() > 5 || !IsDigits(code, code.size())) {
        return Refused(ErrorCode::kInvalidArgument, "KBLI_UNKNOWN",
                       "a KBLI code has 2 to 5 digits");
    }
    const std::string_view division = code.substr(0, 2);
    const auto section =
        std::ranges::find_if(kSections, [number = ToInt(division)](const Section& s) {
            return s.first_division <= number && number <= s.last_division;
        });
    if (section == kSections.end()) {
        return Refused(ErrorCode::kInvalidArgument, "KBLI_UNKNOWN",
                       "the KBLI code belongs to no division");
    }
    return Kbli{std::string(code), std::string(division), section->letter};
}

}  // namespace bangkit::indonesia
