// Payments and what banks say of them: whatever has gone out is posted, once, in whichever order it
// is heard of.
#include "services/aid/domain/payment/payment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum PaymentStep;

constexpr Time kLater = kNow + std::chrono::hours(1);

Payment Sent(PaymentState state = PaymentState::kWaiting) {
    Payment payment;
    payment.reference = "r";
    payment.amount = 1'134'429;
    payment.state = state;
    return payment;
}

BankAnswer Says(BankAnswerKind kind, std::string reason = "") {
    return {.kind = kind, .reference = "r", .reason = std::move(reason)};
}

Settlement Settled(const Payment& payment, ApplicationState application, const BankAnswer& answer) {
    return Settle(payment, application, answer, kLater).value();
}

TEST(Payment, IsPaidWhenTheBankSaysSo) {
    for (const PaymentState state : {PaymentState::kWaiting, PaymentState::kAccepted}) {
        const Settlement settled =
            Settled(Sent(state), ApplicationState::kScheduled, Says(BankAnswerKind::kPaid));
        EXPECT_EQ(settled.payment.state, PaymentState::kPaid);
        EXPECT_EQ(settled.payment.answered_at, kLater);
        EXPECT_THAT(settled.steps, ElementsAre(kConfirm));
    }
}

TEST(Payment, ThatIsAcceptedIsNotPaid) {
    const Settlement settled =
        Settled(Sent(), ApplicationState::kScheduled, Says(BankAnswerKind::kAccepted));
    EXPECT_EQ(settled.payment.state, PaymentState::kAccepted);
    EXPECT_THAT(settled.steps, IsEmpty());
}

TEST(Payment, ThatFailsCanBeTriedAgain) {
    const Settlement settled =
        Settled(Sent(), ApplicationState::kScheduled, Says(BankAnswerKind::kRejected, "AC04"));
    EXPECT_EQ(settled.payment.state, PaymentState::kFailed);
    EXPECT_EQ(settled.payment.reason, "AC04");
    EXPECT_THAT(settled.steps, ElementsAre(kFail));
}

TEST(Payment, IsNotTakenForFailedWhenTheBankRefusesASecondInstruction) {
    for (const char* code : {"AM05", "DUPL", "DU01"}) {
        const Settlement settled =
            Settled(Sent(), ApplicationState::kScheduled, Says(BankAnswerKind::kRejected, code));
        EXPECT_EQ(settled.payment.state, PaymentState::kAccepted) << code;
        EXPECT_THAT(settled.steps, IsEmpty()) << code;
    }
}

TEST(Payment, IsChangedByNothingThatIsSaidAgain) {
    struct Said {
        PaymentState state;
        ApplicationState application;
        BankAnswerKind kind;
    };
    for (const Said& said :
         {Said{PaymentState::kAccepted, ApplicationState::kScheduled, BankAnswerKind::kAccepted},
          Said{PaymentState::kPaid, ApplicationState::kDisbursed, BankAnswerKind::kPaid},
          Said{PaymentState::kPaid, ApplicationState::kDisbursed, BankAnswerKind::kAccepted},
          Said{PaymentState::kFailed, ApplicationState::kApproved, BankAnswerKind::kRejected},
          Said{PaymentState::kFailed, ApplicationState::kScheduled, BankAnswerKind::kRejected},
          Said{PaymentState::kReturned, ApplicationState::kRefunded, BankAnswerKind::kPaid},
          Said{PaymentState::kReturned, ApplicationState::kRefunded, BankAnswerKind::kReturned}}) {
        const Settlement settled =
            Settled(Sent(said.state), said.application, Says(said.kind, "AC04"));
        EXPECT_EQ(settled.payment, Sent(said.state));
        EXPECT_THAT(settled.steps, IsEmpty());
    }
}

