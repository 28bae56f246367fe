// An application from its draft to the end of what came of it: who may do what when, and what that
// does to the budget.
#include "services/aid/domain/application/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using enum ApplicationState;
using ::testing::ElementsAre;
using ::testing::Key;

constexpr Date kToday = std::chrono::year(2026) / 3 / 10;

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

Program Open(ProgramTerms terms = CashGrant()) {
    Program program = Apply({}, Decide(CreateProgram{"p", std::move(terms)}, {}, kNow).value());
    program.state = ProgramState::kOpen;
    return program;
}

Facts Affected() {
    Facts facts;
    facts.Set(Fact::kCondition, 2);
    return facts;
}

/// Decides and applies, as somebody at some time.
class ApplicationTest : public ::testing::Test {
protected:
    DecisionContext As(const std::string& actor) const { return {program_, facts_, actor, now_}; }

    Result<ApplicationEvent> Try(const auto& command, const std::string& actor) const {
        return Decide(application_, command, As(actor));
    }
    void Do(const auto& command, const std::string& actor) {
        const Result<ApplicationEvent> event = Try(command, actor);
        ASSERT_TRUE(event) << event.error().reason;
        application_ = Apply(application_, *event);
    }
    void Start() {
        const StartApplication command{
            .application_id = "a",
            .program_id = "p",
            .applicant = {
                .business_id = "b", .owner_id = "o", .household = {}, .region_code = "18"}};
        application_ = Apply({}, Decide(command, As(petugas_)).value());
    }
    void Attach(DocumentKind kind) { Do(AttachDocument{kind, "d"}, petugas_); }
    void Submit() {
        Start();
        Attach(DocumentKind::kIdentityCard);
        Attach(DocumentKind::kBusinessPhoto);
        Do(SubmitApplication{}, petugas_);
    }
    void Survey(bool is_recommended = true) {
        Submit();
        Do(CheckDocuments{}, petugas_);
        Do(RecordSurvey{is_recommended}, surveyor_);
    }
    void Approve() {
        Survey();
        Do(Approval(), approver_);
    }
    static ApproveApplication Approval() {
        return {.roles = {ApproverRole::kProvince}, .budget_id = "budget"};
    }
    static ReturnApplication Returning(Date until = kToday + std::chrono::days(7)) {
        return {.items = {{DocumentKind::kBusinessPhoto, ReturnReason::kUnreadable}},
                .until = until};
    }

    Program program_ = Open();
    Facts facts_ = Affected();
    Time now_ = kNow;
    Application application_;
    const std::string petugas_ = "petugas", surveyor_ = "penyurvei", approver_ = "penyetuju";
};

TEST_F(ApplicationTest, GoesThroughAllStatesToTheEnd) {
    Approve();
    Do(SchedulePayment{"ref"}, approver_);
    Do(ConfirmPayment{}, approver_);
    Do(RecordSupervision{}, surveyor_);
    Do(RecordSupervision{}, surveyor_);
    Do(CloseApplication{}, approver_);
    EXPECT_EQ(application_.state, kClosed);
    EXPECT_EQ(application_.version, 12);
    EXPECT_EQ(application_.amount, 1'134'429);
    EXPECT_EQ(application_.budget_id, "budget");
    EXPECT_EQ(application_.rules_version, 1);
    EXPECT_EQ(application_.approved_by, approver_);
    EXPECT_EQ(application_.submitted_at, kNow);
}

