// Aid in the read model: money and applications in every region around them.
#include <gmock/gmock.h>

#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/projected_database.h"
#include "services/dashboard/tests/published_aid.h"

namespace bangkit::dashboard {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AidStorage : public ::testing::Test {
protected:
    void Live(PublishedApplication& application, Time submitted, hours until_approved,
              hours until_paid) {
        model_.ProjectAid(application.Life(submitted, until_approved, until_paid));
    }

    ProjectedDatabase model_;
};

TEST_F(AidStorage, MoneyIsWhereTheBudgetIsAndThenWhereTheApplicantIs) {
    PublishedProgram program;
    PublishedBudget budget;
    PublishedApplication waits, has, gave_back;
    model_.ProjectAid({program.IsCreated(), program.IsOpened(), budget.IsAllocated(2'000'000'000),
                       waits.IsStarted(), waits.IsSubmitted(), waits.IsApproved(kMay2022)});
    Live(has, kMay2022, hours(1), hours(2));
    Live(gave_back, kMay2022, hours(1), hours(2));
    model_.ProjectAid({gave_back.ComesBack(kJune2022)});

    const AidFigures province = model_.Figures("18").aid;
    const AidMoney expected{.allocated = 2'000'000'000,
                            .reserved = kShare,
                            .disbursed = kShare,
                            .returned = kShare,
                            .recipients = 1};
    EXPECT_EQ(province.money, expected);
    EXPECT_THAT(province.programs,
                ElementsAre(ProgramCount{Instrument::kCashGrant, ProgramState::kOpen, 1}));
    EXPECT_THAT(province.applications,
                ElementsAre(ApplicationCount{ApplicationState::kApproved, 1, kShare},
                            ApplicationCount{ApplicationState::kDisbursed, 1, kShare},
                            ApplicationCount{ApplicationState::kRefunded, 1, kShare}));
    EXPECT_EQ(model_.Figures("ID").aid, province);
    AidFigures city = model_.Figures("18.71").aid;
    EXPECT_THAT(city.programs, IsEmpty());
    EXPECT_EQ(city.money.allocated, 0) << "it is the province's budget that pays here";
    EXPECT_EQ(city.money.disbursed, kShare);
    EXPECT_EQ(model_.Figures(kLampungVillage).aid, city);
    EXPECT_EQ(model_.Figures("18.72").aid, AidFigures());
}

TEST_F(AidStorage, TellsHowLongHalfAndNineOfTenHadToWait) {
    std::vector<PublishedApplication> ten(10);
    for (int i = 0; i < 10; ++i) {
        Live(ten[static_cast<std::size_t>(i)], kMay2022, hours(10 * (i + 1)), hours(100 * (i + 1)));
    }
    PublishedApplication later;
    Live(later, kJune2022, hours(1), hours(7));

    const RegionFigures figures = model_.Figures("18.71");
    EXPECT_EQ(figures.aid.approval, (WaitingTime{11, 50, 90}));
    EXPECT_EQ(figures.aid.payment, (WaitingTime{11, 500, 900}));
    ASSERT_THAT(figures.months, SizeIs(2)) << "1,000 hours from 12 May end in June";
    EXPECT_EQ(figures.months[0].aid.submitted, 10);
    EXPECT_EQ(figures.months[0].aid.approval, (WaitingTime{10, 50, 90}));
    EXPECT_EQ(figures.months[0].aid.payment, (WaitingTime{4, 200, 400}));
    EXPECT_EQ(figures.months[1].aid.approval, (WaitingTime{1, 1, 1}));
    EXPECT_EQ(figures.months[1].aid.payment.applications, 7);
}

TEST_F(AidStorage, OfOneApplicationBothTimesAreItsOwn) {
    PublishedApplication application;
    Live(application, kMay2022, hours(3), hours(5));
    EXPECT_EQ(model_.Figures("18").aid.approval, (WaitingTime{1, 3, 3}));
    EXPECT_EQ(model_.Figures("18").aid.payment, (WaitingTime{1, 5, 5}));
}

TEST_F(AidStorage, MonthsTellWhatHappenedAndWhereTheMoneyWasAtTheirEnd) {
    PublishedProgram program;
    PublishedBudget budget;
    PublishedApplication paid, rejected;
    model_.ProjectAid({program.IsCreated(kMay2022), budget.IsAllocated(100'000'000, kMay2022)});
    model_.ProjectAid({paid.IsStarted(kMay2022), paid.IsSubmitted(kMay2022),
                       paid.IsApproved(kMay2022), rejected.IsStarted(kMay2022),
                       rejected.IsSubmitted(kMay2022)});
    model_.ProjectAid(
        {program.IsOpened(kJune2022), budget.IsRevisedTo(90'000'000, kJune2022),
         paid.IsScheduled(kJune2022), paid.IsPaid(kJune2022),
         rejected.IsRejected({aid::v1::REJECTION_REASON_KUR, aid::v1::REJECTION_REASON_TWICE},
                             kJune2022)});

    const RegionFigures figures = model_.Figures("18");
    ASSERT_THAT(figures.months, SizeIs(2));
    const AidMonth may = figures.months[0].aid, june = figures.months[1].aid;
    EXPECT_EQ(may.submitted, 2);
    EXPECT_EQ(may.approval.applications, 1);
    EXPECT_EQ(may.rejected, 0);
    EXPECT_EQ(may.money, (AidMoney{.allocated = 100'000'000, .reserved = kShare}));
    EXPECT_EQ(june.submitted, 0);
    EXPECT_EQ(june.rejected, 1);
    EXPECT_EQ(june.payment.applications, 1);
    EXPECT_EQ(june.money,
              (AidMoney{.allocated = 90'000'000, .disbursed = kShare, .recipients = 1}));
    EXPECT_EQ(figures.aid.money, june.money) << "the end of the last month is now";
    EXPECT_THAT(figures.aid.rejections, ElementsAre(RejectionCount{RejectionReason::kKur, 1},
                                                    RejectionCount{RejectionReason::kTwice, 1}));
    EXPECT_THAT(may.rejections, IsEmpty());
    EXPECT_EQ(june.rejections, figures.aid.rejections);
    EXPECT_THAT(WithoutZeros(may.programs),
                ElementsAre(ProgramCount{Instrument::kCashGrant, ProgramState::kDraft, 1}));
    EXPECT_EQ(WithoutZeros(june.programs), figures.aid.programs);
    EXPECT_THAT(WithoutZeros(may.applications),
                ElementsAre(ApplicationCount{ApplicationState::kSubmitted, 1, kShare},
                            ApplicationCount{ApplicationState::kApproved, 1, kShare}));
    EXPECT_EQ(WithoutZeros(june.applications), figures.aid.applications);
}

TEST_F(AidStorage, ACorrectionIsNoSecondSubmission) {
    PublishedApplication application;
    model_.ProjectAid({application.IsStarted(), application.IsSubmitted(kMay2022),
                       application.IsReturned(kMay2022)});
    EXPECT_THAT(model_.Figures("18").aid.applications,
                ElementsAre(ApplicationCount{ApplicationState::kReturned, 1, kShare}));
    model_.ProjectAid({application.IsSubmitted(kJune2022)});
    const RegionFigures figures = model_.Figures("18");
    EXPECT_EQ(figures.months[0].aid.submitted, 1);
    EXPECT_EQ(figures.months[1].aid.submitted, 0);
}

TEST_F(AidStorage, IsToldBesideBusinessesOfTheSameRegionAndRaisesItsVersion) {
    PublishedBusiness business;
    PublishedApplication application;
    model_.Project({business.Registers(In(kLampungVillage))});
    model_.ProjectAid({application.IsStarted()});
    const RegionFigures figures = model_.Figures("18.71");
    EXPECT_EQ(figures.businesses, 1);
    EXPECT_EQ(figures.version, 2);
    ASSERT_THAT(figures.months, SizeIs(1));
    EXPECT_EQ(figures.months[0].registered, 1);
    EXPECT_EQ(
        model_.database().Count("SELECT version FROM dirty_dashboards WHERE region_code = '18.71'"),
        2);
}

TEST_F(AidStorage, ACopyAndARebuildCountOnce) {
    PublishedProgram program;
    PublishedBudget budget;
    PublishedApplication application;
    const kafka::Record allocated = budget.IsAllocated(500);
    model_.ProjectAid({program.IsCreated(), allocated});
    EXPECT_EQ(model_.ProjectAid({allocated})->copies, 1);
    Live(application, kMay2022, hours(1), hours(2));
    RegionFigures before = model_.Figures("ID");

    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.Figures("ID").aid, AidFigures());
    EXPECT_FALSE(model_.ProjectAid({program.IsOpened()})) << "of the old generation";
    model_.Join();
    model_.NoteEnd();
    EXPECT_FALSE(TryComplete(model_.connection())) << "aid is still to be read";
    model_.ProjectAidAgain();
    EXPECT_TRUE(TryComplete(model_.connection()));
    const RegionFigures after = model_.Figures("ID");
    EXPECT_THAT(after.aid.programs,
                ElementsAre(ProgramCount{Instrument::kCashGrant, ProgramState::kOpen, 1}));
    EXPECT_EQ(after.aid.money, before.aid.money);
    EXPECT_EQ(after.aid.approval, before.aid.approval);
}

TEST_F(AidStorage, WhatMakesNoSenseIsParkedAndOtherAggregatesPass) {
    PublishedApplication unknown, unreadable, sound;
    PublishedAid batch("batch");
    const auto consumed =
        model_.ProjectAid({unknown.Record("bangkit.aid.v9.ApplicationForgotten", ""),
                           unreadable.Record("bangkit.aid.v1.ApplicationStarted", "\xff"),
                           batch.Record("bangkit.aid.v1.BatchSent", ""), sound.IsStarted()});
    EXPECT_EQ(consumed->parked, 2);
    EXPECT_EQ(consumed->applied, 2);
    EXPECT_THAT(model_.Figures("ID").aid.applications,
                ElementsAre(ApplicationCount{ApplicationState::kDraft, 1, kShare}));
}

}  // namespace
}  // namespace bangkit::dashboard
