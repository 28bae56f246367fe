#include "libs/crypto/key_ring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "libs/base/settings.h"
#include "libs/crypto/tests/key_file.h"

namespace bangkit::crypto {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kMaster1 = "master 1 " + std::string(kAscending) + "\n";
const std::string kMaster2 = "master 2 " + std::string(kDescending) + "\n";
const std::string kHash1 = "hash 1 " + std::string(kAscending) + "\n";

std::string WhyRefused(const std::filesystem::path& path, bool is_development = false) {
    try {
        KeyRing::Load(path, is_development);
        return "it was not";
    } catch (const SettingError& error) {
        return error.what();
    }
}

std::string WhyTextIsRefused(const std::string& text) { return WhyRefused(KeyFile(text).path()); }

TEST(KeyRingTest, GeneratedFilesLoad) {
    const KeyFile file(KeyRing::Generate(false), 0400);
    const KeyRing ring = KeyRing::Load(file.path(), false);
    EXPECT_FALSE(ring.is_development());
    EXPECT_EQ(ring.CurrentVersion(KeyPurpose::kMaster), 1);
    EXPECT_EQ(ring.CurrentVersion(KeyPurpose::kHash), 1);
    EXPECT_NE(KeyRing::Generate(false), KeyRing::Generate(false));
}

TEST(KeyRingTest, DevelopmentKeysAreForDevelopmentOnly) {
    const KeyFile file(KeyRing::Generate(true));
    EXPECT_TRUE(KeyRing::Load(file.path(), true).is_development());
    EXPECT_EQ(WhyRefused(file.path(), false), "the key file has development keys");
}

TEST(KeyRingTest, TheHighestVersionIsCurrentAndOlderOnesRemain) {
    const KeyRing ring = Ring(kMaster2 + kMaster1 + "\n# old ones last\r\n" + kHash1);
    EXPECT_EQ(ring.CurrentVersion(KeyPurpose::kMaster), 2);
    EXPECT_THAT(ring.Versions(KeyPurpose::kMaster), ElementsAre(2, 1));
    EXPECT_THAT(ring.Versions(KeyPurpose::kHash), ElementsAre(1));
    EXPECT_EQ(ring.Current(KeyPurpose::kMaster).bytes()[0], 31);
    EXPECT_EQ(ring.Find(KeyPurpose::kMaster, 1)->bytes()[31], 31);
    EXPECT_EQ(ring.Find(KeyPurpose::kMaster, 3), nullptr);
}

TEST(KeyRingTest, NobodyElseMayReadTheFile) {
    for (const mode_t mode : {0440U, 0604U, 0644U, 0700U, 0777U, 01600U}) {
        const KeyFile file(kMaster1 + kHash1, mode);
        EXPECT_EQ(WhyRefused(file.path()), "the key file must have mode 0400 or 0600") << mode;
    }
    for (const mode_t mode : {0400U, 0600U}) {
        const KeyFile file(kMaster1 + kHash1, mode);
        EXPECT_NO_THROW(KeyRing::Load(file.path(), false)) << mode;
    }
}

TEST(KeyRingTest, TheFileMustBeOurs) {
    const KeyFile file(kMaster1 + kHash1);
    const bool is_root = chown(file.path().c_str(), 1, static_cast<gid_t>(-1)) == 0;
    // Who may not give files away finds a foreign one here.
    const std::filesystem::path foreign = is_root ? file.path() : "/proc/1/environ";
    EXPECT_THAT(WhyRefused(foreign), testing::AnyOf(HasSubstr("belongs to another user"),
                                                    HasSubstr("cannot be opened")));
}

TEST(KeyRingTest, TheFileMustBeThere) {
    EXPECT_EQ(WhyRefused(testing::TempDir() + "no-such-keys"), "the key file cannot be opened");
    EXPECT_EQ(WhyRefused(testing::TempDir()), "the key file is not a file");
    EXPECT_EQ(WhyTextIsRefused(std::string(65 * 1024, '\n')), "the key file is too large");
}

TEST(KeyRingTest, EachPurposeNeedsAKey) {
    EXPECT_EQ(WhyTextIsRefused(""), "the key file has no master key");
    EXPECT_EQ(WhyTextIsRefused(kMaster1), "the key file has no hash key");
    EXPECT_EQ(WhyTextIsRefused(kHash1), "the key file has no master key");
}

TEST(KeyRingTest, MalformedLinesAreNamedAndNotQuoted) {
    const std::string key(kAscending);
    const std::string zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for (const std::string& line : std::vector<std::string>{
             "master 1", "master " + key, "master 0 " + key, "master 256 " + key,
             "master -1 " + key, "master 1x " + key, "master 1 " + key + " more",
             "signing 1 " + key, "master 1 " + key.substr(0, 40),  // Short.
             "master 1 " + key.substr(0, 43),                      // Without padding.
             "master 1 AAAA" + key,                                // Long.
             "master 1 *" + key.substr(1), "master 1 " + zeros,    // No key at all.
             "hash 1 " + key,                                      // Twice.
             "environment production", "environment development now"}) {
        const std::string why = WhyTextIsRefused(kHash1 + line + "\n" + kMaster2);
        EXPECT_EQ(why, "the key file is malformed in line 2") << line;
    }
}

}  // namespace
}  // namespace bangkit::crypto
