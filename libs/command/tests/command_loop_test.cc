#include "libs/command/command_loop.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "libs/command/tests/loop_fixture.h"
#include "libs/telemetry/metrics.h"
#include "libs/telemetry/traceparent.h"
#include "libs/testing/eventually.h"

namespace bangkit::command {
namespace {

class CommandLoopTest : public LoopTest {};

TEST_F(CommandLoopTest, CommandsOnOneAggregateFoldInTheOrderOfArrival) {
    Start();
    Gate gate(*this);
    auto first = Submit(1, {.counter = "a", .amount = 5});
    auto second = Submit(2, {.counter = "a", .amount = 7});
    gate.Open();
    EXPECT_EQ(first.get().value(), "5");
    EXPECT_EQ(second.get().value(), "12");
    EXPECT_EQ(Value("a"), 12);
}

TEST_F(CommandLoopTest, OneWriterIsTheDefaultAndKeepsTheOrderOverManyBatches) {
    Start({.dsn = {}, .batch_max = 7});
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 80; ++i) outcomes.push_back(Submit(i, {.counter = "a"}));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(outcomes[i].get().value(), std::to_string(i + 1));
    }
}

TEST_F(CommandLoopTest, WritersThatMeetOnOneAggregateAllSucceed) {
    Start({.dsn = {}, .writers = 4, .batch_max = 4});
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 80; ++i) outcomes.push_back(Submit(i, {.counter = i % 2 == 0 ? "a" : "b"}));
    for (auto& outcome : outcomes) EXPECT_TRUE(outcome.get().has_value());
    EXPECT_EQ(Value("a"), 40);
    EXPECT_EQ(Value("b"), 40);
}

TEST_F(CommandLoopTest, ARepeatedRequestGetsTheFirstAnswerAndChangesNothing) {
    Start();
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "2");
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
    EXPECT_EQ(Value("a"), 2);
}

// As after a quiet week, when every answer was removed: its plan must not read all that comes
// after.
TEST_F(CommandLoopTest, AnswersAreFoundByTheirKeyInATableThatWasEmptiedToo) {
    database_.Execute("VACUUM ANALYZE idempotency");
    Start();
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(Submit(i, {.counter = "a"}).get().has_value());
    loop_.reset();  // Its connection says what it read when it ends.

    const auto read = [this](const std::string& figure) {
        return database_.Count("SELECT " + figure +
                               " FROM pg_stat_user_indexes"
                               " WHERE indexrelname = 'idempotency_pkey'");
    };
    EXPECT_TRUE(testing::Eventually([&] { return read("idx_scan") >= 20; }));
    EXPECT_EQ(read("idx_tup_read"), 0) << "answers to other requests";
}

TEST_F(CommandLoopTest, ARefusalIsRepeatedWithAllItsDetails) {
    Start();
    const Outcome refused = Submit(1, {.counter = "a", .amount = 0}).get();
    ASSERT_EQ(ReasonOf(refused), "NOTHING_TO_ADD");
    EXPECT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().metadata.at("counter"), "a");
    EXPECT_EQ(Submit(1, {.counter = "a", .amount = 0}).get(), refused);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency WHERE is_refusal"), 1);
}

TEST_F(CommandLoopTest, WhatCouldNotBeDecidedIsDecidedTheNextTime) {
    Start();
    EXPECT_EQ(ReasonOf(Submit(1, {.counter = "a", .misses = true}).get()), "SOMETHING_MISSING");
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency"), 0);
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
}

TEST_F(CommandLoopTest, ARequestIdIsNotForAnotherCommand) {
    Start();
    Submit(1, {.counter = "a"}).wait();
    const Outcome outcome = Submit(1, {.counter = "a", .amount = 9}).get();
    EXPECT_EQ(ReasonOf(outcome), "REQUEST_ID_REUSED");
    EXPECT_EQ(CodeOf(outcome), ErrorCode::kFailedPrecondition);
    EXPECT_EQ(Value("a"), 1);
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
}

