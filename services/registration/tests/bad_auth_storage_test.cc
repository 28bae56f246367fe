// Callers who are not who they say, or who may not: told nothing, counted, and nothing has changed.
#include <gmock/gmock.h>

#include "libs/identity/tests/tokens.h"
#include "services/registration/tests/hostile_fixture.h"

namespace bangkit::registration {
namespace {

class BadAuthTest : public HostileTest {
protected:
    using Metadata = std::multimap<std::string, std::string>;

    /// A write and a read, which both would succeed with a proper token.
    void ExpectBoth(const std::string& answer, const Metadata& metadata, const std::string& what) {
        const std::string prefix = "/" + std::string(kService) + "/";
        v1::RegisterBusinessRequest registration = Registration(1);
        registration.mutable_business()->set_region_code("18.71");
        EXPECT_EQ(
            Name(Send(prefix + "RegisterBusiness", registration.SerializeAsString(), metadata)),
            answer)
            << what;
        EXPECT_EQ(Name(Send(prefix + "ListBusinesses", "", metadata)), answer) << what;
    }
    static Metadata Bearer(const std::string& token) {
        return {{"authorization", "Bearer " + token}};
    }
    std::string Claims(const std::string& member = "", const std::string& json = "null") const {
        return identity::TokenForge::Claims(clock_.Now(), member, json);
    }
    /// `offset` from now, as a claim.
    std::string At(std::chrono::seconds offset) const {
        return std::to_string(std::chrono::floor<std::chrono::seconds>(clock_.Now() + offset)
                                  .time_since_epoch()
                                  .count());
    }

