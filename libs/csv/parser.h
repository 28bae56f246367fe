#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/csv/row.h"

namespace bangkit::csv {

/// In bytes, as they stand in the file: quotes count.
struct Limits {
    std::size_t field_max = std::size_t{64} << 10;
    std::size_t row_max = std::size_t{256} << 10;
};

/// Reads a CSV file (RFC 4180) that arrives in pieces; where it is cut makes no difference. Lines
/// end with LF, CRLF or CR. The separator is the first `,`, `;` or tab outside quotes in the first
/// line that is not empty, the header. A byte order mark is left out.
///
/// A row that cannot be read is one bad row: reading goes on with the line after the one that it
/// began in, so a quote that is never closed takes no other row with it, unless the file is full of
/// them. The memory needed is that of the longest row allowed and of one piece; the time grows with
/// the file and not with what is wrong in it.
class Parser {
public:
    explicit Parser(Limits limits = {}) : limits_(limits) {}

    /// The next bytes. Take all rows with Next() before feeding more, else they pile up.
    void Feed(std::string_view bytes);
    /// There are no more bytes: what is left is the last row.
    void Finish() { is_finished_ = true; }

    /// The next row; nullopt if it needs more bytes, or if it was the last.
    std::optional<Row> Next();

private:
    enum class State { kFieldStart, kUnquoted, kQuoted, kQuoteInQuoted };

    bool SkipMark();
    void SkipRestOfLine();
    std::optional<Problem> Scan();
    std::optional<Problem> Step(char c);
    Row Take(Problem problem);
    std::vector<std::string> Split(std::string_view line) const;
    void GoOnAfter(Problem problem);
    void BeginRowAt(std::size_t position);
    std::size_t EndOfFirstLine() const;

    const Limits limits_;
    bool is_finished_ = false;
    bool is_begun_ = false;     // The mark has been looked for.
    bool is_over_ = false;      // Not a text.
    bool is_skipping_ = false;  // To the end of a line that is too long.

    std::string buffer_;             // What has been fed from the current row on.
    std::int64_t buffer_begin_ = 0;  // Where in the file the buffer begins.
    std::size_t row_begin_ = 0;      // In the buffer, as the others.
    std::size_t field_begin_ = 0;
    std::size_t next_ = 0;  // The byte to look at next.
    State state_ = State::kFieldStart;
    std::int64_t read_again_ = 0;  // Bytes that were looked at more than once, in all.

    char separator_ = 0;
    std::int64_t rows_ = 0;
    std::size_t columns_ = 0;
};

}  // namespace bangkit::csv
