#include "libs/content/inspector.h"

#include <algorithm>
#include <array>

#include "libs/content/format_check.h"

namespace bangkit::content {
namespace {

constexpr std::size_t kSignatureSize = 8;
constexpr std::size_t kBeginSize = 1'024;
// The directory's end and a comment behind it, of an archive.
constexpr std::size_t kDirectoryEndSize = 22;
constexpr std::size_t kEndSize = kDirectoryEndSize + 65'535;

std::string LowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// A browser that is not told what it gets would run it as a page.
bool LooksLikePage(std::string_view begin) {
    constexpr std::array<std::string_view, 5> kTags = {"<html", "<script", "<!doctype html", "<svg",
                                                       "<iframe"};
    const std::string lower = LowerCase(begin);
    return std::ranges::any_of(kTags, [&](std::string_view tag) { return lower.contains(tag); });
}

/// Archives (ZIP, and all that are ZIP files inside: JAR, DOCX) are read from their end.
bool EndsAsArchive(std::string_view end) {
    for (std::size_t at = end.rfind("PK\x05\x06"); at != std::string_view::npos;
         at = at == 0 ? std::string_view::npos : end.rfind("PK\x05\x06", at - 1)) {
        const std::string_view rest = end.substr(at);
        if (rest.size() < kDirectoryEndSize) continue;
        const auto comment = static_cast<std::size_t>(static_cast<unsigned char>(rest[20])) |
                             static_cast<std::size_t>(static_cast<unsigned char>(rest[21])) << 8;
        if (rest.size() == kDirectoryEndSize + comment) return true;
    }
    return false;
}

}  // namespace

Inspector::Inspector(Limits limits) : limits_(limits) {}
Inspector::~Inspector() = default;

Result<void> Inspector::Take(std::string_view piece) {
    bytes_ += std::ssize(piece);
    if (bytes_ > limits_.bytes_max) {
        return Refused(ErrorCode::kResourceExhausted, "DOCUMENT_TOO_LARGE",
                       "the file has too many bytes");
    }
    const bool was_known = check_ != nullptr;
    if (begin_.size() < kBeginSize) begin_ += piece.substr(0, kBeginSize - begin_.size());
    end_ += piece.substr(piece.size() - std::min(piece.size(), kEndSize));
    if (end_.size() > kEndSize) end_.erase(0, end_.size() - kEndSize);
    if (was_known) return check_->Take(piece);
    if (begin_.size() < kSignatureSize) return {};
    return Look(piece);
}

/// What is there so far tells what it is.
Result<void> Inspector::Look(std::string_view piece) {
    const std::string_view begin = begin_;
    if (begin.starts_with("%PDF-")) {
        format_ = Format::kPdf;
        check_ = NewPdfCheck();
    } else if (begin.starts_with("\xff\xd8\xff")) {
        format_ = Format::kJpeg;
        check_ = NewJpegCheck(limits_.pixels_max);
    } else if (begin.starts_with("\x89PNG\r\n\x1a\n")) {
        format_ = Format::kPng;
        check_ = NewPngCheck(limits_.pixels_max);
    } else {
        return Refused(ErrorCode::kInvalidArgument, "CONTENT_UNSUPPORTED",
                       "must be a PDF, JPEG or PNG file");
    }
    const auto before = static_cast<std::size_t>(bytes_ - std::ssize(piece));
    if (before > 0) {  // Fewer than a signature.
        if (auto taken = check_->Take(begin.substr(0, before)); !taken) return taken;
    }
    return check_->Take(piece);
}

Result<Format> Inspector::Finish() {
    if (check_ == nullptr) {
        return Refused(ErrorCode::kInvalidArgument, "CONTENT_UNSUPPORTED",
                       "must be a PDF, JPEG or PNG file");
    }
    if (const Result<void> done = check_->Finish(); !done) return std::unexpected(done.error());
    if (LooksLikePage(begin_) || EndsAsArchive(end_)) return Ambiguous();
    return format_;
}

}  // namespace bangkit::content
