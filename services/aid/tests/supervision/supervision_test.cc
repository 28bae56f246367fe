// Visits and refunds: who may say what was made of aid, and what has to come back.
#include <gtest/gtest.h>

#include "services/aid/domain/supervision/refund.h"
#include "services/aid/domain/supervision/visit.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

constexpr Date kToday = std::chrono::year(2026) / 3 / 10;

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

Application Given(ApplicationState state = ApplicationState::kDisbursed) {
    Application application;
    application.id = "a";
    application.version = 8;
    application.program_id = "p";
    application.applicant = {
        .business_id = "b", .owner_id = "o", .household = {}, .region_code = "18.71"};
    application.state = state;
    application.amount = 1'000'000;
    application.entered_by = {"petugas"};
    application.approved_by = "dinas";
    return application;
}

class VisitTest : public ::testing::Test {
protected:
    static Result<VisitEvent> Plan(const Application& application, bool has_planned = false,
                                   Date day = kToday) {
        return Decide(application, has_planned, PlanVisit{.visit_id = "v", .planned_for = day},
                      "dinas", kNow);
    }
    Visit visit_ = Apply({}, Plan(Given()).value());
};

TEST_F(VisitTest, IsPlannedOfWhatWasGiven) {
    EXPECT_EQ(visit_.state, VisitState::kPlanned);
    EXPECT_EQ(visit_.region_code, "18.71");
    EXPECT_EQ(visit_.business_id, "b");
    EXPECT_EQ(ReasonOf(Plan(Given(ApplicationState::kSupervised))), "");
    for (const ApplicationState state :
         {ApplicationState::kApproved, ApplicationState::kClosed, ApplicationState::kRefunded}) {
        EXPECT_EQ(ReasonOf(Plan(Given(state))), "APPLICATION_STATE_WRONG");
    }
    EXPECT_EQ(ReasonOf(Plan({})), "APPLICATION_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Plan(Given(), true)), "VISIT_PLANNED");
    EXPECT_EQ(ReasonOf(Plan(Given(), false, kToday - std::chrono::days(1))), "DATE_IN_PAST");
}

TEST_F(VisitTest, WhoGaveItDoesNotSayWhatBecameOfIt) {
    const RecordVisit recording{.outcome = VisitOutcome::kMisused};
    EXPECT_EQ(ReasonOf(Decide(visit_, recording, Given(), "petugas", kNow)), "MAKER_IS_CHECKER");
    EXPECT_EQ(ReasonOf(Decide(visit_, recording, Given(), "dinas", kNow)), "MAKER_IS_CHECKER");
    const Visit after = Apply(visit_, Decide(visit_, recording, Given(), "pengawas", kNow).value());
    EXPECT_EQ(after.state, VisitState::kVisited);
    EXPECT_EQ(after.outcome, VisitOutcome::kMisused);
    EXPECT_EQ(after.visited_by, "pengawas");
    EXPECT_EQ(ReasonOf(Decide(after, recording, Given(), "pengawas", kNow)), "VISIT_DECIDED");
    EXPECT_EQ(ReasonOf(Decide(after, CancelVisit{}, kNow)), "VISIT_DECIDED");
    EXPECT_EQ(ReasonOf(Decide(Visit{}, recording, Given(), "pengawas", kNow)), "VISIT_NOT_FOUND");
}

TEST_F(VisitTest, IsOverdueOnceAndBehindItsLastDay) {
    const Time evening = kNow + std::chrono::hours(14);  // 23:00 in Jakarta.
    const Time after_midnight = kNow + std::chrono::hours(15);
    EXPECT_EQ(ReasonOf(Decide(visit_, ExpireVisit{.now = evening}, kNow)), "VISIT_PERIOD_RUNS");
    const Visit after =
        Apply(visit_, Decide(visit_, ExpireVisit{.now = after_midnight}, kNow).value());
    EXPECT_TRUE(after.is_overdue);
    EXPECT_EQ(after.state, VisitState::kPlanned);
    EXPECT_EQ(ReasonOf(Decide(after, ExpireVisit{.now = after_midnight}, kNow)), "VISIT_OVERDUE");
    EXPECT_FALSE(Apply(after, Decide(after, CancelVisit{}, kNow).value()).is_overdue);
}

TEST_F(VisitTest, NobodyMetIsNoSupervision) {
    EXPECT_FALSE(IsSupervision(VisitOutcome::kNobodyMet));
    for (const VisitOutcome outcome : {VisitOutcome::kAsIntended, VisitOutcome::kPartly,
                                       VisitOutcome::kNotUsed, VisitOutcome::kMisused}) {
        EXPECT_TRUE(IsSupervision(outcome));
    }
}

TEST(ClosingTest, NeedsUseAsIntendedAndItsProof) {
    const ClosingContext good{.last_outcome = VisitOutcome::kAsIntended, .proofs = 1};
    EXPECT_TRUE(CheckMayClose(good));
    ClosingContext other = good;
    other.has_planned_visit = true;
    EXPECT_EQ(ReasonOf(CheckMayClose(other)), "VISIT_PLANNED");
    other = good;
    other.has_open_refund = true;
    EXPECT_EQ(ReasonOf(CheckMayClose(other)), "REFUND_OPEN");
    other = good;
    other.proofs = 0;
    EXPECT_EQ(ReasonOf(CheckMayClose(other)), "PROOF_MISSING");
    other = good;
    other.last_outcome = VisitOutcome::kPartly;
    EXPECT_EQ(ReasonOf(CheckMayClose(other)), "NOT_USED_AS_INTENDED");
    other.last_outcome.reset();
    EXPECT_EQ(ReasonOf(CheckMayClose(other)), "NOT_USED_AS_INTENDED");
}

class RefundTest : public ::testing::Test {
protected:
    static Result<RefundEvent> Open(const Application& application,
                                    Instrument instrument = Instrument::kCashGrant,
                                    bool has_open = false, Date due_on = kToday) {
        return Decide(
            application, instrument, has_open,
            OpenRefundCase{.refund_id = "r", .reason = RefundReason::kMisused, .due_on = due_on},
            "dinas", kNow);
    }
    static Result<RefundEvent> Repay(const RefundCase& refund, std::int64_t amount) {
        return Decide(refund, RecordRepayment{.amount = amount, .receipt = "STS/1"}, "bendahara",
                      kNow);
    }
    static RefundCase OfGoods() {
        Application application = Given();
        application.amount = 0;
        return Apply({}, Open(application, Instrument::kInKind).value());
    }
    RefundCase refund_ = Apply({}, Open(Given()).value());
};

TEST_F(RefundTest, IsOfAllThatWasGiven) {
    EXPECT_EQ(refund_.claimed, 1'000'000);
    EXPECT_EQ(refund_.state, RefundState::kOpen);
    EXPECT_EQ(ReasonOf(Open(Given(ApplicationState::kApproved))), "APPLICATION_STATE_WRONG");
    EXPECT_EQ(ReasonOf(Open(Given(ApplicationState::kClosed))), "APPLICATION_STATE_WRONG");
    EXPECT_EQ(ReasonOf(Open({})), "APPLICATION_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Open(Given(), Instrument::kCashGrant, true)), "REFUND_OPEN");
    EXPECT_EQ(ReasonOf(Open(Given(), Instrument::kCashGrant, false, kToday - std::chrono::days(1))),
              "DATE_IN_PAST");
    for (const Instrument instrument :
         {Instrument::kInterestFreeLoan, Instrument::kAwardLoan, Instrument::kExternalNomination,
          Instrument::kRestructuringReferral, Instrument::kPaymentHolidayReferral}) {
        EXPECT_EQ(ReasonOf(Open(Given(), instrument)), "PROGRAM_NOT_REFUNDABLE");
    }
}

TEST_F(RefundTest, IsSettledWithTheLastRupiahAndNotBefore) {
    RefundCase refund = Apply(refund_, Repay(refund_, 400'000).value());
    EXPECT_EQ(refund.state, RefundState::kOpen);
    EXPECT_EQ(ReasonOf(Repay(refund, 600'001)), "AMOUNT_TOO_HIGH");
    refund = Apply(refund, Repay(refund, 599'999).value());
    EXPECT_EQ(refund.state, RefundState::kOpen);
    refund = Apply(refund, Repay(refund, 1).value());
    EXPECT_EQ(refund.state, RefundState::kRepaid);
    EXPECT_EQ(refund.repaid, 1'000'000);
    EXPECT_EQ(refund.decided_by, "bendahara");
    EXPECT_EQ(ReasonOf(Repay(refund, 1)), "REFUND_DECIDED");
    EXPECT_EQ(ReasonOf(Decide(refund, DropRefundCase{}, "kepala", kNow)), "REFUND_DECIDED");
    EXPECT_EQ(ReasonOf(Repay({}, 1)), "REFUND_NOT_FOUND");
}

TEST_F(RefundTest, GoodsComeBackAsGoodsAndMoneyAsMoney) {
    const RefundCase goods = OfGoods();
    EXPECT_EQ(ReasonOf(Repay(goods, 1)), "REFUND_OF_GOODS");
    EXPECT_EQ(ReasonOf(Decide(refund_, TakeBackGoods{}, "gudang", kNow)), "REFUND_OF_MONEY");
    EXPECT_EQ(Apply(goods, Decide(goods, TakeBackGoods{}, "gudang", kNow).value()).state,
              RefundState::kRepaid);
}

TEST_F(RefundTest, IsOverdueOnceAndBehindItsLastDay) {
    const Time evening = kNow + std::chrono::hours(14);  // 23:00 in Jakarta.
    const ExpireRefund after_midnight{.now = kNow + std::chrono::hours(15)};
    EXPECT_EQ(ReasonOf(Decide(refund_, ExpireRefund{.now = evening}, kNow)), "REFUND_PERIOD_RUNS");
    RefundCase refund = Apply(refund_, Decide(refund_, after_midnight, kNow).value());
    EXPECT_TRUE(refund.is_overdue);
    EXPECT_EQ(refund.state, RefundState::kOpen);
    EXPECT_EQ(ReasonOf(Decide(refund, after_midnight, kNow)), "REFUND_OVERDUE");
    EXPECT_FALSE(
        Apply(refund, Decide(refund, DropRefundCase{}, "kepala", kNow).value()).is_overdue);
    refund = Apply(refund, Repay(refund, 1).value());
    EXPECT_TRUE(refund.is_overdue);
    refund = Apply(refund, Repay(refund, 999'999).value());
    EXPECT_FALSE(refund.is_overdue);
    EXPECT_EQ(ReasonOf(Decide(refund, after_midnight, kNow)), "REFUND_DECIDED");
}

TEST_F(RefundTest, IsDroppedByAnotherAndBeforeAnythingIsBack) {
    EXPECT_EQ(ReasonOf(Decide(refund_, DropRefundCase{}, "dinas", kNow)), "MAKER_IS_CHECKER");
    const RefundCase begun = Apply(refund_, Repay(refund_, 1).value());
    EXPECT_EQ(ReasonOf(Decide(begun, DropRefundCase{}, "kepala", kNow)), "REPAYMENT_BEGUN");
    EXPECT_EQ(ReasonOf(Decide(begun, DropRefundCase{.is_returned = true}, "kepala", kNow)), "");
    const RefundCase dropped =
        Apply(refund_, Decide(refund_, DropRefundCase{}, "kepala", kNow).value());
    EXPECT_EQ(dropped.state, RefundState::kDropped);
    EXPECT_EQ(ReasonOf(Repay(dropped, 1)), "REFUND_DECIDED");
}

}  // namespace
}  // namespace bangkit::aid
