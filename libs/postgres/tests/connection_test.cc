#include "libs/postgres/connection.h"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "libs/testing/eventually.h"
#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

constexpr const char* kSecret = "3674109001019001";

class ConnectionTest : public ::testing::Test {
protected:
    ConnectionTest() {
        database_.Execute(
            "CREATE TABLE accounts (id text PRIMARY KEY, rupiah bigint CONSTRAINT not_negative"
            " CHECK (rupiah >= 0)); GRANT ALL ON accounts TO bangkit_runtime");
    }

    static SqlError ErrorOf(const std::function<void()>& statement) {
        try {
            statement();
        } catch (const SqlError& error) {
            return error;
        }
        ADD_FAILURE() << "there was no error";
        return {"", ""};
    }

    testing::TempDatabase database_;
    Connection connection_{database_.dsn()};
};

TEST_F(ConnectionTest, TellsHowManyRowsWereAffected) {
    EXPECT_EQ(connection_.Run("INSERT INTO accounts VALUES ('a', 1), ('b', 2)").affected(), 2);
    EXPECT_EQ(connection_.Run("UPDATE accounts SET rupiah = 0 WHERE id = 'x'").affected(), 0);
    EXPECT_EQ(connection_.Run("SELECT FROM accounts").size(), 2);
}

TEST_F(ConnectionTest, AColumnOfAnotherTypeIsAMistakeAndNotANumber) {
    const Rows rows = connection_.Run("SELECT 'abc'::text, NULL::bigint, 7::bigint, true");
    EXPECT_THROW(rows.Int64(0, 0), std::logic_error);
    EXPECT_THROW(rows.Int64(0, 1), std::logic_error);
    EXPECT_THROW(rows.Uuid(0, 0), std::logic_error);
    EXPECT_THROW(rows.Date(0, 2), std::logic_error);
    EXPECT_THROW(rows.Bool(0, 2), std::logic_error);
    EXPECT_TRUE(rows.Bool(0, 3));
}

TEST_F(ConnectionTest, SmallerIntegersAreNumbersToo) {
    const Rows rows = connection_.Run("SELECT (-2)::smallint, (-3)::integer");
    EXPECT_EQ(rows.Int64(0, 0), -2);
    EXPECT_EQ(rows.Int64(0, 1), -3);
}

TEST_F(ConnectionTest, ParametersAreNeverPartOfTheStatement) {
    const std::string hostile = "'; DROP TABLE accounts; --";
    connection_.Run("INSERT INTO accounts VALUES ($1::text, 1)", {hostile});
    EXPECT_EQ(connection_.Run("SELECT id FROM accounts").Text(0, 0), hostile);
}

TEST_F(ConnectionTest, ErrorsTellWhatToDoNext) {
    connection_.Run("INSERT INTO accounts VALUES ('a', 1)");
    const SqlError twin = ErrorOf([&] { connection_.Run("INSERT INTO accounts VALUES ('a', 1)"); });
    EXPECT_TRUE(twin.IsLostRace());
    const SqlError nul = ErrorOf([&] {
        connection_.Run("SELECT FROM accounts WHERE id = $1::text", {std::string_view("a\0b", 3)});
    });
    EXPECT_TRUE(nul.IsBadValue());
    const SqlError latin1 =
        ErrorOf([&] { connection_.Run("SELECT FROM accounts WHERE id = $1::text", {"\xe9"}); });
    EXPECT_TRUE(latin1.IsBadValue());
    const SqlError full = ErrorOf([&] {
        connection_.RunScript("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$");
    });
    EXPECT_TRUE(full.IsOutOfService());
    const SqlError standby = ErrorOf(
        [&] { connection_.RunScript("SET transaction_read_only = on; DELETE FROM accounts"); });
    EXPECT_TRUE(standby.IsOutOfService());
}

TEST_F(ConnectionTest, ErrorsNeverQuoteData) {
    connection_.Run("INSERT INTO accounts VALUES ($1::text, 1)", {kSecret});
    const std::vector<std::function<void()>> statements{
        [&] { connection_.Run("INSERT INTO accounts VALUES ($1::text, 1)", {kSecret}); },
        [&] { connection_.Run("INSERT INTO accounts VALUES ($1::text, -1)", {kSecret}); },
        [&] { connection_.Run("SELECT ($1::text || 'x')::bigint", {kSecret}); },
        [&] { connection_.Run("SELECT $1::text::uuid", {kSecret}); },
        [&] {
            connection_.RunScript("DO $$ BEGIN RAISE EXCEPTION '" + std::string(kSecret) +
                                  "'; END $$");
        }};
    for (const auto& statement : statements) {
        const std::string text = ErrorOf(statement).what();
        EXPECT_EQ(text.find(kSecret), std::string::npos) << text;
        EXPECT_NE(text.find("SQLSTATE"), std::string::npos) << text;
    }
    EXPECT_STREQ(ErrorOf(statements[1]).what(),
                 "SQLSTATE 23514, table accounts, constraint not_negative");
}

TEST_F(ConnectionTest, AMistakeInTheStatementItselfIsTold) {
    const std::string text = ErrorOf([&] { connection_.Run("SELECT FROM nowhere"); }).what();
    EXPECT_NE(text.find("\"nowhere\" does not exist"), std::string::npos) << text;
}

TEST_F(ConnectionTest, GoesOnAfterAnError) {
    ErrorOf([&] { connection_.Run("SELECT 1 / (SELECT 0)"); });
    EXPECT_EQ(connection_.Run("SELECT 7::bigint").Int64(0, 0), 7);
}

TEST_F(ConnectionTest, NobodyThereIsALostConnection) {
    EXPECT_THROW(Connection("host=127.0.0.1 port=1 dbname=x connect_timeout=1"), ConnectionLost);
}

TEST_F(ConnectionTest, AServerThatIsGoneIsALostConnection) {
    database_.KillOtherConnections();
    EXPECT_THROW(connection_.Run("SELECT 1"), ConnectionLost);
    EXPECT_THROW(connection_.Run("SELECT 1"), ConnectionLost);
}

TEST_F(ConnectionTest, AServerThatHangsUpForAnyReasonIsALostConnection) {
    connection_.RunScript("SET idle_in_transaction_session_timeout = 1; BEGIN");
    ASSERT_TRUE(testing::Eventually([&] {
        return database_.Count(
                   "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                   " current_database() AND usename = 'bangkit_test_service'") == 0;
    }));
    EXPECT_THROW(connection_.Run("SELECT 1"), ConnectionLost);
}

}  // namespace
}  // namespace bangkit::postgres
