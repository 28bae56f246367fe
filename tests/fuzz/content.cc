#include "libs/content/inspector.h"
#include "libs/content/testing.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using namespace content;

constexpr Limits kLimits = {.bytes_max = 1 << 20, .pixels_max = 10'000};

/// "1", "2", "3" for a format, or the reason of the refusal.
std::string Found(std::string_view file, std::size_t piece) {
    Inspector inspector(kLimits);
    while (!file.empty()) {
        const std::string_view part = file.substr(0, piece);
        file.remove_prefix(part.size());
        if (const Result<void> taken = inspector.Take(part); !taken) return taken.error().reason;
    }
    const Result<Format> format = inspector.Finish();
    if (!format) return format.error().reason;
    return std::to_string(static_cast<int>(*format));
}

}  // namespace

/// `input`: a file; or, after the digit of a good one, what is changed in it.
void Try(std::string_view input) {
    static const std::string good[] = {Pdf(), Jpeg(40, 30), Png(40, 30),
                                       Png(PngHeader(10, 10, true), "")};
    const std::size_t which = input.empty() ? std::size(good) : std::size_t(input[0] - '0');
    const std::string file =
        which < std::size(good) ? Edited(good[which], input.substr(1)) : std::string(input);
    const std::string found = Found(file, file.size() + 1);
    Claim(Found(file, 1) == found, "where it is cut makes no difference");
    if (found.size() != 1) return;
    // Where nothing may follow the end but line breaks.
    Claim(Found(file + "<html>", 7) != found, "nothing follows the end");
    Claim(found == "1" || Found(file.substr(0, file.size() - 1), 7) == "CONTENT_BROKEN",
          "what is cut off is broken");
}

std::vector<std::string> Seeds() {
    return {Pdf(), Jpeg(40, 30), Png(40, 30), "0", "1", "2", "3", "2\x01\x02\x03"};
}

}  // namespace bangkit::fuzz
