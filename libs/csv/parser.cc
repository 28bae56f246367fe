#include "libs/csv/parser.h"

#include <algorithm>
#include <utility>

namespace bangkit::csv {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Marks[] = {"\xFF\xFE", "\xFE\xFF"};
constexpr std::string_view kLineEnds = "\r\n";

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

/// A quoted field without its quotes; any other as it is.
std::string Unquoted(std::string_view field) {
    if (!field.starts_with('"')) return std::string(field);
    field = field.substr(1, field.size() - 2);
    std::string text;
    text.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) {
        text += field[i];
        if (field[i] == '"') ++i;  // The second of a pair.
    }
    return text;
}

}  // namespace

void Parser::Feed(std::string_view bytes) {
    if (is_over_) return;
    buffer_.erase(0, row_begin_);
    buffer_begin_ += static_cast<std::int64_t>(row_begin_);
    field_begin_ -= row_begin_;
    next_ -= row_begin_;
    row_begin_ = 0;
    buffer_ += bytes;
}

std::optional<Row> Parser::Next() {
    if (is_over_ || !SkipMark()) return std::nullopt;
    for (;;) {
        if (is_skipping_) SkipRestOfLine();
        // Empty lines, and with them the LF of every CRLF.
        while (state_ == State::kFieldStart && next_ == row_begin_ && next_ < buffer_.size() &&
               IsLineEnd(buffer_[next_])) {
            BeginRowAt(next_ + 1);
        }
        if (row_begin_ == buffer_.size()) return std::nullopt;
        const std::optional<Problem> end = Scan();
        if (!end) return std::nullopt;
        Row row = Take(*end);
        GoOnAfter(*end);
        return row;
    }
}

/// False if more bytes are needed to know.
bool Parser::SkipMark() {
    if (is_begun_) return true;
    if (buffer_.size() < kMark.size() && !is_finished_) return false;
    is_begun_ = true;
    if (buffer_.starts_with(kMark)) BeginRowAt(kMark.size());
    for (const std::string_view mark : kUtf16Marks) {
        // As UTF-16 has NUL bytes in every Latin text, this is found without a mark too.
        if (buffer_.starts_with(mark)) buffer_[0] = '\0';
    }
    return true;
}

void Parser::SkipRestOfLine() {
    const std::size_t end = buffer_.find_first_of(kLineEnds, next_);
    is_skipping_ = end == std::string::npos;
    BeginRowAt(is_skipping_ ? buffer_.size() : end);
}

/// Looks for the end of the row. nullopt if more bytes are needed.
std::optional<Problem> Parser::Scan() {
    while (next_ < buffer_.size()) {
        if (const std::optional<Problem> end = Step(buffer_[next_])) return end;
        ++next_;
        if (next_ - field_begin_ > limits_.field_max || next_ - row_begin_ > limits_.row_max) {
            return Problem::kTooLong;
        }
    }
    if (!is_finished_) return std::nullopt;
    return state_ == State::kQuoted ? Problem::kQuotes : Problem::kNone;
}

std::optional<Problem> Parser::Step(char c) {
    if (c == '\0') return Problem::kNotText;
    if (state_ == State::kQuoted) {
        if (c == '"') state_ = State::kQuoteInQuoted;
        return std::nullopt;
    }
    if (IsLineEnd(c)) return Problem::kNone;
    if (separator_ == 0 && rows_ == 0 && (c == ',' || c == ';' || c == '\t')) separator_ = c;
    if (c == separator_) {
        state_ = State::kFieldStart;
        field_begin_ = next_ + 1;
    } else if (state_ == State::kQuoteInQuoted) {
        if (c != '"') return Problem::kQuotes;
        state_ = State::kQuoted;
    } else if (state_ == State::kFieldStart) {
        state_ = c == '"' ? State::kQuoted : State::kUnquoted;
    }
    return std::nullopt;
}

/// The row that ends before next_.
Row Parser::Take(Problem problem) {
    Row row{.number = rows_++,
            .offset = buffer_begin_ + static_cast<std::int64_t>(row_begin_),
            .fields = {},
            .problem = problem};
    if (problem != Problem::kNone) return row;
    row.fields = Split(std::string_view(buffer_).substr(row_begin_, next_ - row_begin_));
    if (row.number == 0) columns_ = row.fields.size();
    if (row.fields.size() != columns_) {
        row.problem = Problem::kColumnCount;
        row.fields.clear();
    }
    return row;
}

std::vector<std::string> Parser::Split(std::string_view line) const {
    std::vector<std::string> fields;
    fields.reserve(columns_);
    std::size_t begin = 0;
    bool is_quoted = line.starts_with('"');
    for (std::size_t i = 0; i <= line.size(); ++i) {
        if (i < line.size() && (is_quoted || line[i] != separator_)) {
            // Every quote of a quoted field opens or closes it, those of a pair both; others are
            // text.
            if (line[i] == '"' && line[begin] == '"' && i > begin) is_quoted = !is_quoted;
            continue;
        }
        fields.push_back(Unquoted(line.substr(begin, i - begin)));
        begin = i + 1;
        is_quoted = begin < line.size() && line[begin] == '"';
    }
    return fields;
}

void Parser::GoOnAfter(Problem problem) {
    if (problem == Problem::kNotText) {
        is_over_ = true;
        buffer_.clear();
        return;
    }
    if (problem == Problem::kNone) return BeginRowAt(next_);
    // Reading a file of nothing but open quotes again after each line would take for ever: all in
    // all, no more is read again than is read.
    const std::size_t end_of_line = EndOfFirstLine();
    const auto again = static_cast<std::int64_t>(next_ - end_of_line);
    const bool may_go_back =
        read_again_ + again <= buffer_begin_ + static_cast<std::int64_t>(next_);
    if (end_of_line < next_ && may_go_back) {
        read_again_ += again;
        return BeginRowAt(end_of_line);
    }
    is_skipping_ = true;
}

void Parser::BeginRowAt(std::size_t position) {
    row_begin_ = field_begin_ = next_ = position;
    state_ = State::kFieldStart;
}

/// Of the row that was looked at up to next_; next_ if that is all one line.
std::size_t Parser::EndOfFirstLine() const {
    const auto row = std::string_view(buffer_).substr(row_begin_, next_ - row_begin_);
    return row_begin_ + std::min(row.find_first_of(kLineEnds), row.size());
}

}  // namespace bangkit::csv
