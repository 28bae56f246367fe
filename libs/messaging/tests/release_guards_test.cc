#include <gmock/gmock.h>

#include <future>

#include "libs/messaging/tests/release_fixture.h"

namespace bangkit::messaging {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ReleaseTest, AnOvertakenOwnerReleasesNothing) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1")});
    Ask(ParkedRequest::kRetry, 0);
    const auto due = Due();
    Inbox next(kTopic, IdOf('y'));
    next.TakeOver(other_connection_, {0});
    Total total, next_total;
    EXPECT_FALSE(inbox_.Release(connection_, due, total));
    EXPECT_EQ(Sum(), 0);
    EXPECT_EQ(next.Release(other_connection_, due, next_total)->applied, 1);
    EXPECT_EQ(Sum(), 1);
    EXPECT_FALSE(inbox_.Release(connection_, due, total));
    EXPECT_EQ(Sum(), 1);
}

TEST_F(ReleaseTest, NobodyTakesAPartitionOverWhileItsRecordsAreReleased) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1")});
    Ask(ParkedRequest::kRetry, 0);
    Inbox next(kTopic, IdOf('y'));
    std::future<void> takeover;
    Total total([&] {
        takeover = std::async(std::launch::async, [&] { next.TakeOver(other_connection_, {0}); });
        database_.AwaitLockWaits();
    });
    EXPECT_EQ(Release(total)->applied, 1);
    takeover.get();
    EXPECT_THAT(next.FindDue(other_connection_, 10), IsEmpty());
    EXPECT_EQ(Sum(), 1);
}

TEST_F(ReleaseTest, RecordsOfPartitionsThatAreNotOursAreLeftAlone) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1"), Record(0, 'b', 1, "10", 1)});
    Ask(ParkedRequest::kRetry, ParkedFilter{.topic = kTopic});
    const auto due = Due();
    EXPECT_EQ(due.size(), 2U);
    inbox_.Forget();
    inbox_.TakeOver(connection_, {1});
    EXPECT_THAT(Due(), ElementsAre(RecordPlace{1, 0}));
    Total total;
    EXPECT_EQ(inbox_.Release(connection_, due, total)->applied, 1);
    EXPECT_EQ(Sum(), 10);
}

TEST_F(ReleaseTest, ARequestThatComesWhileTheRecordIsAppliedComesTooLate) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1")});
    Ask(ParkedRequest::kRetry, 0);
    std::future<std::vector<std::int64_t>> drop;
    Total total([&] {
        drop = std::async(std::launch::async, [&] { return Ask(ParkedRequest::kDrop, 0); });
        database_.AwaitLockWaits();
    });
    EXPECT_EQ(Release(total)->applied, 1);
    EXPECT_THAT(drop.get(), IsEmpty());
    EXPECT_EQ(Sum(), 1);
    EXPECT_EQ(VersionOf('a'), 1);
}

TEST_F(ReleaseTest, ARequestThatComesWhileTheRecordIsLookedForIsHeard) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1")});
    Ask(ParkedRequest::kRetry, 0);
    const auto due = Due();
    postgres::Transaction asking(owner_);
    const auto request = Ask(ParkedRequest::kDrop, 0);
    std::future<Consumed> released = std::async(std::launch::async, [&] {
        Total total;
        return inbox_.Release(connection_, due, total).value();
    });
    database_.AwaitLockWaits();
    asking.Commit();
    EXPECT_EQ(released.get().dropped, 1);
    EXPECT_EQ(StateOf(request).outcome, "dropped");
    EXPECT_EQ(Sum(), 0);
}

TEST_F(ReleaseTest, WhatAConsumerOfBeforeHasParkedIsLookedAt) {
    Consume({Record(0, 'a', 1, "x"), Record(1, 'a', 2, "10")});
    database_.Execute("UPDATE inbox_parked SET is_due = DEFAULT, refused_by = NULL");
    EXPECT_EQ(Due().size(), 2U);
    EXPECT_EQ(ReleaseAll().parked, 2);
    EXPECT_EQ(Parked("refused_by IS NOT NULL"), 1);
}

TEST_F(ReleaseTest, AFailureAtTheEndLeavesEverythingDue) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1"), Record(1, 'b', 1, "1000000")});
    Ask(ParkedRequest::kRetry, ParkedFilter{});
    const auto due = Due();
    Total total;
    EXPECT_THROW(Release(total), postgres::SqlError);
    EXPECT_EQ(Due(), due);
    EXPECT_EQ(Sum(), 0);
    EXPECT_EQ(VersionOf('a'), 0);
}

