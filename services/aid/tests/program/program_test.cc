// A programme from its draft to its settlement, who may approve, and what it may spend.
#include "services/aid/domain/program/program.h"

#include <gtest/gtest.h>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

Program Drafted() {
    const CreateProgram command{.program_id = "p", .terms = CashGrant()};
    return Apply({}, Decide(command, {}, kNow).value());
}

Program In(ProgramState state) {
    Program program = Drafted();
    program.state = state;
    return program;
}

TEST(CreatingAProgramTest, MakesADraftWithTheFirstVersionOfItsRules) {
    const Program program = Drafted();
    EXPECT_EQ(program.version, 1);
    EXPECT_EQ(program.state, ProgramState::kDraft);
    EXPECT_EQ(program.terms.rules.version, 1);
    EXPECT_EQ(program.created_at, kNow);
}

TEST(CreatingAProgramTest, MeansTheSameByAGroupAsTheOthers) {
    const CreateProgram command{.program_id = "p", .terms = CashGrant()};
    std::vector<Exclusion> known = command.terms.exclusions;
    EXPECT_EQ(ReasonOf(Decide(command, known, kNow)), "");
    known.front().limit = 2;
    EXPECT_EQ(ReasonOf(Decide(command, known, kNow)), "EXCLUSION_DIFFERS");
    known.front() = {"OTHER", ExclusionScope::kOwner, ExclusionSpan::kEver, 1};
    EXPECT_EQ(ReasonOf(Decide(command, known, kNow)), "");
}

/// By which reason each change is refused in each state; empty: it is not.
TEST(ProgramStateTest, AllowsEachChangeInItsStatesOnly) {
    using enum ProgramState;
    const std::string wrong = "PROGRAM_STATE_WRONG";
    struct Row {
        ProgramState state;
        std::string replace_rules, open, pause, close, settle;
    };
    const Row rows[] = {{kDraft, "", "", wrong, wrong, wrong},
                        {kOpen, wrong, wrong, "", "", wrong},
                        {kPaused, "", "", wrong, "", wrong},
                        {kClosed, wrong, wrong, wrong, wrong, ""},
                        {kSettled, wrong, wrong, wrong, wrong, wrong}};
    for (const Row& row : rows) {
        const Program program = In(row.state);
        const int state = static_cast<int>(row.state);
        EXPECT_EQ(ReasonOf(Decide(program, ReplaceRules{"p", {}, {}}, kNow)), row.replace_rules)
            << state;
        EXPECT_EQ(ReasonOf(Decide(program, OpenProgram{"p", {}}, kNow)), row.open) << state;
        EXPECT_EQ(ReasonOf(Decide(program, PauseProgram{"p", {}}, kNow)), row.pause) << state;
        EXPECT_EQ(ReasonOf(Decide(program, CloseProgram{"p", {}}, kNow)), row.close) << state;
        EXPECT_EQ(ReasonOf(Decide(program, SettleProgram{"p", {}}, 0, kNow)), row.settle) << state;
    }
}

TEST(ProgramStateTest, FollowsItsEvents) {
    Program program = Drafted();
    program = Apply(program, Decide(program, OpenProgram{"p", {}}, kNow).value());
    EXPECT_EQ(program.state, ProgramState::kOpen);
    program = Apply(program, Decide(program, PauseProgram{"p", {}}, kNow).value());
    EXPECT_EQ(program.state, ProgramState::kPaused);
    program = Apply(program, Decide(program, CloseProgram{"p", {}}, kNow).value());
    program = Apply(program, Decide(program, SettleProgram{"p", {}}, 0, kNow).value());
    EXPECT_EQ(program.state, ProgramState::kSettled);
    EXPECT_EQ(program.version, 5);
}

TEST(ProgramStateTest, ChangesOnlyWhatTheCallerHasSeen) {
    const Program program = Drafted();
    EXPECT_EQ(ReasonOf(Decide(program, OpenProgram{"p", 1}, kNow)), "");
    EXPECT_EQ(ReasonOf(Decide(program, OpenProgram{"p", 2}, kNow)), "ETAG_STALE");
    EXPECT_EQ(ReasonOf(Decide(Program{}, OpenProgram{"p", 2}, kNow)), "PROGRAM_NOT_FOUND");
}

TEST(OpeningAProgramTest, IsOverWithItsLastDayInJakarta) {
    Program program = Drafted();
    program.terms.closes_on = std::chrono::year(2026) / 3 / 10;
    const Time last = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) +
                      std::chrono::hours(16) + std::chrono::minutes(59);
    EXPECT_EQ(ReasonOf(Decide(program, OpenProgram{"p", {}}, last)), "");
    EXPECT_EQ(ReasonOf(Decide(program, OpenProgram{"p", {}}, last + std::chrono::minutes(1))),
              "PROGRAM_PERIOD_OVER");
}

TEST(SettlingAProgramTest, WaitsForMoneyThatIsApproved) {
    const Program program = In(ProgramState::kClosed);
    EXPECT_EQ(ReasonOf(Decide(program, SettleProgram{"p", {}}, 1, kNow)), "MONEY_RESERVED");
    EXPECT_EQ(ReasonOf(Decide(program, SettleProgram{"p", {}}, 0, kNow)), "");
}

