#include "libs/indonesia/nik.h"

#include <algorithm>
#include <array>
#include <optional>

#include "libs/indonesia/digits.h"
#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {
namespace {

using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::size_t kLength = 16;
constexpr int kWomensDayOffset = 40;
constexpr int kRegencyMax = 69;  // 01-69 are regencies, 71-99 cities.
constexpr years kAgeOfIdentityCard{17};

constexpr std::array<int, 38> kProvinces{11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33,
                                         34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72,
                                         73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96};

std::unexpected<Error> Invalid(const char* why) {
    return Refused(ErrorCode::kInvalidArgument, "NIK_INVALID", why);
}

bool IsPossibleRegion(int province, int regency, int district) {
    return std::ranges::binary_search(kProvinces, province) && regency != 0 &&
           regency != kRegencyMax + 1 && district != 0;
}

std::optional<Date> BirthDate(int day, int month, int year_of_century, Date today) {
    for (const int century : {2000, 1900}) {
        const year_month_day date{std::chrono::year(century + year_of_century),
                                  std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day))};
        if (date.ok() && Date(date) <= today) return Date(date);
    }
    return std::nullopt;
}

bool IsYoungerThan(years age, Date birth_date, Date today) {
    return Date(year_month_day(birth_date) + age) > today;
}

std::string DistrictCode(std::string_view digits) {
    std::string code(digits.substr(0, 6));
    return code.insert(4, ".").insert(2, ".");
}

}  // namespace

Result<Nik> ParseNik(std::string_view text, Date today, const RegionTree* regions) {
    Nik nik{.digits = Without(text, " .-"), .birth_date = {}};
    if (!IsDigits(nik.digits, kLength)) return Invalid("a NIK has 16 digits");
    const auto pair = [&](std::size_t at) {
        return ToInt(std::string_view(nik.digits).substr(at, 2));
    };

    if (!IsPossibleRegion(pair(0), pair(2), pair(4))) {
        return Invalid("the NIK does not begin with the code of a district");
    }
    nik.female = pair(6) > kWomensDayOffset;
    const int day = nik.female ? pair(6) - kWomensDayOffset : pair(6);
    const auto birth_date = BirthDate(day, pair(8), pair(10), today);
    if (!birth_date) return Invalid("the NIK holds no possible birth date");
    nik.birth_date = *birth_date;
    if (nik.digits.ends_with("0000")) return Invalid("the NIK ends with the serial number 0000");

    if (IsYoungerThan(kAgeOfIdentityCard, nik.birth_date, today)) {
        nik.warnings.emplace_back("AGE_UNUSUAL");
    }
    if (regions != nullptr && regions->Find(DistrictCode(nik.digits)) == nullptr) {
        nik.warnings.emplace_back("REGION_UNKNOWN");
    }
    return nik;
}

std::string MaskNik(std::string_view digits) {
    std::string masked(kLength, '*');
    if (digits.size() != kLength) return masked;
    masked.replace(0, 4, digits.substr(0, 4));
    return masked.replace(12, 4, digits.substr(12));
}

}  // namespace bangkit::indonesia