TEST(Payment, ThatComesBackGoesBackToTheTreasury) {
    for (const auto state : {ApplicationState::kDisbursed, ApplicationState::kSupervised}) {
        const Settlement settled =
            Settled(Sent(PaymentState::kPaid), state, Says(BankAnswerKind::kReturned, "AC04"));
        EXPECT_EQ(settled.payment.state, PaymentState::kReturned);
        EXPECT_THAT(settled.steps, ElementsAre(kRefund));
    }
}

TEST(Payment, ThatComesBackBeforeItIsSaidToBePaidHasGoneOutAllTheSame) {
    const Settlement settled =
        Settled(Sent(), ApplicationState::kScheduled, Says(BankAnswerKind::kReturned));
    EXPECT_EQ(settled.payment.state, PaymentState::kReturned);
    EXPECT_THAT(settled.steps, ElementsAre(kConfirm, kRefund));
}

TEST(Payment, ThatWasRejectedAndIsPaidAfterAllIsPaid) {
    EXPECT_THAT(Settled(Sent(PaymentState::kFailed), ApplicationState::kApproved,
                        Says(BankAnswerKind::kPaid))
                    .steps,
                ElementsAre(kSchedule, kConfirm));
    EXPECT_THAT(Settled(Sent(PaymentState::kFailed), ApplicationState::kScheduled,
                        Says(BankAnswerKind::kPaid))
                    .steps,
                ElementsAre(kConfirm))
        << "another attempt waits, which the bank refuses as a second one";
}

TEST(Payment, OfAnApplicationThatIsPaidIsRefusedWithoutAnyFurtherStep) {
    const Settlement settled =
        Settled(Sent(), ApplicationState::kDisbursed, Says(BankAnswerKind::kRejected, "AC04"));
    EXPECT_EQ(settled.payment.state, PaymentState::kFailed);
    EXPECT_THAT(settled.steps, IsEmpty());
}

TEST(Payment, IsDisputedWhenTheBankSaysWhatCannotBe) {
    struct Said {
        PaymentState state;
        ApplicationState application;
        BankAnswerKind kind;
    };
    for (const Said& said :
         {Said{PaymentState::kPaid, ApplicationState::kDisbursed, BankAnswerKind::kRejected},
          Said{PaymentState::kReturned, ApplicationState::kRefunded, BankAnswerKind::kRejected},
          Said{PaymentState::kFailed, ApplicationState::kApproved, BankAnswerKind::kReturned},
          Said{PaymentState::kFailed, ApplicationState::kCancelled, BankAnswerKind::kPaid},
          Said{PaymentState::kFailed, ApplicationState::kDisbursed, BankAnswerKind::kPaid},
          Said{PaymentState::kWaiting, ApplicationState::kDisbursed, BankAnswerKind::kPaid},
          Said{PaymentState::kPaid, ApplicationState::kClosed, BankAnswerKind::kReturned}}) {
        const Settlement settled = Settled(Sent(said.state), said.application, Says(said.kind));
        EXPECT_TRUE(settled.payment.is_disputed);
        EXPECT_EQ(settled.payment.state, said.state);
        EXPECT_THAT(settled.steps, IsEmpty()) << "no money is moved by it";
    }
}

TEST(Payment, OfAnotherAmountIsNoneOfOurs) {
    BankAnswer answer = Says(BankAnswerKind::kPaid);
    answer.amount = 1'134'428;
    EXPECT_EQ(Settle(Sent(), ApplicationState::kScheduled, answer, kLater).error().reason,
              "AMOUNT_DIFFERS");
    answer.amount = 1'134'429;
    EXPECT_TRUE(Settle(Sent(), ApplicationState::kScheduled, answer, kLater).has_value());
}