TEST(ReplacingRulesTest, CountsTheirVersions) {
    Program program = Drafted();
    RuleSet rules = program.terms.rules;
    rules.rules.front().numbers = {2, 3};
    program = Apply(program, Decide(program, ReplaceRules{"p", rules, {}}, kNow).value());
    EXPECT_EQ(program.terms.rules.version, 2);
    EXPECT_EQ(program.terms.rules.rules, rules.rules);
}

TEST(ApprovalBandsTest, SayWhoMayApproveHowMuch) {
    using enum ApproverRole;
    const ProgramTerms terms = CashGrant();
    EXPECT_EQ(ReasonOf(CheckMayApprove(terms, 1'000'000, {kAgency})), "");
    EXPECT_EQ(ReasonOf(CheckMayApprove(terms, 1'000'001, {kAgency})), "BAND_EXCEEDED");
    EXPECT_EQ(ReasonOf(CheckMayApprove(terms, 1'000'001, {kAgency, kProvince})), "");
    EXPECT_EQ(ReasonOf(CheckMayApprove(terms, 5'000'001, {kAgency, kProvince})), "BAND_EXCEEDED");
    EXPECT_EQ(ReasonOf(CheckMayApprove(terms, 1, {})), "BAND_EXCEEDED");
}

AllocateBudget Allocation(const std::string& region, std::int64_t amount) {
    return {.budget_id = "b",
            .program_id = "p",
            .region_code = region,
            .amount = amount,
            .quota = 1'763,
            .document = "DPA-1"};
}

ReviseBudget Revision(std::int64_t change, std::optional<std::int64_t> quota = {}) {
    return {.budget_id = "b",
            .change = change,
            .quota = quota,
            .document = "DPPA-1",
            .expected_version = {}};
}

TEST(AllocatingTest, GivesARegionOfTheProgramItsBudgetOnce) {
    const Program program = Drafted();
    const Budget budget =
        Apply({}, Decide(program, {}, Allocation("18.71", 2'000'000'000), kNow).value());
    EXPECT_EQ(budget.version, 1);
    EXPECT_EQ(budget.region_code, "18.71");
    EXPECT_EQ(budget.balances.available, 2'000'000'000);
    EXPECT_EQ(budget.quota, 1'763);
    EXPECT_EQ(budget.postings, 1);
    EXPECT_EQ(ReasonOf(Decide(program, budget, Allocation("18.71", 1), kNow)), "BUDGET_ALLOCATED");
    EXPECT_EQ(ReasonOf(Decide(program, {}, Allocation("36.74", 1), kNow)),
              "REGION_OUTSIDE_PROGRAM");
    EXPECT_EQ(ReasonOf(Decide(program, {}, Allocation("18", 0), kNow)), "BUDGET_EMPTY");
    EXPECT_EQ(ReasonOf(Decide(Program{}, {}, Allocation("18", 1), kNow)), "PROGRAM_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Decide(In(ProgramState::kSettled), {}, Allocation("18", 1), kNow)),
              "PROGRAM_STATE_WRONG");
}

TEST(AllocatingTest, GivesOnlyPlacesWhereNoMoneyMoves) {
    Program program = Drafted();
    program.terms.instrument = Instrument::kExternalNomination;
    EXPECT_EQ(ReasonOf(Decide(program, {}, Allocation("18", 1), kNow)), "PROGRAM_WITHOUT_MONEY");
    const Budget places = Apply({}, Decide(program, {}, Allocation("18", 0), kNow).value());
    EXPECT_EQ(places.quota, 1'763);
    EXPECT_EQ(ReasonOf(Decide(program, places, Revision(1), kNow)), "PROGRAM_WITHOUT_MONEY");
    EXPECT_EQ(ReasonOf(Decide(program, places, Revision(0, 2'000), kNow)), "");
}

TEST(RevisingTest, AddsAPostingAndKeepsWhatIsNotSaid) {
    const Program program = Drafted();
    const Budget before = Apply({}, Decide(program, {}, Allocation("18", 1'000), kNow).value());
    const Budget after = Apply(before, Decide(program, before, Revision(-400), kNow).value());
    EXPECT_EQ(after.version, 2);
    EXPECT_EQ(after.postings, 2);
    EXPECT_EQ(after.balances.allocated(), 600);
    EXPECT_EQ(after.quota, 1'763);
    EXPECT_EQ(ReasonOf(Decide(program, before, Revision(-1'001), kNow)), "BUDGET_EXHAUSTED");
    EXPECT_EQ(ReasonOf(Decide(program, Budget{}, Revision(1), kNow)), "BUDGET_NOT_FOUND");
    ReviseBudget stale = Revision(1);
    stale.expected_version = 7;
    EXPECT_EQ(ReasonOf(Decide(program, before, stale, kNow)), "ETAG_STALE");
}

}  // namespace
}  // namespace bangkit::aid
