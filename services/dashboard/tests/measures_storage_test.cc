// Goods, loans, referrals, nominations, supervision and grievances in the read model, and as
// callers see them.
#include <gmock/gmock.h>

#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/handler_fixture.h"
#include "services/dashboard/tests/published_instruments.h"

namespace bangkit::dashboard {
namespace {

using enum Measure;
using std::chrono::hours;
using ::testing::SizeIs;

constexpr int kLoan = common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN;
constexpr auto kHoliday = common::v1::AID_INSTRUMENT_PAYMENT_HOLIDAY_REFERRAL;

class MeasuresStorage : public ::testing::Test {
protected:
    ProjectedDatabase model_;
};
using MeasuresDashboardStorage = DashboardHandlerStorage;

TEST_F(MeasuresStorage, AreCountedInEveryRegionAroundThemAndWhatChangesIsADifference) {
    auto loan = GrantedLoan(1'000, kMay2022, kMay2022 + hours(50));
    model_.ProjectAid({loan.Says<aid::v1::LoanGranted>(kMay2022)});
    loan.statistics().set_repaid_rupiah(1'000);
    loan.statistics().set_state(aid::v1::LOAN_STATE_REPAID);
    model_.ProjectAid({loan.Says<aid::v1::InstalmentPaid>(kJune2022)});

    const RegionFigures figures = model_.Figures("18.71");
    EXPECT_EQ(figures.measures.now, (Measures{{{kLoans, kLoan, 2}, 1},
                                              {{kLoanPrincipal, kLoan, 2}, 1'000},
                                              {{kLoanRepaid, kLoan, 0}, 1'000}}));
    EXPECT_EQ(figures.measures.Waited(kHoursToLoan, kLoan), (WaitingTime{1, 50, 50}));
    EXPECT_EQ(model_.Figures("ID").measures, figures.measures);
    EXPECT_EQ(model_.Figures("18.72").measures, MeasureFigures());
    ASSERT_THAT(figures.months, SizeIs(2));
    EXPECT_EQ(SumOf(figures.months[0].measures.changes, kLoans), 1);
    EXPECT_EQ(SumOf(figures.months[1].measures.changes, kLoans), 0);
    EXPECT_EQ(ValueOf(figures.months[1].measures.at_end, {kLoans, kLoan, 2}), 1);
}

TEST_F(MeasuresStorage, InterestIsMoneyOfBudgetsWhereTheOwnerIs) {
    auto loan = GrantedLoan(1'000, kMay2022, kMay2022);
    loan.statistics().set_subsidy_reserved_rupiah(90);
    model_.ProjectAid({loan.Says<aid::v1::LoanGranted>(kMay2022)});
    loan.statistics().set_subsidy_rupiah(30);
    loan.statistics().set_subsidy_reserved_rupiah(60);
    model_.ProjectAid({loan.Says<aid::v1::SubsidyAccrued>(kJune2022)});
    const RegionFigures figures = model_.Figures("18");
    EXPECT_EQ(figures.aid.money, (AidMoney{.reserved = 60, .disbursed = 30}));
    EXPECT_EQ(figures.months[0].aid.money, (AidMoney{.reserved = 90}));
    EXPECT_EQ(figures.months[1].aid.money, figures.aid.money);
}

TEST_F(MeasuresStorage, TellHowLongHalfAndNineOfTenTookByKindAndAltogether) {
    for (int i = 1; i <= 10; ++i) {
        auto grievance = FiledGrievance(kMay2022);
        grievance.statistics().set_class_(i <= 5 ? aid::v1::GRIEVANCE_CLASS_LIGHT
                                                 : aid::v1::GRIEVANCE_CLASS_DESK);
        grievance.statistics().set_state(aid::v1::GRIEVANCE_STATE_ACCEPTED);
        Fill(*grievance.statistics().mutable_first_answered_at(), kMay2022 + hours(10 * i));
        model_.ProjectAid({grievance.Says<aid::v1::GrievanceAccepted>()});
    }
    auto unclear = FiledGrievance(kMay2022);  // Archived, so it never had a class.
    unclear.statistics().set_state(aid::v1::GRIEVANCE_STATE_ARCHIVED);
    Fill(*unclear.statistics().mutable_resolved_at(), kMay2022 + hours(7));
    model_.ProjectAid({unclear.Says<aid::v1::GrievanceClosed>()});

    const MeasureFigures figures = model_.Figures("18").measures;
    EXPECT_EQ(figures.Waited(kHoursToFirstAnswer), (WaitingTime{10, 50, 90}));
    EXPECT_EQ(figures.Waited(kHoursToFirstAnswer, 1), (WaitingTime{5, 30, 50}));
    EXPECT_EQ(figures.Waited(kHoursToFirstAnswer, 2), (WaitingTime{5, 80, 100}));
    EXPECT_EQ(figures.Waited(kHoursToResolution), (WaitingTime{1, 7, 7}));
    EXPECT_EQ(figures.Waited(kHoursToResolution, 1), WaitingTime());
}

TEST_F(MeasuresStorage, ACopyAndARebuildCountOnce) {
    auto stock = ClothInStock(500);
    const kafka::Record received = stock.Says<aid::v1::StockReceived>();
    model_.ProjectAid({received});
    EXPECT_EQ(model_.ProjectAid({received})->copies, 1);
    const MeasureFigures before = model_.Figures("ID").measures;
    EXPECT_EQ(SumOf(before.now, kGoodsReceived), 500);

    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.Figures("ID").measures, MeasureFigures());
    model_.Join();
    model_.ProjectAidAgain();
    EXPECT_EQ(model_.Figures("ID").measures, before);
}

TEST_F(MeasuresStorage, WhatMakesNoSenseIsParkedWithWhatFollowsIt) {
    auto senseless = OpenRefund(-1), sound = OpenRefund(1'000);
    const auto consumed = model_.ProjectAid({senseless.Says<aid::v1::RefundCaseOpened>(),
                                             senseless.Says<aid::v1::RefundCaseDropped>(),
                                             sound.Says<aid::v1::RefundCaseOpened>()});
    EXPECT_EQ(consumed->parked, 2);
    EXPECT_EQ(consumed->applied, 1);
    EXPECT_EQ(SumOf(model_.Figures("ID").measures.now, kRefunds), 1);
}

TEST_F(MeasuresDashboardStorage, ShowsThemFromTheCache) {
    auto stock = ClothInStock(120);
    auto loan = GrantedLoan(25'000'000, kMay2022, kMay2022 + hours(20));
    loan.statistics().set_subsidy_reserved_rupiah(1'000);
    auto silent = SentReferral(kHoliday, kMay2022), answered = SentReferral(kHoliday, kMay2022);
    silent.statistics().set_silent(true);
    silent.statistics().set_escalated(true);
    answered.statistics().set_state(aid::v1::REFERRAL_STATE_REFUSED);
    Fill(*answered.statistics().mutable_answered_at(), kMay2022 + hours(48));
    auto nominee = NominatedFor(aid::v1::NOMINATION_SCHEME_PRAKERJA, kMay2022);
    nominee.statistics().set_state(aid::v1::NOMINEE_STATE_PAID);
    nominee.statistics().set_amount_rupiah(3'550'000);
    Fill(*nominee.statistics().mutable_determined_at(), kMay2022 + hours(240));
    Fill(*nominee.statistics().mutable_paid_at(), kMay2022 + hours(241));
    auto visit = PlannedVisit();
    auto refund = OpenRefund(1'000);
    refund.statistics().set_is_overdue(true);
    auto grievance = FiledGrievance(kMay2022);
    grievance.statistics().set_escalated(true);
    grievance.statistics().set_overdue(true);
    model_.ProjectAid(
        {stock.Says<aid::v1::StockReceived>(), loan.Says<aid::v1::LoanGranted>(),
         silent.Says<aid::v1::ReferralEscalated>(), answered.Says<aid::v1::ReferralRefused>(),
         nominee.Says<aid::v1::NomineePaid>(), visit.Says<aid::v1::VisitPlanned>(),
         refund.Says<aid::v1::RefundCaseOpened>(), grievance.Says<aid::v1::GrievanceEscalated>()});
    AwaitRendered();

    const auto shown = Get("18");

    ASSERT_TRUE(shown);
    EXPECT_TRUE(HasRead("hit"));
    const v1::Dashboard& dashboard = shown->dashboard();
    ASSERT_THAT(dashboard.goods(), SizeIs(1));
    EXPECT_EQ(dashboard.goods(0).on_hand(), 120);
    EXPECT_EQ(dashboard.goods(0).unit(), aid::v1::GOODS_UNIT_METRE);
    EXPECT_EQ(dashboard.loans().loans(0).principal_rupiah(), 25'000'000);
    EXPECT_EQ(dashboard.loans().subsidy_reserved_rupiah(), 1'000);
    EXPECT_EQ(dashboard.loans().grant().median_hours(), 20);
    ASSERT_THAT(dashboard.referrals().referrals(), SizeIs(2));
    EXPECT_EQ(dashboard.referrals().referrals(1).state(), aid::v1::REFERRAL_STATE_REFUSED);
    EXPECT_EQ(dashboard.referrals().answers(0).silent(), 1);
    EXPECT_EQ(dashboard.referrals().answers(0).answer().p90_hours(), 48);
    ASSERT_THAT(dashboard.nominations(), SizeIs(1));
    EXPECT_EQ(dashboard.nominations(0).scheme(), aid::v1::NOMINATION_SCHEME_PRAKERJA);
    EXPECT_EQ(dashboard.nominations(0).paid(), 1);
    EXPECT_EQ(dashboard.nominations(0).claimed(), 0);
    EXPECT_EQ(dashboard.nominations(0).nominees(0).rupiah(), 3'550'000);
    EXPECT_EQ(dashboard.nominations(0).determination().median_hours(), 240);
    EXPECT_EQ(dashboard.supervision().visits(0).visits(), 1);
    EXPECT_EQ(dashboard.supervision().refunds(0).claimed_rupiah(), 1'000);
    EXPECT_EQ(dashboard.supervision().overdue_refunds(), 1);
    EXPECT_EQ(dashboard.grievances().overdue(), 1);
    EXPECT_EQ(dashboard.grievances().escalated(), 1);
    EXPECT_EQ(dashboard.grievances().open(0).service(), aid::v1::CONCERNED_SERVICE_AID);
    const v1::InstrumentMonth& month = dashboard.months(0).instruments();
    EXPECT_EQ(month.loans_granted(), 1);
    EXPECT_EQ(month.referrals_sent(), 2);
    EXPECT_EQ(month.referrals_answered(), 1);
    EXPECT_EQ(month.nominees_determined(), 1);
    EXPECT_EQ(month.nominees_paid(), 1);
    EXPECT_EQ(month.grievances_filed(), 1);
    EXPECT_EQ(month.grievances_overdue(), 1);
    EXPECT_FALSE(Get("32.75")->dashboard().has_loans());
    EXPECT_FALSE(Get("32.75")->dashboard().months(0).has_instruments());
}

}  // namespace
}  // namespace bangkit::dashboard
