#pragma once

#include <set>
#include <sstream>
#include <string>

namespace bangkit::aid {

// Subjects of tokens as a column has them: one a line.

inline std::string ToLines(const std::set<std::string>& subjects) {
    std::string lines;
    for (const std::string& subject : subjects) lines += (lines.empty() ? "" : "\n") + subject;
    return lines;
}

inline std::set<std::string> FromLines(const std::string& lines) {
    std::set<std::string> subjects;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) subjects.insert(line);
    return subjects;
}

}  // namespace bangkit::aid