// An aggregate's events lie in two partitions, of two consumers, because somebody sent one with a
// wrong key. Whatever the order of their commits, what waited is released.
TEST_F(ReleaseTest, WhatIsParkedWhileItsTurnComesElsewhereIsNotForgotten) {
    Inbox other(kTopic, IdOf('y'));
    inbox_.Forget();
    inbox_.TakeOver(connection_, {0});
    other.TakeOver(other_connection_, {1});
    std::int64_t offset = 0;
    for (const std::int64_t version : {1, 3}) {  // The very first event, and a later one.
        const auto apply = [&] {
            Total total;
            inbox_.Consume(connection_, {{Record(offset, 'a', version, "1")}}, total);
        };
        const auto park_meanwhile = [&] {
            Total total([] {}, apply);
            other.Consume(other_connection_, {{Record(offset, 'a', version + 1, "10", 1)}}, total);
        };
        EXPECT_TRUE(IsLostRace(park_meanwhile)) << version;
        Total total;
        EXPECT_EQ(
            other.Consume(other_connection_, {{Record(offset, 'a', version + 1, "10", 1)}}, total)
                ->applied,
            1);
        ++offset;
    }
    EXPECT_EQ(Sum(), 22);
    const auto park = [&] {
        Total total;
        other.Consume(other_connection_, {{Record(offset, 'a', 6, "10", 1)}}, total);
    };
    Total total([] {}, park);
    inbox_.Consume(connection_, {{Record(offset, 'a', 5, "1")}}, total);
    EXPECT_THAT(other.FindDue(other_connection_, 10), ElementsAre(RecordPlace{1, offset}));
}

TEST_F(ReleaseTest, TellsWhoWantedWhatAndWhatCameOfIt) {
    Consume({Record(0, 'a', 1, "x")});
    Ask(ParkedRequest::kDrop, 0);
    ReleaseAll();
    const postgres::Rows rows = owner_.Run(
        "SELECT role = session_user, operator, request, topic, partition, record_offset, digest,"
        "       aggregate_type, aggregate_id, version, outcome, done_at >= requested_at"
        "  FROM inbox_requests");
    ASSERT_EQ(rows.size(), 1);
    EXPECT_TRUE(rows.Bool(0, 0));
    EXPECT_EQ(rows.Text(0, 1), "siti@kantor");
    EXPECT_EQ(rows.Text(0, 2), "drop");
    EXPECT_EQ(rows.Text(0, 3), kTopic);
    EXPECT_EQ(rows.Int64(0, 4), 0);
    EXPECT_EQ(rows.Int64(0, 5), 0);
    EXPECT_EQ(rows.Bytes(0, 6).size(), 32U);
    EXPECT_EQ(rows.Text(0, 7), "account");
    EXPECT_EQ(rows.Uuid(0, 8), IdOf('a'));
    EXPECT_EQ(rows.Int64(0, 9), 1);
    EXPECT_EQ(rows.Text(0, 10), "dropped");
    EXPECT_TRUE(rows.Bool(0, 11));
    for (const char* sql :
         {"INSERT INTO inbox_requests (operator, request, topic, partition,"
          " record_offset, digest, aggregate_type, version)"
          " VALUES ('x', 'drop', 't', 0, 0, '', '', 0)",
          "UPDATE inbox_requests SET operator = 'x'", "DELETE FROM inbox_requests"}) {
        EXPECT_THROW(connection_.Run(sql), postgres::SqlError) << sql;  // As the service.
    }
}

TEST_F(ReleaseTest, WhatIsParkedAndNotDueCostsNothing) {
    constexpr int kParked = 100'000;
    database_.Execute(
        "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type, aggregate_id,"
        "                          version, type, record_key, headers, payload, error, refused_by,"
        "                          is_due)"
        " SELECT 'bangkit.test.v1', 0, n, 'account', gen_random_uuid(), 1, 't', '', '{}', '', 'e',"
        "        '" +
        IdOf('x') + "', false FROM generate_series(1000, 999 + " + std::to_string(kParked) + ") n");
    Consume({Record(0, 'a', 1, "1"), Record(1, 'a', 2, "x")});
    Ask(ParkedRequest::kRetry, 1);
    owner_.Run("SELECT pg_stat_force_next_flush()");
    connection_.RunScript("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
    const auto touched = [this] {
        connection_.Run("SELECT pg_stat_force_next_flush()");
        return database_.Count(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables"
            " WHERE relname = 'inbox_parked'");
    };
    const std::int64_t before = touched();
    EXPECT_EQ(ReleaseAll().parked, 1);
    inbox_.TakeOver(connection_, {0, 1});
    Consume({Record(2, 'a', 3, "1"), Record(3, 'b', 1, "1")});
    EXPECT_THAT(Due(), IsEmpty());
    EXPECT_LT(touched() - before, 20);
    EXPECT_EQ(inbox_.CountParked(connection_), kParked + 2);
}

}  // namespace
}  // namespace bangkit::messaging
