#define ZLIB_CONST  // What is unpacked is not changed.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <utility>

#include "libs/content/format_check.h"

namespace bangkit::content {
namespace {

constexpr std::size_t kSignatureSize = 8, kHeadSize = 8, kCrcSize = 4, kHeaderSize = 13;
constexpr std::uint32_t kLengthMax = 0x7FFF'FFFF;

/// What IHDR says.
struct Header {
    std::uint32_t width = 0, height = 0;
    int depth = 0;
    int channels = 0;
    bool is_interlaced = false;
};

/// By colour type; 0: there is no such.
int ChannelsOf(unsigned char colour_type) {
    constexpr std::array<int, 7> kChannels = {1, 0, 3, 1, 2, 0, 4};
    return colour_type < kChannels.size() ? kChannels[colour_type] : 0;
}

bool IsDepth(int depth) {
    return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
}

std::uint64_t BytesOf(const Header& header, std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0) return 0;
    const auto bits =
        static_cast<std::uint64_t>(header.depth) * static_cast<std::uint64_t>(header.channels);
    return height * (1 + (width * bits + 7) / 8);  // Each row begins with its filter.
}

/// As many bytes as the pixels have before they are packed.
std::uint64_t UnpackedSize(const Header& header) {
    if (!header.is_interlaced) return BytesOf(header, header.width, header.height);
    struct Pass {  // Of Adam7: every so many pixels, from there.
        std::uint32_t x, y, dx, dy;
    };
    constexpr std::array<Pass, 7> kPasses = {{{0, 0, 8, 8},
                                              {4, 0, 8, 8},
                                              {0, 4, 4, 8},
                                              {2, 0, 4, 4},
                                              {0, 2, 2, 4},
                                              {1, 0, 2, 2},
                                              {0, 1, 1, 2}}};
    std::uint64_t size = 0;
    for (const Pass& pass : kPasses) {
        const auto along = [](std::uint64_t total, std::uint64_t from, std::uint64_t step) {
            return total <= from ? 0 : (total - from + step - 1) / step;
        };
        size += BytesOf(header, along(header.width, pass.x, pass.dx),
                        along(header.height, pass.y, pass.dy));
    }
    return size;
}

/// Unpacks, counts and forgets.
class Unpacker {
public:
    Unpacker() {
        if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
    }
    ~Unpacker() { inflateEnd(&stream_); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// CONTENT_BROKEN; CONTENT_INFLATES if there are more than `most` bytes.
    Result<void> Take(std::string_view packed, std::uint64_t most) {
        stream_.next_in = reinterpret_cast<const Bytef*>(packed.data());
        stream_.avail_in = static_cast<uInt>(packed.size());
        while (stream_.avail_in > 0) {
            if (is_over_) return Broken();
            std::array<Bytef, 16'384> unpacked;
            stream_.next_out = unpacked.data();
            stream_.avail_out = unpacked.size();
            const int result = inflate(&stream_, Z_NO_FLUSH);
            size_ += unpacked.size() - stream_.avail_out;
            if (size_ > most) {
                return Refused(ErrorCode::kResourceExhausted, "CONTENT_INFLATES",
                               "the file unpacks to more than it says");
            }
            if (result != Z_OK && result != Z_STREAM_END) return Broken();
            is_over_ = result == Z_STREAM_END;
        }
        return {};
    }
    bool IsWhole(std::uint64_t size) const { return is_over_ && size_ == size; }

private:
    z_stream stream_{};
    std::uint64_t size_ = 0;
    bool is_over_ = false;
};

/// Chunk by chunk (ISO/IEC 15948), from IHDR to IEND, which is the last of the file.
class PngCheck final : public FormatCheck {
public:
    explicit PngCheck(std::int64_t pixels_max) : pixels_max_(pixels_max) {}

