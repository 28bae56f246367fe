// What people send as scans and photographs, and what others send as such.
#include "libs/content/inspector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/content/testing.h"

namespace bangkit::content {
namespace {

/// "PDF", or why not.
std::string Found(std::string_view file, Limits limits = {}, std::size_t piece_size = 1'000'000) {
    Inspector inspector(limits);
    for (std::size_t at = 0; at < file.size(); at += piece_size) {
        const Result<void> taken = inspector.Take(file.substr(at, piece_size));
        if (!taken) return taken.error().reason;
    }
    const Result<Format> format = inspector.Finish();
    if (!format) return format.error().reason;
    switch (*format) {
        case Format::kPdf: return "PDF";
        case Format::kJpeg: return "JPEG";
        case Format::kPng: return "PNG";
    }
    return "";
}

TEST(Inspector, KnowsAFormatByItsBytesHoweverTheyCome) {
    for (const std::size_t piece : {1UZ, 7UZ, 64UZ, 1'000'000UZ}) {
        EXPECT_EQ(Found(Pdf(), {}, piece), "PDF") << piece;
        EXPECT_EQ(Found(Jpeg(40, 30), {}, piece), "JPEG") << piece;
        EXPECT_EQ(Found(Png(40, 30), {}, piece), "PNG") << piece;
    }
}

TEST(Inspector, RefusesWhatIsNoneOfThem) {
    for (const std::string& file :
         {std::string(), std::string("%PD"), std::string("<html><body></body></html>"),
          std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"), EmptyZip(),
          std::string("GIF89a and more"), "\n" + Pdf(), std::string("MZ\x90\0\3\0\0\0\4", 9)}) {
        EXPECT_EQ(Found(file), "CONTENT_UNSUPPORTED") << file;
    }
}

TEST(Inspector, RefusesWhatWasCutOff) {
    for (const std::string& file : {Pdf(), Jpeg(40, 30), Png(40, 30)}) {
        const std::size_t shortest = 8;
        for (std::size_t size = shortest; size + 1 < file.size(); size += 3) {
            EXPECT_EQ(Found(std::string_view(file).substr(0, size)), "CONTENT_BROKEN") << size;
        }
    }
}

TEST(Inspector, RefusesAByteThatIsNotWhatWasWritten) {
    std::string file = Png(40, 30);
    file[file.size() / 2] ^= 1;
    EXPECT_EQ(Found(file), "CONTENT_BROKEN");
}

TEST(Inspector, RefusesWhatIsSomethingElseBesides) {
    const std::string page = "<HTML><script>alert(1)</script></html>";
    EXPECT_EQ(Found(Jpeg(40, 30, page)), "CONTENT_AMBIGUOUS");
    EXPECT_EQ(Found(Pdf(page)), "CONTENT_AMBIGUOUS");
    EXPECT_EQ(Found(Png(40, 30) + page), "CONTENT_AMBIGUOUS");
    EXPECT_EQ(Found(Jpeg(40, 30) + page), "CONTENT_AMBIGUOUS");
    EXPECT_EQ(Found(Pdf() + page), "CONTENT_AMBIGUOUS");
    EXPECT_EQ(Found(Png(40, 30) + EmptyZip()), "CONTENT_AMBIGUOUS");
    const std::size_t directory_end = EmptyZip().size();
    const std::string image = Jpeg(40, 30, EmptyZip());
    const std::size_t behind = image.size() - image.find("PK") - directory_end;
    const std::string archive = EmptyZip(std::string(behind, ' ')).substr(0, directory_end);
    EXPECT_EQ(Found(Jpeg(40, 30, archive)), "CONTENT_AMBIGUOUS")
        << "the end of the image is the archive's comment";
    EXPECT_EQ(Found(Pdf() + Pdf()), "PDF") << "as who appends a change does";
}

TEST(Inspector, RefusesAFloodOfPixels) {
    EXPECT_EQ(Found(Png(PngHeader(60'000, 60'000), "")), "IMAGE_TOO_LARGE");
    EXPECT_EQ(Found(Jpeg(65'000, 65'000)), "IMAGE_TOO_LARGE");
    EXPECT_EQ(Found(Png(100, 100), {.pixels_max = 9'999}), "IMAGE_TOO_LARGE");
    EXPECT_EQ(Found(Png(100, 100), {.pixels_max = 10'000}), "PNG");
    EXPECT_EQ(Found(Jpeg(0, 10)), "CONTENT_BROKEN");
    EXPECT_EQ(Found(Png(PngHeader(0, 10), "")), "CONTENT_BROKEN");
}

TEST(Inspector, RefusesPixelsThatAreMoreOrFewerThanItSays) {
    const std::string header = PngHeader(10, 10);
    EXPECT_EQ(Found(Png(header, std::string(110, '\0'))), "PNG");
    EXPECT_EQ(Found(Png(header, std::string(109, '\0'))), "CONTENT_BROKEN");
    EXPECT_EQ(Found(Png(header, std::string(8'000'000, '\0'))), "CONTENT_INFLATES");
    // Of Adam7's passes of 10 x 10: 2x2, 1x2, 3x1, 2x3, 5x2, 5x5, 10x5 pixels, a filter a row.
    const std::size_t passes = 2 * 3 + 2 * 2 + 1 * 4 + 3 * 3 + 2 * 6 + 5 * 6 + 5 * 11;
    EXPECT_EQ(Found(Png(PngHeader(10, 10, true), std::string(passes, '\0'))), "PNG");
    EXPECT_EQ(Found(Png(PngHeader(10, 10, true), std::string(passes - 1, '\0'))), "CONTENT_BROKEN");
}

TEST(Inspector, RefusesWhatIsTooLarge) {
    const std::string file = Pdf(std::string(5'000, ' '));
    const auto size = static_cast<std::int64_t>(file.size());
    EXPECT_EQ(Found(file, {.bytes_max = size}), "PDF");
    EXPECT_EQ(Found(file, {.bytes_max = size - 1}), "DOCUMENT_TOO_LARGE");
}

}  // namespace
}  // namespace bangkit::content
