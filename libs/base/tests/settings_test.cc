#include "libs/base/settings.h"

#include <gtest/gtest.h>

#include <array>

namespace bangkit {
namespace {

TEST(SettingsTest, ReadsOnlyItsOwnVariables) {
    const std::array<const char*, 4> environment{"PATH=/bin", "BANGKIT_DSN=host=a b=c",
                                                 "BANGKIT_EMPTY=", nullptr};
    Settings settings(environment.data());
    EXPECT_EQ(settings.Required("BANGKIT_DSN"), "host=a b=c");
    EXPECT_EQ(settings.Optional("BANGKIT_LISTEN", "fallback"), "fallback");
    EXPECT_THROW(settings.Required("BANGKIT_EMPTY"), SettingError);
    EXPECT_THROW(settings.Required("BANGKIT_KAFKA"), SettingError);
}

TEST(SettingsTest, AMisspeltSettingIsAnErrorThatDoesNotQuoteItsValue) {
    const std::array<const char*, 2> environment{"BANGKIT_DNS=secret", nullptr};
    Settings settings(environment.data());
    settings.Optional("BANGKIT_DSN", "");
    try {
        settings.RefuseUnknown();
        FAIL() << "the misspelt setting was accepted";
    } catch (const SettingError& error) {
        EXPECT_STREQ(error.what(), "BANGKIT_DNS is not a setting of this program");
    }
}

TEST(SettingsTest, ANumberIsCheckedToTheLastCharacter) {
    for (const char* bad : {"BANGKIT_N=12x", "BANGKIT_N=", "BANGKIT_N=-1", "BANGKIT_N=101",
                            "BANGKIT_N=99999999999999999999"}) {
        const std::array<const char*, 2> environment{bad, nullptr};
        EXPECT_THROW(Settings(environment.data()).Number("BANGKIT_N", 5, 0, 100), SettingError);
    }
    const std::array<const char*, 2> environment{"BANGKIT_N=100", nullptr};
    EXPECT_EQ(Settings(environment.data()).Number("BANGKIT_N", 5, 0, 100), 100);
    EXPECT_EQ(Settings(environment.data()).Number("BANGKIT_M", 5, 0, 100), 5);
}

TEST(SettingsTest, ProductionUnlessSaidOtherwise) {
    const std::array<const char*, 1> none{nullptr};
    EXPECT_FALSE(Settings(none.data()).IsDevelopment());
    const std::array<const char*, 2> development{"BANGKIT_ENV=development", nullptr};
    EXPECT_TRUE(Settings(development.data()).IsDevelopment());
    const std::array<const char*, 2> other{"BANGKIT_ENV=dev", nullptr};
    EXPECT_THROW(Settings(other.data()).IsDevelopment(), SettingError);
}

}  // namespace
}  // namespace bangkit
