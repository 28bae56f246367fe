#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "libs/postgres/pool.h"
#include "libs/postgres/watch.h"
#include "libs/testing/eventually.h"
#include "libs/testing/link.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

using std::chrono::milliseconds;

/// How long silence is borne: also by the server, from whom we must not seem silent on a busy
/// machine.
constexpr milliseconds kSilenceMax{1'500};

/// A server that is connected and says nothing, as one that is stopped.
class SilenceTest : public ::testing::Test {
protected:
    std::string DsnByLink() const {
        return database_.dsn() + " port=" + std::to_string(link_.port());
    }

    testing::TempDatabase database_;
    testing::Link link_{
        static_cast<std::uint16_t>(database_.Count("SELECT current_setting('port')::bigint"))};
};

TEST_F(SilenceTest, OfTheServerEndsTheConnectionAndNothingHasHappened) {
    database_.Execute("CREATE TABLE notes (id int); GRANT ALL ON notes TO bangkit_runtime");
    Connection connection(DsnByLink(), kSilenceMax);
    {
        Transaction transaction(connection);
        transaction.Run("INSERT INTO notes VALUES (1)");
        link_.SwallowAnswers();
        // ServerSilent, unless this machine is so busy that we were the silent one to the server.
        EXPECT_THROW(transaction.Run("INSERT INTO notes VALUES (2)"), ConnectionLost);
        EXPECT_THROW(transaction.Run("INSERT INTO notes VALUES (3)"), ConnectionLost);
    }
    EXPECT_THROW(connection.Run("SELECT 1"), ConnectionLost);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM notes"), 0);
}

TEST_F(SilenceTest, DuringCommitMayHaveCommitted) {
    Connection connection(DsnByLink(), kSilenceMax);
    Transaction(connection).Commit();  // From now on, COMMIT need not be prepared.
    Transaction transaction(connection);
    transaction.Run("SELECT 1");
    link_.SwallowAnswers();
    EXPECT_THROW(transaction.Commit(), CommitUnknown);
}

TEST_F(SilenceTest, OfAStatementThatIsNewOrAScriptIsNoticedToo) {
    Connection connection(DsnByLink(), kSilenceMax);
    link_.SwallowAnswers();
    EXPECT_THROW(connection.RunScript("SELECT 1; SELECT 2"), ServerSilent);
}

TEST_F(SilenceTest, OfAServerThatIsBusyIsWaitedForWhereNoLimitIsSet) {
    Connection connection(database_.dsn());
    EXPECT_EQ(connection.Run("SELECT 7::bigint FROM pg_sleep(0.5)").Int64(0, 0), 7);
}

TEST_F(SilenceTest, OfTheServerIsNoticedClearlyBeforeTheServerNoticesOurs) {
    Connection connection(database_.dsn(), kPromptly);
    const Rows bound = connection.Run(
        "SELECT setting::bigint FROM pg_settings"
        " WHERE name = 'idle_in_transaction_session_timeout'");
    EXPECT_GE(bound.Int64(0, 0), kPromptly.count() * 3 / 2);
    EXPECT_LE(bound.Int64(0, 0), kPromptly.count() * 2);  // Its locks are wanted by others.
}

TEST_F(SilenceTest, OfOurselvesInATransactionLeavesNobodyWaitingForItsLocks) {
    database_.Execute(
        "CREATE TABLE notes (id int PRIMARY KEY);"
        "GRANT ALL ON notes TO bangkit_runtime");
    Connection frozen(database_.dsn(), milliseconds(300));
    Transaction transaction(frozen);
    transaction.Run("INSERT INTO notes VALUES (1)");
    Connection next(database_.dsn());
    EXPECT_EQ(next.Run("INSERT INTO notes VALUES (1)").affected(), 1);  // Once the lock is free.
    EXPECT_THROW(transaction.Run("SELECT 1"), ConnectionLost);
}

TEST_F(SilenceTest, CostsAReaderItsPatienceOnce) {
    Pool pool(DsnByLink(), "SET statement_timeout = '5s'");
    int reads = 0;
    const auto read = [&reads](Connection& connection) {
        ++reads;
        return connection.Run("SELECT 1").size();
    };
    pool.Read(read);
    link_.SwallowAnswers();
    EXPECT_THROW(pool.Read(read), ServerSilent);
    EXPECT_EQ(reads, 2);
}

TEST_F(SilenceTest, IsKnownToWhoeverAsksWhetherTheDatabaseIsReady) {
    testing::QuietLogger logger;
    std::atomic<bool> is_up = false;
    const Watch watch(DsnByLink(), logger, [&is_up](bool up) { is_up = up; });
    ASSERT_TRUE(testing::Eventually([&watch] { return !watch.WhyNotReady(); }));
    ASSERT_TRUE(testing::Eventually([&is_up] { return is_up.load(); }));
    link_.SwallowAnswers();
    ASSERT_TRUE(testing::Eventually([&is_up] { return !is_up; }));
    EXPECT_TRUE(watch.WhyNotReady());
    link_.Cut();
    link_.Restore();
    ASSERT_TRUE(testing::Eventually([&is_up] { return is_up.load(); }));
    EXPECT_FALSE(watch.WhyNotReady());
}

}  // namespace
}  // namespace bangkit::postgres
