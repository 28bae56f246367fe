#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace bangkit::cli {

/// A line on standard error that is written over and over. Without a terminal there, it is silent.
class ProgressLine {
public:
    ProgressLine();
    /// Leaves an empty line.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// At most ten times a second; what comes sooner is not shown.
    void Show(const std::string& text);
    /// A message of its own, above the line; without a terminal as well.
    void Say(std::string_view message);
    void Clear();

private:
    const bool is_terminal_;
    std::size_t width_ = 0;
    std::chrono::steady_clock::time_point shown_at_;
};

/// "[#########           ]": `share` from 0 to 1.
std::string Bar(double share);

/// Standard output is a terminal, and nobody forbids colours (NO_COLOR).
bool MayUseColour();

}  // namespace bangkit::cli
