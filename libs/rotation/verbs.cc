#include "libs/rotation/verbs.h"

#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <system_error>

namespace bangkit::rotation {
namespace {

constexpr int kNeededByWhatMoves = 10;
constexpr int kNeededByWhatStays = 11;

}  // namespace

std::optional<Verb> ParseVerb(const std::vector<std::string>& words,
                              std::initializer_list<std::string_view> others) {
    if (words.empty()) return Verb{};
    const bool is_alone =
        words[0] == "rekey" || std::ranges::find(others, words[0]) != others.end();
    if (words.size() == 1 && is_alone) return Verb{.name = words[0]};
    if (words.size() != 3 || (words[0] != "key-needs" && words[0] != "retire-key")) return {};
    const bool is_master = words[1] == "master";
    const char* const end = words[2].data() + words[2].size();
    int version = 0;
    const auto [parsed, error] = std::from_chars(words[2].data(), end, version);
    if (error != std::errc() || parsed != end || version < 1) return {};
    if (!is_master && words[1] != "hash") return {};
    return Verb{.name = words[0],
                .purpose = is_master ? crypto::KeyPurpose::kMaster : crypto::KeyPurpose::kHash,
                .version = version};
}

int RetireKey(const Verb& verb, const std::vector<KeyNeed>& needs,
              const std::function<bool()>& retire) {
    int code = 0;
    for (const KeyNeed& need : needs) {
        std::printf("%s %" PRId64 "\n", need.what.c_str(), need.count);
        if (need.can_be_moved) code = kNeededByWhatMoves;
        if (code == 0) code = kNeededByWhatStays;
    }
    const bool only_looks = verb.name == "key-needs";
    if (code != 0 || only_looks || retire()) return code;
    std::puts("a process that has not been restarted makes new things with it");
    return kNeededByWhatMoves;
}

}  // namespace bangkit::rotation
