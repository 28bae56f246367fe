// What all targets have in common: the entry points of libFuzzer, and `--seeds FOLDER`, which
// writes the inputs to begin with.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

void WriteSeeds(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    int number = 0;
    for (const std::string& seed : Seeds()) {
        std::ofstream(folder / std::to_string(++number), std::ios::binary) << seed;
    }
}

}  // namespace

void Claim(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

std::string_view TakeUntil(char end, std::string_view& text) {
    const std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(taken.size() + 1, text.size()));
    return taken;
}

std::string Edited(std::string text, std::string_view edits) {
    for (; edits.size() >= 3 && !text.empty(); edits.remove_prefix(3)) {
        const auto high = static_cast<std::uint8_t>(edits[0]);
        const auto low = static_cast<std::uint8_t>(edits[1]);
        text[(std::size_t{high} * 256 + low) % text.size()] = edits[2];
    }
    return text;
}

}  // namespace bangkit::fuzz

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
    if (*count == 3 && std::string_view((*arguments)[1]) == "--seeds") {
        bangkit::fuzz::WriteSeeds((*arguments)[2]);
        std::exit(0);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bangkit::fuzz::Try({reinterpret_cast<const char*>(data), size});
    return 0;
}
