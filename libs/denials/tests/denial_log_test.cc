#include "libs/denials/denial_log.h"

#include <gtest/gtest.h>

#include <string>

#include "gen/denials_migrations.h"
#include "libs/testing/eventually.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"

namespace bangkit::denials {
namespace {

using testing::Eventually;

constexpr Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10);

class DenialLogTest : public ::testing::Test {
protected:
    std::int64_t Count(const std::string& what, const std::string& where = "true") const {
        return database_.Count("SELECT coalesce(" + what + ", 0)::bigint FROM denied_calls WHERE " +
                               where);
    }

    testing::TempDatabase database_{{Migrations()}};
    testing::ManualClock clock_{kNow};
    testing::QuietLogger logger_;
};

TEST_F(DenialLogTest, SaysWhoWasDeniedWhatAndHowOften) {
    DenialLog log(database_.dsn(), clock_, logger_);
    log.Record({.actor = "siti", .method = "S/Get", .reason = "ROLE_NOT_ALLOWED"});
    log.Record({.actor = "", .method = "S/Get", .reason = "TOKEN_MISSING"});
    ASSERT_TRUE(Eventually([this] { return Count("count(*)") == 2; }));
    log.Record({.actor = "siti", .method = "S/Get", .reason = "ROLE_NOT_ALLOWED"});
    EXPECT_TRUE(Eventually([this] {
        return Count("sum(calls)", "actor = 'siti' AND reason = 'ROLE_NOT_ALLOWED'") == 2;
    }));
    EXPECT_EQ(Count("count(*)"), 2);
}

TEST_F(DenialLogTest, BeginsARowEveryMinute) {
    DenialLog log(database_.dsn(), clock_, logger_);
    for (int minute = 0; minute < 3; ++minute) {
        log.Record({.actor = "siti", .method = "S/Get", .reason = "ROLE_NOT_ALLOWED"});
        clock_.Advance(std::chrono::minutes(1));
    }
    EXPECT_TRUE(Eventually([this] { return Count("count(*)") == 3; }));
}

TEST_F(DenialLogTest, AFloodOfCallersIsNoFloodOfRows) {
    constexpr int kCalls = 20'000;
    {
        DenialLog log(database_.dsn(), clock_, logger_);
        for (int i = 0; i < kCalls; ++i) {
            const std::string actor = "caller " + std::to_string(i);
            log.Record({.actor = actor, .method = "S/Get", .reason = "ROLE_NOT_ALLOWED"});
        }
    }
    EXPECT_EQ(Count("count(*)"), std::int64_t{kNamedPerMinute} + 1);
    EXPECT_EQ(Count("sum(calls)"), kCalls) << "counted all the same";
}

TEST_F(DenialLogTest, TellsApartAgainInTheNextMinute) {
    {
        DenialLog log(database_.dsn(), clock_, logger_);
        for (std::size_t i = 0; i < kNamedPerMinute; ++i) {
            const std::string actor = "x" + std::to_string(i);
            log.Record({.actor = actor, .method = "S/Get", .reason = "R"});
        }
        log.Record({.actor = "siti", .method = "S/Get", .reason = "R"});
        clock_.Advance(std::chrono::minutes(1));
        log.Record({.actor = "siti", .method = "S/Get", .reason = "R"});
    }
    EXPECT_EQ(Count("sum(calls)", "actor = 'siti'"), 1);
}

TEST_F(DenialLogTest, OutlivesADatabaseThatIsAwayForAWhile) {
    DenialLog log(database_.dsn(), clock_, logger_);
    database_.Execute("ALTER TABLE denied_calls RENAME TO away");
    log.Record({.actor = "siti", .method = "S/Get", .reason = "R"});
    ASSERT_TRUE(Eventually([this] { return !logger_.lines().empty(); }));
    database_.Execute("ALTER TABLE away RENAME TO denied_calls");
    EXPECT_TRUE(Eventually([this] { return Count("sum(calls)") == 1; }));
    EXPECT_EQ(logger_.lines().size(), 1U) << "an outage is told once";
}

TEST_F(DenialLogTest, NobodyCanRewriteIt) {
    for (const std::string sql :
         {"DELETE FROM denied_calls", "UPDATE denied_calls SET actor = 'another'"}) {
        postgres::Connection connection(database_.dsn());
        EXPECT_THROW(connection.RunScript(sql), postgres::SqlError) << sql;
    }
}

}  // namespace
}  // namespace bangkit::denials
