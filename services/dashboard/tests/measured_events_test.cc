#include "services/dashboard/events/measured_events.h"

#include <gmock/gmock.h>

#include "services/dashboard/tests/published_instruments.h"

namespace bangkit::dashboard {
namespace {

using enum Measure;
using std::chrono::hours;
using ::testing::HasSubstr;

constexpr int kLoan = common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN;
constexpr int kRestructuring = common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL;

class MeasuredEvents : public ::testing::Test {
protected:
    Result<MeasuredEvent> Parse(const kafka::Record& record) const {
        const auto envelope = messaging::ParseEnvelope(record);
        return ParseMeasuredEvent({.envelope = envelope.value(), .record = &record}, regions_);
    }
    Measures Counts(const kafka::Record& record) const {
        const auto parsed = Parse(record);
        EXPECT_TRUE(parsed) << parsed.error().message;
        return parsed ? parsed->after.measures : Measures();
    }
    void ExpectInvalid(const kafka::Record& record, const std::string& why) const {
        const auto parsed = Parse(record);
        ASSERT_FALSE(parsed) << why;
        EXPECT_EQ(parsed.error().reason, "EVENT_INVALID");
        EXPECT_THAT(parsed.error().message, HasSubstr(why));
    }

    const indonesia::RegionTree regions_;
};

TEST_F(MeasuredEvents, AreOfTheseAggregatesAndNoOther) {
    for (const char* type :
         {"stock", "loan", "referral", "nominee", "visit", "refund", "grievance"}) {
        EXPECT_TRUE(IsMeasured(type)) << type;
    }
    for (const char* type : {"application", "agreement", "nomination_batch", ""}) {
        EXPECT_FALSE(IsMeasured(type)) << type;
    }
}

TEST_F(MeasuredEvents, SayWhereAndWhenItWas) {
    const auto parsed = Parse(ClothInStock(1).Says<aid::v1::StockReceived>(kJune2022));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->after.region_code, "18.71");
    EXPECT_EQ(parsed->month, MonthOf(kJune2022));
}

TEST_F(MeasuredEvents, OfAStockCountQuantitiesByKindAndUnit) {
    auto stock = ClothInStock(100);
    stock.statistics().set_reserved(20);
    stock.statistics().set_on_hand(70);
    stock.statistics().set_handed_over(30);
    EXPECT_EQ(Counts(stock.Says<aid::v1::GoodsHandedOver>()),
              (Measures{{{kGoodsOnHand, 1, 2}, 70},
                        {{kGoodsReserved, 1, 2}, 20},
                        {{kGoodsReceived, 1, 2}, 100},
                        {{kGoodsHandedOver, 1, 2}, 30}}));
}

TEST_F(MeasuredEvents, OfALoanCountWhatWasLentPaidBackAndPaidForIt) {
    auto loan = GrantedLoan(25'000'000, kMay2022, kMay2022 + hours(48));
    loan.statistics().set_repaid_rupiah(5'000'000);
    loan.statistics().set_subsidy_rupiah(250'000);
    loan.statistics().set_subsidy_reserved_rupiah(1'000'000);
    EXPECT_EQ(Counts(loan.Says<aid::v1::SubsidyAccrued>()),
              (Measures{{{kLoans, kLoan, 1}, 1},
                        {{kLoanPrincipal, kLoan, 1}, 25'000'000},
                        {{kLoanRepaid, kLoan, 0}, 5'000'000},
                        {{kLoanSubsidy, kLoan, 0}, 250'000},
                        {{kLoanSubsidyReserved, kLoan, 0}, 1'000'000},
                        {{kHoursToLoan, kLoan, 48}, 1}}));
}

TEST_F(MeasuredEvents, OfAReferralCountTheOutcomeAndHowLongThePartnerTook) {
    auto referral = SentReferral(common::v1::AidInstrument(kRestructuring), kMay2022);
    referral.statistics().set_silent(true);
    referral.statistics().set_escalated(true);
    EXPECT_EQ(Counts(referral.Says<aid::v1::ReferralEscalated>()),
              (Measures{{{kReferrals, kRestructuring, 1}, 1},
                        {{kRestructurings, 2, 1}, 1},
                        {{kReferralsSilent, kRestructuring, 0}, 1},
                        {{kReferralsEscalated, kRestructuring, 0}, 1}}));
    referral.statistics().set_silent(false);
    referral.statistics().set_state(aid::v1::REFERRAL_STATE_GRANTED);
    Fill(*referral.statistics().mutable_answered_at(), kMay2022 + hours(72));
    EXPECT_EQ(Counts(referral.Says<aid::v1::ReferralGranted>()),
              (Measures{{{kReferrals, kRestructuring, 2}, 1},
                        {{kRestructurings, 2, 2}, 1},
                        {{kReferralsEscalated, kRestructuring, 0}, 1},
                        {{kHoursToReferralAnswer, kRestructuring, 72}, 1}}));
}

TEST_F(MeasuredEvents, OfANomineeCountTheStateAndHowFarTheyEverCame) {
    auto nominee = NominatedFor(aid::v1::NOMINATION_SCHEME_BPUM_2020, kMay2022);
    nominee.statistics().set_state(aid::v1::NOMINEE_STATE_RETURNED);
    nominee.statistics().add_reasons(aid::v1::REJECTION_REASON_KUR);
    nominee.statistics().add_reasons(aid::v1::REJECTION_REASON_TWICE);
    EXPECT_EQ(Counts(nominee.Says<aid::v1::NomineeReturned>()),
              (Measures{{{kNominees, 1, 3}, 1},
                        {{kNomineesReached, 1, 1}, 1},
                        {{kNomineeReasons, 1, 3}, 1},
                        {{kNomineeReasons, 1, 6}, 1}}));
    nominee.statistics().clear_reasons();
    nominee.statistics().set_state(aid::v1::NOMINEE_STATE_GIVEN_BACK);
    nominee.statistics().set_amount_rupiah(2'400'000);
    Fill(*nominee.statistics().mutable_determined_at(), kMay2022 + hours(240));
    Fill(*nominee.statistics().mutable_paid_at(), kJune2022);
    EXPECT_EQ(Counts(nominee.Says<aid::v1::NomineeGivenBack>()),
              (Measures{{{kNominees, 1, 8}, 1},
                        {{kNomineeRupiah, 1, 8}, 2'400'000},
                        {{kNomineesReached, 1, 1}, 1},
                        {{kNomineesReached, 1, 2}, 1},
                        {{kNomineesReached, 1, 3}, 1},
                        {{kHoursToDetermination, 1, 240}, 1}}));
}

TEST_F(MeasuredEvents, OfVisitsAndRefundsCountWhatWasFoundAndWhatCameBack) {
    auto visit = PlannedVisit();
    visit.statistics().set_is_overdue(true);
    EXPECT_EQ(Counts(visit.Says<aid::v1::VisitOverdue>()),
              (Measures{{{kVisits, 0, 1}, 1}, {{kVisitsOverdue, 0, 0}, 1}}));
    visit.statistics().set_is_overdue(false);
    visit.statistics().set_state(aid::v1::VISIT_STATE_VISITED);
    ExpectInvalid(visit.Says<aid::v1::VisitRecorded>(), "the outcome does not exist");
    visit.statistics().set_outcome(aid::v1::VISIT_OUTCOME_MISUSED);
    EXPECT_EQ(Counts(visit.Says<aid::v1::VisitRecorded>()),
              (Measures{{{kVisits, 0, 2}, 1}, {{kFindings, 0, 4}, 1}}));
    auto refund = OpenRefund(1'000);
    refund.statistics().set_repaid_rupiah(400);
    EXPECT_EQ(
        Counts(refund.Says<aid::v1::RepaymentRecorded>()),
        (Measures{
            {{kRefunds, 0, 1}, 1}, {{kRefundClaimed, 0, 1}, 1'000}, {{kRefundRepaid, 0, 1}, 400}}));
    refund.statistics().set_repaid_rupiah(0);
    refund.statistics().set_is_overdue(true);
    EXPECT_EQ(
        Counts(refund.Says<aid::v1::RefundOverdue>()),
        (Measures{
            {{kRefunds, 0, 1}, 1}, {{kRefundClaimed, 0, 1}, 1'000}, {{kRefundsOverdue, 0, 0}, 1}}));
}

TEST_F(MeasuredEvents, OfAGrievanceCountTheClassOnceItHasOne) {
    auto grievance = FiledGrievance(kMay2022);
    EXPECT_EQ(Counts(grievance.Says<aid::v1::GrievanceFiled>()),
              (Measures{{{kGrievances, 0, 1}, 1}, {{kGrievancesOpen, 2, 0}, 1}}));
    grievance.statistics().set_escalated(true);
    grievance.statistics().set_overdue(true);
    EXPECT_EQ(Counts(grievance.Says<aid::v1::GrievanceEscalated>()),
              (Measures{{{kGrievances, 0, 1}, 1},
                        {{kGrievancesOpen, 2, 0}, 1},
                        {{kGrievancesOverdue, 0, 0}, 1},
                        {{kGrievancesEscalated, 0, 0}, 1}}));
    grievance.statistics().set_overdue(false);
    grievance.statistics().set_class_(aid::v1::GRIEVANCE_CLASS_DESK);
    grievance.statistics().set_state(aid::v1::GRIEVANCE_STATE_RESOLVED);
    Fill(*grievance.statistics().mutable_first_answered_at(), kMay2022 + hours(30));
    Fill(*grievance.statistics().mutable_resolved_at(), kMay2022 + hours(300));
    EXPECT_EQ(Counts(grievance.Says<aid::v1::GrievanceResolved>()),
              (Measures{{{kGrievances, 2, 4}, 1},
                        {{kGrievancesEscalated, 2, 0}, 1},
                        {{kHoursToFirstAnswer, 2, 30}, 1},
                        {{kHoursToResolution, 2, 300}, 1}}));
}

TEST_F(MeasuredEvents, ThatMakeNoSenseAreInvalid) {
    auto stock = ClothInStock(-1);
    ExpectInvalid(stock.Says<aid::v1::StockReceived>(), "amount");
    auto loan = GrantedLoan(1, kMay2022, kMay2022);
    loan.statistics().clear_state();
    ExpectInvalid(loan.Says<aid::v1::LoanGranted>(), "the state does not exist");
    auto referral = SentReferral(common::v1::AidInstrument(kRestructuring), kMay2022);
    referral.statistics().clear_form();
    ExpectInvalid(referral.Says<aid::v1::ReferralSent>(), "the form does not exist");
    auto nominee = NominatedFor(aid::v1::NominationScheme(99), kMay2022);
    ExpectInvalid(nominee.Says<aid::v1::NomineeNominated>(), "the scheme does not exist");
    auto grievance = FiledGrievance(kMay2022);
    grievance.statistics().set_region_code("99");
    ExpectInvalid(grievance.Says<aid::v1::GrievanceFiled>(), "region");
    grievance.statistics().set_region_code("ID");
    ExpectInvalid(grievance.Says<aid::v1::GrievanceFiled>(), "region");
    auto answered = FiledGrievance(kMay2022);
    answered.statistics().clear_filed_at();
    Fill(*answered.statistics().mutable_first_answered_at(), kMay2022);
    ExpectInvalid(answered.Says<aid::v1::GrievanceAccepted>(), "waited");
    auto visit = PlannedVisit();
    ExpectInvalid(visit.Says<aid::v1::VisitPlanned>(Time()), "occurred_at");
    ExpectInvalid(visit.Record("bangkit.aid.v1.VisitForgotten", ""), "type");
    ExpectInvalid(visit.Record("bangkit.aid.v1.VisitPlanned", "\xff"), "cannot be read");
}

}  // namespace
}  // namespace bangkit::dashboard