    const identity::TokenForge forge_{TokenKey()};
};

TEST_F(BadAuthTest, TokensThatAreNotOursOrNotNowAreRefusedAndCounted) {
    using std::chrono::seconds;
    const std::string header = forge_.Header();
    const std::string id = forge_.key_id();
    const auto with_claim = [&](const std::string& member, const std::string& json) {
        return forge_.Sign(header, Claims(member, json));
    };
    const auto with_header = [&](const std::string& json) { return forge_.Sign(json, Claims()); };
    std::string changed = forge_.Sign(header, Claims());
    changed[changed.find('.') + 5] ^= 1;
    const std::pair<const char*, std::string> tokens[] = {
        {"alg none", forge_.Unsigned(Claims())},
        {"HS256 with the public key", forge_.SignWithPublicKey(Claims())},
        {"RS512", with_header(R"({"alg":"RS512","typ":"JWT","kid":")" + id + "\"}")},
        {"another issuer's key",
         identity::TokenForge(identity::GenerateDevelopmentKey()).Sign(header, Claims())},
        {"a changed claim", changed},
        {"a cut signature", forge_.Sign(header, Claims()).substr(0, 200)},
        {"another audience", with_claim("aud", "\"other\"")},
        {"no audience", with_claim("aud", "null")},
        {"another issuer", with_claim("iss", "\"other\"")},
        {"another type", with_header(R"({"alg":"RS256","typ":"JWS","kid":")" + id + "\"}")},
        {"no type", with_header(R"({"alg":"RS256","kid":")" + id + "\"}")},
        {"not yet issued", with_claim("iat", At(seconds(3'600)))},
        {"not yet valid", with_claim("nbf", At(seconds(3'600)))},
        {"no end", with_claim("exp", "null")},
        {"an end far away", with_claim("exp", At(std::chrono::hours(13)))},
        {"an end beyond time", with_claim("exp", "9223372036854775807")},
        {"jku", forge_.Sign(forge_.Header(R"(,"jku":"https://evil.example/k")"), Claims())},
        {"x5u", forge_.Sign(forge_.Header(R"(,"x5u":"https://evil.example/c")"), Claims())},
        {"jwk", forge_.Sign(forge_.Header(R"(,"jwk":{"kty":"RSA"})"), Claims())},
        {"crit", forge_.Sign(forge_.Header(R"(,"crit":["exp"])"), Claims())},
        {"a path as kid", with_header(R"({"alg":"RS256","typ":"JWT","kid":"../../dev/null"})")},
        {"SQL as kid", with_header(R"({"alg":"RS256","typ":"JWT","kid":"' OR 1=1 --"})")},
        {"no kid", with_header(R"({"alg":"RS256","typ":"JWT"})")},
        {"a region that does not exist", with_claim("regions", R"(["18.7"])")},
        {"one region of several", with_claim("regions", R"(["18.71","99"])")},
        {"every region", with_claim("regions", R"(["*"])")},
        {"no list of regions", with_claim("regions", "\"18.71\"")},
        {"no list of roles", with_claim("roles", "\"agency\"")},
        {"no subject", with_claim("sub", "null")},
        {"an endless subject", with_claim("sub", '"' + std::string(201, 'a') + '"')},
        {"no claims", forge_.Sign(header, "[]")},
        {"oversized", forge_.Sign(header, Claims("pad", '"' + std::string(4'096, 'x') + '"'))},
        {"dots", ".."},
    };
    const RowCounts before = CountRows();
    for (const auto& [what, token] : tokens) {
        ExpectBoth("UNAUTHENTICATED TOKEN_INVALID", Bearer(token), what);
    }
    const auto calls = 2 * std::ssize(tokens);
    EXPECT_TRUE(testing::Eventually([&] { return Denied("TOKEN_INVALID") == calls; }));
    EXPECT_EQ(Count("denied_calls"), 2) << "by a method each, whatever the tokens were";
    EXPECT_EQ(Count("denied_calls WHERE actor <> ''"), 0) << "nobody is known";
    ExpectBoth("UNAUTHENTICATED TOKEN_EXPIRED", Bearer(with_claim("exp", At(seconds(0)))), "exp");
    EXPECT_EQ(CountRows(), before);
    ExpectBoth("OK", Bearer(forge_.Sign(header, Claims())), "a proper token");
}

TEST_F(BadAuthTest, OnlyOneBearerTokenCounts) {
    const std::string token = forge_.Sign(forge_.Header(), Claims());
    const std::pair<const char*, Metadata> cases[] = {
        {"nothing", {}},
        {"two", {{"authorization", "Bearer " + token}, {"authorization", "Bearer " + token}}},
        {"another scheme", {{"authorization", "Basic " + token}}},
        {"no scheme", {{"authorization", token}}},
        {"lower case", {{"authorization", "bearer " + token}}},
        {"another header", {{"x-authorization", "Bearer " + token}}},
        {"a cookie", {{"cookie", "token=" + token}}},
        {"what a proxy would say", {{"x-user", "siti"}, {"x-roles", "province"}}},
    };
    const RowCounts before = CountRows();
    for (const auto& [what, metadata] : cases) {
        ExpectBoth("UNAUTHENTICATED TOKEN_MISSING", metadata, what);
    }
    EXPECT_EQ(CountRows(), before);
    EXPECT_TRUE(
        testing::Eventually([&] { return Denied("TOKEN_MISSING") == 2 * std::ssize(cases); }));
    ExpectBoth("OK", Bearer(token), "a proper token");
}

TEST_F(BadAuthTest, RolesThatMayNotAreDeniedByName) {
    const RowCounts before = CountRows();
    std::int64_t denied = 0;
    for (const char* roles :
         {R"([])", R"(["public"])", R"(["council"])", R"(["partner"])", R"(["subscriber"])",
          R"(["*"])", R"(["AGENCY"])", R"(["agency "])", R"(["root","admin"])"}) {
        ExpectBoth("PERMISSION_DENIED ROLE_NOT_ALLOWED",
                   Bearer(forge_.Sign(forge_.Header(), Claims("roles", roles))), roles);
        denied += 2;
    }
    EXPECT_EQ(CountRows(), before);
    EXPECT_TRUE(testing::Eventually([&] { return Denied("ROLE_NOT_ALLOWED") == denied; }));
    EXPECT_EQ(Count("denied_calls WHERE actor = 'siti'"), 2);
}

TEST_F(BadAuthTest, AFloodOfThemFillsNoDisk) {
    constexpr int kCalls = 500;
    for (int i = 0; i < kCalls; ++i) {
        const std::string subject = '"' + std::to_string(i) + '"';
        const std::string claims = forge_.Claims(clock_.Now(), "sub", subject);
        std::string token = forge_.Sign(forge_.Header(), claims);
        token[token.size() - 10] ^= 1;
        Send("/" + std::string(kService) + "/GetBusiness", "", Bearer(token));
    }
    EXPECT_TRUE(testing::Eventually([&] { return Denied("TOKEN_INVALID") == kCalls; }));
    EXPECT_EQ(Count("denied_calls"), 1);
    ExpectTheNextCallToWork();
}

}  // namespace
}  // namespace bangkit::registration
