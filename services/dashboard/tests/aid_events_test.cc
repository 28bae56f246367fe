#include "services/dashboard/events/aid_events.h"

#include <gmock/gmock.h>

#include <functional>

#include "services/dashboard/tests/published_aid.h"

namespace bangkit::dashboard {
namespace {

using aid::v1::ApplicationApproved;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AidEvents : public ::testing::Test {
protected:
    template <typename Parser>
    auto As(const Parser& parse, const kafka::Record& record) const {
        const auto envelope = messaging::ParseEnvelope(record);
        return parse({.envelope = envelope.value(), .record = &record}, regions_);
    }
    Result<ApplicationEvent> Parse(const kafka::Record& record) const {
        return As(ParseApplicationEvent, record);
    }

    const indonesia::RegionTree regions_;
};

TEST_F(AidEvents, SayWhatTheApplicationCountsAsAfterThem) {
    PublishedApplication application;
    const auto started = Parse(application.IsStarted());
    application.IsSubmitted(kMay2022);
    const auto approved = Parse(application.IsApproved(kJune2022));

    ASSERT_TRUE(started && approved);
    EXPECT_EQ(started->after, (Application{.region_code = kLampungVillage,
                                           .state = ApplicationState::kDraft,
                                           .amount = kShare}));
    EXPECT_EQ(started->month, MonthOf(kMay2022));
    EXPECT_FALSE(started->reached);
    EXPECT_EQ(approved->after.state, ApplicationState::kApproved);
    EXPECT_EQ(approved->month, MonthOf(kJune2022));
}

TEST_F(AidEvents, SayHowManyWholeHoursItTookSinceTheFirstSubmission) {
    PublishedApplication application;
    const auto first = Parse(application.IsSubmitted(kMay2022));
    const auto again = Parse(application.IsSubmitted(kMay2022 + hours(48)));
    const auto approved = Parse(application.IsApproved(kMay2022 + hours(72) + minutes(59)));
    const auto scheduled = Parse(application.IsScheduled(kMay2022 + hours(80)));
    const auto paid = Parse(application.IsPaid(kMay2022 + hours(100)));

    ASSERT_TRUE(first && again && approved && scheduled && paid);
    EXPECT_EQ(first->reached, (ReachedStep{.step = Step::kSubmitted, .hours = 0}));
    EXPECT_FALSE(again->reached) << "it was submitted before";
    EXPECT_EQ(approved->reached, (ReachedStep{.step = Step::kApproved, .hours = 72}));
    EXPECT_FALSE(scheduled->reached);
    EXPECT_EQ(paid->reached, (ReachedStep{.step = Step::kPaid, .hours = 100}));
}

TEST_F(AidEvents, OfServersWhoseClocksDifferAreNeverOfLessThanNothing) {
    PublishedApplication application;
    application.IsSubmitted(kMay2022);
    const auto approved = Parse(application.IsApproved(kMay2022 - minutes(1)));
    ASSERT_TRUE(approved);
    EXPECT_EQ(approved->reached->hours, 0);
}

TEST_F(AidEvents, OfARejectionSayWhy) {
    PublishedApplication application;
    const auto rejected = Parse(application.IsRejected(
        {aid::v1::REJECTION_REASON_TWICE, aid::v1::REJECTION_REASON_KUR}, kJune2022));
    ASSERT_TRUE(rejected);
    EXPECT_THAT(rejected->reasons, ElementsAre(RejectionReason::kKur, RejectionReason::kTwice));
}

TEST_F(AidEvents, OfProgrammesAndBudgetsMayBeOfTheWholeCountry) {
    PublishedProgram program("ID");
    PublishedBudget budget("ID");
    const auto created = As(ParseProgramEvent, program.IsCreated());
    const auto revised = As(ParseBudgetEvent, budget.IsRevisedTo(700, kJune2022));
    ASSERT_TRUE(created && revised);
    EXPECT_EQ(created->after, (Program{.region_code = "ID",
                                       .instrument = Instrument::kCashGrant,
                                       .state = ProgramState::kDraft}));
    EXPECT_EQ(revised->after, (Budget{.region_code = "ID", .allocated = 700}));
    EXPECT_EQ(revised->month, MonthOf(kJune2022));
}

TEST_F(AidEvents, OfAnUnknownTypeAndThoseThatCannotBeReadAreRefused) {
    PublishedApplication application;
    EXPECT_EQ(Parse(application.Record("bangkit.aid.v9.Forgotten", "")).error().reason,
              "EVENT_INVALID");
    const auto unreadable = Parse(application.Record("bangkit.aid.v1.AidScheduled", "\xff\xff"));
    ASSERT_FALSE(unreadable);
    EXPECT_THAT(unreadable.error().message, HasSubstr("cannot be read"));
    PublishedBudget budget;
    EXPECT_FALSE(As(ParseBudgetEvent, budget.Record("bangkit.aid.v1.ProgramOpened", "")));
    PublishedProgram program;
    EXPECT_FALSE(As(ParseProgramEvent, program.Record("bangkit.aid.v1.BudgetAllocated", "")));
}

TEST_F(AidEvents, WithValuesThatDoNotExistAreRefused) {
    struct Case {
        const char* what;
        std::function<void(ApplicationApproved&)> spoil;
    };
    const std::vector<Case> cases{
        {"region", [](auto& event) { event.mutable_statistics()->set_region_code("18.99"); }},
        {"region", [](auto& event) { event.mutable_statistics()->set_region_code("ID"); }},
        {"state", [](auto& event) { event.mutable_statistics()->clear_state(); }},
        {"state",
         [](auto& event) {
             event.mutable_statistics()->set_state(static_cast<aid::v1::ApplicationState>(99));
         }},
        {"amount", [](auto& event) { event.mutable_statistics()->set_amount_rupiah(-1); }},
        {"amount",
         [](auto& event) { event.mutable_statistics()->set_amount_rupiah(1'000'000'000'000'001); }},
        {"occurred_at", [](auto& event) { event.clear_occurred_at(); }},
        {"submitted_at", [](auto& event) { event.mutable_statistics()->clear_submitted_at(); }},
        {"submitted_at",
         [](auto& event) {
             event.mutable_statistics()->mutable_submitted_at()->set_seconds(253'402'300'799);
         }},
    };
    for (const Case& each : cases) {
        PublishedApplication application;
        application.IsSubmitted(kMay2022);
        auto message =
            application.Says<ApplicationApproved>(aid::v1::APPLICATION_STATE_APPROVED, kJune2022);
        each.spoil(message);
        const auto event = Parse(application.Record(message));
        ASSERT_FALSE(event) << each.what;
        EXPECT_EQ(event.error().reason, "EVENT_INVALID");
        EXPECT_THAT(event.error().message, HasSubstr(each.what));
    }
    PublishedApplication application;
    EXPECT_FALSE(
        Parse(application.IsRejected({static_cast<aid::v1::RejectionReason>(99)}, kJune2022)));
    PublishedProgram program;
    auto created = program.Says<aid::v1::ProgramCreated>(common::v1::PROGRAM_STATE_DRAFT, kMay2022);
    created.mutable_statistics()->clear_instrument();
    EXPECT_FALSE(As(ParseProgramEvent, program.Record(created)));
    PublishedBudget budget;
    EXPECT_FALSE(As(ParseBudgetEvent, budget.IsAllocated(-1)));
}

}  // namespace
}  // namespace bangkit::dashboard
