// Loans from the contract to the last rupiah, and the bank's interest to the rupiah.
#include "services/aid/domain/loan/loan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "libs/indonesia/format.h"
#include "services/aid/domain/loan/interest.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using std::chrono::year;
using ::testing::ElementsAre;

constexpr Date kDisbursedOn = year(2026) / 1 / 31;
const Time kLater = std::chrono::sys_days(year(2027) / 6 / 1);

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

// 10,000,000 at 7.25 % in 3 months: 60,416 2/3 and 40,278 and a half ... are never rounded away.
TEST(InterestTest, LosesNothingByRounding) {
    const Interest first = InterestOf(10'000'000, 725, 0);
    EXPECT_EQ(first, (Interest{.rupiah = 60'416, .carry = 80'000}));
    const Interest second = InterestOf(6'666'667, 725, first.carry);
    EXPECT_EQ(second, (Interest{.rupiah = 40'278, .carry = 53'575}));
    const Interest third = InterestOf(3'333'334, 725, second.carry);
    EXPECT_EQ(third, (Interest{.rupiah = 20'139, .carry = 40'725}));
    EXPECT_EQ(PlannedInterest(10'000'000, 3, 725), 60'416 + 40'278 + 20'139);
    EXPECT_EQ(PlannedInterest(25'000'000, 10, 600), 687'500);
    EXPECT_EQ(PlannedInterest(25'000'000, 10, 0), 0);
    EXPECT_GT(PlannedInterest(1'000'000'000'000'000, 1, kYearlyRateMax), 0) << "the most there is";
}

TEST(InterestTest, IsOfWhatIsOwedByThePlan) {
    EXPECT_EQ(PlannedDebt(10'000'000, 3, 1), 10'000'000);
    EXPECT_EQ(PlannedDebt(10'000'000, 3, 2), 6'666'667);
    EXPECT_EQ(PlannedDebt(10'000'000, 3, 3), 3'333'334) << "the last part is what is left";
}

TEST(InterestTest, MonthsEndOnTheSameDayOrTheLastOne) {
    const auto later = [](int months) {
        return indonesia::FormatDate(MonthsLater(kDisbursedOn, months));
    };
    EXPECT_EQ(later(0), "2026-01-31");
    EXPECT_EQ(later(1), "2026-02-28");
    EXPECT_EQ(later(2), "2026-03-31") << "counted from the first day, not from the short month";
    EXPECT_EQ(later(3), "2026-04-30");
    EXPECT_EQ(later(25), "2028-02-29");
}

class LoanTest : public ::testing::Test {
protected:
    void SetUp() override {
        referral_.id = "r";
        referral_.version = 2;
        referral_.application_id = "a";
        referral_.agreement_id = "g";
        referral_.partner_id = "bank";
        referral_.instrument = Instrument::kInterestFreeLoan;
        referral_.state = ReferralState::kGranted;
        referral_.amount = 10'000'000;
        referral_.sent_on = year(2026) / 1 / 10;
        referral_.answered_on = year(2026) / 1 / 20;
        application_.id = "a";
        application_.version = 7;
        application_.state = ApplicationState::kApproved;
        application_.lent = 10'000'000;
        application_.budget_id = "budget";
        agreement_.yearly_rate = 725;
        agreement_.months_max = 12;
    }
    Result<LoanEvent> Try(const GrantLoan& command) const {
        return Decide(command, "l",
                      {.referral = referral_,
                       .application = application_,
                       .agreement = agreement_,
                       .now = kLater});
    }
    static GrantLoan Granting() {
        return {.referral_id = "r",
                .contract_number = "PK-1/2026",
                .principal = 10'000'000,
                .months = 3,
                .disbursed_on = kDisbursedOn};
    }
    Loan Granted() const { return Apply({}, Try(Granting()).value()); }
    static Result<std::optional<LoanEvent>> Pay(const Loan& loan, const RecordInstalment& paid,
                                                const std::optional<RecordInstalment>& known = {}) {
        return Decide(loan, paid, known, kLater);
    }
    static RecordInstalment Paying(std::int64_t rupiah, Date day = kDisbursedOn) {
        return {.reference = "BKT-1", .paid_on = day, .amount = rupiah};
    }
    static Loan Paid(const Loan& loan, std::int64_t rupiah) {
        return Apply(loan, Pay(loan, Paying(rupiah)).value().value());
    }
    using Payments = std::vector<RecordInstalment>;
    static Result<LoanEvent> TryAccruing(const Loan& loan, const Payments& paid,
                                         Time now = kLater) {
        return Decide(loan, AccrueSubsidy{.now = now}, paid);
    }
    /// The next month, by the payments that are known by now.
    static SubsidyAccrued Accrued(Loan& loan, const Payments& paid) {
        const LoanEvent event = TryAccruing(loan, paid).value();
        loan = Apply(loan, event);
        return std::get<SubsidyAccrued>(event);
    }

    Referral referral_;
    Application application_;
    Agreement agreement_;
};

TEST_F(LoanTest, IsGrantedAfterTheCheckAndTheApproval) {
    const Loan loan = Granted();
    EXPECT_EQ(loan.state, LoanState::kRunning);
    EXPECT_EQ(loan.Owed(), 10'000'000);
    EXPECT_EQ(loan.subsidy_reserved, 120'833) << "the interest of all months";
    EXPECT_EQ(loan.budget_id, "budget");
    for (const auto state :
         {ReferralState::kSent, ReferralState::kRefused, ReferralState::kEnded}) {
        referral_.state = state;
        EXPECT_EQ(ReasonOf(Try(Granting())), "CHECK_NOT_PASSED");
    }
    referral_.state = ReferralState::kGranted;
    referral_.instrument = Instrument::kRestructuringReferral;
    EXPECT_EQ(ReasonOf(Try(Granting())), "CHECK_NOT_PASSED") << "that was no check";
    referral_.instrument = Instrument::kAwardLoan;
    EXPECT_EQ(ReasonOf(Try(Granting())), "");
    application_.state = ApplicationState::kSurveyed;
    EXPECT_EQ(ReasonOf(Try(Granting())), "APPLICATION_STATE_WRONG");
    referral_ = {};
    EXPECT_EQ(ReasonOf(Try(Granting())), "REFERRAL_NOT_FOUND");
}

TEST_F(LoanTest, IsApprovedByWhoMayApproveAsMuch) {
    Program program;
    program.terms = CashGrant();
    program.terms.rules.rules.clear();
    program.terms.approval_bands = {{5'000'000, {ApproverRole::kAgency}},
                                    {50'000'000, {ApproverRole::kProvince}}};
    application_.state = ApplicationState::kSurveyed;
    application_.is_recommended = true;
    const std::string actor = "penyetuju";
    const Facts facts;
    const auto approved = [&](ApproverRole role) {
        return Decide(application_, ApproveApplication{.roles = {role}, .budget_id = "budget"},
                      {.program = program, .facts = facts, .actor = actor, .now = kLater});
    };
    EXPECT_EQ(ReasonOf(approved(ApproverRole::kAgency)), "BAND_EXCEEDED");
    const Result<ApplicationEvent> event = approved(ApproverRole::kProvince);
    ASSERT_TRUE(event);
    EXPECT_EQ(PostingOf(application_, *event)->amount, 0) << "what is lent is the bank's";
}

TEST_F(LoanTest, IsNoMoreThanWasAskedForAndAgreed) {
    GrantLoan command = Granting();
    command.principal = 10'000'001;
    EXPECT_EQ(ReasonOf(Try(command)), "AMOUNT_TOO_HIGH");
    command = Granting();
    command.months = 13;
    EXPECT_EQ(ReasonOf(Try(command)), "MONTHS_TOO_MANY");
    command = Granting();
    command.disbursed_on = year(2026) / 1 / 19;
    EXPECT_EQ(ReasonOf(Try(command)), "DISBURSED_TOO_EARLY");
}

TEST_F(LoanTest, IsPaidBackToTheLastRupiahAndNoFurther) {
    Loan loan = Paid(Granted(), 9'999'999);
    EXPECT_EQ(loan.state, LoanState::kRunning);
    EXPECT_EQ(ReasonOf(Pay(loan, Paying(2))), "INSTALMENT_TOO_HIGH");
    loan = Paid(loan, 1);
    EXPECT_EQ(loan.state, LoanState::kRepaid);
    EXPECT_EQ(loan.repaid_at, kLater);
    EXPECT_EQ(ReasonOf(Pay(loan, Paying(1))), "INSTALMENT_TOO_HIGH");
    EXPECT_EQ(ReasonOf(Pay(Granted(), Paying(1, year(2026) / 1 / 30))), "INSTALMENT_TOO_EARLY");
    EXPECT_EQ(ReasonOf(Pay(Granted(), Paying(1, year(2028) / 1 / 1))), "DATE_IN_FUTURE");
    EXPECT_EQ(ReasonOf(Pay(Loan{}, Paying(1))), "LOAN_NOT_FOUND");
}

TEST_F(LoanTest, KnowsAPaymentByItsReference) {
    const Loan loan = Paid(Granted(), 1'000'000);
    EXPECT_FALSE(Pay(loan, Paying(1'000'000), Paying(1'000'000)).value());
    EXPECT_EQ(ReasonOf(Pay(loan, Paying(1'000'001), Paying(1'000'000))), "INSTALMENT_DIFFERS");
}

TEST_F(LoanTest, HasItsInterestPaidMonthByMonth) {
    Loan loan = Granted();
    std::vector<std::int64_t> months;
    Payments paid;
    for (const Date day : {loan.EndOf(1), loan.EndOf(2), loan.EndOf(3)}) {
        paid.push_back(Paying(3'333'333, day));
        months.push_back(Accrued(loan, paid).amount);
    }
    EXPECT_THAT(months, ElementsAre(60'416, 40'278, 20'139));
    EXPECT_TRUE(loan.is_settled);
    EXPECT_EQ(loan.subsidy, 120'833);
    EXPECT_EQ(loan.subsidy_reserved, 0);
    EXPECT_EQ(loan.DueAt(), std::nullopt);
    EXPECT_EQ(ReasonOf(TryAccruing(loan, paid)), "SUBSIDY_SETTLED");
}

TEST_F(LoanTest, HasNoInterestPaidForWhatIsPaidLate) {
    Loan loan = Granted();
    Accrued(loan, {});
    EXPECT_EQ(Accrued(loan, {}).amount, 40'278) << "as planned, although nothing was paid back";
    const SubsidyAccrued last = Accrued(loan, {});
    EXPECT_EQ(last.amount, 20'139);
    EXPECT_TRUE(last.is_last) << "who pays later pays for it";
    EXPECT_EQ(last.released, 0);
}

TEST_F(LoanTest, GivesBackWhatNoMonthTook) {
    Loan loan = Granted();
    Payments paid = {Paying(5'000'000, loan.EndOf(1))};
    Accrued(loan, paid);
    paid.push_back(Paying(5'000'000, loan.EndOf(2)));
    const SubsidyAccrued last = Accrued(loan, paid);
    EXPECT_EQ(last.base, 5'000'000) << "of what was owed, if that is less than planned";
    EXPECT_EQ(last.amount, 30'209) << "5,000,000 * 7.25 % / 12, and what was left of the first";
    EXPECT_TRUE(last.is_last) << "all was paid back by its end";
    EXPECT_EQ(last.released, 120'833 - 60'416 - 30'209);
    EXPECT_EQ(loan.subsidy_reserved, 0);
    EXPECT_TRUE(loan.is_settled);
}

// The bank tells in the third month that most was paid back on the day of the first instalment.
TEST_F(LoanTest, HasTakenOffWhatWasPaidTooMuch) {
    agreement_.yearly_rate = 1'200;
    GrantLoan command = Granting();
    command.months = 5;
    Loan loan = Apply({}, Try(command).value());
    EXPECT_EQ(Accrued(loan, {}).amount, 100'000);
    EXPECT_EQ(Accrued(loan, {}).amount, 80'000);
    const Payments paid = {Paying(6'000'000, loan.EndOf(1))};
    const SubsidyAccrued third = Accrued(loan, paid);
    EXPECT_EQ(third.base, 4'000'000);
    EXPECT_EQ(third.amount, 0) << "40,000 too much for the second month, and 40,000 for this one";
    EXPECT_EQ(Accrued(loan, paid).amount, 40'000);
    const SubsidyAccrued last = Accrued(loan, paid);
    EXPECT_EQ(last.amount, 20'000) << "by the plan";
    EXPECT_EQ(last.released, 60'000);
    EXPECT_EQ(loan.subsidy, 100'000 + 3 * 40'000 + 20'000) << "as if it had been told in time";
}

TEST_F(LoanTest, HasNothingPaidWhereTooMuchWasPaidBefore) {
    Loan loan = Granted();
    Accrued(loan, {});
    Accrued(loan, {});
    const SubsidyAccrued last = Accrued(loan, {Paying(10'000'000, kDisbursedOn)});
    EXPECT_EQ(last.amount, 0) << "and nothing comes back";
    EXPECT_EQ(last.released, 20'139);
    EXPECT_EQ(loan.subsidy_reserved, 0);
}

TEST_F(LoanTest, HasNoInterestPaidOnceItIsInDefault) {
    Loan loan = Granted();
    Accrued(loan, {});
    const auto declared = [](const Loan& of, Date day) {
        return Decide(of, DeclareDefault{.on = day}, kLater);
    };
    EXPECT_EQ(ReasonOf(declared(loan, year(2026) / 1 / 30)), "DEFAULTED_TOO_EARLY");
    EXPECT_EQ(ReasonOf(declared(loan, year(2028) / 1 / 1)), "DATE_IN_FUTURE");
    EXPECT_EQ(ReasonOf(declared(Loan{}, kDisbursedOn)), "LOAN_NOT_FOUND");
    loan = Apply(loan, declared(loan, year(2026) / 3 / 1).value());
    EXPECT_EQ(loan.state, LoanState::kDefaulted);
    EXPECT_EQ(ReasonOf(declared(loan, year(2026) / 3 / 1)), "LOAN_NOT_RUNNING");
    const SubsidyAccrued last = Accrued(loan, {});
    EXPECT_EQ(last.amount, 40'278) << "it began on the last day of February";
    EXPECT_TRUE(last.is_last);
    EXPECT_EQ(last.released, 20'139);
    loan = Paid(loan, 9'999'999);
    EXPECT_EQ(loan.state, LoanState::kDefaulted);
    loan = Paid(loan, 1);
    EXPECT_EQ(loan.state, LoanState::kRepaid) << "after all";
    EXPECT_EQ(ReasonOf(declared(loan, year(2026) / 3 / 1)), "LOAN_NOT_RUNNING");
}

TEST_F(LoanTest, WaitsForTheEndOfEachMonth) {
    Loan loan = Granted();
    const Time due_at = std::chrono::sys_days(year(2026) / 2 / 28) + std::chrono::hours(17);
    EXPECT_EQ(loan.DueAt(), due_at) << "when that day is over in Jakarta";
    const auto at = [&](Time now) { return ReasonOf(TryAccruing(loan, {}, now)); };
    EXPECT_EQ(at(due_at - std::chrono::microseconds(1)), "MONTH_RUNS");
    EXPECT_EQ(at(due_at), "");
    Accrued(loan, {});
    EXPECT_EQ(loan.DueAt(), std::chrono::sys_days(year(2026) / 3 / 31) + std::chrono::hours(17));
}

TEST_F(LoanTest, WithoutInterestHasNothingToWaitFor) {
    agreement_.yearly_rate = 0;
    const Loan loan = Granted();
    EXPECT_EQ(loan.subsidy_reserved, 0);
    EXPECT_EQ(loan.DueAt(), std::nullopt);
}

// What the events do to the budget: never more is paid or released than was reserved.
TEST_F(LoanTest, MovesTheInterestAndNotThePrincipal) {
    const auto orders = [](const LoanEvent& event) {
        std::vector<std::tuple<PostingKind, std::int64_t, int>> made;
        for (const PostingOrder& order : PostingsOf(event)) {
            made.emplace_back(order.kind, order.amount, order.month);
        }
        return made;
    };
    using enum PostingKind;
    Loan loan = Granted();
    EXPECT_THAT(orders(Try(Granting()).value()),
                ElementsAre(std::tuple(kSubsidyReservation, 120'833, 0)));
    EXPECT_THAT(orders(Pay(loan, Paying(1)).value().value()), ElementsAre());
    EXPECT_THAT(orders(Accrued(loan, {})), ElementsAre(std::tuple(kSubsidy, 60'416, 1)));
    EXPECT_THAT(
        orders(Accrued(loan, {Paying(10'000'000, loan.EndOf(2))})),
        ElementsAre(std::tuple(kSubsidy, 40'278, 2), std::tuple(kSubsidyRelease, 20'139, 0)));
}

}  // namespace
}  // namespace bangkit::aid
