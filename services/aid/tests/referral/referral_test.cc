// Applications in the hands of partners: when they are handed over, when an answer is due, and what
// follows from it.
#include "services/aid/domain/referral/referral.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using enum ReferralState;
using std::chrono::year;
using ::testing::ElementsAre;

constexpr Date kSentOn = year(2022) / 4 / 28;
const Time kMay = std::chrono::sys_days(year(2022) / 5 / 20);

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

const indonesia::WorkingDays& Calendar() {
    static const indonesia::WorkingDays calendar;
    return calendar;
}

Program ProgramOf(Instrument instrument) {
    Program program;
    program.id = "p";
    program.version = 1;
    program.terms = CashGrant();
    program.terms.instrument = instrument;
    return program;
}

class ReferralTest : public ::testing::Test {
protected:
    void SetUp() override {
        application_.id = "a";
        application_.version = 3;
        application_.program_id = "p";
        application_.applicant = {
            .business_id = "b", .owner_id = "o", .household = "h", .region_code = "18.71.05.1002"};
        application_.lent = 25'000'000;
        Ask(Instrument::kInterestFreeLoan);
    }
    /// For this, in the state in which it is handed over.
    void Ask(Instrument instrument) {
        program_ = ProgramOf(instrument);
        application_.state =
            IsLoan(instrument) ? ApplicationState::kDocumentsChecked : ApplicationState::kApproved;
    }
    Result<AgreementEvent> Try(const MakeAgreement& command) const {
        return Decide(command, "g", program_, "dinas", kMay);
    }
    static MakeAgreement Making(int rate = 600) {
        return {.program_id = "p",
                .partner_id = "bank",
                .partner_kind = PartnerKind::kBank,
                .partner_name = "Bank Contoh",
                .document = "MOU-1/2022",
                .answer_days = 5,
                .yearly_rate = rate,
                .months_max = 12};
    }
    Agreement Agreed() const {
        return Apply({}, Try(Making(IsLoan(program_.terms.instrument) ? 600 : 0)).value());
    }
    Result<ReferralEvent> TryReferring(const ReferApplication& command) const {
        const std::string actor = "petugas";
        return Decide(command, "r",
                      {.application = application_,
                       .program = program_,
                       .agreement = agreement_ ? *agreement_ : Agreed(),
                       .is_with_a_partner = is_with_a_partner_,
                       .calendar = Calendar(),
                       .actor = actor,
                       .now = kMay});
    }
    static ReferApplication Referring() {
        return {.application_id = "a",
                .agreement_id = "g",
                .forms = {},
                .months = 10,
                .owed = 7'000'000,
                .sent_on = kSentOn};
    }
    static ReferApplication Restructuring() {
        ReferApplication command = Referring();
        command.forms = {RestructuringForm::kTenorExtension, RestructuringForm::kRateCut};
        return command;
    }
    Referral Sent() const {
        const bool is_restructuring =
            program_.terms.instrument == Instrument::kRestructuringReferral;
        return Apply({}, TryReferring(is_restructuring ? Restructuring() : Referring()).value());
    }
    static AnswerReferral Granting() {
        return {.is_granted = true,
                .forms = {},
                .months = 0,
                .reasons = {},
                .answered_on = year(2022) / 5 / 12};
    }
    static AnswerReferral Refusing() {
        return {.is_granted = false,
                .forms = {},
                .months = 0,
                .reasons = {RefusalReason::kOtherLoans},
                .answered_on = year(2022) / 5 / 12};
    }
    Result<std::optional<ReferralEvent>> Try(const Referral& referral,
                                             const AnswerReferral& command) const {
        return Decide(referral, command, application_, kMay);
    }
    Referral Answered(const Referral& referral, const AnswerReferral& command) const {
        return Apply(referral, Try(referral, command).value().value());
    }

    Application application_;
    Program program_;
    std::optional<Agreement> agreement_;  // Unset: one that was made for the programme.
    bool is_with_a_partner_ = false;
};

