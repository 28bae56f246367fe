#include "libs/crypto/rotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "libs/base/settings.h"
#include "libs/crypto/keyed_hash.h"
#include "libs/crypto/sealed.h"
#include "libs/crypto/signed_token.h"
#include "libs/crypto/tests/key_file.h"

namespace bangkit::crypto {
namespace {

using testing::ElementsAre;

const std::string kText = "# Keys\nenvironment development\nmaster 1 " + std::string(kAscending) +
                          "\nhash 1 " + std::string(kDescending);

class RotationTest : public testing::Test {
protected:
    KeyRing Read() const { return KeyRing::Load(file_.path(), true); }
    template <typename Step>
    static std::string WhyRefused(Step step) {
        try {
            step();
            return "it was not";
        } catch (const SettingError& error) {
            return error.what();
        }
    }
    const KeyFile file_{kText, 0400};
};

TEST_F(RotationTest, GoesFromOneKeyToTheNextStepByStep) {
    const std::string old_hash = KeyedHash(Read(), "nik", "1");
    const std::string old_token = SignToken(Read(), "page", "next");

    EXPECT_EQ(AddKey(file_.path(), KeyPurpose::kHash), 2);
    EXPECT_TRUE(Read().IsReadOnly(KeyPurpose::kHash, 2));
    EXPECT_EQ(KeyedHash(Read(), "nik", "1"), old_hash);  // Not used yet.
    EXPECT_THAT(Read().Versions(KeyPurpose::kHash), ElementsAre(1, 2));
    const KeyRing before = Read();

    UseKey(file_.path(), KeyPurpose::kHash, 2);
    EXPECT_THAT(Read().Versions(KeyPurpose::kHash), ElementsAre(2, 1));
    EXPECT_EQ(KeyedHashes(Read(), "nik", "1").back(), old_hash);
    EXPECT_EQ(OpenToken(Read(), "page", old_token), "next");
    // A process that has not started again yet understands what the others make.
    EXPECT_EQ(OpenToken(before, "page", SignToken(Read(), "page", "next")), "next");

    StopUsingKey(file_.path(), KeyPurpose::kHash, 1);
    EXPECT_TRUE(Read().IsReadOnly(KeyPurpose::kHash, 1));
    EXPECT_EQ(OpenToken(Read(), "page", old_token), "next");
    RemoveKey(file_.path(), KeyPurpose::kHash, 1);
    EXPECT_THAT(Read().Versions(KeyPurpose::kHash), ElementsAre(2));
    EXPECT_THAT(Read().Versions(KeyPurpose::kMaster), ElementsAre(1));
    EXPECT_TRUE(Read().is_development());
}

TEST_F(RotationTest, ANewMasterKeyOpensBeforeItWraps) {
    AddKey(file_.path(), KeyPurpose::kMaster);
    const KeyRing before = Read();
    const Key owner_key = NewOwnerKey();
    const std::string old = WrapKey(before, owner_key, "place");
    UseKey(file_.path(), KeyPurpose::kMaster, 2);
    const std::string wrapped = WrapKey(Read(), owner_key, "place");
    EXPECT_TRUE(IsWrappedByCurrent(Read(), wrapped));
    EXPECT_FALSE(IsWrappedByCurrent(Read(), old));
    EXPECT_TRUE(UnwrapKey(before, wrapped, "place"));
    EXPECT_TRUE(UnwrapKey(Read(), old, "place"));
}

TEST_F(RotationTest, StepsThatWouldLoseSomethingAreRefused) {
    const auto& path = file_.path();
    EXPECT_EQ(WhyRefused([&] { StopUsingKey(path, KeyPurpose::kHash, 1); }),
              "the key file has hash 1 as its current key");
    EXPECT_EQ(WhyRefused([&] { RemoveKey(path, KeyPurpose::kHash, 1); }),
              "the key file uses hash 1");
    EXPECT_EQ(WhyRefused([&] { UseKey(path, KeyPurpose::kHash, 2); }),
              "the key file has no hash 2");
    AddKey(path, KeyPurpose::kHash);
    UseKey(path, KeyPurpose::kHash, 2);
    EXPECT_EQ(WhyRefused([&] { RemoveKey(path, KeyPurpose::kHash, 1); }),
              "the key file uses hash 1");
}

TEST_F(RotationTest, NobodyElseMayReadTheChangedFile) {
    AddKey(file_.path(), KeyPurpose::kMaster);
    struct stat info{};
    ASSERT_EQ(stat(file_.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0400U);
    EXPECT_FALSE(std::filesystem::exists(file_.path().string() + ".new"));
}

TEST_F(RotationTest, AFileOfReadonlyKeysOnlyIsRefused) {
    const KeyFile file("master 1 " + std::string(kAscending) + "\nhash 1 " +
                       std::string(kDescending) + " readonly\n");
    EXPECT_EQ(WhyRefused([&] { KeyRing::Load(file.path(), true); }),
              "the key file has no hash key");
}

}  // namespace
}  // namespace bangkit::crypto
