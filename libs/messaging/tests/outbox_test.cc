#include "libs/messaging/outbox.h"

#include <gtest/gtest.h>

#include "libs/messaging/tests/outbox_fixture.h"

namespace bangkit::messaging {
namespace {

TEST_F(OutboxTest, EventsLieInTheOrderInWhichTheyHappened) {
    Append(1, 500);
    Append(1, 3, 2);
    EXPECT_EQ(
        database_.Count("SELECT count(*) FROM (SELECT version, row_number() OVER (ORDER BY id)"
                        "  AS n FROM outbox WHERE aggregate_id = '" +
                        IdOf(1) +
                        "') o"
                        " WHERE version <> n"),
        0);
    EXPECT_EQ(Remaining(), 503);
}

TEST_F(OutboxTest, WithoutTheTransactionThereIsNoEvent) {
    postgres::Connection connection(database_.dsn());
    {
        postgres::Transaction transaction(connection);
        Outbox outbox;
        outbox.Add({.aggregate_type = "counter",
                    .aggregate_id = IdOf(1),
                    .version = 1,
                    .type = "T",
                    .payload = "",
                    .traceparent = ""});
        outbox.Save(transaction);
    }
    postgres::Transaction empty(connection);
    Outbox().Save(empty);
    empty.Commit();
    EXPECT_EQ(Remaining(), 0);
}

TEST_F(OutboxTest, APayloadThatKafkaWouldRefuseIsNotCommitted) {
    constexpr std::size_t kMax = 512 * 1024;
    payload_ = std::string(kMax - 1, 'x');
    Append(1, 1);
    payload_ = std::string(kMax, 'x');
    try {
        Append(2, 2);
        FAIL();
    } catch (const postgres::SqlError& error) {
        EXPECT_STREQ(error.what(),
                     "SQLSTATE 23514, table outbox, constraint payload_fits_into_a_record");
    }
    EXPECT_EQ(Remaining(), 1);
}

}  // namespace
}  // namespace bangkit::messaging