TEST_F(ReferralTest, PartnersAgreeToWhatTheyDo) {
    EXPECT_EQ(Agreed().version, 1);
    EXPECT_EQ(Agreed().region_code, "18");
    for (const Instrument instrument :
         {Instrument::kCashGrant, Instrument::kInKind, Instrument::kExternalNomination}) {
        Ask(instrument);
        EXPECT_EQ(ReasonOf(Try(Making(0))), "INSTRUMENT_WRONG");
    }
    Ask(Instrument::kRestructuringReferral);
    EXPECT_EQ(ReasonOf(Try(Making(600))), "INSTRUMENT_WRONG") << "nothing is lent";
    EXPECT_EQ(ReasonOf(Try(Making(0))), "");
    Ask(Instrument::kAwardLoan);
    MakeAgreement award = Making();
    EXPECT_EQ(ReasonOf(Try(award)), "");
    award.months_max = 13;
    EXPECT_EQ(ReasonOf(Try(award)), "MONTHS_TOO_MANY") << "a year, and no longer";
    const Agreement ended = Apply(Agreed(), Decide(Agreed(), EndAgreement{}, kMay).value());
    EXPECT_TRUE(ended.is_ended);
    EXPECT_EQ(ReasonOf(Decide(ended, EndAgreement{}, kMay)), "AGREEMENT_ENDED");
    EXPECT_EQ(ReasonOf(Decide(Agreement{}, EndAgreement{}, kMay)), "AGREEMENT_NOT_FOUND");
}

TEST_F(ReferralTest, AreHandedOverWhenItIsTime) {
    const Referral referral = Sent();
    EXPECT_EQ(referral.state, kSent);
    EXPECT_EQ(referral.amount, 25'000'000) << "of a loan what is asked for";
    EXPECT_EQ(referral.partner_id, "bank");
    EXPECT_EQ(referral.applicant.household, "") << "it is nothing to a bank";
    for (const auto state : {ApplicationState::kSubmitted, ApplicationState::kSurveyed,
                             ApplicationState::kApproved, ApplicationState::kWithdrawn}) {
        application_.state = state;
        EXPECT_EQ(ReasonOf(TryReferring(Referring())), "APPLICATION_STATE_WRONG");
    }
    Ask(Instrument::kPaymentHolidayReferral);
    EXPECT_EQ(Sent().amount, 7'000'000) << "of the others what is owed";
    application_.state = ApplicationState::kSurveyed;
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "APPLICATION_STATE_WRONG");
}

TEST_F(ReferralTest, AreHandedOverUnderAnAgreementToOnePartnerAtATime) {
    is_with_a_partner_ = true;
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "ALREADY_REFERRED");
    is_with_a_partner_ = false;
    ReferApplication command = Referring();
    command.months = 13;
    EXPECT_EQ(ReasonOf(TryReferring(command)), "MONTHS_TOO_MANY");
    agreement_ = Agreed();
    agreement_->is_ended = true;
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "AGREEMENT_ENDED");
    agreement_->is_ended = false;
    agreement_->program_id = "another";
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "AGREEMENT_NOT_FOUND");
    application_ = {};
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "APPLICATION_NOT_FOUND");
}

TEST_F(ReferralTest, SayWhatIsAskedFor) {
    EXPECT_EQ(ReasonOf(TryReferring(Restructuring())), "REFERRAL_INCOMPLETE") << "it is a loan";
    ReferApplication nothing = Referring();
    nothing.months = 0;
    EXPECT_EQ(ReasonOf(TryReferring(nothing)), "REFERRAL_INCOMPLETE");
    Ask(Instrument::kPaymentHolidayReferral);
    EXPECT_EQ(ReasonOf(TryReferring(nothing)), "REFERRAL_INCOMPLETE");
    Ask(Instrument::kRestructuringReferral);
    EXPECT_EQ(ReasonOf(TryReferring(Referring())), "REFERRAL_INCOMPLETE");
    EXPECT_EQ(ReasonOf(TryReferring(Restructuring())), "");
}

// Five working days from the Thursday before Lebaran 2022: the holidays and the days of collective
// leave do not count.
TEST_F(ReferralTest, AreDueByTheCalendarOfTheGovernment) {
    const Referral referral = Sent();
    EXPECT_EQ(referral.answer_due, Date(year(2022) / 5 / 13));
    EXPECT_EQ(referral.DueAt(),
              Time(std::chrono::sys_days(year(2022) / 5 / 13) + std::chrono::hours(17)))
        << "when that day is over in Jakarta";
}

TEST_F(ReferralTest, AreEscalatedOnceWhenTheirDayIsOver) {
    const Referral referral = Sent();
    const Time due_at = referral.DueAt().value();
    const auto at = [&](const Referral& of, Time now) {
        return Decide(of, EscalateReferral{.now = now}, application_);
    };
    EXPECT_EQ(ReasonOf(at(referral, due_at - std::chrono::microseconds(1))), "ANSWER_NOT_DUE");
    const Referral silent = Apply(referral, at(referral, due_at).value());
    EXPECT_EQ(silent.state, kSent);
    EXPECT_TRUE(silent.is_silent);
    EXPECT_EQ(silent.escalated_to, "18") << "from the city to its province";
    EXPECT_EQ(silent.DueAt(), std::nullopt);
    EXPECT_EQ(ReasonOf(at(silent, due_at + std::chrono::days(90))), "ANSWER_NOT_DUE");
    const Referral answered = Answered(silent, Granting());
    EXPECT_EQ(answered.state, kGranted) << "late, but an answer";
    EXPECT_FALSE(answered.is_silent);
    EXPECT_EQ(answered.escalated_at, due_at) << "that it was stays known";
    EXPECT_EQ(ReasonOf(at(answered, due_at)), "REFERRAL_ANSWERED");
    application_.state = ApplicationState::kWithdrawn;
    EXPECT_EQ(Apply(referral, at(referral, due_at).value()).state, kEnded) << "nobody waits for it";
}

