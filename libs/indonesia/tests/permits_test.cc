#include "libs/indonesia/permits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const RegionTree& Regions() {
    static const RegionTree regions;
    return regions;
}

/// "" if the number is accepted.
std::string ReasonOf(const Result<Permit>& permit) { return permit ? "" : permit.error().reason; }

TEST(ParsePirtTest, AcceptsTheLayoutOfTodayHoweverItIsWritten) {
    for (const char* text : {"2063674010001-27", "206367401000127", "P-IRT No. 2063674010001-27",
                             "PIRT 206.3674.01.0001.27", " p-irt 206367401000127 "}) {
        SCOPED_TRACE(text);
        const auto pirt = ParsePirt(text, Regions());
        ASSERT_TRUE(pirt.has_value()) << pirt.error().message;
        EXPECT_EQ(pirt->number, "206367401000127");
        EXPECT_THAT(pirt->warnings, IsEmpty());
    }
}

TEST(ParsePirtTest, AcceptsAnOldNumberWithAWarning) {
    const auto pirt = ParsePirt("206367401000", Regions());
    ASSERT_TRUE(pirt.has_value());
    EXPECT_EQ(pirt->number, "206367401000");
    EXPECT_THAT(pirt->warnings, ElementsAre("PIRT_OLD"));
}

TEST(ParsePirtTest, WarnsOfWhatIsNotOnTheLists) {
    for (char packaging = '0'; packaging <= '9'; ++packaging) {
        std::string text = "206367401000127";
        text[0] = packaging;
        const bool is_known = packaging >= '1' && packaging <= '8';
        EXPECT_EQ(ParsePirt(text, Regions()).value().warnings.empty(), is_known) << text;
    }
    EXPECT_THAT(ParsePirt("206369901000127", Regions()).value().warnings,
                ElementsAre("PIRT_REGION_UNKNOWN"));
}

TEST(ParsePirtTest, RefusesEveryOtherLength) {
    for (const char* text : {"", "PIRT", "20636740100", "2063674010001", "20636740100012",
                             "20636740100012x", "206367401000127000000"}) {
        EXPECT_EQ(ReasonOf(ParsePirt(text, Regions())), "PIRT_INVALID") << text;
    }
    EXPECT_EQ(ReasonOf(ParsePirt("2063674010001270", Regions())), "");  // "At least" 15.
}

TEST(ParseHalalTest, AcceptsIdAndDigits) {
    const auto halal = ParseHalal("id 81110-0012345.6781221");
    ASSERT_TRUE(halal.has_value()) << halal.error().message;
    EXPECT_EQ(halal->number, "ID8111000123456781221");
    EXPECT_THAT(ParseHalal("ID81110001234567890").value().warnings, IsEmpty());
}

TEST(ParseHalalTest, WarnsOfAnotherLengthThanSeventeenDigits) {
    EXPECT_THAT(ParseHalal("ID811100012345678").value().warnings,
                ElementsAre("HALAL_LENGTH_UNUSUAL"));
}

TEST(ParseHalalTest, RefusesANumberOfTheFatwa) {
    for (const char* text : {"KH 00123456789012", "kh81110001234567890", "KH"}) {
        EXPECT_EQ(ReasonOf(ParseHalal(text)), "HALAL_FATWA_NUMBER") << text;
    }
}

TEST(ParseHalalTest, RefusesWhatIsNoCertificate) {
    for (const char* text : {"", "ID", "ID123456789", "81110001234567890", "ID8111000123456789x",
                             "ID811100012345678901234"}) {
        EXPECT_EQ(ReasonOf(ParseHalal(text)), "HALAL_INVALID") << text;
    }
}

TEST(ParseBpomTest, AcceptsFoodFromHereAndFromAbroad) {
    EXPECT_EQ(ParseBpom("BPOM RI MD 123456789012").value().number, "MD123456789012");
    EXPECT_EQ(ParseBpom("ml123456789012").value().number, "ML123456789012");
}

TEST(ParseBpomTest, RefusesEverythingElse) {
    for (const char* text :
         {"", "MD", "MD12345678901", "MD1234567890123", "123456789012", "MX123456789012"}) {
        EXPECT_EQ(ReasonOf(ParseBpom(text)), "BPOM_INVALID") << text;
    }
}

}  // namespace
}  // namespace bangkit::indonesia
