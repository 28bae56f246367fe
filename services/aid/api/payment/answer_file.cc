#include "services/aid/api/payment/answer_file.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

namespace bangkit::aid {
namespace {

constexpr std::size_t kBlanksMax = 4'096;
constexpr std::size_t kReasonMax = 35;
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kMark = "\xEF\xBB\xBF";  // Of UTF-8, in which spreadsheets save files.

/// The columns of a table, in the order of TableOfAnswers().
enum Column : std::size_t { kReference, kStatus, kReason, kAmount, kAttempt };

TableFile TableOfAnswers() {
    return TableFile({{"referensi", "reference", true},
                      {"status", "status", true},
                      {"alasan", "reason"},
                      {"nominal", "amount_rupiah"},
                      {"percobaan", "attempt"}});
}

/// A code. Whatever else a bank writes there may name somebody.
std::string ReasonOf(std::string_view text) {
    const bool is_code = text.size() <= kReasonMax && std::ranges::all_of(text, [](char c) {
                             return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                         });
    return std::string(is_code ? text : "OTHER");
}

std::optional<BankAnswerKind> KindOf(iso20022::Status status) {
    switch (status) {
        case iso20022::Status::kUnknown: return std::nullopt;
        case iso20022::Status::kAccepted: return BankAnswerKind::kAccepted;
        case iso20022::Status::kPaid: return BankAnswerKind::kPaid;
        case iso20022::Status::kRejected: return BankAnswerKind::kRejected;
        case iso20022::Status::kReturned: return BankAnswerKind::kReturned;
    }
    std::unreachable();
}

iso20022::Status StatusOf(std::string_view word) {
    using enum iso20022::Status;
    static const std::map<std::string, iso20022::Status, std::less<>> words = {
        {"diterima", kAccepted},     {"accepted", kAccepted},
        {"dibayar", kPaid},          {"paid", kPaid},
        {"ditolak", kRejected},      {"rejected", kRejected},
        {"dikembalikan", kReturned}, {"returned", kReturned}};
    const auto found = words.find(ToWord(word));
    return found == words.end() ? kUnknown : found->second;
}

/// "<reference>-2" is the second attempt. 0: it does not say.
int AttemptOf(std::string_view instruction_id, std::string_view reference) {
    if (!instruction_id.starts_with(reference)) return 0;
    instruction_id.remove_prefix(reference.size());
    if (!instruction_id.starts_with('-')) return 0;
    int attempt = 0;
    std::from_chars(instruction_id.data() + 1, instruction_id.data() + instruction_id.size(),
                    attempt);
    return std::clamp(attempt, 0, kAttemptsMax);
}

AnswerFile::Line ToLine(const iso20022::Answer& said) {
    const std::optional<BankAnswerKind> kind = KindOf(said.status);
    if (!kind) return LineInvalid("the status is not known");
    BankAnswer answer{.kind = *kind,
                      .reference = said.end_to_end_id,
                      .attempt = AttemptOf(said.instruction_id, said.end_to_end_id),
                      .reason = ReasonOf(said.reason),
                      .amount = said.rupiah};
    const bool names_a_file = !said.message_id.empty();
    if (names_a_file) answer.batch_id = IdOf(said.message_id).value_or("");
    if (answer.batch_id.empty() && (names_a_file || answer.reference.empty())) {
        return Refused(ErrorCode::kNotFound, "PAYMENT_NOT_FOUND", "no such payment");
    }
    return answer;
}

AnswerFile::Line ToLine(const std::vector<std::string>& cells) {
    const std::optional<BankAnswerKind> kind = KindOf(StatusOf(cells[kStatus]));
    if (!kind) return LineInvalid("the status is not known");
    BankAnswer answer{
        .kind = *kind, .reference = cells[kReference], .reason = ReasonOf(cells[kReason])};
    if (answer.reference.empty()) return LineInvalid("the reference is missing");
    if (!cells[kAmount].empty()) {
        answer.amount = iso20022::ToRupiah(cells[kAmount], "IDR");
        if (*answer.amount == 0) return LineInvalid("the amount is no whole number of rupiah");
    }
    if (const std::string& attempt = cells[kAttempt]; !attempt.empty()) {
        const char* const end = attempt.data() + attempt.size();
        const auto [parsed, error] = std::from_chars(attempt.data(), end, answer.attempt);
        const bool is_attempt = error == std::errc() && parsed == end && answer.attempt >= 1 &&
                                answer.attempt <= kAttemptsMax;
        if (!is_attempt) return LineInvalid("the attempt is no number");
    }
    return answer;
}

}  // namespace

Result<void> AnswerFile::Feed(std::string_view bytes) {
    if (xml_) return xml_->Feed(bytes);
    if (table_) return table_->Feed(bytes);
    begin_ += bytes;
    std::string_view text = begin_;
    if (kMark.starts_with(text.substr(0, kMark.size())) && text.size() < kMark.size()) return {};
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    const std::size_t blanks = std::min(text.find_first_not_of(kBlank), text.size());
    if (blanks > kBlanksMax) return FileInvalid("the file is empty");
    if (blanks == text.size()) return {};
    if (text[blanks] == '<') {
        xml_.emplace();
        text.remove_prefix(blanks);
    } else {
        table_.emplace(TableOfAnswers());
    }
    const std::string whole(text);
    begin_.clear();
    return Feed(whole);
}

Result<void> AnswerFile::Finish() {
    if (xml_) return xml_->Finish();
    if (!table_) return FileInvalid("the file is empty");
    return table_->Finish();
}

std::optional<AnswerFile::Line> AnswerFile::Next() {
    if (xml_) {
        const std::optional<iso20022::Answer> said = xml_->Next();
        if (!said) return std::nullopt;
        return ToLine(*said);
    }
    if (!table_) return std::nullopt;
    const std::optional<TableFile::Line> line = table_->Next();
    if (!line) return std::nullopt;
    if (!*line) return std::unexpected(line->error());
    return ToLine(**line);
}

}  // namespace bangkit::aid
