#include "libs/postgres/pool.h"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <stdexcept>

#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

std::int64_t BackendOf(Connection& connection) {
    return connection.Run("SELECT pg_backend_pid()").Int64(0, 0);
}

class PoolTest : public ::testing::Test {
protected:
    testing::TempDatabase database_;
    Pool pool_{database_.dsn(), "SET statement_timeout = '100ms'"};
};

TEST_F(PoolTest, AConnectionIsUsedAgain) {
    EXPECT_EQ(pool_.Read(BackendOf), pool_.Read(BackendOf));
}

TEST_F(PoolTest, ReadersAtTheSameTimeHaveConnectionsOfTheirOwn) {
    std::latch together(2);
    const auto read = [&] {
        return pool_.Read([&](Connection& connection) {
            together.arrive_and_wait();
            return BackendOf(connection);
        });
    };
    std::future<std::int64_t> other = std::async(std::launch::async, read);
    const std::int64_t mine = read();
    EXPECT_NE(mine, other.get());
}

TEST_F(PoolTest, ConnectionsThatBrokeWhileIdleAreReplacedUnnoticed) {
    const std::int64_t before = pool_.Read(BackendOf);
    database_.KillOtherConnections();
    EXPECT_NE(pool_.Read(BackendOf), before);
}

TEST_F(PoolTest, ABrokenTransactionIsReadOnceMoreToo) {
    pool_.Read(BackendOf);
    int calls = 0;
    const auto read = [&](Connection& connection) {
        Transaction transaction(connection);
        if (++calls == 1) database_.KillOtherConnections();
        transaction.Commit();
        return calls;
    };
    EXPECT_EQ(pool_.Read(read), 2);
}

TEST_F(PoolTest, ANewConnectionThatBreaksIsNotTriedForEver) {
    const auto read = [&](Connection& connection) {
        database_.KillOtherConnections();
        return BackendOf(connection);
    };
    EXPECT_THROW(pool_.Read(read), ConnectionLost);
}

TEST_F(PoolTest, NewConnectionsAreSetUpAndSurviveARefusal) {
    const std::int64_t before = pool_.Read(BackendOf);
    const auto too_slow = [](Connection& connection) {
        return connection.Run("SELECT pg_sleep(60)").size();
    };
    EXPECT_THROW(pool_.Read(too_slow), SqlError);
    EXPECT_EQ(pool_.Read(BackendOf), before);
}

TEST_F(PoolTest, AReaderThatFailsGivesItsConnectionBackWithoutItsTransaction) {
    pool_.Read(BackendOf);
    const auto fail = [](Connection& connection) -> int {
        Transaction transaction(connection);
        transaction.Run("CREATE TEMPORARY TABLE scratch (id bigint)");
        throw std::logic_error("a mistake of ours");
    };
    EXPECT_THROW(pool_.Read(fail), std::logic_error);
    const auto is_there = [](Connection& connection) {
        return !connection.Run("SELECT to_regclass('scratch')").IsNull(0, 0);
    };
    EXPECT_FALSE(pool_.Read(is_there));
}

}  // namespace
}  // namespace bangkit::postgres
