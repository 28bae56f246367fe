#include "services/aid/api/nomination/nomination_answer_file.h"

#include <charconv>
#include <map>
#include <sstream>
#include <system_error>
#include <vector>

namespace bangkit::aid {
namespace {

/// The columns, in the order in which they are asked for.
enum Column : std::size_t { kReference, kStatus, kReason, kAmount };

constexpr int kRoundMax = 99;

std::optional<NominationAnswerKind> KindOf(const std::string& status) {
    using enum NominationAnswerKind;
    static const std::map<std::string, NominationAnswerKind> words = {
        {"valid", kValid},           {"tidak valid", kInvalid},   {"invalid", kInvalid},
        {"ditetapkan", kDetermined}, {"determined", kDetermined}, {"ditolak", kRejected},
        {"rejected", kRejected},     {"dibayar", kPaid},          {"paid", kPaid},
        {"dicairkan", kClaimed},     {"claimed", kClaimed},       {"dikembalikan", kGivenBack},
        {"returned", kGivenBack}};
    const auto found = words.find(ToWord(status));
    if (found == words.end()) return std::nullopt;
    return found->second;
}

/// By the codes of the audits of BPUM; whatever else an agency writes is another reason.
RejectionReason ReasonOf(const std::string& code) {
    using enum RejectionReason;
    static const std::map<std::string, RejectionReason> codes = {
        {"nik_tidak_padan", kNikMismatch},
        {"kredit_aktif", kBankCredit},
        {"kur_aktif", kKur},
        {"bukan_usaha_mikro", kNotMicro},
        {"meninggal", kDeceased},
        {"ganda_nik", kTwice},
        {"asn_tni_polri", kPaidByTheState},
        {"tidak_memenuhi_syarat", kNotEligible},
        {"kuota_habis", kQuotaExhausted}};
    const auto found = codes.find(ToWord(code));
    return found == codes.end() ? kOther : found->second;
}

std::optional<std::int64_t> NumberOf(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || parsed != end || number < 0) return std::nullopt;
    return number;
}

/// "<reference>-2" is what was sent in the second round.
bool ReadReference(std::string_view text, NominationAnswer& answer) {
    const std::size_t dash = text.find('-');
    answer.reference = text.substr(0, dash);
    if (answer.reference.empty()) return false;
    if (dash == std::string_view::npos) return true;
    const auto round = NumberOf(text.substr(dash + 1));
    if (!round || *round < 1 || *round > kRoundMax) return false;
    answer.round = static_cast<int>(*round);
    return true;
}

NominationAnswerFile::Line ToLine(const std::vector<std::string>& cells) {
    NominationAnswer answer;
    if (!ReadReference(cells[kReference], answer)) return LineInvalid("the reference is missing");
    const auto kind = KindOf(cells[kStatus]);
    if (!kind) return LineInvalid("the status is not known");
    answer.kind = *kind;
    const bool has_reasons =
        *kind == NominationAnswerKind::kInvalid || *kind == NominationAnswerKind::kRejected;
    std::istringstream codes(has_reasons ? cells[kReason] : std::string());
    for (std::string code; codes >> code;) answer.reasons.insert(ReasonOf(code));
    if (has_reasons && answer.reasons.empty()) return LineInvalid("the reason is missing");
    if (!cells[kAmount].empty()) {
        answer.amount = NumberOf(cells[kAmount]);
        if (!answer.amount) return LineInvalid("the amount is no number");
    }
    return answer;
}

}  // namespace

NominationAnswerFile::NominationAnswerFile()
    : table_({{"nomor_usulan", "reference", true},
              {"status", "status", true},
              {"alasan", "reason"},
              {"nominal", "amount_rupiah"}}) {}

std::optional<NominationAnswerFile::Line> NominationAnswerFile::Next() {
    const std::optional<TableFile::Line> line = table_.Next();
    if (!line) return std::nullopt;
    if (!*line) return std::unexpected(line->error());
    return ToLine(**line);
}

}  // namespace bangkit::aid
