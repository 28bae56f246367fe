#include "libs/identity/token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "libs/base/settings.h"
#include "libs/identity/jose.h"
#include "libs/identity/token_cache.h"

namespace bangkit::identity {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMaxTokenBytes = 4096;
constexpr std::size_t kMaxSubjectBytes = 200;
constexpr std::size_t kMaxListed = 64;  // Roles or regions of one caller.
constexpr std::size_t kMinKeyBits = 2048;
constexpr seconds kMaxLifetime = std::chrono::minutes(5);
constexpr seconds kMaxDevelopmentLifetime = std::chrono::hours(12);
constexpr seconds kClockSkew{60};  // How far ahead the issuer's clock may be.

std::unexpected<Error> Invalid() {
    return Refused(ErrorCode::kUnauthenticated, "TOKEN_INVALID", "the bearer token is not valid");
}

std::unexpected<Error> Expired() {
    return Refused(ErrorCode::kUnauthenticated, "TOKEN_EXPIRED", "the bearer token has expired");
}

/// Three parts in base64url, as in RFC 7515. Asked before libcjose sees them, for it ends the
/// process (an assertion) over a part of 4n + 1 characters.
bool IsCompactForm(std::string_view token) {
    int parts = 0;
    for (const auto part : std::views::split(token, '.')) {
        const std::string_view text(part.begin(), part.end());
        const bool is_base64 = std::ranges::all_of(text, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_';
        });
        if (text.empty() || text.size() % 4 == 1 || !is_base64) return false;
        ++parts;
    }
    return parts == 3;
}

/// The header may say which of our keys signed, and nothing that would lead elsewhere (jku, jwk,
/// x5u, crit ...). Returns the key's id.
std::optional<std::string_view> CheckHeader(json_t* header) {
    const std::string_view type = StringMember(header, "typ");
    const std::string_view key_id = StringMember(header, "kid");
    const bool is_ours = StringMember(header, "alg") == "RS256" &&
                         (type == "JWT" || type == "at+jwt") && !key_id.empty() &&
                         json_object_size(header) == 3;
    return is_ours ? std::optional(key_id) : std::nullopt;
}

/// A time claim in seconds since 1970; nullopt if it is absent or makes no sense.
std::optional<Time> TimeMember(const json_t* claims, const char* name) {
    constexpr json_int_t kLastSecond = 7'258'118'399;  // Of 2199: Time ends in 2262.
    const json_t* member = json_object_get(claims, name);
    if (!json_is_integer(member)) return std::nullopt;
    const json_int_t value = json_integer_value(member);
    if (value < 0 || value > kLastSecond) return std::nullopt;
    return Time(seconds(value));
}

/// A list of strings; nullopt if it is anything else or too long. Absent: empty.
std::optional<std::vector<std::string>> ListMember(const json_t* claims, const char* name) {
    std::vector<std::string> list;
    const json_t* member = json_object_get(claims, name);
    if (member == nullptr) return list;
    if (!json_is_array(member) || json_array_size(member) > kMaxListed) return std::nullopt;
    for (std::size_t i = 0; i < json_array_size(member); ++i) {
        const json_t* item = json_array_get(member, i);
        if (!json_is_string(item)) return std::nullopt;
        list.emplace_back(json_string_value(item), json_string_length(item));
    }
    return list;
}

/// Of printable characters: subjects stand in lists and logs, each of them as one.
bool IsSubject(std::string_view text) {
    return !text.empty() && text.size() <= kMaxSubjectBytes &&
           std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

bool IsMeantFor(const std::string& audience, const json_t* claims) {
    const json_t* member = json_object_get(claims, "aud");
    if (json_is_string(member)) return StringMember(claims, "aud") == audience;
    const auto list = ListMember(claims, "aud");
    return list && std::ranges::find(*list, audience) != list->end();
}

struct Verified {
    Caller caller;
    Time expires;
};

Result<Verified> ReadClaims(const json_t* claims, const TokenOptions& options, Time now) {
    if (!json_is_object(claims)) return Invalid();
    if (StringMember(claims, "iss") != options.issuer) return Invalid();
    if (!IsMeantFor(options.audience, claims)) return Invalid();

    const auto issued = TimeMember(claims, "iat");
    const auto expires = TimeMember(claims, "exp");
    const seconds longest = options.development ? kMaxDevelopmentLifetime : kMaxLifetime;
    if (!issued || !expires || *expires - *issued > longest) return Invalid();
    if (*issued > now + kClockSkew) return Invalid();
    if (json_object_get(claims, "nbf") != nullptr) {
        const auto not_before = TimeMember(claims, "nbf");
        if (!not_before || *not_before > now + kClockSkew) return Invalid();
    }
    if (*expires <= now) return Expired();

    const std::string_view subject = StringMember(claims, "sub");
    auto roles = ListMember(claims, "roles");
    auto regions = ListMember(claims, "regions");
    if (!IsSubject(subject) || !roles || !regions) return Invalid();
    if (!std::ranges::all_of(*regions, options.is_region)) return Invalid();
    return Verified{Caller{std::string(subject), std::move(*roles), std::move(*regions)}, *expires};
}

[[noreturn]] void RefuseKeys(const std::string& why) { throw SettingError("BANGKIT_JWKS: " + why); }

}  // namespace