// Each state, and all that can be done in it. Whatever is not named here is refused.
TEST_F(ApplicationTest, AllowsInEachStateWhatBelongsThere) {
    const std::map<ApplicationState, std::vector<std::string>> allowed = {
        {kDraft, {"attach", "state", "submit", "withdraw"}},
        {kSubmitted, {"check", "reject", "return", "withdraw"}},
        {kDocumentsChecked, {"photograph", "reject", "return", "survey", "withdraw"}},
        {kSurveyed, {"approve", "reject", "return", "withdraw"}},
        {kApproved, {"cancel", "schedule", "withdraw"}},
        {kScheduled, {"confirm", "fail"}},
        {kDisbursed, {"refund", "supervise"}},
        {kSupervised, {"close", "refund", "supervise"}},
        {kClosed, {}},
        {kReturned, {"attach", "reject", "state", "submit", "withdraw"}},
        {kRejected, {}},
        {kWithdrawn, {}},
        {kCancelled, {}},
        {kRefunded, {}}};
    Survey();  // With everything that any of them needs.
    for (const auto& [state, names] : allowed) {
        application_.state = state;
        const std::map<std::string, std::string> reasons = {
            {"attach", ReasonOf(Try(AttachDocument{DocumentKind::kDeed, "d"}, petugas_))},
            {"photograph",
             ReasonOf(Try(AttachDocument{DocumentKind::kSurveyPhoto, "d"}, surveyor_))},
            {"state", ReasonOf(Try(StateFacts{}, petugas_))},
            {"submit", ReasonOf(Try(SubmitApplication{}, petugas_))},
            {"check", ReasonOf(Try(CheckDocuments{}, petugas_))},
            {"survey", ReasonOf(Try(RecordSurvey{true}, surveyor_))},
            {"return", ReasonOf(Try(Returning(), approver_))},
            {"approve", ReasonOf(Try(Approval(), approver_))},
            {"reject", ReasonOf(Try(RejectApplication{}, approver_))},
            {"withdraw", ReasonOf(Try(WithdrawApplication{}, petugas_))},
            {"cancel", ReasonOf(Try(CancelApplication{}, approver_))},
            {"schedule", ReasonOf(Try(SchedulePayment{"ref"}, approver_))},
            {"confirm", ReasonOf(Try(ConfirmPayment{}, approver_))},
            {"fail", ReasonOf(Try(FailPayment{}, approver_))},
            {"supervise", ReasonOf(Try(RecordSupervision{}, surveyor_))},
            {"close", ReasonOf(Try(CloseApplication{}, approver_))},
            {"refund", ReasonOf(Try(RecordRefund{}, approver_))}};
        std::vector<std::string> done;
        for (const auto& [name, reason] : reasons) {
            if (reason.empty()) done.push_back(name);
            EXPECT_TRUE(reason.empty() || reason == "APPLICATION_STATE_WRONG") << name << reason;
        }
        EXPECT_EQ(done, names) << static_cast<int>(state);
    }
    application_ = {};
    EXPECT_EQ(ReasonOf(Try(CheckDocuments{}, petugas_)), "APPLICATION_NOT_FOUND");
}

TEST_F(ApplicationTest, IsTakenWhileTheProgramIsOpen) {
    const StartApplication command{.application_id = "a", .program_id = "p", .applicant = {}};
    for (const ProgramState state : {ProgramState::kDraft, ProgramState::kPaused,
                                     ProgramState::kClosed, ProgramState::kSettled}) {
        program_.state = state;
        EXPECT_EQ(ReasonOf(Decide(command, As(petugas_))), "PROGRAM_NOT_OPEN");
    }
    program_.state = ProgramState::kOpen;
    EXPECT_EQ(ReasonOf(Decide(command, As(petugas_))), "");
    program_.terms.opens_on = kToday + std::chrono::days(1);
    EXPECT_EQ(ReasonOf(Decide(command, As(petugas_))), "PROGRAM_NOT_OPEN");
    program_.terms.opens_on = program_.terms.closes_on = kToday - std::chrono::days(1);
    EXPECT_EQ(ReasonOf(Decide(command, As(petugas_))), "PROGRAM_NOT_OPEN");
}

TEST_F(ApplicationTest, IsForAsMuchAsTheProgramGivesAndOfALoanAtMost) {
    Start();
    EXPECT_EQ(application_.amount, 1'134'429);
    program_.terms.instrument = Instrument::kInterestFreeLoan;
    StartApplication command{.application_id = "a", .program_id = "p", .applicant = {}};
    const Result<ApplicationEvent> of_nothing = Decide(command, As(petugas_));
    EXPECT_EQ(of_nothing.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(of_nothing.error().fields.at(0).field, "amount_rupiah");
    command.amount = 1'134'430;
    EXPECT_EQ(ReasonOf(Decide(command, As(petugas_))), "AMOUNT_TOO_HIGH");
    command.amount = 1'000'000;
    EXPECT_EQ(Apply({}, Decide(command, As(petugas_)).value()).lent, 1'000'000);
    EXPECT_EQ(Apply({}, Decide(command, As(petugas_)).value()).amount, 0) << "it is the bank's";
    program_.terms.instrument = Instrument::kExternalNomination;
    EXPECT_EQ(Apply({}, Decide(command, As(petugas_)).value()).amount, 0) << "others pay";
}

TEST_F(ApplicationTest, IsSubmittedWithAllDocumentsByWhoIsEligible) {
    Start();
    Attach(DocumentKind::kIdentityCard);
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "DOCUMENTS_MISSING");
    Attach(DocumentKind::kBusinessPhoto);
    facts_.Set(Fact::kCondition, 1);
    const Result<ApplicationEvent> refused = Try(SubmitApplication{}, petugas_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "NOT_ELIGIBLE");
    EXPECT_THAT(refused.error().metadata,
                ElementsAre(Key("TIDAK_TERDAMPAK"), Key("rules_version")));
    facts_ = Affected();
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "");
}

