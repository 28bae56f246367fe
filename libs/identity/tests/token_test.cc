#include "libs/identity/token.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "libs/base/settings.h"
#include "libs/identity/tests/tokens.h"

namespace bangkit::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// Making an RSA key takes long: one for all tests.
const DevelopmentKey& TestKey() {
    static const DevelopmentKey key = GenerateDevelopmentKey();
    return key;
}

class TokenTest : public testing::Test {
protected:
    TokenOptions Options(bool development) const {
        return {.development = development, .is_region = IsTestRegion};
    }
    void ExpectInvalid(const std::string& token, const std::string& what) const {
        const auto caller = verifier_.Verify(token);
        ASSERT_FALSE(caller) << what;
        EXPECT_EQ(caller.error().code, ErrorCode::kUnauthenticated) << what;
        EXPECT_EQ(caller.error().reason, "TOKEN_INVALID") << what;
    }

    FixedClock clock_;
    const TokenForge forge_{TestKey()};
    const TokenVerifier verifier_{TestKey().public_jwks, Options(true), clock_};
};

TEST_F(TokenTest, AMintedTokenSpeaksForItsCaller) {
    const DevelopmentIssuer issuer(TestKey().private_jwk);
    const Caller siti{"siti", {"agency", "auditor"}, {"18.71"}};
    const auto caller = verifier_.Verify(issuer.Mint(siti, clock_.now, minutes(5)));
    ASSERT_TRUE(caller) << caller.error().reason;
    EXPECT_EQ(caller->subject, "siti");
    EXPECT_EQ(caller->roles, siti.roles);
    EXPECT_EQ(caller->regions, siti.regions);
}

TEST_F(TokenTest, WhatTheForgeCallsValidIsValid) {
    EXPECT_TRUE(verifier_.Verify(forge_.Sign(forge_.Header(), forge_.Claims(clock_.now))));
    const std::string access_token =
        R"({"alg":"RS256","typ":"at+jwt","kid":")" + forge_.key_id() + "\"}";
    EXPECT_TRUE(verifier_.Verify(forge_.Sign(access_token, forge_.Claims(clock_.now))));
    const std::string several = forge_.Claims(clock_.now, "aud", R"(["other","bangkit"])");
    EXPECT_TRUE(verifier_.Verify(forge_.Sign(forge_.Header(), several)));
}

TEST_F(TokenTest, ATokenExpires) {
    const std::string token = forge_.Sign(forge_.Header(), forge_.Claims(clock_.now));
    clock_.now += seconds(59);
    EXPECT_TRUE(verifier_.Verify(token));
    clock_.now += seconds(1);
    for (int i = 0; i < 2; ++i) {  // The first time, it is in the cache.
        const auto caller = verifier_.Verify(token);
        ASSERT_FALSE(caller);
        EXPECT_EQ(caller.error().reason, "TOKEN_EXPIRED");
    }
}

TEST_F(TokenTest, OnlySignaturesOfTheIssuerCount) {
    const std::string claims = forge_.Claims(clock_.now);
    ExpectInvalid(forge_.Unsigned(claims), "alg none");
    ExpectInvalid(forge_.SignWithPublicKey(claims), "HS256 with the public key");
    const TokenForge other(GenerateDevelopmentKey());
    ExpectInvalid(other.Sign(other.Header(), claims), "another issuer's key");
    ExpectInvalid(other.Sign(forge_.Header(), claims), "another key under our id");

    std::string changed = forge_.Sign(forge_.Header(), claims);
    const std::size_t payload = changed.find('.') + 5;
    changed[payload] = changed[payload] == 'A' ? 'B' : 'A';
    ExpectInvalid(changed, "a changed claim");
    const std::string token = forge_.Sign(forge_.Header(), claims);
    ExpectInvalid(token.substr(0, token.rfind('.') + 1), "a cut signature");
}

