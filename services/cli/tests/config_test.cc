#include "services/cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

TEST(ConfigTest, ReadsLinesOfNamesAndValues) {
    const Config config(
        "# local\n\nENVIRONMENT=development\nKAFKA=127.0.0.1:7192\n"
        "DASHBOARD_DSN=host=127.0.0.1 dbname=dashboard\n",
        "x.conf");
    EXPECT_TRUE(config.IsDevelopment());
    EXPECT_EQ(config.Required("KAFKA"), "127.0.0.1:7192");
    EXPECT_EQ(config.Required("DASHBOARD_DSN"), "host=127.0.0.1 dbname=dashboard");
}

TEST(ConfigTest, IsProductionUnlessItSaysOtherwise) {
    EXPECT_FALSE(Config().IsDevelopment());
    EXPECT_THROW(Config("ENVIRONMENT=test", "x.conf").IsDevelopment(), SettingError);
}

TEST(ConfigTest, RefusesWhatItDoesNotKnow) {
    EXPECT_THROW(Config("KAKFA=1", "x.conf"), SettingError);
    EXPECT_THROW(Config("KAFKA", "x.conf"), SettingError);
    EXPECT_THROW(Config("KAFKA=1\nKAFKA=2\n", "x.conf"), SettingError);
    EXPECT_THROW(Config().Override("KAKFA", "1"), SettingError);
}

TEST(ConfigTest, NamesThePlaceOfAnErrorAndNoValue) {
    try {
        const Config config("KAFKA=1\nPASSWORT=geheim\n", "x.conf");
        FAIL();
    } catch (const SettingError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("x.conf:2"));
        EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("geheim")));
    }
}

TEST(ConfigTest, ASettingThatIsMissingIsNamed) {
    try {
        Config("KAFKA=\n", "x.conf").Required("KAFKA");
        FAIL();
    } catch (const SettingError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("KAFKA"));
    }
}

TEST(ConfigTest, OptionsHavePrecedence) {
    Config config("KAFKA=a:1\n", "x.conf");
    config.Override("KAFKA", "b:2");
    EXPECT_EQ(config.Required("KAFKA"), "b:2");
}

TEST(FindConfigFileTest, LooksInEveryFolderAboveTheProgram) {
    const fs::path root = fs::path(testing::TempDir()) / "bangkit_find_config";
    fs::remove_all(root);
    fs::create_directories(root / "var");
    fs::create_directories(root / "build/services");
    EXPECT_EQ(FindConfigFile(root / "build/services/bangkit"), std::nullopt);
    std::ofstream(root / "var/bangkit.conf") << "KAFKA=a:1\n";
    EXPECT_EQ(FindConfigFile(root / "build/services/bangkit"), root / "var/bangkit.conf");
    fs::remove_all(root);
}

}  // namespace
}  // namespace bangkit::cli
