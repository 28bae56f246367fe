#include <gtest/gtest.h>

#include "libs/command/tests/loop_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/link.h"

namespace bangkit::command {
namespace {

/// What callers see while the database fails: never a lost or a second effect.
class OutageTest : public LoopTest {
protected:
    std::uint16_t ServerPort() const {
        return static_cast<std::uint16_t>(
            database_.Count("SELECT current_setting('port')::bigint"));
    }
    std::string DsnOf(const testing::Link& link) const {
        return database_.dsn() + " host=127.0.0.1 port=" + std::to_string(link.port());
    }
    void EveryNewConnectionIs(const char* read_only) const {
        database_.Execute(
            "BEGIN READ WRITE; DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
            " ' SET default_transaction_read_only = " +
            std::string(read_only) + "'; END $$; COMMIT");
    }
};

TEST_F(OutageTest, AConnectionThatBrokeIsReplacedAndNobodyNotices) {
    Start();
    Submit(1, {.counter = "a"}).wait();
    database_.KillOtherConnections();
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "2");
    EXPECT_EQ(Value("a"), 2);
}

TEST_F(OutageTest, AConnectionThatBreaksBeforeCommitIsReplacedOnce) {
    Start();
    Submit(1, {.counter = "a"}).wait();
    Gate gate(*this);
    auto outcome = Submit(2, {.counter = "a"});
    database_.KillOtherConnections();  // The gate's own, too.
    EXPECT_EQ(outcome.get().value(), "2");
}

TEST_F(OutageTest, WithoutADatabaseCallersHearSoAndMayTryAgain) {
    testing::Link link(ServerPort());
    Start({.dsn = DsnOf(link)});
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
    link.Cut();
    const Outcome refused = Submit(2, {.counter = "a"}).get();
    EXPECT_EQ(CodeOf(refused), ErrorCode::kUnavailable);
    EXPECT_EQ(ReasonOf(refused), "DATABASE_UNREACHABLE");
    link.Restore();
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "2");
    EXPECT_EQ(Value("a"), 2);
}

TEST_F(OutageTest, ACommitThatNobodyHearsOfIsUnavailableAndTheRetryFindsItsAnswer) {
    testing::Link link(ServerPort());
    Start({.dsn = DsnOf(link)});
    Submit(1, {.counter = "warm up"}).wait();
    auto outcome = Submit(2, {.counter = "a", .on_save = [&link] { link.SwallowAnswers(); }});
    ASSERT_TRUE(testing::Eventually([this] { return Value("a") == 1; }));  // It has committed.
    link.Cut();
    const Outcome unknown = outcome.get();
    EXPECT_EQ(CodeOf(unknown), ErrorCode::kUnavailable);
    EXPECT_EQ(ReasonOf(unknown), "COMMIT_UNKNOWN");
    link.Restore();
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "1");
    EXPECT_EQ(Value("a"), 1);
}

TEST_F(OutageTest, ACommitThatMayNotHaveHappenedIsNotRepeatedByItself) {
    testing::Link link(ServerPort());
    Start({.dsn = DsnOf(link)});
    Submit(1, {.counter = "warm up"}).wait();
    // Nothing arrives any more; the loop cannot know that.
    auto outcome = Submit(2, {.counter = "a", .on_save = [&link] { link.Cut(); }});
    EXPECT_EQ(ReasonOf(outcome.get()), "COMMIT_UNKNOWN");
    link.Restore();
    EXPECT_EQ(Value("a"), 0);
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "1");
}

TEST_F(OutageTest, AFrozenDatabaseIsGivenUpAndEverybodyWhoWaitsHearsSo) {
    testing::Link link(ServerPort());
    Start({.dsn = DsnOf(link) + " connect_timeout=2",
           .batch_max = 2,
           .silence_max = std::chrono::milliseconds(300)});
    Submit(1, {.counter = "warm up"}).wait();
    link.SwallowAnswers();
    std::vector<std::future<Outcome>> outcomes;
    for (int number = 2; number < 12; ++number) {
        outcomes.push_back(Submit(number, {.counter = "a"}));
    }
    // Not batch after batch, each with a patience of its own.
    for (auto& outcome : outcomes) EXPECT_EQ(CodeOf(outcome.get()), ErrorCode::kUnavailable);
    EXPECT_EQ(Value("a"), 0);
    link.Cut();
    link.Restore();
    EXPECT_EQ(Submit(2, {.counter = "a"}).get().value(), "1");
}

TEST_F(OutageTest, AnOutageIsLoggedWhenItBeginsAndWhenItIsOver) {
    testing::Link link(ServerPort());
    Start({.dsn = DsnOf(link)});
    Submit(1, {.counter = "a"}).wait();
    link.Cut();
    for (int number = 2; number < 12; ++number) Submit(number, {.counter = "a"}).wait();
    link.Restore();
    Submit(2, {.counter = "a"}).wait();
    EXPECT_EQ(logger_.lines(),
              (std::vector<std::string>{"writer_failed detail=cannot connect to PostgreSQL",
                                        "writer_recovered"}));
}

TEST_F(OutageTest, AFullDiskIsUnavailableForTheWholeBatchAndStoresNothing) {
    Start();
    Gate gate(*this);
    auto other = Submit(1, {.counter = "a"});
    auto full = Submit(
        2,
        {.counter = "b", .bad_sql = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"});
    gate.Open();
    for (auto* outcome : {&other, &full}) {
        const Outcome refused = outcome->get();
        EXPECT_EQ(CodeOf(refused), ErrorCode::kUnavailable);
        EXPECT_EQ(ReasonOf(refused), "DATABASE_OUT_OF_SERVICE");
    }
    EXPECT_EQ(database_.Count("SELECT count(*) FROM idempotency"), 0);
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
}

TEST_F(OutageTest, AServerThatOnlyReadsIsLeftForOneThatWrites) {
    EveryNewConnectionIs("on");
    Start();
    EXPECT_EQ(CodeOf(Submit(1, {.counter = "a"}).get()), ErrorCode::kUnavailable);
    EveryNewConnectionIs("off");
    EXPECT_EQ(Submit(1, {.counter = "a"}).get().value(), "1");
}

TEST_F(OutageTest, AFailureOnEitherSideOfCommitHasOneEffectAfterTheRetry) {
    for (const char* point : {"before_commit", "after_commit"}) {
        failpoints_ = std::make_unique<Failpoints>(std::string(point) + "=throw@1");
        Start();
        const int number = point[0] == 'b' ? 1 : 2;
        EXPECT_EQ(CodeOf(Submit(number, {.counter = point}).get()), ErrorCode::kInternal);
        EXPECT_EQ(Submit(number, {.counter = point}).get().value(), "1");
        EXPECT_EQ(Value(point), 1);
        loop_.reset();
    }
}

TEST_F(OutageTest, LogsAndAnswersHoldNoValues) {
    constexpr const char* kSecret = "3674109001019001";
    Start();
    Submit(1, {.counter = std::string(kSecret) + std::string("\0", 1)}).wait();
    const Outcome failed =
        Submit(2, {.counter = kSecret, .bad_sql = "SELECT 'x3674109001019001'::text::bigint"})
            .get();
    ASSERT_EQ(ReasonOf(failed), "VALUE_REFUSED");
    EXPECT_EQ(failed.error().message.find(kSecret), std::string::npos);
    for (const std::string& line : logger_.lines()) {
        EXPECT_EQ(line.find(kSecret), std::string::npos) << line;
    }
    EXPECT_FALSE(logger_.lines().empty());
}

}  // namespace
}  // namespace bangkit::command
