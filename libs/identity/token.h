#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/identity/caller.h"

namespace bangkit::identity {

class TokenCache;

struct TokenOptions {
    std::string issuer = "bangkit";
    std::string audience = "bangkit";
    /// Allows the keys of a development issuer, and tokens of 12 hours instead of 5 minutes.
    bool development = false;
    /// Knows the codes that exist: "18.71", but not "18.7".
    std::function<bool(std::string_view)> is_region;
};

/// Turns a bearer token (JWT, RS256 and nothing else) into the caller that it speaks for. May be
/// used by many threads at once; a token that was seen before costs about a microsecond.
class TokenVerifier {
public:
    /// `jwks`: the issuer's public keys as JSON, RSA of 2048 bits or more, each with a `kid`.
    /// Throws SettingError if they make no sense, or are development keys outside development.
    TokenVerifier(std::string_view jwks, TokenOptions options, const Clock& clock);
    ~TokenVerifier();

    /// UNAUTHENTICATED with reason TOKEN_INVALID or TOKEN_EXPIRED; never says more about the
    /// token, so that guessing teaches nothing.
    Result<Caller> Verify(std::string_view token) const;

private:
    class Keys;

    const TokenOptions options_;
    const Clock& clock_;
    const std::unique_ptr<const Keys> keys_;
    const std::unique_ptr<TokenCache> cache_;
};

}  // namespace bangkit::identity
