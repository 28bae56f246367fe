#include "services/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace bangkit::cli {
namespace {

constexpr std::chrono::milliseconds kBetween{100};
constexpr int kBarWidth = 30;

}  // namespace

ProgressLine::ProgressLine() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { Clear(); }

void ProgressLine::Show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    if (!is_terminal_ || now - shown_at_ < kBetween) return;
    Clear();
    std::cerr << text << std::flush;
    width_ = text.size();
    shown_at_ = now;
}

void ProgressLine::Say(std::string_view message) {
    Clear();
    std::cerr << "bangkit: " << message << '\n';
}

void ProgressLine::Clear() {
    if (width_ > 0) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
    width_ = 0;
}

std::string Bar(double share) {
    const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kBarWidth);
    return "[" + std::string(full, '#') + std::string(kBarWidth - full, ' ') + "]";
}

bool MayUseColour() {
    const char* forbidden = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && (forbidden == nullptr || *forbidden == '\0');
}

}  // namespace bangkit::cli
