#include "services/registration/domain/review.h"

#include <chrono>
#include <string_view>

#include "libs/indonesia/digits.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kNikLength = 16;
constexpr int kWomensDayOffset = 40;
constexpr std::size_t kPirtLength = 15;

int Pair(std::string_view digits, std::size_t at) { return indonesia::ToInt(digits.substr(at, 2)); }

bool IsOfWoman(std::string_view nik) { return Pair(nik, 6) > kWomensDayOffset; }

/// A NIK leaves the century open.
bool IsBornOn(std::string_view nik, Date birth_date) {
    const std::chrono::year_month_day date(birth_date);
    const int day = Pair(nik, 6) - (IsOfWoman(nik) ? kWomensDayOffset : 0);
    return day == static_cast<int>(static_cast<unsigned>(date.day())) &&
           Pair(nik, 8) == static_cast<int>(static_cast<unsigned>(date.month())) &&
           Pair(nik, 10) == static_cast<int>(date.year()) % 100;
}

}  // namespace

std::vector<std::string> Contradictions(const Owner& owner) {
    std::vector<std::string> found;
    if (!indonesia::IsDigits(owner.nik, kNikLength)) return found;
    if (owner.birth_date && !IsBornOn(owner.nik, *owner.birth_date)) {
        found.emplace_back("BIRTH_DATE_DIFFERS");
    }
    if (owner.sex != Sex::kUnknown && IsOfWoman(owner.nik) != (owner.sex == Sex::kFemale)) {
        found.emplace_back("SEX_DIFFERS");
    }
    if (owner.kk == owner.nik) found.emplace_back("KK_IS_NIK");
    return found;
}

std::vector<std::string> Contradictions(const Profile& profile) {
    std::vector<std::string> found;
    const LegalDocument& pirt = profile.pirt;
    if (pirt.number.size() >= kPirtLength && pirt.expires_on) {
        const std::chrono::year_month_day last(*pirt.expires_on);
        const bool is_same =
            Pair(pirt.number, kPirtLength - 2) == static_cast<int>(last.year()) % 100;
        if (!is_same) found.emplace_back("PIRT_YEAR_DIFFERS");
    }
    return found;
}

}  // namespace bangkit::registration
