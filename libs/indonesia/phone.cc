#include "libs/indonesia/phone.h"

#include <algorithm>
#include <array>

#include "libs/indonesia/digits.h"

namespace bangkit::indonesia {
namespace {

using namespace std::string_view_literals;

constexpr auto kCountry = "+62"sv;
constexpr std::size_t kHidden = 4;  // Digits that MaskPhone hides: those after the prefix.

constexpr std::array kMobilePrefixes{
    "811"sv, "812"sv, "813"sv, "814"sv, "815"sv, "816"sv, "817"sv, "818"sv, "819"sv, "821"sv,
    "822"sv, "823"sv, "831"sv, "832"sv, "833"sv, "838"sv, "851"sv, "852"sv, "853"sv, "855"sv,
    "856"sv, "857"sv, "858"sv, "859"sv, "877"sv, "878"sv, "881"sv, "882"sv, "883"sv, "884"sv,
    "885"sv, "886"sv, "887"sv, "888"sv, "889"sv, "895"sv, "896"sv, "897"sv, "898"sv, "899"sv};
// Other area codes have three digits.
constexpr std::array kShortAreaCodes{"21"sv, "22"sv, "24"sv, "31"sv, "61"sv};

std::unexpected<Error> Invalid(const char* why) {
    return Refused(ErrorCode::kInvalidArgument, "PHONE_INVALID", why);
}

bool IsMobile(std::string_view national) { return national.starts_with('8'); }

std::size_t PrefixLength(std::string_view national) {
    return std::ranges::binary_search(kShortAreaCodes, national.substr(0, 2)) ? 2 : 3;
}

/// What follows the country code or the leading 0; "" if the number begins with neither, nor
/// with 8.
std::string_view NationalPart(std::string_view number) {
    for (const auto country : {kCountry, kCountry.substr(1)}) {
        if (!number.starts_with(country)) continue;
        number.remove_prefix(country.size());
        if (number.starts_with('0')) number.remove_prefix(1);  // "+62 (0)812-..."
        return number;
    }
    if (number.starts_with('0')) return number.substr(1);
    return IsMobile(number) ? number : ""sv;
}

bool HasPossibleLength(std::string_view national) {
    return IsMobile(national) ? national.size() >= 9 && national.size() <= 12
                              : national.size() >= 7 && national.size() <= 11;
}

/// `middle` replaces the digits after the prefix, if it is not empty.
std::string InGroups(std::string_view national, std::string_view middle) {
    const std::size_t prefix = PrefixLength(national);
    std::string text = "0" + std::string(national.substr(0, prefix)) + "-";
    text += middle.empty() ? national.substr(prefix, kHidden) : middle;
    if (IsMobile(national)) text += '-';
    return text += national.substr(prefix + kHidden);
}

}  // namespace

Result<Phone> ParsePhone(std::string_view text) {
    const std::string number = Without(text, " .-()");
    const std::string_view national = NationalPart(number);
    if (national.empty() || !IsDigits(national, national.size())) {
        return Invalid("a telephone number begins with 0, 62 or +62 and has digits only");
    }
    if (national.starts_with('0') || national.starts_with('1') || national.starts_with("800")) {
        return Invalid("the telephone number is neither a mobile number nor a landline");
    }
    if (!HasPossibleLength(national)) {
        return Invalid("the telephone number is too short or too long");
    }

    Phone phone{.e164 = std::string(kCountry).append(national), .mobile = IsMobile(national)};
    if (phone.mobile && !std::ranges::binary_search(kMobilePrefixes, national.substr(0, 3))) {
        phone.warnings.emplace_back("PHONE_PREFIX_UNKNOWN");
    }
    return phone;
}

std::string FormatPhone(std::string_view e164) {
    return InGroups(e164.substr(kCountry.size()), "");
}

std::string MaskPhone(std::string_view e164) {
    constexpr auto kStars = "****"sv;
    if (!e164.starts_with(kCountry) || !HasPossibleLength(e164.substr(kCountry.size()))) {
        return std::string(kStars);
    }
    return InGroups(e164.substr(kCountry.size()), kStars);
}

}  // namespace bangkit::indonesia