TEST_F(ApplicationTest, ComesBackToBeCorrectedItemByItemInTime) {
    Submit();
    EXPECT_EQ(ReasonOf(Try(Returning(kToday), approver_)), "PERIOD_TOO_SHORT");
    Do(Returning(kToday + std::chrono::days(1)), approver_);
    EXPECT_EQ(application_.state, kReturned);
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "NOT_CORRECTED");
    Attach(DocumentKind::kIdentityCard);
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "NOT_CORRECTED") << "not that one";
    Attach(DocumentKind::kBusinessPhoto);
    now_ += std::chrono::days(1);
    program_.state = ProgramState::kClosed;
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "")
        << "the same application, though no new ones are taken";
    now_ += std::chrono::days(1);
    EXPECT_EQ(ReasonOf(Try(SubmitApplication{}, petugas_)), "CORRECTION_PERIOD_OVER");
}

TEST_F(ApplicationTest, IsRejectedWhenNobodyHasPutItRightInTime) {
    EXPECT_EQ(ReasonOf(Try(ExpireCorrection{.now = now_}, "")), "APPLICATION_NOT_FOUND");
    Submit();
    EXPECT_EQ(ReasonOf(Try(ExpireCorrection{.now = now_}, "")), "APPLICATION_STATE_WRONG");
    Do(Returning(kToday + std::chrono::days(1)), approver_);
    EXPECT_EQ(ReasonOf(Try(ExpireCorrection{.now = now_}, "")), "CORRECTION_PERIOD_RUNS");
    now_ += std::chrono::days(1);
    EXPECT_EQ(ReasonOf(Try(ExpireCorrection{.now = now_}, "")), "CORRECTION_PERIOD_RUNS")
        << "its last day";
    now_ += std::chrono::days(1);
    Do(ExpireCorrection{.now = now_}, "");
    EXPECT_EQ(application_.state, kRejected);
    EXPECT_THAT(application_.rejection_reasons, ElementsAre(RejectionReason::kNotCorrected));
    EXPECT_EQ(ReasonOf(Try(ExpireCorrection{.now = now_}, "")), "APPLICATION_STATE_WRONG")
        << "once";
}

TEST_F(ApplicationTest, KeepsWhatWasStatedLastAndByWhom) {
    Submit();
    Do(Returning(), approver_);
    Do(StateFacts{.household = "h", .statement = "sealed"}, approver_);
    EXPECT_EQ(application_.applicant.household, "h");
    EXPECT_EQ(application_.statement, "sealed");
    Attach(DocumentKind::kBusinessPhoto);
    Do(SubmitApplication{}, petugas_);
    Do(CheckDocuments{}, petugas_);
    Do(RecordSurvey{true}, surveyor_);
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "MAKER_IS_CHECKER");
}

TEST_F(ApplicationTest, HasPhotographsOfItsLastSurveyByWhoEnteredNothing) {
    const AttachDocument photo{DocumentKind::kSurveyPhoto, "p1"};
    Submit();
    Do(CheckDocuments{}, petugas_);
    EXPECT_EQ(ReasonOf(Try(photo, petugas_)), "MAKER_IS_CHECKER");
    Do(photo, surveyor_);
    EXPECT_THAT(application_.survey_photos, ElementsAre("p1"));
    EXPECT_FALSE(application_.documents.contains(DocumentKind::kSurveyPhoto));
    Do(RecordSurvey{true}, "penyurvei lain");
    EXPECT_EQ(ReasonOf(Try(Approval(), surveyor_)), "MAKER_IS_CHECKER");
    Do(Returning(), approver_);
    Attach(DocumentKind::kBusinessPhoto);
    Do(SubmitApplication{}, petugas_);
    EXPECT_TRUE(application_.survey_photos.empty()) << "another survey has its own";
}

