#include <algorithm>
#include <stdexcept>

#include "libs/identity/tests/tokens.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using namespace identity;

struct World {
    DevelopmentKey key = GenerateDevelopmentKey();
    TokenForge forge{key};
    FixedClock clock;
    TokenVerifier verifier{
        key.public_jwks, {.development = true, .is_region = IsTestRegion}, clock};
};

void CheckCaller(const Caller& caller) {
    Claim(!caller.subject.empty() && caller.subject.size() <= 200, "a caller has a name");
    Claim(caller.roles.size() <= 64 && caller.regions.size() <= 64, "lists are short");
    Claim(std::ranges::all_of(caller.regions, IsTestRegion), "regions exist");
}

/// Without the signature.
std::string_view Signed(std::string_view token) { return token.substr(0, token.rfind('.')); }

/// Signed with the issuer's own key, so that what it says is looked at. Empty if it cannot be.
std::string Sign(const TokenForge& forge, std::string_view header, std::string_view claims) {
    try {
        return forge.Sign(header.empty() ? forge.Header() : forge.Header(std::string(header)),
                          std::string(claims));
    } catch (const std::runtime_error&) {
        return "";
    }
}

}  // namespace

/// `input`: a token that somebody made up, or "members of the header NUL claims NUL edits".
void Try(std::string_view input) {
    static const World world;
    const auto made_up = world.verifier.Verify(input);
    Claim(!made_up, "nobody else makes a token");
    Claim(made_up.error().code == ErrorCode::kUnauthenticated, "the code");

    const std::string_view header = TakeUntil('\0', input);
    const std::string_view claims = TakeUntil('\0', input);
    if (claims.empty()) return;
    const std::string token = Sign(world.forge, header, claims);
    const std::string edited = Edited(token, input);
    if (const auto caller = world.verifier.Verify(edited)) {
        CheckCaller(*caller);
        Claim(Signed(edited) == Signed(token), "what was signed is what is believed");
        Claim(header.empty(), "a header leads nowhere else");
    }
    if (const auto caller = world.verifier.Verify(token)) CheckCaller(*caller);
}

std::vector<std::string> Seeds() {
    const Time now = FixedClock().now;
    const std::string nul(1, '\0');
    const std::string good = TokenForge::Claims(now);
    const auto with = [&](const std::string& member, const std::string& json) {
        return nul + TokenForge::Claims(now, member, json);
    };
    return {"",
            "eyJhbGciOiJub25lIn0.e30.",
            "a.b.c",
            nul + good,
            nul + good + nul + std::string("\0\x10X", 3),
            R"(,"jku":"https://example.com")" + nul + good,
            R"(,"crit":["exp"])" + nul + good,
            with("roles", "[\"agency\", 1]"),
            with("regions", "[\"36\"]"),
            with("aud", "[\"bangkit\"]"),
            with("exp", "1e400"),
            with("exp", "-1"),
            with("nbf", "9999999999999"),
            with("sub", "\"\""),
            nul + "{}",
            nul + "[[[[[[[[[["};
}

}  // namespace bangkit::fuzz
