#pragma once

#include <cjose/cjose.h>
#include <openssl/hmac.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/identity/development_issuer.h"
#include "libs/identity/jose.h"
#include "libs/identity/token.h"

namespace bangkit::identity {

/// Time stands still unless the test moves it.
class FixedClock final : public Clock {
public:
    Time Now() const override { return now; }
    Time now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 2) + std::chrono::hours(3);
};

inline bool IsTestRegion(std::string_view code) { return code == "18" || code == "18.71"; }

/// Tokens as an attacker, or an issuer that is not ours, would make them.
class TokenForge {
public:
    explicit TokenForge(const DevelopmentKey& key)
        : private_jwk_(ParseJson(key.private_jwk)),
          jwk_(cjose_jwk_import_json(private_jwk_.get(), nullptr)),
          public_jwks_(key.public_jwks) {}

    std::string key_id() const { return cjose_jwk_get_kid(jwk_.get(), nullptr); }
    /// A header that would be accepted, with `more` members: R"(,"jku":"https://...")".
    std::string Header(const std::string& more = "") const {
        return R"({"alg":"RS256","typ":"JWT","kid":")" + key_id() + '"' + more + '}';
    }
    /// Claims that would be accepted at `now`, with one member replaced (or added) by `json`.
    static std::string Claims(Time now, const std::string& member = "",
                              const std::string& json = "null") {
        const auto seconds =
            std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        const Json claims = ParseJson(
            R"({"iss":"bangkit","aud":"bangkit","sub":"siti","roles":["agency"],"regions":["18.71"],)"
            R"("iat":)" +
            std::to_string(seconds) + R"(,"exp":)" + std::to_string(seconds + 60) + "}");
        if (!member.empty()) {
            json_t* value = json_loads(json.c_str(), JSON_DECODE_ANY, nullptr);
            if (json == "null") {
                json_object_del(claims.get(), member.c_str());
                json_decref(value);
            } else {
                json_object_set_new(claims.get(), member.c_str(), value);
            }
        }
        return JsonText(json_dumps(claims.get(), JSON_COMPACT)).get();
    }

    /// Signed with our key whatever the header says.
    std::string Sign(const std::string& header, const std::string& claims) const {
        return SignWith(jwk_.get(), header, claims);
    }
    /// alg none, without a signature.
    std::string Unsigned(const std::string& claims) const {
        return Encode(R"({"alg":"none","typ":"JWT","kid":")" + key_id() + "\"}") + '.' +
               Encode(claims) + '.';
    }
    /// HS256 with the public key, which everybody knows, as the secret.
    std::string SignWithPublicKey(const std::string& claims) const {
        const std::string text =
            Encode(R"({"alg":"HS256","typ":"JWT","kid":")" + key_id() + "\"}") + '.' +
            Encode(claims);
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        HMAC(EVP_sha256(), public_jwks_.data(), static_cast<int>(public_jwks_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
        return text + '.' + Encode({reinterpret_cast<const char*>(digest), size});
    }

private:
    static std::string SignWith(const cjose_jwk_t* key, const std::string& header,
                                const std::string& claims) {
        const Json head = ParseJson(header);
        const Jws jws(cjose_jws_sign(key, head.get(),
                                     reinterpret_cast<const std::uint8_t*>(claims.data()),
                                     claims.size(), nullptr));
        const char* token = nullptr;
        if (!jws || !cjose_jws_export(jws.get(), &token, nullptr)) {
            throw std::runtime_error("cannot sign");
        }
        return token;
    }
    static std::string Encode(std::string_view text) {
        char* encoded = nullptr;
        std::size_t size = 0;
        cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                               &encoded, &size, nullptr);
        const std::string result(encoded, size);
        std::free(encoded);
        return result;
    }

    Json private_jwk_;
    Jwk jwk_;
    std::string public_jwks_;
};

}  // namespace bangkit::identity
