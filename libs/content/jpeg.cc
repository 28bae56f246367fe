#include <algorithm>
#include <string>

#include "libs/content/format_check.h"

namespace bangkit::content {
namespace {

// Markers of ITU-T T.81, behind 0xFF.
constexpr unsigned char kFill = 0xFF, kStuffed = 0x00, kTem = 0x01, kRst0 = 0xD0, kRst7 = 0xD7,
                        kSoi = 0xD8, kEoi = 0xD9, kSos = 0xDA;

/// Start of a frame, which says how large the image is: C0 to CF but for three other markers.
bool IsFrame(unsigned char marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool IsWithoutLength(unsigned char marker) {
    return marker == kTem || (marker >= kRst0 && marker <= kRst7);
}

/// Segment by segment, from SOI to EOI, which is the last of the file.
class JpegCheck final : public FormatCheck {
public:
    explicit JpegCheck(std::int64_t pixels_max) : pixels_max_(pixels_max) {}

    Result<void> Take(std::string_view piece) override {
        while (!piece.empty()) {
            if (state_ == State::kSkipping) {
                const std::size_t skipped = std::min(piece.size(), rest_);
                piece.remove_prefix(skipped);
                rest_ -= skipped;
                if (rest_ == 0) state_ = after_;
                continue;
            }
            const auto byte = static_cast<unsigned char>(piece.front());
            piece.remove_prefix(1);
            if (auto taken = Step(byte); !taken) return taken;
        }
        return {};
    }

    Result<void> Finish() override { return state_ == State::kDone ? Result<void>() : Broken(); }

private:
    enum class State { kMarker, kMarkerCode, kHeader, kSkipping, kScan, kScanMarker, kDone };

    Result<void> Step(unsigned char byte) {
        switch (state_) {
            case State::kMarker:
                if (byte != kFill) return Broken();
                state_ = State::kMarkerCode;
                return {};
            case State::kMarkerCode: return TakeMarker(byte);
            case State::kHeader: return TakeHeader(byte);
            case State::kScan:
                if (byte == kFill) state_ = State::kScanMarker;
                return {};
            case State::kScanMarker:
                if (byte == kFill) return {};
                state_ = State::kScan;
                if (byte == kStuffed || IsWithoutLength(byte)) return {};
                return TakeMarker(byte);
            case State::kDone: return Ambiguous();
            case State::kSkipping: break;
        }
        return Broken();
    }

    Result<void> TakeMarker(unsigned char marker) {
        if (marker == kFill) return {};  // Padding.
        if (!is_begun_) {
            if (marker != kSoi) return Broken();
            is_begun_ = true;
            state_ = State::kMarker;
            return {};
        }
        if (marker == kSoi || marker == kStuffed) return Broken();
        if (marker == kEoi) {
            if (!has_frame_ || !has_scan_) return Broken();
            state_ = State::kDone;
            return {};
        }
        if (IsWithoutLength(marker)) {
            state_ = State::kMarker;
            return {};
        }
        marker_ = marker;
        header_.clear();
        state_ = State::kHeader;
        return {};
    }

    /// The length, and of a frame its precision and size.
    Result<void> TakeHeader(unsigned char byte) {
        constexpr std::size_t kLengthSize = 2, kFrameSize = 7;
        header_ += static_cast<char>(byte);
        const bool is_frame = IsFrame(marker_);
        if (header_.size() < (is_frame ? kFrameSize : kLengthSize)) return {};
        const std::size_t length = BigEndian(std::string_view(header_).substr(0, kLengthSize));
        if (length < header_.size()) return Broken();
        if (is_frame) {
            const std::uint32_t height = BigEndian(std::string_view(header_).substr(3, 2));
            const std::uint32_t width = BigEndian(std::string_view(header_).substr(5, 2));
            if (auto checked = CheckPixels(width, height, pixels_max_); !checked) return checked;
            has_frame_ = true;
        }
        if (marker_ == kSos) {
            if (!has_frame_) return Broken();
            has_scan_ = true;
        }
        after_ = marker_ == kSos ? State::kScan : State::kMarker;
        rest_ = length - header_.size();
        state_ = rest_ == 0 ? after_ : State::kSkipping;
        return {};
    }

    const std::int64_t pixels_max_;
    State state_ = State::kMarker;
    State after_ = State::kMarker;
    bool is_begun_ = false, has_frame_ = false, has_scan_ = false;
    unsigned char marker_ = 0;
    std::string header_;
    std::size_t rest_ = 0;  // Of the segment.
};

}  // namespace

std::unique_ptr<FormatCheck> NewJpegCheck(std::int64_t pixels_max) {
    return std::make_unique<JpegCheck>(pixels_max);
}

}  // namespace bangkit::content
