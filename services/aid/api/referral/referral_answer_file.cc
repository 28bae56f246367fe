#include "services/aid/api/referral/referral_answer_file.h"

#include <charconv>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/referral.pb.h"
#include "libs/indonesia/format.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

enum Cell : std::size_t { kReference, kAnswer, kReasons, kForms, kMonths, kAnsweredOn };

/// DISETUJUI or DITOLAK; nullopt: neither.
std::optional<bool> IsGranted(std::string_view text) {
    const std::string word = ToWord(text);
    if (word == "disetujui" || word == "granted") return true;
    if (word == "ditolak" || word == "refused") return false;
    return std::nullopt;
}

/// Names of values without what all of them begin with; nullopt if one is not known.
template <typename Enum>
std::optional<std::set<Enum>> ValuesOf(const std::string& cell, auto parse) {
    std::set<Enum> values;
    std::istringstream words(cell);
    for (std::string word; words >> word;) {
        const std::optional<int> value = parse(word);
        if (!value || *value == 0) return std::nullopt;
        values.insert(As<Enum>(*value));
    }
    return values;
}

std::optional<int> ParseReason(const std::string& word) {
    v1::RefusalReason value{};
    if (!v1::RefusalReason_Parse("REFUSAL_REASON_" + word, &value)) return std::nullopt;
    return value;
}

std::optional<int> ParseForm(const std::string& word) {
    v1::RestructuringForm value{};
    if (!v1::RestructuringForm_Parse("RESTRUCTURING_FORM_" + word, &value)) return std::nullopt;
    return value;
}

/// 0 if it is empty; nullopt if it is no number of months.
std::optional<int> MonthsOf(const std::string& cell) {
    int months = 0;
    if (cell.empty()) return months;
    const char* const end = cell.data() + cell.size();
    const auto [parsed, error] = std::from_chars(cell.data(), end, months);
    const bool is_one =
        error == std::errc() && parsed == end && months >= 1 && months <= kMonthsMax;
    if (!is_one) return std::nullopt;
    return months;
}

ReferralAnswerFile::Line ToAnswer(const std::vector<std::string>& cells) {
    ReferralAnswer answer{.reference = cells[kReference], .said = {}, .answered_on = {}};
    if (answer.reference.empty()) return LineInvalid("the reference is missing");
    const std::optional<bool> is_granted = IsGranted(cells[kAnswer]);
    if (!is_granted) return LineInvalid("the answer is not known");
    answer.said.is_granted = *is_granted;
    auto reasons = ValuesOf<RefusalReason>(cells[kReasons], ParseReason);
    if (!reasons) return LineInvalid("a reason is not known");
    if (!*is_granted && reasons->empty()) return LineInvalid("the reason is missing");
    answer.said.reasons = *std::move(reasons);
    auto forms = ValuesOf<RestructuringForm>(cells[kForms], ParseForm);
    if (!forms) return LineInvalid("a form is not known");
    answer.said.forms = *std::move(forms);
    const std::optional<int> months = MonthsOf(cells[kMonths]);
    if (!months) return LineInvalid("the months are no number");
    answer.said.months = *months;
    if (cells[kAnsweredOn].empty()) return answer;
    const Result<Date> day = indonesia::ParseDate(cells[kAnsweredOn]);
    if (!day) return LineInvalid("the day is none");
    answer.answered_on = *day;
    return answer;
}

}  // namespace

std::optional<ReferralAnswerFile::Line> ReferralAnswerFile::Next() {
    const std::optional<TableFile::Line> line = table_.Next();
    if (!line) return std::nullopt;
    if (!*line) return std::unexpected(line->error());
    return ToAnswer(**line);
}

}  // namespace bangkit::aid