TEST_F(CommandLoopTest, ARequestIdBelongsToItsCaller) {
    Start();
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
    PendingCommand<Add> others = Pending(1, {.counter = "a"});
    others.caller.subject = "budi";
    EXPECT_EQ(Submit(*loop_, std::move(others)).get().value(), "2");
}

TEST_F(CommandLoopTest, TwinsInOneBatchHaveOneEffectAndEqualAnswers) {
    Start();
    Gate gate(*this);
    auto first = Submit(1, {.counter = "a"});
    auto twin = Submit(1, {.counter = "a"});
    auto other = Submit(1, {.counter = "a", .amount = 9});
    gate.Open();
    EXPECT_EQ(first.get().value(), "1");
    EXPECT_EQ(twin.get().value(), "1");
    EXPECT_EQ(ReasonOf(other.get()), "REQUEST_ID_REUSED");
    EXPECT_EQ(Value("a"), 1);
    EXPECT_EQ(commits_,
              2);  // The gate's, and one for them all: nobody had to meet the primary key.
}

TEST_F(CommandLoopTest, TwinsInTwoProcessesAtOnceHaveOneEffectAndEqualAnswers) {
    Start();
    const auto other_process = NewLoop({});
    Submit(1, {.counter = "a"}).wait();
    postgres::Connection connection(database_.owner_dsn());
    postgres::Transaction gate(connection);
    gate.Run(
        "SELECT FROM counters FOR UPDATE");  // Both have looked for a reply when they come here.
    auto first = Submit(2, {.counter = "a"});
    auto twin = Submit(*other_process, Pending(2, {.counter = "a"}));
    database_.AwaitLockWaits(2);
    gate.Commit();
    EXPECT_EQ(first.get().value(), "2");
    EXPECT_EQ(twin.get().value(), "2");
    EXPECT_EQ(Value("a"), 2);
}

TEST_F(CommandLoopTest, ManyTwinsInTwoProcessesHaveOneEffectEach) {
    Start({.dsn = {}, .batch_max = 5});
    const auto other_process = NewLoop({.dsn = {}, .batch_max = 3});
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 50; ++i) {
        for (Loop* loop : {loop_.get(), other_process.get(), loop_.get()}) {
            outcomes.push_back(Submit(*loop, Pending(i, {.counter = "a"})));
        }
    }
    for (std::size_t i = 0; i < outcomes.size(); i += 3) {
        const Outcome answer = outcomes[i].get();
        EXPECT_TRUE(answer.has_value());
        EXPECT_EQ(outcomes[i + 1].get(), answer);
        EXPECT_EQ(outcomes[i + 2].get(), answer);
    }
    EXPECT_EQ(Value("a"), 50);
}

TEST_F(CommandLoopTest, WithoutARequestIdEachCommandRunsAndNothingIsStored) {
    Start();
    Gate gate(*this);
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 3; ++i) outcomes.push_back(Submit(-1, {.counter = "a"}));
    gate.Open();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(outcomes[i].get().value(), std::to_string(i + 1));
    }
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency"), 0);
}

TEST_F(CommandLoopTest, OnlyTheCulpritFails) {
    Start();
    Gate gate(*this);
    std::vector<std::future<Outcome>> good;
    for (int i = 0; i < 30; ++i) good.push_back(Submit(i, {.counter = "a"}));
    auto bad_value = Submit(100, {.counter = std::string("a\0b", 3)});
    auto bad_sql = Submit(101, {.counter = "b", .bad_sql = "SELECT nothing FROM nowhere"});
    auto bad_code = Submit(102, {.counter = "c", .throws = true});
    PendingCommand<Add> no_uuid = Pending(103, {.counter = "d"});
    no_uuid.request_id = "not a UUID";
    auto bad_id = Submit(*loop_, std::move(no_uuid));
    for (int i = 30; i < 60; ++i) good.push_back(Submit(i, {.counter = "a"}));
    gate.Open();
    EXPECT_EQ(ReasonOf(bad_value.get()), "VALUE_REFUSED");
    EXPECT_EQ(CodeOf(bad_sql.get()), ErrorCode::kInternal);
    EXPECT_EQ(CodeOf(bad_code.get()), ErrorCode::kInternal);
    EXPECT_EQ(CodeOf(bad_id.get()), ErrorCode::kInternal);
    for (std::size_t i = 0; i < good.size(); ++i) {
        EXPECT_EQ(good[i].get().value(), std::to_string(i + 1));
    }
    EXPECT_EQ(Value("a"), 60);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM counters WHERE id IN ('b', 'c', 'd')"), 0);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency"), 60);
}

