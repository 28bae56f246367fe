// All serials are 9000-9999, so that no number here is plausibly somebody's.
#include "libs/indonesia/nik.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/indonesia/format.h"
#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Date kToday = 2022y / 5 / 12;

TEST(ParseNikTest, ReadsBirthDateAndSex) {
    const struct {
        const char *text, *birth_date;
        bool female;
    } niks[] = {
        {"3674051205809001", "1980-05-12", false}, {"3674055205809001", "1980-05-12", true},
        {"3674053112999001", "1999-12-31", false}, {"3674057101009001", "2000-01-31", true},
        {"3674054101009001", "2000-01-01", true},  {"1101010101239001", "1923-01-01", false},
        {"9671102902009001", "2000-02-29", false}, {"3674056902849001", "1984-02-29", true}};
    for (const auto& expected : niks) {
        SCOPED_TRACE(expected.text);
        const auto nik = ParseNik(expected.text, kToday);
        ASSERT_TRUE(nik.has_value()) << nik.error().message;
        EXPECT_EQ(nik->digits, expected.text);
        EXPECT_EQ(FormatDate(nik->birth_date), expected.birth_date);
        EXPECT_EQ(nik->female, expected.female);
        EXPECT_THAT(nik->warnings, IsEmpty());
    }
}

TEST(ParseNikTest, LeavesOutSpacesDotsAndHyphens) {
    EXPECT_EQ(ParseNik(" 36.74-05 120580 9001 ", kToday).value().digits, "3674051205809001");
}

TEST(ParseNikTest, RefusesWhatCannotBeANik) {
    const struct {
        const char *text, *why;
    } niks[] = {{"", "16 digits"},
                {"367405120580900", "16 digits"},
                {"36740512058090011", "16 digits"},
                {"36740512058O9001", "16 digits"},
                {"3.6740512058E+15", "16 digits"},
                {"3674051205809001x", "16 digits"},
                {"0074051205809001", "district"},  // No such province...
                {"2074051205809001", "district"},
                {"3774051205809001", "district"},
                {"9774051205809001", "district"},
                {"3600051205809001", "district"},  // ... regency or city ...
                {"3670051205809001", "district"},
                {"3674001205809001", "district"},  // ... or district.
                {"3674050005809001", "birth date"},
                {"3674053205809001", "birth date"},
                {"3674054005809001", "birth date"},
                {"3674057205809001", "birth date"},
                {"3674059905809001", "birth date"},
                {"3674051200809001", "birth date"},
                {"3674051213809001", "birth date"},
                {"3674053002809001", "birth date"},
                {"3674052902819001", "birth date"},
                {"3674056902819001", "birth date"},
                {"3674053104809001", "birth date"},
                {"3674051205800000", "0000"},
                {"0000000000000000", "district"}};
    for (const auto& expected : niks) {
        SCOPED_TRACE(expected.text);
        const auto nik = ParseNik(expected.text, kToday);
        ASSERT_FALSE(nik.has_value());
        EXPECT_EQ(nik.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(nik.error().reason, "NIK_INVALID");
        EXPECT_THAT(nik.error().message, HasSubstr(expected.why));
    }
}

TEST(ParseNikTest, NeverQuotesTheNumber) {
    for (const std::string text : {"3674053205809001", "367405120580900", "3774051205809001"}) {
        EXPECT_THAT(ParseNik(text, kToday).error().message, Not(HasSubstr(text.substr(0, 6))));
    }
}

TEST(ParseNikTest, TakesTheLatestCenturyThatIsNotInTheFuture) {
    const struct {
        const char *text, *birth_date;
    } niks[] = {{"3674051205229001", "2022-05-12"},
                {"3674051305229001", "1922-05-13"},
                {"3674051205239001", "1923-05-12"}};
    for (const auto& expected : niks) {
        EXPECT_EQ(FormatDate(ParseNik(expected.text, kToday).value().birth_date),
                  expected.birth_date);
    }
}

TEST(ParseNikTest, WarnsOfAnOwnerTooYoungForAnIdentityCard) {
    EXPECT_THAT(ParseNik("3674051205059001", kToday).value().warnings, IsEmpty());  // 17 today.
    EXPECT_THAT(ParseNik("3674051305059001", kToday).value().warnings, ElementsAre("AGE_UNUSUAL"));
}

TEST(ParseNikTest, OfALeapDayTheSeventeenthBirthdayIsTheFirstOfMarch) {
    const char* text = "3674052902049001";
    EXPECT_THAT(ParseNik(text, 2021y / 2 / 28).value().warnings, ElementsAre("AGE_UNUSUAL"));
    EXPECT_THAT(ParseNik(text, 2021y / 3 / 1).value().warnings, IsEmpty());
}

TEST(ParseNikTest, WarnsOfAnUnknownDistrictForCodesChangeAndANikDoesNot) {
    const RegionTree regions;
    const char* unknown = "3674991205809001";
    EXPECT_THAT(ParseNik(unknown, kToday, &regions).value().warnings,
                ElementsAre("REGION_UNKNOWN"));
    EXPECT_THAT(ParseNik(unknown, kToday).value().warnings, IsEmpty());
    EXPECT_THAT(ParseNik("3674051205809001", kToday, &regions).value().warnings, IsEmpty());
}

TEST(ParseNikTest, AcceptsEveryProvince) {
    const RegionTree regions;
    int accepted = 0;
    for (int province = 0; province < 100; ++province) {
        std::string text = "0001011205809001";
        text[0] = static_cast<char>('0' + province / 10);
        text[1] = static_cast<char>('0' + province % 10);
        text[3] = '1';
        const bool exists = regions.Find(text.substr(0, 2)) != nullptr;
        EXPECT_EQ(ParseNik(text, kToday).has_value(), exists) << province;
        accepted += exists;
    }
    EXPECT_EQ(accepted, 38);
}

TEST(MaskNikTest, ShowsRegionAndSerial) {
    EXPECT_EQ(MaskNik("3674051205809001"), "3674********9001");
    EXPECT_EQ(MaskNik(""), "****************");
    EXPECT_EQ(MaskNik("36740512058090012"), "****************");
}

}  // namespace
}  // namespace bangkit::indonesia