TEST(Payment, IsTakenBackOnlyByWhatSaysOfWhichAttemptItIs) {
    Payment second = Sent();
    second.attempt = 2;
    for (const auto kind : {BankAnswerKind::kRejected, BankAnswerKind::kReturned}) {
        BankAnswer answer = Says(kind, "AC04");
        const auto settled = [&] {
            return Settle(second, ApplicationState::kScheduled, answer, kLater);
        };
        EXPECT_EQ(settled().error().reason, "ATTEMPT_MISSING");
        answer.attempt = 2;
        EXPECT_TRUE(settled().has_value());
        answer.attempt = 0;
        answer.batch_id = "its own";
        EXPECT_TRUE(settled().has_value());
    }
    EXPECT_THAT(Settled(second, ApplicationState::kScheduled, Says(BankAnswerKind::kPaid)).steps,
                ElementsAre(kConfirm))
        << "whichever attempt it was";
    second.state = PaymentState::kFailed;
    EXPECT_EQ(Settled(second, ApplicationState::kApproved, Says(BankAnswerKind::kRejected)).payment,
              second)
        << "it says what is known";
}

TEST(Payment, HasTheReferenceOfItsApplicationAlone) {
    const std::string id = "019582a4-1e70-7abc-8def-0123456789ab";
    EXPECT_EQ(ReferenceOf(id), "019582a41e707abc8def0123456789ab");
    EXPECT_EQ(IdOf(ReferenceOf(id)), id);
    for (const char* other :
         {"", "019582a41e707abc8def0123456789a", "019582A41E707ABC8DEF0123456789AB",
          "019582a41e707abc8def0123456789ag", "019582a4-1e70-7abc-8def-0123456789"}) {
        EXPECT_EQ(IdOf(other), std::nullopt) << other;
    }
}

TEST(PaymentBatch, IsReleasedBySomebodyElse) {
    PaymentBatch batch{};
    batch.made_by = {"bendahara", "petugas"};
    EXPECT_EQ(Release(batch, "petugas", kNow).error().reason, "MAKER_IS_CHECKER");
    const PaymentBatch released = Release(batch, "kepala", kNow).value();
    EXPECT_EQ(released.state, PaymentBatchState::kReleased);
    EXPECT_EQ(released.decided_by, "kepala");
    EXPECT_EQ(released.decided_at, kNow);
}

TEST(PaymentBatch, IsDecidedOnce) {
    const PaymentBatch batch{};
    const PaymentBatch dissolved = Dissolve(batch, "bendahara", kNow).value();
    EXPECT_EQ(dissolved.state, PaymentBatchState::kDissolved);
    EXPECT_EQ(Release(dissolved, "kepala", kNow).error().reason, "BATCH_DECIDED");
    EXPECT_EQ(Dissolve(Release(batch, "kepala", kNow).value(), "kepala", kNow).error().reason,
              "BATCH_DECIDED");
}

TEST(BankAccount, HasTheCodeOfABankAndDigits) {
    EXPECT_EQ(ParseBankCode("BRINIDJA").value(), "BRINIDJA");
    EXPECT_EQ(ParseBankCode("bninidjaxxx").value(), "BNINIDJAXXX");
    for (const char* code :
         {"", "BRI", "BRINIDJ", "BR1NIDJA", "BRINIDJO", "BRINID1A", "BRINIDJAXX", "BRINIDJA X"}) {
        EXPECT_EQ(ParseBankCode(code).error().reason, "BANK_CODE_INVALID") << code;
    }
    EXPECT_EQ(ParseAccountNumber("0123-45.678 9").value(), "0123456789");
    for (const char* number : {"", "1234", "123456789012345678901", "12345a", "١٢٣٤٥"}) {
        EXPECT_EQ(ParseAccountNumber(number).error().reason, "ACCOUNT_NUMBER_INVALID") << number;
    }
}

TEST(BankAccount, IsShownMasked) {
    EXPECT_EQ(Masked({"BRINIDJA", "0123456789", "Siti Aminah É"}),
              (BankAccount{"BRINIDJA", "******6789", "S*** A*** É"}));
    EXPECT_EQ(Masked({"BRINIDJA", "123", ""}), (BankAccount{"BRINIDJA", "123", ""}));
}

}  // namespace
}  // namespace bangkit::aid
