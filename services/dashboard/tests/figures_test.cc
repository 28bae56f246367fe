#include "services/dashboard/domain/figures.h"

#include <gmock/gmock.h>

namespace bangkit::dashboard {
namespace {

using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Month kMay = year(2022) / month(5);

TEST(History, TellsHowManyThereWereAtTheEndOfEachMonth) {
    const std::vector<MonthChange> changes{
        {.month = kMay, .registered = 10, .businesses = 10, .dormant = 2},
        {.month = kMay + months(1),
         .registered = 3,
         .upgraded = 1,
         .businesses = 3,
         .dormant = -1}};

    EXPECT_THAT(
        History(changes),
        ElementsAre(MonthFigures{.month = kMay, .registered = 10, .businesses = 10, .dormant = 2},
                    MonthFigures{.month = kMay + months(1),
                                 .registered = 3,
                                 .upgraded = 1,
                                 .businesses = 13,
                                 .dormant = 1}));
}

TEST(History, HasNoGapWhereNothingHappened) {
    const std::vector<MonthChange> changes{
        {.month = year(2022) / month(11), .registered = 4, .businesses = 4},
        {.month = year(2023) / month(2), .registered = 1, .businesses = 1}};

    const std::vector<MonthFigures> history = History(changes);

    ASSERT_THAT(history, SizeIs(4));
    EXPECT_EQ(history[2], (MonthFigures{.month = year(2023) / month(1), .businesses = 4}));
    EXPECT_EQ(history[3].businesses, 5);
}

TEST(History, ShowsTheLastTwoYearsAndCountsFromTheBeginning) {
    std::vector<MonthChange> changes;
    for (int i = 0; i < 30; ++i) {
        changes.push_back({.month = kMay + months(i), .registered = 1, .businesses = 1});
    }

    const std::vector<MonthFigures> history = History(changes);

    ASSERT_THAT(history, SizeIs(24));
    EXPECT_EQ(history.front().month, kMay + months(6));
    EXPECT_EQ(history.front().businesses, 7);
    EXPECT_EQ(history.back().businesses, 30);
}

TEST(History, CountsTheVerifiedAtTheEndOfEachMonth) {
    const std::vector<MonthChange> changes{
        {.month = kMay, .registered = 10, .businesses = 10, .verified = 4},
        {.month = kMay + months(2), .verified = -1}};

    const std::vector<MonthFigures> history = History(changes);

    ASSERT_THAT(history, SizeIs(3));
    EXPECT_EQ(history[1].verified, 4);
    EXPECT_EQ(history[2].verified, 3);
}

TEST(History, KeepsOfAidWhatStaysAndForgetsWhatHappened) {
    MonthChange may{.month = kMay}, july{.month = kMay + months(2)};
    may.aid.submitted = 3;
    may.aid.rejections = {{RejectionReason::kKur, 1}};
    may.aid.programs[{Instrument::kCashGrant, ProgramState::kOpen}] = 1;
    may.aid.Add({.state = ApplicationState::kApproved, .applications = 2, .rupiah = 200});
    july.aid.programs[{Instrument::kCashGrant, ProgramState::kOpen}] = -1;
    july.aid.Add({.state = ApplicationState::kApproved, .applications = -2, .rupiah = -200});

    const std::vector<MonthFigures> history = History(std::vector{may, july});

    ASSERT_THAT(history, SizeIs(3));
    const AidMonth& quiet = history[1].aid;
    EXPECT_EQ(quiet.submitted, 0);
    EXPECT_THAT(quiet.rejections, IsEmpty());
    EXPECT_EQ(quiet.money.reserved, 200);
    EXPECT_EQ(quiet.programs, may.aid.programs);
    EXPECT_EQ(quiet.applications, may.aid.applications);
    EXPECT_THAT(WithoutZeros(history[2].aid.programs), IsEmpty());
    EXPECT_THAT(WithoutZeros(history[2].aid.applications), IsEmpty());
}

TEST(History, OfNothingIsEmpty) { EXPECT_THAT(History({}), IsEmpty()); }

TEST(MonthOf, GoesByTheClockOfWesternIndonesia) {
    const Time last_second_in_utc{Date(year(2022) / month(5) / 31) + std::chrono::hours(23)};

    EXPECT_EQ(MonthOf(last_second_in_utc), year(2022) / month(6));
    EXPECT_EQ(ToText(MonthOf(last_second_in_utc)), "2022-06");
}

}  // namespace
}  // namespace bangkit::dashboard