// libcjose would end the process over some of these.
TEST_F(TokenTest, ATokenIsRefusedWhereverItIsCut) {
    const std::string token = forge_.Sign(forge_.Header(), forge_.Claims(clock_.now));
    for (std::size_t size = 0; size < token.size(); ++size) {
        ExpectInvalid(token.substr(0, size), std::to_string(size));
        ExpectInvalid(token.substr(size + 1), std::to_string(size));
        ExpectInvalid(token.substr(0, size) + token.substr(size + 1), std::to_string(size));
    }
    for (const char* part : {"=", "+", "/", "\xFF", "."}) ExpectInvalid(token + part, part);
}

TEST_F(TokenTest, HeadersThatLeadElsewhereAreRefused) {
    const std::string claims = forge_.Claims(clock_.now);
    for (const std::string more :
         {R"(,"jku":"https://evil.example/jwks")", R"(,"x5u":"https://evil.example/cert")",
          R"(,"jwk":{"kty":"RSA"})", R"(,"x5c":["MIIB"])", R"(,"crit":["exp"])",
          R"(,"zip":"DEF")"}) {
        ExpectInvalid(forge_.Sign(forge_.Header(more), claims), more);
    }
    const std::string id = forge_.key_id();
    for (const std::string header : {R"({"alg":"RS256","typ":"JWT"})",
                                     R"({"alg":"RS256","typ":"JWT","kid":"../../etc/passwd"})",
                                     R"({"alg":"RS256","typ":"JWT","kid":7})"}) {
        ExpectInvalid(forge_.Sign(header, claims), header);
    }
    ExpectInvalid(forge_.Sign(R"({"alg":"RS256","typ":"JWS","kid":")" + id + "\"}", claims), "typ");
    ExpectInvalid(forge_.Sign(R"({"alg":"RS256","kid":")" + id + "\"}", claims), "no typ");
    ExpectInvalid(forge_.Sign(R"({"alg":"RS512","typ":"JWT","kid":")" + id + "\"}", claims),
                  "RS512");
    ExpectInvalid(forge_.Sign(R"({"alg":"PS256","typ":"JWT","kid":")" + id + "\"}", claims),
                  "PS256");
}

TEST_F(TokenTest, EveryClaimIsChecked) {
    const auto at = [this](seconds offset) {
        return std::to_string(
            std::chrono::floor<seconds>(clock_.now + offset).time_since_epoch().count());
    };
    const std::pair<std::string, std::string> wrong[] = {
        {"iss", "\"other\""},
        {"iss", "null"},
        {"iss", "[\"bangkit\"]"},
        {"aud", "\"other\""},
        {"aud", "null"},
        {"aud", "[\"other\"]"},
        {"aud", "[]"},
        {"sub", "\"\""},
        {"sub", "null"},
        {"sub", "7"},
        {"sub", '"' + std::string(201, 'a') + '"'},
        {"sub", R"("siti\nbudi")"},  // Who made something is kept one subject a line.
        {"sub", R"("siti\u007f")"},
        {"iat", "null"},
        {"iat", "\"1\""},
        {"iat", at(seconds(61))},
        {"iat", "-1"},
        {"exp", "null"},
        {"exp", "1e300"},
        {"exp", "9223372036854775807"},
        {"exp", "17673222860"},  // In the year 2530, behind the end of Time.
        {"iat", "17673222860"},
        {"exp", at(std::chrono::hours(12) + seconds(1))},
        {"nbf", at(seconds(61))},
        {"nbf", "\"now\""},
        {"roles", "\"agency\""},
        {"roles", "[1]"},
        {"roles", "{}"},
        {"regions", "[\"18.7\"]"},
        {"regions", "[\"18\",\"99\"]"},
        {"regions", "[\"\"]"},
        {"regions", "\"18\""},
    };
    for (const auto& [claim, json] : wrong) {
        ExpectInvalid(forge_.Sign(forge_.Header(), forge_.Claims(clock_.now, claim, json)),
                      claim + " " + json);
    }
    ExpectInvalid(forge_.Sign(forge_.Header(), "[]"), "no object");
    ExpectInvalid(forge_.Sign(forge_.Header(), "not json"), "no JSON");
}