// A key that is taken may mean a race, and may mean that somebody stands there for ever.
TEST_F(CommandLoopTest, AKeyThatStaysTakenIsAnErrorOfOursAndHoldsUpNobodyElse) {
    Start();
    Submit(1, {.counter = "taken"}).wait();
    Gate gate(*this);
    std::vector<std::future<Outcome>> good;
    for (int i = 0; i < 15; ++i) good.push_back(Submit(10 + i, {.counter = "a"}));
    PendingCommand<Add> hopeless =
        Pending(100, {.counter = "b", .bad_sql = "INSERT INTO counters VALUES ('taken', 0, 1)"});
    hopeless.traceparent = telemetry::NewTraceparent();
    const std::string trace_id(telemetry::TraceId(hopeless.traceparent));
    auto failed = Submit(*loop_, std::move(hopeless));
    for (int i = 15; i < 30; ++i) good.push_back(Submit(10 + i, {.counter = "a"}));
    gate.Open();
    const Outcome refused = failed.get();
    EXPECT_EQ(CodeOf(refused), ErrorCode::kInternal);
    EXPECT_EQ(refused.error().metadata.at("trace_id"), trace_id);
    EXPECT_TRUE(std::ranges::any_of(logger_.lines(), [&](const std::string& line) {
        return line.contains("counters_pkey") && line.contains(trace_id);
    }));
    for (auto& outcome : good) EXPECT_TRUE(outcome.get().has_value());
    EXPECT_EQ(Value("a"), 30);
    EXPECT_EQ(Value("b"), 0);
    loop_.reset();
    // Twice among 31, 16, 8, 4 and 2, five times alone; and once whoever is without it.
    const std::string metrics = telemetry::Render(metrics_);
    const std::size_t at = metrics.find("bangkit_commands_transaction_seconds_count ");
    ASSERT_NE(at, std::string::npos);
    EXPECT_LE(std::stoi(metrics.substr(metrics.find(' ', at))), 25) << metrics;
}

TEST_F(CommandLoopTest, ARaceThatIsLostOftenIsWonInTheEnd) {
    database_.Execute(
        "CREATE SEQUENCE races; GRANT USAGE ON races TO bangkit_runtime;"
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        "  IF nextval('races') < 5 THEN RAISE unique_violation; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER lose BEFORE INSERT ON counters FOR EACH ROW EXECUTE FUNCTION lose()");
    Start();
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
}

TEST_F(CommandLoopTest, SomebodyWhoWaitsIsAnsweredAheadOfAnImport) {
    constexpr int kRows = 10'000;
    Start({.dsn = {}, .bulk_queue_max = kRows});
    std::atomic<int> rows_done = 0;
    std::promise<int> rows_done_before;
    {
        Gate gate(*this);
        for (int i = 0; i < kRows; ++i) {
            PendingCommand<Add> row = Pending(-1, {.counter = "bulk"});
            row.lane = Lane::kBulk;
            row.done = [&rows_done](const Outcome&) { ++rows_done; };
            loop_->Submit(std::move(row));
        }
        PendingCommand<Add> call = Pending(1, {.counter = "a"});
        call.done = [&](const Outcome&) { rows_done_before.set_value(rows_done); };
        loop_->Submit(std::move(call));
        gate.Open();
    }
    EXPECT_LE(rows_done_before.get_future().get(), static_cast<int>(LoopOptions{}.batch_max));
    loop_.reset();
    EXPECT_EQ(rows_done, kRows);
    EXPECT_EQ(Value("bulk"), kRows);
}