/// The issuer's public keys by their ids.
class TokenVerifier::Keys {
public:
    Keys(std::string_view jwks, bool development) {
        const Json root = ParseJson(jwks);
        const json_t* keys = json_object_get(root.get(), "keys");
        if (!json_is_array(keys)) RefuseKeys("not a JSON Web Key Set");
        if (json_object_get(root.get(), "bangkit_environment") != nullptr && !development) {
            RefuseKeys("these are development keys; production needs those of its issuer");
        }
        for (std::size_t i = 0; i < json_array_size(keys); ++i) Add(json_array_get(keys, i));
        if (keys_.empty()) RefuseKeys("no RSA key for signatures (RS256)");
    }

    const cjose_jwk_t* Find(std::string_view id) const {
        const auto found = keys_.find(id);
        return found == keys_.end() ? nullptr : found->second.get();
    }

private:
    void Add(json_t* json) {
        const auto is_other = [json](const char* member, std::string_view ours) {
            return json_object_get(json, member) != nullptr && StringMember(json, member) != ours;
        };
        // Issuers publish keys for encryption and for other algorithms too.
        if (StringMember(json, "kty") != "RSA" || is_other("use", "sig") ||
            is_other("alg", "RS256"))
            return;
        if (json_object_get(json, "d") != nullptr) RefuseKeys("holds a private key");
        const std::string id(StringMember(json, "kid"));
        if (id.empty()) RefuseKeys("a key has no kid");
        Jwk key(cjose_jwk_import_json(json, nullptr));
        if (!key) RefuseKeys("a key is malformed");
        if (cjose_jwk_get_keysize(key.get(), nullptr) < kMinKeyBits)
            RefuseKeys("a key is too short");
        if (!keys_.emplace(id, std::move(key)).second) RefuseKeys("two keys have the same kid");
    }

    std::map<std::string, Jwk, std::less<>> keys_;
};

TokenVerifier::TokenVerifier(std::string_view jwks, TokenOptions options, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      keys_(std::make_unique<const Keys>(jwks, options_.development)),
      cache_(std::make_unique<TokenCache>()) {}

TokenVerifier::~TokenVerifier() = default;

Result<Caller> TokenVerifier::Verify(std::string_view token) const {
    if (token.size() > kMaxTokenBytes || !IsCompactForm(token)) return Invalid();
    const Time now = clock_.Now();
    const TokenCache::Digest digest = cache_->DigestOf(token);
    if (auto known = cache_->Find(digest, now)) return std::move(*known);

    const Jws jws(cjose_jws_import(token.data(), token.size(), nullptr));
    if (!jws) return Invalid();
    const auto key_id = CheckHeader(cjose_jws_get_protected(jws.get()));
    const cjose_jwk_t* key = key_id ? keys_->Find(*key_id) : nullptr;
    if (key == nullptr || !cjose_jws_verify(jws.get(), key, nullptr)) return Invalid();

    std::uint8_t* text = nullptr;  // Belongs to `jws`.
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &text, &size, nullptr)) return Invalid();
    const Json claims = ParseJson({reinterpret_cast<const char*>(text), size});
    auto verified = ReadClaims(claims.get(), options_, now);
    if (!verified) return std::unexpected(std::move(verified.error()));
    cache_->Insert(digest, verified->caller, verified->expires, now);
    return std::move(verified->caller);
}

}  // namespace bangkit::identity
