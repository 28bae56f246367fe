#include "services/aid/api/answer_file.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "libs/base/text.h"

namespace bangkit::aid {
namespace {

constexpr csv::Limits kLimits = {.field_max = 256, .row_max = 4'096};
constexpr std::size_t kReasonMax = 35;
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kMark = "\xEF\xBB\xBF";  // Of UTF-8, in which spreadsheets save files.

std::unexpected<Error> FileInvalid(std::string message) {
    return Refused(ErrorCode::kInvalidArgument, "FILE_INVALID", std::move(message));
}
std::unexpected<Error> LineInvalid(std::string message) {
    return Refused(ErrorCode::kInvalidArgument, "LINE_INVALID", std::move(message));
}

std::string ToLower(std::string_view text) {
    std::string lower(Trimmed(text));
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
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
    const auto found = words.find(ToLower(word));
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

}  // namespace

Result<void> AnswerFile::Feed(std::string_view bytes) {
    if (!xml_ && !csv_) {
        begin_ += bytes;
        std::string_view text = begin_;
        if (kMark.starts_with(text.substr(0, kMark.size())) && text.size() < kMark.size())
            return {};
        if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
        const std::size_t blanks = std::min(text.find_first_not_of(kBlank), text.size());
        if (blanks > kLimits.row_max) return FileInvalid("the file is empty");
        if (blanks == text.size()) return {};
        if (text[blanks] == '<') {
            xml_.emplace();
            text.remove_prefix(blanks);
        } else {
            csv_.emplace(kLimits);
        }
        const std::string whole(text);
        begin_.clear();
        return Feed(whole);
    }
    if (xml_) return xml_->Feed(bytes);
    csv_->Feed(bytes);
    return ReadRows();
}

Result<void> AnswerFile::Finish() {
    if (xml_) return xml_->Finish();
    if (!csv_) return FileInvalid("the file is empty");
    csv_->Finish();
    if (Result<void> read = ReadRows(); !read) return read;
    if (!columns_) return FileInvalid("the file has no header");
    return {};
}

std::optional<AnswerFile::Line> AnswerFile::Next() {
    if (xml_) {
        const std::optional<iso20022::Answer> said = xml_->Next();
        if (!said) return std::nullopt;
        return aid::ToLine(*said);
    }
    if (lines_.empty()) return std::nullopt;
    Line line = std::move(lines_.front());
    lines_.pop_front();
    return line;
}

Result<void> AnswerFile::ReadRows() {
    while (const std::optional<csv::Row> row = csv_->Next()) {
        if (row->problem == csv::Problem::kNotText) return FileInvalid("the file is no text");
        if (columns_) {
            lines_.push_back(ToLine(*row));
            continue;
        }
        columns_ = ColumnsOf(*row);
        if (!columns_) return FileInvalid("the file lacks a column");
    }
    return {};
}

std::optional<AnswerFile::Columns> AnswerFile::ColumnsOf(const csv::Row& row) {
    static const std::map<std::string, Column, std::less<>> names = {
        {"referensi", Column::kReference},  {"reference", Column::kReference},
        {"status", Column::kStatus},        {"alasan", Column::kReason},
        {"reason", Column::kReason},        {"nominal", Column::kAmount},
        {"amount_rupiah", Column::kAmount}, {"percobaan", Column::kAttempt},
        {"attempt", Column::kAttempt}};
    Columns columns;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const auto found = names.find(ToLower(row.fields[i]));
        if (found == names.end()) continue;
        if (!columns.emplace(found->second, i).second) return std::nullopt;
    }
    if (!columns.contains(Column::kReference) || !columns.contains(Column::kStatus)) {
        return std::nullopt;
    }
    return columns;
}

AnswerFile::Line AnswerFile::ToLine(const csv::Row& row) const {
    if (row.problem != csv::Problem::kNone) return LineInvalid("the line cannot be read");
    const auto cell = [&](Column column) {
        const auto found = columns_->find(column);
        return found == columns_->end() ? std::string_view()
                                        : Trimmed(row.fields.at(found->second));
    };
    const std::optional<BankAnswerKind> kind = KindOf(StatusOf(cell(Column::kStatus)));
    if (!kind) return LineInvalid("the status is not known");
    BankAnswer answer{.kind = *kind,
                      .reference = std::string(cell(Column::kReference)),
                      .reason = ReasonOf(cell(Column::kReason))};
    if (answer.reference.empty()) return LineInvalid("the reference is missing");
    if (const std::string_view amount = cell(Column::kAmount); !amount.empty()) {
        answer.amount = iso20022::ToRupiah(amount, "IDR");
        if (*answer.amount == 0) return LineInvalid("the amount is no whole number of rupiah");
    }
    if (const std::string_view attempt = cell(Column::kAttempt); !attempt.empty()) {
        const char* const end = attempt.data() + attempt.size();
        const auto [parsed, error] = std::from_chars(attempt.data(), end, answer.attempt);
        const bool is_attempt = error == std::errc() && parsed == end && answer.attempt >= 1 &&
                                answer.attempt <= kAttemptsMax;
        if (!is_attempt) return LineInvalid("the attempt is no number");
    }
    return answer;
}

}  // namespace bangkit::aid