TEST_F(CommandLoopTest, AFullQueueRefusesAtOnceAndPerLane) {
    Start({.dsn = {}, .queue_max = 2});
    Gate gate(*this);
    auto first = Submit(1, {.counter = "a"});
    auto second = Submit(2, {.counter = "a"});
    const Outcome refused = Submit(3, {.counter = "a"}).get();
    EXPECT_EQ(CodeOf(refused), ErrorCode::kResourceExhausted);
    PendingCommand<Add> row = Pending(4, {.counter = "a"});
    row.lane = Lane::kBulk;
    auto bulk = Submit(*loop_, std::move(row));
    gate.Open();
    EXPECT_TRUE(first.get().has_value());
    EXPECT_TRUE(second.get().has_value());
    EXPECT_TRUE(bulk.get().has_value());
    EXPECT_EQ(Value("a"), 3);
}

TEST_F(CommandLoopTest, ACommandWhoseDeadlinePassesWhileItWaitsIsNotRun) {
    Start();
    Gate gate(*this);
    PendingCommand<Add> late = Pending(1, {.counter = "a"});
    late.deadline = clock_.Now() + std::chrono::seconds(10);
    PendingCommand<Add> in_time = Pending(2, {.counter = "a"});
    in_time.deadline = clock_.Now() + std::chrono::seconds(11);
    auto expired = Submit(*loop_, std::move(late));
    auto run = Submit(*loop_, std::move(in_time));
    clock_.Advance(std::chrono::seconds(10));
    gate.Open();
    EXPECT_EQ(CodeOf(expired.get()), ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(run.get().value(), "1");
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency"), 1);
}

TEST_F(CommandLoopTest, EveryDecisionHasItsAuditEntryAndARetryHasNone) {
    Start();
    for (int i = 0; i < 2; ++i) {
        Submit(1, {.counter = "a"}).wait();
        Submit(2, {.counter = "a", .amount = 0}).wait();
    }
    const auto entry = [this](const char* outcome) {
        return database_.Text(
            "SELECT concat_ws(' ', (at AT TIME ZONE 'UTC')::text, actor, roles, method, target,"
            "                 request_id, traceparent)"
            "  FROM audit_entries WHERE outcome = '" +
            std::string(outcome) + "'");
    };
    EXPECT_EQ(database_.Count("SELECT count(*) FROM audit_entries"), 2);
    EXPECT_EQ(entry("OK"),
              "2022-05-12 00:00:00 siti officer,agency Add counter/a"
              " 00000000-0000-4000-8000-000001000001 00-trace-01");
    EXPECT_EQ(entry("NOTHING_TO_ADD"),
              "2022-05-12 00:00:00 siti officer,agency Add counter/a"
              " 00000000-0000-4000-8000-000001000002 00-trace-01");
}

TEST_F(CommandLoopTest, TheRelayIsWokenBeforeTheCallerHears) {
    Start();
    EXPECT_EQ(commits_, 0);
    Submit(1, {.counter = "a"}).wait();
    EXPECT_EQ(commits_, 1);
}

TEST_F(CommandLoopTest, WhatWasSubmittedIsAnsweredBeforeTheLoopEnds) {
    Start();
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 50; ++i) outcomes.push_back(Submit(i, {.counter = "a"}));
    loop_.reset();
    for (auto& outcome : outcomes) EXPECT_TRUE(outcome.get().has_value());
}

TEST_F(CommandLoopTest, OperatorsSeeEveryAnswer) {
    Start({.dsn = {}, .queue_max = 1});
    Gate gate(*this);
    PendingCommand<Add> late = Pending(1, {.counter = "a"});
    late.deadline = clock_.Now();
    auto expired = Submit(*loop_, std::move(late));
    Submit(2, {.counter = "a"}).wait();  // The queue is full.
    gate.Open();
    expired.wait();
    loop_.reset();
    const std::string metrics = telemetry::Render(metrics_);
    for (const char* line :
         {"bangkit_commands_queue_full_total 1",
          "bangkit_commands_total{method=\"Add\",outcome=\"OK\"} 1",
          "bangkit_commands_total{method=\"Add\",outcome=\"DEADLINE_EXCEEDED\"} 1",
          "bangkit_commands_queued 0"}) {
        EXPECT_NE(metrics.find(line), std::string::npos) << line << "\n" << metrics;
    }
}

}  // namespace
}  // namespace bangkit::command
