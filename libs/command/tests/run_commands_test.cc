#include <gtest/gtest.h>

#include "libs/command/tests/loop_fixture.h"

namespace bangkit::command {
namespace {

/// A unit of work in the transaction of somebody else, such as a consumer's.
class RunCommandsTest : public LoopTest {
protected:
    std::vector<Outcome> Run(postgres::Transaction& transaction, const std::vector<Add>& commands) {
        std::vector<PendingCommand<Add>> pending;
        for (const Add& command : commands) pending.push_back(Pending(-1, command));
        std::vector<const PendingCommand<Add>*> batch;
        for (const auto& each : pending) batch.push_back(&each);
        CounterUnit unit;
        return RunCommands<CounterUnit>(unit, transaction, batch, clock_.Now());
    }

    postgres::Connection connection_{database_.dsn()};
};

TEST_F(RunCommandsTest, EffectsAndAuditAreTheTransactionsOwn) {
    {
        postgres::Transaction transaction(connection_);
        Run(transaction, {{.counter = "a"}});
    }
    EXPECT_EQ(Value("a"), 0);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM audit_entries"), 0);
    postgres::Transaction transaction(connection_);
    const auto outcomes = Run(transaction, {{.counter = "a"}, {.counter = "a", .amount = 0}});
    transaction.Commit();
    EXPECT_EQ(outcomes.at(0).value(), "1");
    EXPECT_EQ(ReasonOf(outcomes.at(1)), "NOTHING_TO_ADD");
    EXPECT_EQ(Value("a"), 1);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM audit_entries"), 2);
}

TEST_F(RunCommandsTest, NothingToDoIsNothingDone) {
    postgres::Transaction transaction(connection_);
    EXPECT_TRUE(Run(transaction, {}).empty());
    transaction.Commit();
}

TEST_F(RunCommandsTest, AuditEntriesCannotBeChangedByAService) {
    postgres::Transaction(connection_).Commit();
    EXPECT_THROW(connection_.Run("DELETE FROM audit_entries"), postgres::SqlError);
    EXPECT_THROW(connection_.Run("UPDATE audit_entries SET actor = ''"), postgres::SqlError);
}

}  // namespace
}  // namespace bangkit::command
