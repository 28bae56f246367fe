#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/identity/caller.h"

namespace bangkit::identity {

/// A key pair for a development installation: both are JSON texts to be kept in files.
struct DevelopmentKey {
    std::string private_jwk;  // For DevelopmentIssuer.
    std::string public_jwks;  // For TokenVerifier; marked, so that production refuses it.
};

/// A new RSA key of 2048 bits.
DevelopmentKey GenerateDevelopmentKey();

/// Mints tokens for the command line tool and for tests. Nothing like it runs in production, where
/// an OpenID provider issues the tokens.
class DevelopmentIssuer {
public:
    /// Throws SettingError if `private_jwk` is not a private RSA key with a `kid`.
    explicit DevelopmentIssuer(std::string_view private_jwk);
    ~DevelopmentIssuer();

    std::string Mint(const Caller& caller, Time issued, std::chrono::seconds lifetime) const;

private:
    struct Key;
    std::unique_ptr<const Key> key_;
};

}  // namespace bangkit::identity
