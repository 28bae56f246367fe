#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bangkit::csv {

enum class Problem {
    kNone,
    kTooLong,      // A field or the row; most likely a quote that is never closed.
    kQuotes,       // A quote that is never closed, or text behind a closing quote.
    kColumnCount,  // Not as many fields as the header has.
    kNotText,      // A NUL byte or UTF-16: a binary file. It is read no further.
    kDigitsLost,   // A spreadsheet's number of more than 15 digits, of which it keeps only 15.
};

/// One row of a table, whether it comes from a CSV file or from a spreadsheet (libs/xlsx).
struct Row {
    std::int64_t number = 0;          // 0 is the header; empty lines of a CSV file do not count.
    std::int64_t offset = 0;          // Of its first byte in a CSV file; 0 in a spreadsheet.
    std::vector<std::string> fields;  // Any bytes but NUL. Empty if there is a problem, unless it
                                      // is kDigitsLost: all but the damaged ones are good.
    Problem problem = Problem::kNone;
    std::size_t column = 0;  // Where the problem is, from 0; known for kDigitsLost only.
    bool operator==(const Row&) const = default;
};

}  // namespace bangkit::csv
