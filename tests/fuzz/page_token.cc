#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/signed_token.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

crypto::KeyRing NewKeys() {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("bangkit-fuzz-keys." + std::to_string(getpid()));
    std::ofstream(file) << crypto::KeyRing::Generate(true);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    crypto::KeyRing keys = crypto::KeyRing::Load(file, true);
    std::filesystem::remove(file);
    return keys;
}

/// libFuzzer reads what is compared, and so learns hashes from us: a token of its own may open. But
/// then it is just what we would have made.
void CheckToken(const crypto::KeyRing& keys, std::string_view token) {
    const auto payload = crypto::OpenToken(keys, "page", token);
    Claim(!payload || crypto::SignToken(keys, "page", *payload) == token,
          "what opens is written in one way only");
}

}  // namespace

/// `input`: a token that somebody made up, or "payload NUL edits" of one of ours.
void Try(std::string_view input) {
    static const crypto::KeyRing keys = NewKeys();
    CheckToken(keys, input);
    const std::string_view payload = TakeUntil('\0', input);
    const std::string token = crypto::SignToken(keys, "page", payload);
    const auto opened = crypto::OpenToken(keys, "page", token);
    constexpr std::size_t kAlwaysShort = 1'000;
    Claim(opened == payload || (!opened && payload.size() > kAlwaysShort), "our token opens");
    Claim(!crypto::OpenToken(keys, "other", token), "a token opens for its use only");
    CheckToken(keys, Edited(token, input));
}

std::vector<std::string> Seeds() {
    using namespace std::string_literals;
    return {"",
            "AAAA",
            "01890a5d-ac96-774b-bcce-b302099a8057",
            "payload\0\0\0x"s,
            "p\0\0\x2Dy\0\1A"s,
            "p\0\0\x2E=",
            std::string(3'000, 'A')};
}

}  // namespace bangkit::fuzz
