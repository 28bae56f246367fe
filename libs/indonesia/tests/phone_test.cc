#include "libs/indonesia/phone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace bangkit::indonesia {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParsePhoneTest, GivesTheSameNumberForEachWayToWriteIt) {
    for (const char* text :
         {"081234567890", "0812-3456-7890", "+6281234567890", "6281234567890", "81234567890",
          "+62 812 3456 7890", "(0812) 3456.7890", "+62 (0)812-3456-7890"}) {
        SCOPED_TRACE(text);
        const auto phone = ParsePhone(text);
        ASSERT_TRUE(phone.has_value()) << phone.error().message;
        EXPECT_EQ(phone->e164, "+6281234567890");
        EXPECT_TRUE(phone->mobile);
        EXPECT_THAT(phone->warnings, IsEmpty());
    }
}

TEST(ParsePhoneTest, AcceptsLandlinesWithAreaCode) {
    for (const char* text : {"(021) 555-0123", "+62 21 5550123", "62215550123"}) {
        SCOPED_TRACE(text);
        const auto phone = ParsePhone(text);
        ASSERT_TRUE(phone.has_value()) << phone.error().message;
        EXPECT_EQ(phone->e164, "+62215550123");
        EXPECT_FALSE(phone->mobile);
    }
}

TEST(ParsePhoneTest, MobileNumbersHave10To13DigitsWithTheZero) {
    for (const auto& [text, accepted] : {std::pair{"081234567", false},
                                         {"0812345678", true},
                                         {"0812345678901", true},
                                         {"08123456789012", false}}) {
        EXPECT_EQ(ParsePhone(text).has_value(), accepted) << text;
    }
}

TEST(ParsePhoneTest, LandlinesHave8To12DigitsWithTheZero) {
    for (const auto& [text, accepted] : {std::pair{"0215550", false},
                                         {"02155501", true},
                                         {"021555012345", true},
                                         {"0215550123456", false}}) {
        EXPECT_EQ(ParsePhone(text).has_value(), accepted) << text;
    }
}

TEST(ParsePhoneTest, WarnsOfAPrefixOfNoOperator) {
    EXPECT_THAT(ParsePhone("084112345678").value().warnings, ElementsAre("PHONE_PREFIX_UNKNOWN"));
}

TEST(ParsePhoneTest, RefusesWhatIsNoNumberOfAPerson) {
    for (const char* text :
         {"", "+", "0", "62", "+62", "12345678", "5550123", "+6581234567", "0812x4567890",
          "0812/3456/7890", "0800123456", "08001234567", "0112345678", "0012345678", "0215",
          "++6281234567890", "021555012345678", "8.12E+10"}) {
        SCOPED_TRACE(text);
        const auto phone = ParsePhone(text);
        ASSERT_FALSE(phone.has_value());
        EXPECT_EQ(phone.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(phone.error().reason, "PHONE_INVALID");
    }
}

TEST(FormatPhoneTest, GroupsDigitsAsPeopleReadThem) {
    EXPECT_EQ(FormatPhone("+6281234567890"), "0812-3456-7890");
    EXPECT_EQ(FormatPhone("+62812345678"), "0812-3456-78");
    EXPECT_EQ(FormatPhone("+62215550123"), "021-5550123");
    EXPECT_EQ(FormatPhone("+622515550123"), "0251-5550123");
}

TEST(MaskPhoneTest, HidesTheFourDigitsAfterThePrefix) {
    EXPECT_EQ(MaskPhone("+6281234567890"), "0812-****-7890");
    EXPECT_EQ(MaskPhone("+62812345678"), "0812-****-78");
    EXPECT_EQ(MaskPhone("+62215550123"), "021-****123");
}

TEST(MaskPhoneTest, ShowsNothingOfWhatIsNoNumber) {
    for (const char* text : {"", "+62", "+62812", "081234567890"}) {
        EXPECT_EQ(MaskPhone(text), "****") << text;
    }
}

TEST(MaskPhoneTest, HoldsForTheShortestLandline) {
    const auto phone = ParsePhone("02515550");
    ASSERT_TRUE(phone.has_value());
    EXPECT_EQ(FormatPhone(phone->e164), "0251-5550");
    EXPECT_EQ(MaskPhone(phone->e164), "0251-****");
}

}  // namespace
}  // namespace bangkit::indonesia