    Result<void> Take(std::string_view piece) override {
        while (!piece.empty()) {
            if (is_done_) return Ambiguous();
            if (rest_ > 0) {
                const std::string_view data = piece.substr(0, rest_);
                piece.remove_prefix(data.size());
                rest_ -= data.size();
                if (auto taken = TakeData(data); !taken) return taken;
                continue;
            }
            const std::size_t missing = wanted_ - buffer_.size();
            buffer_ += piece.substr(0, missing);
            piece.remove_prefix(std::min(missing, piece.size()));
            if (buffer_.size() < wanted_) continue;
            if (auto taken = TakeBuffer(); !taken) return taken;
        }
        return {};
    }

    Result<void> Finish() override { return is_done_ ? Result<void>() : Broken(); }

private:
    enum class Expected { kSignature, kHead, kCrc };

    Result<void> TakeBuffer() {
        const std::string bytes = std::exchange(buffer_, {});
        switch (expected_) {
            case Expected::kSignature: return Expect(Expected::kHead, kHeadSize);
            case Expected::kHead: return TakeHead(bytes);
            case Expected::kCrc: return TakeCrc(bytes);
        }
        return Broken();
    }

    Result<void> Expect(Expected expected, std::size_t size) {
        expected_ = expected;
        wanted_ = size;
        return {};
    }

    Result<void> TakeHead(std::string_view bytes) {
        const std::uint32_t length = BigEndian(bytes.substr(0, 4));
        type_ = bytes.substr(4);
        const bool is_type = std::ranges::all_of(
            type_, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        if (!is_type || length > kLengthMax) return Broken();
        const bool is_first = !has_header_;
        if ((type_ == "IHDR") != is_first || (is_first && length != kHeaderSize)) return Broken();
        if (type_ == "IEND" && (length != 0 || !unpacker_.IsWhole(unpacked_))) return Broken();
        crc_ = crc32(0, reinterpret_cast<const Bytef*>(type_.data()), 4);
        data_.clear();
        rest_ = length;
        return Expect(Expected::kCrc, kCrcSize);
    }

    Result<void> TakeData(std::string_view data) {
        crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(data.data()),
                     static_cast<uInt>(data.size()));
        if (type_ == "IDAT") return unpacker_.Take(data, unpacked_);
        if (type_ != "IHDR") return {};
        data_ += data;
        return rest_ == 0 ? TakeHeader() : Result<void>();
    }

    Result<void> TakeHeader() {
        const std::string_view data = data_;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(data[i]); };
        const Header header{.width = BigEndian(data.substr(0, 4)),
                            .height = BigEndian(data.substr(4, 4)),
                            .depth = byte(8),
                            .channels = ChannelsOf(byte(9)),
                            .is_interlaced = byte(12) == 1};
        const bool is_known = IsDepth(header.depth) && header.channels > 0 && byte(10) == 0 &&
                              byte(11) == 0 && byte(12) <= 1;
        if (!is_known) return Broken();
        has_header_ = true;
        if (auto checked = CheckPixels(header.width, header.height, pixels_max_); !checked) {
            return checked;
        }
        unpacked_ = UnpackedSize(header);
        return {};
    }

    Result<void> TakeCrc(std::string_view bytes) {
        if (BigEndian(bytes) != crc_) return Broken();
        if (type_ == "IEND") is_done_ = true;
        return Expect(Expected::kHead, kHeadSize);
    }

    const std::int64_t pixels_max_;
    Expected expected_ = Expected::kSignature;
    std::size_t wanted_ = kSignatureSize;
    std::string buffer_;    // Of what is expected.
    std::string type_;      // Of the chunk.
    std::string data_;      // Of IHDR.
    std::size_t rest_ = 0;  // Of the chunk's data.
    uLong crc_ = 0;
    bool has_header_ = false, is_done_ = false;
    std::uint64_t unpacked_ = 0;  // As many bytes as there must be.
    Unpacker unpacker_;
};

}  // namespace

std::unique_ptr<FormatCheck> NewPngCheck(std::int64_t pixels_max) {
    return std::make_unique<PngCheck>(pixels_max);
}

}  // namespace bangkit::content
