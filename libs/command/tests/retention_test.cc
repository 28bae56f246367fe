#include "libs/command/retention.h"

#include <gtest/gtest.h>

#include "gen/command_migrations.h"
#include "libs/command/idempotency.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"

namespace bangkit::command {
namespace {

using std::chrono::hours;

std::int64_t RemoveOlderThanAWeek(postgres::Connection& connection, std::int64_t limit) {
    return RemoveOldReplies(connection, hours(168), limit);
}

class RetentionTest : public ::testing::Test {
protected:
    void Store(int replies, const std::string& age) const {
        database_.Execute(
            "INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply, "
            "created_at)"
            " SELECT gen_random_uuid(), 'siti', '', false, '', now() - interval '" +
            age +
            "'"
            "   FROM generate_series(1, " +
            std::to_string(replies) + ")");
    }
    std::int64_t Count() const { return database_.Count("SELECT count(*) FROM idempotency"); }

    testing::TempDatabase database_{{Migrations()}};
    postgres::Connection connection_{database_.dsn()};
};

TEST_F(RetentionTest, OnlyOldRepliesAreRemovedAndNotTooManyAtOnce) {
    Store(5, "169 hours");
    Store(3, "167 hours");
    EXPECT_EQ(RemoveOldReplies(connection_, hours(168), 2), 2);
    EXPECT_EQ(RemoveOldReplies(connection_, hours(168), 100), 3);
    EXPECT_EQ(RemoveOldReplies(connection_, hours(168), 100), 0);
    EXPECT_EQ(Count(), 3);
}

TEST_F(RetentionTest, TheSweeperRemovesThemBatchByBatch) {
    Store(2'500, "8 days");
    Store(1, "1 hour");
    testing::QuietLogger logger;
    const RetentionSweeper sweeper(database_.dsn(), RemoveOlderThanAWeek, logger);
    EXPECT_TRUE(testing::Eventually([this] { return Count() == 1; }));
    EXPECT_TRUE(logger.lines().empty());
}

TEST_F(RetentionTest, WithoutADatabaseTheSweeperSaysSoAndEndsWhenAsked) {
    testing::QuietLogger logger;
    const RetentionSweeper sweeper("host=127.0.0.1 port=1", RemoveOlderThanAWeek, logger);
    EXPECT_TRUE(testing::Eventually([&] { return logger.lines().size() == 1; }));
}

}  // namespace
}  // namespace bangkit::command
