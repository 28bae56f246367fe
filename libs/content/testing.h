#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bangkit::content {

// Files as small as can be, and parts of such that lie.

/// A chunk with its checksum.
std::string PngChunk(std::string_view type, std::string_view data);
/// Grey pixels of 8 bits.
std::string PngHeader(std::uint32_t width, std::uint32_t height, bool is_interlaced = false);
/// `pixels`: as they are before they are packed.
std::string Png(const std::string& header, std::string_view pixels);
/// So many grey pixels, all black.
std::string Png(std::uint32_t width, std::uint32_t height);

std::string Jpeg(std::uint16_t width, std::uint16_t height, std::string_view in_comment = "");

std::string Pdf(std::string_view in_the_middle = "");

/// An archive without files, with a comment.
std::string EmptyZip(std::string_view comment = "");

}  // namespace bangkit::content