TEST_F(ReferralTest, AreAnsweredOnceHoweverOftenItIsSaid) {
    const Referral referral = Sent();
    const Referral granted = Answered(referral, Granting());
    EXPECT_EQ(granted.granted_months, 10) << "as asked for";
    EXPECT_EQ(granted.answered_on, Date(year(2022) / 5 / 12));
    EXPECT_FALSE(Try(granted, Granting()).value());
    EXPECT_EQ(ReasonOf(Try(granted, Refusing())), "REFERRAL_ANSWERED");
    AnswerReferral shorter = Granting();
    shorter.months = 6;
    EXPECT_EQ(ReasonOf(Try(granted, shorter)), "REFERRAL_ANSWERED");
    EXPECT_EQ(Answered(referral, shorter).granted_months, 6);
    const Referral refused = Answered(referral, Refusing());
    EXPECT_EQ(refused.state, kRefused);
    EXPECT_FALSE(Try(refused, Refusing()).value());
    EXPECT_EQ(ReasonOf(Try(refused, Granting())), "REFERRAL_ANSWERED");
    EXPECT_EQ(ReasonOf(Try(Referral{}, Granting())), "REFERRAL_NOT_FOUND");
}

TEST_F(ReferralTest, AreAnsweredByWhatIsPossible) {
    AnswerReferral early = Granting();
    early.answered_on = year(2022) / 4 / 27;
    EXPECT_EQ(ReasonOf(Try(Sent(), early)), "ANSWERED_BEFORE_SENT");
    AnswerReferral late = Granting();
    late.answered_on = year(2022) / 5 / 21;
    EXPECT_EQ(ReasonOf(Try(Sent(), late)), "DATE_IN_FUTURE");
    Ask(Instrument::kRestructuringReferral);
    EXPECT_EQ(ReasonOf(Try(Sent(), Granting())), "REFERRAL_INCOMPLETE") << "in which form?";
    AnswerReferral another = Granting();
    another.forms = {RestructuringForm::kEquityConversion};
    EXPECT_THAT(Answered(Sent(), another).granted_forms,
                ElementsAre(RestructuringForm::kEquityConversion));
}

TEST_F(ReferralTest, EndWithTheirApplications) {
    const Referral referral = Sent();
    application_.state = ApplicationState::kWithdrawn;
    const Referral ended = Answered(referral, Granting());
    EXPECT_EQ(ended.state, kEnded);
    EXPECT_EQ(ReasonOf(Try(ended, Granting())), "REFERRAL_ENDED");
    EXPECT_EQ(ReasonOf(Decide(ended, EndReferral{}, kMay)), "REFERRAL_ENDED");
    EXPECT_EQ(Apply(referral, Decide(referral, EndReferral{}, kMay).value()).state, kEnded);
}

TEST_F(ReferralTest, SayWhatBecomesOfTheApplication) {
    const auto step = [&](const AnswerReferral& answer) {
        return StepOf(Sent(), application_, Try(Sent(), answer).value().value());
    };
    EXPECT_EQ(step(Granting()), ApplicationStep::kNone) << "it is surveyed and approved first";
    EXPECT_EQ(step(Refusing()), ApplicationStep::kReject);
    Ask(Instrument::kPaymentHolidayReferral);
    EXPECT_EQ(step(Granting()), ApplicationStep::kGive);
    EXPECT_EQ(step(Refusing()), ApplicationStep::kCancel);
    EXPECT_THAT(ToRejection({RefusalReason::kOtherLoans, RefusalReason::kCreditRecord}),
                ElementsAre(RejectionReason::kBankCredit));
    EXPECT_THAT(ToRejection({RefusalReason::kNotEligible, RefusalReason::kFundsExhausted,
                             RefusalReason::kNoCapacity}),
                ElementsAre(RejectionReason::kNotEligible, RejectionReason::kQuotaExhausted,
                            RejectionReason::kOther));
}

}  // namespace
}  // namespace bangkit::aid
