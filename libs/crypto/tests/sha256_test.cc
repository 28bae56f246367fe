#include "libs/crypto/sha256.h"

#include <gtest/gtest.h>

namespace bangkit::crypto {
namespace {

std::string InHex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const char byte : bytes) {
        hex += kDigits[static_cast<unsigned char>(byte) >> 4];
        hex += kDigits[static_cast<unsigned char>(byte) & 15];
    }
    return hex;
}

TEST(Sha256Test, IsTheOneOfTheStandardWhereverTheBytesAreCut) {
    EXPECT_EQ(InHex(Sha256().Finish()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t cut = 0; cut <= 3; ++cut) {
        Sha256 hash;
        hash.Add(std::string_view("abc").substr(0, cut));
        hash.Add(std::string_view("abc").substr(cut));
        EXPECT_EQ(InHex(hash.Finish()),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

}  // namespace
}  // namespace bangkit::crypto
