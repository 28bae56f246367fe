#include "libs/identity/development_issuer.h"

#include <cstdint>
#include <stdexcept>

#include "libs/base/ids.h"
#include "libs/base/settings.h"
#include "libs/identity/jose.h"
#include "libs/identity/token.h"

namespace bangkit::identity {
namespace {

constexpr std::size_t kKeyBits = 2048;

Json ToJson(const cjose_jwk_t* key, bool with_private) {
    const JsonText text(cjose_jwk_to_json(key, with_private, nullptr));
    if (!text) throw std::runtime_error("a key cannot be written as JSON");
    return ParseJson(text.get());
}

std::string ToText(const json_t* json) {
    const JsonText text(json_dumps(json, JSON_COMPACT));
    return text.get();
}

Json List(const std::vector<std::string>& texts) {
    Json list(json_array());
    for (const std::string& text : texts) {
        json_array_append_new(list.get(), json_stringn(text.data(), text.size()));
    }
    return list;
}

void Set(const Json& object, const char* name, std::string_view text) {
    json_object_set_new(object.get(), name, json_stringn(text.data(), text.size()));
}

std::int64_t Seconds(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

DevelopmentKey GenerateDevelopmentKey() {
    constexpr std::uint8_t kExponent[] = {0x01, 0x00, 0x01};
    const Jwk key(cjose_jwk_create_RSA_random(kKeyBits, kExponent, sizeof(kExponent), nullptr));
    const std::string id = "development-" + NewId(SystemClock().Now());
    if (!key || !cjose_jwk_set_kid(key.get(), id.data(), id.size(), nullptr)) {
        throw std::runtime_error("no RSA key can be made");
    }
    Json public_key = ToJson(key.get(), false);
    Set(public_key, "use", "sig");
    Set(public_key, "alg", "RS256");
    const Json set(json_object());
    Set(set, "bangkit_environment", "development");
    json_object_set_new(set.get(), "keys", json_array());
    json_array_append_new(json_object_get(set.get(), "keys"), public_key.release());
    return {.private_jwk = ToText(ToJson(key.get(), true).get()), .public_jwks = ToText(set.get())};
}

struct DevelopmentIssuer::Key {
    Jwk jwk;
};

DevelopmentIssuer::DevelopmentIssuer(std::string_view private_jwk) {
    const Json json = ParseJson(private_jwk);
    Jwk key(json ? cjose_jwk_import_json(json.get(), nullptr) : nullptr);
    if (!key || json_object_get(json.get(), "d") == nullptr ||
        cjose_jwk_get_kty(key.get(), nullptr) != CJOSE_JWK_KTY_RSA ||
        StringMember(json.get(), "kid").empty()) {
        throw SettingError("the development key is not a private RSA key (JWK) with a kid");
    }
    key_ = std::make_unique<const Key>(std::move(key));
}

DevelopmentIssuer::~DevelopmentIssuer() = default;

std::string DevelopmentIssuer::Mint(const Caller& caller, Time issued,
                                    std::chrono::seconds lifetime) const {
    const TokenOptions defaults;
    const Json claims(json_object());
    Set(claims, "iss", defaults.issuer);
    Set(claims, "aud", defaults.audience);
    Set(claims, "sub", caller.subject);
    json_object_set_new(claims.get(), "roles", List(caller.roles).release());
    json_object_set_new(claims.get(), "regions", List(caller.regions).release());
    json_object_set_new(claims.get(), "iat", json_integer(Seconds(issued)));
    json_object_set_new(claims.get(), "exp", json_integer(Seconds(issued + lifetime)));

    const Json header(json_object());
    Set(header, "alg", "RS256");
    Set(header, "typ", "JWT");
    Set(header, "kid", cjose_jwk_get_kid(key_->jwk.get(), nullptr));
    const std::string text = ToText(claims.get());
    const Jws jws(cjose_jws_sign(key_->jwk.get(), header.get(),
                                 reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                 nullptr));
    const char* token = nullptr;  // Belongs to `jws`.
    if (!jws || !cjose_jws_export(jws.get(), &token, nullptr)) {
        throw std::runtime_error("the token cannot be signed");
    }
    return token;
}

}  // namespace bangkit::identity
