#include <gtest/gtest.h>

#include <string>

#include "libs/postgres/connection.h"
#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

class TransactionTest : public ::testing::Test {
protected:
    TransactionTest() {
        database_.Execute(
            "CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, text text UNIQUE);"
            "GRANT ALL ON notes TO bangkit_runtime");
    }
    std::string Notes() {
        return database_.Text("SELECT coalesce(string_agg(text, ' ' ORDER BY id), '') FROM notes");
    }
    static void Note(Transaction& transaction, std::string_view text) {
        transaction.Queue("INSERT INTO notes (text) VALUES ($1::text)", {text});
    }

    testing::TempDatabase database_;
    Connection connection_{database_.dsn()};
};

TEST_F(TransactionTest, WhatIsNotCommittedLeavesNothing) {
    {
        Transaction transaction(connection_);
        transaction.Run("INSERT INTO notes (text) VALUES ('a')");
        Note(transaction, "b");
    }
    EXPECT_EQ(Notes(), "");
    EXPECT_EQ(connection_.Run("SELECT 7::bigint").Int64(0, 0), 7);
}

TEST_F(TransactionTest, QueuedStatementsRunInTheirOrderAndBeforeTheNextRun) {
    Transaction transaction(connection_);
    Note(transaction, "a");
    Note(transaction, "b");
    EXPECT_EQ(transaction.Run("SELECT text FROM notes ORDER BY id").size(), 2);
    Note(transaction, "c");
    transaction.Run("INSERT INTO notes (text) VALUES ('d')");
    Note(transaction, "e");
    transaction.Commit();
    EXPECT_EQ(Notes(), "a b c d e");
}

TEST_F(TransactionTest, ParametersOfQueuedStatementsNeedNotOutliveTheCall) {
    Transaction transaction(connection_);
    for (const char* letter : {"a", "b", "c"}) Note(transaction, std::string(40, *letter));
    transaction.Commit();
    EXPECT_EQ(Notes(),
              std::string(40, 'a') + " " + std::string(40, 'b') + " " + std::string(40, 'c'));
}

TEST_F(TransactionTest, OfAPipelineThatFailsTheFirstErrorIsTold) {
    Transaction transaction(connection_);
    Note(transaction, "a");
    Note(transaction, "a");
    Note(transaction, std::string_view("\0", 1));
    try {
        transaction.Commit();
        FAIL();
    } catch (const SqlError& error) {
        EXPECT_EQ(error.state(), "23505");
    }
    EXPECT_EQ(Notes(), "");
}

TEST_F(TransactionTest, AFailedTransactionCannotBeCommitted) {
    Transaction transaction(connection_);
    transaction.Run("INSERT INTO notes (text) VALUES ('a')");
    EXPECT_THROW(transaction.Run("SELECT 1 / (SELECT 0)"), SqlError);
    EXPECT_THROW(transaction.Commit(), SqlError);
    EXPECT_EQ(Notes(), "");
}

TEST_F(TransactionTest, AnUnexpectedCountIsALostRaceAndNothingIsCommitted) {
    connection_.RunScript("INSERT INTO notes (text) VALUES ('a')");
    for (const std::int64_t count : {0, 2}) {
        Transaction transaction(connection_);
        transaction.QueueExact(count, "UPDATE notes SET text = $1::text", {"b"});
        Note(transaction, "c");
        try {
            transaction.Commit();
            ADD_FAILURE() << count;
        } catch (const SqlError& error) {
            EXPECT_TRUE(error.IsLostRace());
        }
    }
    EXPECT_EQ(Notes(), "a");
    Transaction transaction(connection_);
    transaction.QueueExact(1, "UPDATE notes SET text = $1::text", {"b"});
    transaction.Commit();
    EXPECT_EQ(Notes(), "b");
}

TEST_F(TransactionTest, AnUnexpectedCountBeforeAReadFailsThereAndThen) {
    Transaction transaction(connection_);
    transaction.QueueExact(1, "UPDATE notes SET text = $1::text", {"b"});
    EXPECT_THROW(transaction.Run("SELECT 1"), SqlError);
}

TEST_F(TransactionTest, ALostConnectionIsToldFromALostCommit) {
    Connection early(database_.dsn()), late(database_.dsn());
    Transaction(late)
        .Commit();  // Knows the statement from now on, and sends it without asking first.
    Transaction before(early), during(late);
    Note(during, "a");
    database_.KillOtherConnections();
    EXPECT_THROW(before.Run("SELECT 1"), ConnectionLost);
    EXPECT_THROW(during.Commit(), CommitUnknown);
}

TEST_F(TransactionTest, AnExactStatementThatMeetsALostConnectionHasNotCommitted) {
    Transaction transaction(connection_);
    transaction.QueueExact(1, "INSERT INTO notes (text) VALUES ($1::text)", {"a"});
    database_.KillOtherConnections();
    EXPECT_THROW(transaction.Commit(), ConnectionLost);
}

TEST_F(TransactionTest, TheNextTransactionKnowsNothingOfAFailedOne) {
    try {
        Transaction transaction(connection_);
        Note(transaction, "a");
        throw std::runtime_error("a mistake of ours");
    } catch (const std::runtime_error&) {
    }
    Transaction transaction(connection_);
    Note(transaction, "b");
    transaction.Commit();
    EXPECT_EQ(Notes(), "b");
}

TEST_F(TransactionTest, LargePipelinesFlowBothWaysAtOnce) {
    constexpr int kStatements = 100;
    const std::string large(100'000, 'x');
    Transaction transaction(connection_);
    for (int i = 0; i < kStatements; ++i) transaction.Queue("SELECT $1::text", {large});
    EXPECT_EQ(transaction.Run("SELECT $1::text", {large}).Text(0, 0), large);
    transaction.Commit();
}

}  // namespace
}  // namespace bangkit::postgres
