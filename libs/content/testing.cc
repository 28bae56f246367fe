#include "libs/content/testing.h"

#define ZLIB_CONST  // What is packed is not changed.
#include <zlib.h>

#include <stdexcept>

namespace bangkit::content {
namespace {

std::string BigEndian(std::uint32_t number, int bytes = 4) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        text += static_cast<char>(number >> shift & 0xFF);
    }
    return text;
}

const Bytef* BytesOf(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

std::string Packed(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string packed(size, '\0');
    if (compress(reinterpret_cast<Bytef*>(packed.data()), &size, BytesOf(bytes), bytes.size()) !=
        Z_OK) {
        throw std::runtime_error("cannot be packed");
    }
    packed.resize(size);
    return packed;
}

}  // namespace

std::string PngChunk(std::string_view type, std::string_view data) {
    const std::string checked = std::string(type) + std::string(data);
    const auto crc = crc32(0, BytesOf(checked), static_cast<uInt>(checked.size()));
    return BigEndian(static_cast<std::uint32_t>(data.size())) + checked +
           BigEndian(static_cast<std::uint32_t>(crc));
}

std::string PngHeader(std::uint32_t width, std::uint32_t height, bool is_interlaced) {
    std::string header = BigEndian(width) + BigEndian(height) + '\x08';
    header += std::string(3, '\0');
    header += is_interlaced ? '\x01' : '\0';
    return header;
}

std::string Png(const std::string& header, std::string_view pixels) {
    return "\x89PNG\r\n\x1a\n" + PngChunk("IHDR", header) + PngChunk("IDAT", Packed(pixels)) +
           PngChunk("IEND", "");
}

std::string Png(std::uint32_t width, std::uint32_t height) {
    return Png(PngHeader(width, height),
               std::string(static_cast<std::size_t>(height) * (width + 1), '\0'));
}

std::string Jpeg(std::uint16_t width, std::uint16_t height, std::string_view in_comment) {
    const auto segment = [](std::string_view marker, const std::string& content) {
        return std::string(marker) + BigEndian(static_cast<std::uint32_t>(content.size() + 2), 2) +
               content;
    };
    const std::string frame = std::string("\x08") + BigEndian(height, 2) + BigEndian(width, 2) +
                              std::string("\x01\x01\x11\0", 4);
    return "\xFF\xD8" + segment("\xFF\xE0", std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14)) +
           segment("\xFF\xFE", std::string(in_comment)) + segment("\xFF\xC0", frame) +
           segment("\xFF\xDA", std::string("\1\1\0\0\x3F\0", 6)) +
           std::string("\x12\xFF\0\x34\xFF\xD0\x56", 7) + "\xFF\xD9";
}

std::string Pdf(std::string_view in_the_middle) {
    return "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + std::string(in_the_middle) +
           "\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
}

std::string EmptyZip(std::string_view comment) {
    std::string directory_end = std::string("PK\x05\x06") + std::string(16, '\0');
    directory_end += static_cast<char>(comment.size() & 0xFF);
    directory_end += static_cast<char>(comment.size() >> 8);
    return directory_end + std::string(comment);
}

}  // namespace bangkit::content