TEST_F(ApplicationTest, HasRoomForSoManyFilesAndNoMore) {
    Start();
    AttachDocument file{DocumentKind::kDeed, "d"};
    file.held = {.files = 60, .bytes = 60};
    EXPECT_EQ(ReasonOf(Try(file, petugas_)), "DOCUMENTS_FULL");
    file.held = {.files = 59, .bytes = 60'000'000};
    file.bytes = 7'108'864;
    EXPECT_EQ(ReasonOf(Try(file, petugas_)), "");
    ++file.bytes;
    EXPECT_EQ(ReasonOf(Try(file, petugas_)), "DOCUMENTS_FULL");
}

TEST_F(ApplicationTest, IsNotDecidedByWhoEnteredOrSurveyedIt) {
    Submit();
    Do(CheckDocuments{}, petugas_);
    EXPECT_EQ(ReasonOf(Try(RecordSurvey{true}, petugas_)), "MAKER_IS_CHECKER");
    Do(RecordSurvey{true}, surveyor_);
    EXPECT_EQ(ReasonOf(Try(Approval(), petugas_)), "MAKER_IS_CHECKER");
    EXPECT_EQ(ReasonOf(Try(Approval(), surveyor_)), "MAKER_IS_CHECKER");
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "");
}

TEST_F(ApplicationTest, RemembersEverybodyWhoEnteredSomething) {
    Survey();
    Do(Returning(), approver_);
    Do(AttachDocument{DocumentKind::kBusinessPhoto, "d2"}, approver_);
    Do(SubmitApplication{}, petugas_);
    Do(CheckDocuments{}, petugas_);
    Do(RecordSurvey{true}, surveyor_);
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "MAKER_IS_CHECKER");
}

TEST_F(ApplicationTest, IsApprovedWithinTheBandBySomebodyWhoStillFindsItRight) {
    Survey();
    ApproveApplication by_agency = Approval();
    by_agency.roles = {ApproverRole::kAgency};
    EXPECT_EQ(ReasonOf(Try(by_agency, approver_)), "BAND_EXCEEDED");
    facts_.Set(Fact::kCondition, 5);
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "NOT_ELIGIBLE");
    facts_ = Affected();
    program_.state = ProgramState::kSettled;
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "PROGRAM_SETTLED");
    program_.state = ProgramState::kClosed;
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "") << "those who came before are decided";
    application_.is_recommended = false;
    EXPECT_EQ(ReasonOf(Try(Approval(), approver_)), "SURVEY_NEGATIVE");
}

TEST_F(ApplicationTest, IsPaidUnderOneReferenceHoweverOftenItIsTried) {
    Approve();
    Do(SchedulePayment{"first"}, approver_);
    Do(FailPayment{}, approver_);
    EXPECT_EQ(application_.state, kApproved);
    EXPECT_EQ(application_.failed_attempts, 1);
    Do(SchedulePayment{"second"}, approver_);
    EXPECT_EQ(application_.payment_reference, "first");
}

// What each step does to the budget: reserved once, then paid or released, never both.
TEST_F(ApplicationTest, MovesMoneyWithItsStates) {
    const auto posted = [this](const auto& command, const std::string& actor) {
        const ApplicationEvent event = Try(command, actor).value();
        const std::optional<PostingOrder> order = PostingOf(application_, event);
        return order ? std::optional(std::pair(order->kind, order->amount)) : std::nullopt;
    };
    const auto moving = [](PostingKind kind) {
        return std::optional(std::pair(kind, std::int64_t{1'134'429}));
    };
    Survey();
    EXPECT_EQ(posted(WithdrawApplication{}, petugas_), std::nullopt);
    EXPECT_EQ(posted(RejectApplication{}, approver_), std::nullopt);
    EXPECT_EQ(posted(Approval(), approver_), moving(PostingKind::kReservation));
    Do(Approval(), approver_);
    EXPECT_EQ(posted(WithdrawApplication{}, petugas_), moving(PostingKind::kRelease));
    EXPECT_EQ(posted(CancelApplication{}, approver_), moving(PostingKind::kRelease));
    EXPECT_EQ(posted(SchedulePayment{"ref"}, approver_), std::nullopt);
    Do(SchedulePayment{"ref"}, approver_);
    EXPECT_EQ(posted(FailPayment{}, approver_), std::nullopt) << "it stays reserved";
    EXPECT_EQ(posted(ConfirmPayment{}, approver_), moving(PostingKind::kDisbursement));
    Do(ConfirmPayment{}, approver_);
    EXPECT_EQ(posted(RecordSupervision{}, surveyor_), std::nullopt);
    EXPECT_EQ(posted(RecordRefund{}, approver_), moving(PostingKind::kReturn));
}

}  // namespace
}  // namespace bangkit::aid
