#include <algorithm>
#include <string>

#include "libs/content/format_check.h"

namespace bangkit::content {
namespace {

constexpr std::size_t kTailSize = 1'024;
constexpr std::string_view kLastLine = "%%EOF";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// A PDF file (ISO 32000) says its version at the very beginning and where its objects are at the
/// very end. What lies between is not looked at.
class PdfCheck final : public FormatCheck {
public:
    Result<void> Take(std::string_view piece) override {
        if (version_.size() < kVersionSize) {
            version_ += piece.substr(0, kVersionSize - version_.size());
        }
        tail_ += piece.substr(piece.size() - std::min(piece.size(), kTailSize));
        if (tail_.size() > kTailSize) tail_.erase(0, tail_.size() - kTailSize);
        return {};
    }

    Result<void> Finish() override {
        const bool has_version = version_.size() == kVersionSize && IsDigit(version_[5]) &&
                                 version_[6] == '.' && IsDigit(version_[7]);
        const std::size_t end = tail_.rfind(kLastLine);
        if (!has_version || end == std::string::npos) return Broken();
        if (tail_.rfind("startxref", end) == std::string::npos) return Broken();
        const std::string_view behind = std::string_view(tail_).substr(end + kLastLine.size());
        constexpr std::string_view kSpace("\r\n \t\0", 5);
        return behind.find_first_not_of(kSpace) == std::string_view::npos ? Result<void>()
                                                                          : Ambiguous();
    }

private:
    static constexpr std::size_t kVersionSize = 8;  // "%PDF-1.7"

    std::string version_;
    std::string tail_;
};

}  // namespace

std::unique_ptr<FormatCheck> NewPdfCheck() { return std::make_unique<PdfCheck>(); }

}  // namespace bangkit::content
