#include "libs/command/fingerprint.h"

#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <string>

#include "libs/crypto/tests/key_file.h"

namespace bangkit::command {
namespace {

const std::string kMaster = "master 1 " + std::string(crypto::kAscending) + "\n";
const std::string kFirst = "hash 1 " + std::string(crypto::kAscending) + "\n";
const std::string kSecond = "hash 2 " + std::string(crypto::kDescending) + "\n";

std::string Of(const std::string& keys, const std::string& message) {
    google::rpc::Status request;
    request.set_message(message);
    return Fingerprint(crypto::Ring(kMaster + keys), request);
}

TEST(FingerprintTest, IsKnownAgainWhileTheKeysChange) {
    EXPECT_TRUE(IsSameRequest(Of(kFirst, "a"), Of(kFirst + kSecond, "a")));
    EXPECT_TRUE(IsSameRequest(Of(kFirst + kSecond, "a"), Of(kFirst, "a")));
    EXPECT_TRUE(IsSameRequest(Of(kFirst + kSecond, "a"), Of(kSecond, "a")));
    EXPECT_FALSE(IsSameRequest(Of(kFirst + kSecond, "a"), Of(kFirst + kSecond, "b")));
    EXPECT_FALSE(IsSameRequest(Of(kFirst, "a"), Of(kFirst, "b")));
}

TEST(FingerprintTest, WithoutACommonKeyNothingIsTheSame) {
    EXPECT_FALSE(IsSameRequest(Of(kFirst, "a"), Of(kSecond, "a")));
    EXPECT_FALSE(IsSameRequest("", Of(kFirst, "a")));
}

}  // namespace
}  // namespace bangkit::command