TEST_F(TokenTest, NoMemberMayStandTwice) {
    std::string claims = forge_.Claims(clock_.now);
    claims.insert(1, R"("roles":["province"],)");
    ExpectInvalid(forge_.Sign(forge_.Header(), claims), "two roles claims");
}

TEST_F(TokenTest, GarbageIsRefused) {
    for (const std::string token : {"", ".", "..", "a.b.c", "Bearer", "\0\0\0"}) {
        ExpectInvalid(token, token);
    }
    ExpectInvalid(std::string(4097, 'a'), "oversized");
    std::string padded = forge_.Sign(
        forge_.Header(), forge_.Claims(clock_.now, "pad", '"' + std::string(4096, 'x') + '"'));
    ExpectInvalid(padded, "oversized, and signed");
}

TEST_F(TokenTest, RefusalsNeverQuoteTheToken) {
    const auto caller = verifier_.Verify("secret-of-siti");
    ASSERT_FALSE(caller);
    EXPECT_EQ(caller.error().message.find("secret"), std::string::npos);
}

TEST_F(TokenTest, ProductionRefusesDevelopmentKeys) {
    EXPECT_THROW(TokenVerifier(TestKey().public_jwks, Options(false), clock_), SettingError);
}

/// The same key, as if a production issuer had published it.
std::string PublicKeyOnly() {
    const Json root = ParseJson(TestKey().public_jwks);
    json_object_del(root.get(), "bangkit_environment");
    return JsonText(json_dumps(root.get(), 0)).get();
}

TEST_F(TokenTest, ProductionTokensLiveFiveMinutes) {
    const TokenVerifier verifier(PublicKeyOnly(), Options(false), clock_);
    const DevelopmentIssuer issuer(TestKey().private_jwk);
    const Caller siti{"siti", {"agency"}, {"18.71"}};
    EXPECT_TRUE(verifier.Verify(issuer.Mint(siti, clock_.now, minutes(5))));
    EXPECT_FALSE(verifier.Verify(issuer.Mint(siti, clock_.now, minutes(5) + seconds(1))));
}

TEST_F(TokenTest, KeySetsThatMakeNoSenseAreRefused) {
    const std::string bad[] = {"",
                               "[]",
                               "{}",
                               R"({"keys":[]})",
                               R"({"keys":{}})",
                               R"({"keys":[{"kty":"EC"}]})",
                               R"({"keys":[{"kty":"RSA","kid":"a"}]})",
                               R"({"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}]})",
                               R"({"keys":[)" + TestKey().private_jwk + "]}"};
    for (const std::string& jwks : bad) {
        EXPECT_THROW(TokenVerifier(jwks, Options(true), clock_), SettingError) << jwks;
    }
    EXPECT_THROW(DevelopmentIssuer{"{}"}, SettingError);
    EXPECT_THROW(DevelopmentIssuer{TestKey().public_jwks}, SettingError);
}

TEST_F(TokenTest, ThreadsMayVerifyAtOnce) {
    const DevelopmentIssuer issuer(TestKey().private_jwk);
    std::vector<std::string> tokens;
    for (int i = 0; i < 32; ++i) {
        tokens.push_back(
            issuer.Mint({"user " + std::to_string(i), {}, {}}, clock_.now, minutes(1)));
    }
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 320; ++i) {
                const auto caller = verifier_.Verify(tokens[static_cast<std::size_t>(i % 32)]);
                ASSERT_TRUE(caller);
                EXPECT_EQ(caller->subject, "user " + std::to_string(i % 32));
            }
        });
    }
}

}  // namespace
}  // namespace bangkit::identity
