#include "libs/postgres/migrations.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <future>
#include <stdexcept>

#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

constexpr std::array kShop{
    Migration{.name = "0001_goods", .sql = "CREATE TABLE goods (id bigint PRIMARY KEY)"},
    Migration{.name = "0002_price",
              .sql = "ALTER TABLE goods ADD price bigint; INSERT INTO goods VALUES (1, 5000);"
                     "GRANT SELECT, INSERT, UPDATE ON goods TO bangkit_runtime"}};

class MigrationsTest : public ::testing::Test {
protected:
    void Run(std::span<const Migration> steps, const char* component = "shop") {
        Migrate(database_.owner_dsn(), {{.name = component, .migrations = steps}}, logger_);
    }
    std::int64_t CountSteps() { return database_.Count("SELECT count(*) FROM schema_migrations"); }

    testing::QuietLogger logger_;
    testing::TempDatabase database_;
};

TEST_F(MigrationsTest, EachStepRunsOnceInItsOrder) {
    Run(std::span(kShop).first(1));
    Run(kShop);
    Run(kShop);
    EXPECT_EQ(database_.Count("SELECT price FROM goods"), 5000);
    EXPECT_EQ(logger_.lines(),
              (std::vector<std::string>{"migration_run component=shop migration=0001_goods",
                                        "migration_run component=shop migration=0002_price"}));
}

TEST_F(MigrationsTest, ComponentsDoNotKnowEachOther) {
    constexpr std::array kOther{
        Migration{.name = "0001_goods", .sql = "CREATE TABLE other_goods (id bigint)"}};
    Run(kShop);
    Run(kOther, "other");
    EXPECT_EQ(CountSteps(), 3);
}

TEST_F(MigrationsTest, ProcessesThatStartAtOnceRunThemOnceTogether) {
    std::vector<std::future<void>> processes;
    for (int i = 0; i < 8; ++i) {
        processes.push_back(std::async(std::launch::async, [this] { Run(kShop); }));
    }
    for (auto& process : processes) EXPECT_NO_THROW(process.get());
    EXPECT_EQ(database_.Count("SELECT count(*) FROM goods"), 1);
    EXPECT_EQ(logger_.lines().size(), 2U);
}

TEST_F(MigrationsTest, AStepThatWasChangedAfterwardsIsRefused) {
    Run(kShop);
    std::array changed = kShop;
    changed[0].sql = "CREATE TABLE goods (id text PRIMARY KEY)";
    EXPECT_THROW(Run(changed), std::runtime_error);
}

TEST_F(MigrationsTest, AStepThatFailsLeavesNothingAndCanBeMended) {
    const std::array broken{
        kShop[0],
        Migration{.name = "0002_price",
                  .sql = "CREATE TABLE half (id bigint); ALTER TABLE nowhere ADD x bigint"}};
    EXPECT_THROW(Run(broken), SqlError);
    EXPECT_EQ(CountSteps(), 1);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM pg_tables WHERE tablename = 'half'"), 0);
    Run(kShop);
    EXPECT_EQ(database_.Count("SELECT price FROM goods"), 5000);
}

TEST_F(MigrationsTest, AServiceMayUseTheTablesButNotChangeOrDropThem) {
    Run(kShop);
    Connection service(database_.dsn());
    service.Run("UPDATE goods SET price = 6000");
    for (const char* forbidden :
         {"DROP TABLE goods", "ALTER TABLE goods ADD x bigint", "TRUNCATE goods",
          "DELETE FROM goods", "CREATE TABLE mine (id bigint)",
          "UPDATE schema_migrations SET checksum = 0", "SET ROLE postgres"}) {
        try {
            service.RunScript(forbidden);
            ADD_FAILURE() << forbidden;
        } catch (const SqlError& error) {
            EXPECT_EQ(error.state(), "42501") << forbidden;
        }
    }
}

}  // namespace
}  // namespace bangkit::postgres
