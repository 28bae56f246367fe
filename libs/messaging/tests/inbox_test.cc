#include "libs/messaging/inbox.h"

#include "libs/messaging/tests/inbox_fixture.h"

namespace bangkit::messaging {
namespace {

TEST_F(InboxTest, EachEventHasOneEffectAndCopiesAreDropped) {
    inbox_.TakeOver(connection_, {0});
    const auto first =
        Consume({Record(0, 'a', 1, "5"), Record(1, 'a', 2, "7"), Record(2, 'a', 1, "5")});
    EXPECT_EQ(first->applied, 2);
    EXPECT_EQ(first->copies, 1);
    const auto second = Consume({Record(3, 'a', 2, "7"), Record(4, 'b', 1, "1")});
    EXPECT_EQ(second->applied, 1);
    EXPECT_EQ(second->copies, 1);
    EXPECT_EQ(Sum(), 13);
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(NextOffset(), 5);
}

TEST_F(InboxTest, WhatIsReadAgainHasNoSecondEffectAndDoesNotTurnTheOffsetBack) {
    inbox_.TakeOver(connection_, {0});
    Consume({Record(0, 'a', 1, "5"), Record(1, 'a', 2, "x")});
    EXPECT_EQ(Consume({Record(0, 'a', 1, "5")})->copies, 0);
    EXPECT_EQ(NextOffset(), 2);
    const auto again =
        Consume({Record(0, 'a', 1, "5"), Record(1, 'a', 2, "x"), Record(2, 'b', 1, "7")});
    EXPECT_EQ(again->applied, 1);
    EXPECT_EQ(again->copies + again->parked, 0);
    EXPECT_EQ(Sum(), 12);
    EXPECT_EQ(Parked(), 1);
}

TEST_F(InboxTest, AnOffsetThatSomebodyHasMovedIsNotOverwritten) {
    inbox_.TakeOver(connection_, {0});
    Consume({Record(0, 'a', 1, "5")});
    database_.Execute(
        "UPDATE inbox_offsets SET next_offset = 0");  // To build everything anew, say.
    EXPECT_FALSE(Consume({Record(1, 'a', 2, "7")}));
    EXPECT_EQ(Sum(), 5);
    EXPECT_EQ(NextOffset(), 0);
}

TEST_F(InboxTest, TheNextOwnerGoesOnWhereTheLastOneStopped) {
    EXPECT_EQ(inbox_.TakeOver(connection_, {0, 3}), (std::vector<std::int64_t>{0, 0}));
    Consume({Record(0, 'a', 1, "5"), Record(9, 'a', 2, "7", 3)});
    Inbox next(kTopic, IdOf('y'));
    EXPECT_EQ(next.TakeOver(connection_, {3, 0}), (std::vector<std::int64_t>{10, 1}));
    EXPECT_EQ(next.NextOffsets(), (std::map<std::int32_t, std::int64_t>{{0, 1}, {3, 10}}));
}

TEST_F(InboxTest, SeveralPartitionsMoveInOneTransaction) {
    inbox_.TakeOver(connection_, {0, 1, 2});
    Consume({Record(0, 'a', 1, "5", 0), Record(7, 'b', 1, "7", 1), Record(1, 'a', 2, "1", 0)});
    EXPECT_EQ(Sum(), 13);
    EXPECT_EQ(NextOffset(0), 2);
    EXPECT_EQ(NextOffset(1), 8);
    EXPECT_EQ(NextOffset(2), 0);
    EXPECT_EQ(database_.Count("SELECT count(DISTINCT xmin::text) FROM inbox_offsets"
                              " WHERE next_offset > 0"),
              1);
}

TEST_F(InboxTest, RecordsOfPartitionsThatAreNotOursAreDropped) {
    inbox_.TakeOver(connection_, {0, 1});
    inbox_.Forget();
    inbox_.TakeOver(connection_, {1});
    Consume({Record(0, 'a', 1, "5", 0), Record(0, 'b', 1, "7", 1)});
    EXPECT_EQ(Sum(), 7);
    EXPECT_EQ(NextOffset(0), 0);
    inbox_.Forget();
    EXPECT_EQ(Consume({Record(1, 'b', 2, "7", 1)})->applied, 0);
    EXPECT_EQ(Sum(), 7);
}

TEST_F(InboxTest, AnOvertakenOwnerHasNoEffectOnAnyPartition) {
    inbox_.TakeOver(connection_, {0, 1});
    Consume({Record(0, 'a', 1, "5")});
    Inbox next(kTopic, IdOf('y'));
    EXPECT_EQ(next.TakeOver(connection_, {0}), std::vector<std::int64_t>{1});
    EXPECT_FALSE(Consume({Record(1, 'a', 2, "7"), Record(0, 'b', 1, "100", 1)}));
    EXPECT_EQ(Sum(), 5);
    EXPECT_EQ(NextOffset(0), 1);
    EXPECT_EQ(NextOffset(1), 0);
    EXPECT_TRUE(Consume(next, {Record(1, 'a', 2, "7")}));
    EXPECT_FALSE(Consume({Record(2, 'a', 3, "9")}));
    EXPECT_EQ(Sum(), 12);
}

TEST_F(InboxTest, AnAggregateThatMovedMeanwhileIsALostRaceAndNothingHappens) {
    inbox_.TakeOver(connection_, {0});
    const auto interfere = [this] {
        database_.Execute(
            "INSERT INTO inbox_versions (aggregate_id, aggregate_type, topic,"
            "                            last_version)"
            " VALUES ('" +
            IdOf('a') +
            "', 'account', 'bangkit.test.v1', 1)"
            " ON CONFLICT (aggregate_id, aggregate_type, topic)"
            " DO UPDATE SET last_version = 9");
    };
    const auto is_lost_race = [&](const kafka::Record& record) {
        try {
            Consume(inbox_, {record}, interfere);
        } catch (const postgres::SqlError& error) {
            return error.IsLostRace();
        }
        return false;
    };
    EXPECT_TRUE(is_lost_race(Record(0, 'a', 1, "5")));  // Made meanwhile.
    EXPECT_TRUE(is_lost_race(Record(0, 'a', 2, "5")));  // Changed meanwhile.
    EXPECT_EQ(Sum(), 0);
    EXPECT_EQ(NextOffset(), 0);
    EXPECT_TRUE(Consume({Record(0, 'a', 10, "5")}));
    EXPECT_EQ(Sum(), 5);
}

TEST_F(InboxTest, AFailureAtTheEndLeavesNothing) {
    inbox_.TakeOver(connection_, {0});
    EXPECT_THROW(Consume({Record(0, 'a', 1, "x"), Record(1, 'b', 1, "1000000")}),
                 postgres::SqlError);
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(NextOffset(), 0);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM inbox_versions"), 0);
    EXPECT_EQ(Consume({Record(0, 'a', 1, "1"), Record(1, 'b', 1, "2")})->applied, 2);
    EXPECT_EQ(Sum(), 3);
}

TEST_F(InboxTest, APoisonParksItsAggregateAndNoOther) {
    inbox_.TakeOver(connection_, {0});
    const auto consumed = Consume({Record(0, 'a', 1, "x"), Record(1, 'b', 1, "5"),
                                   Record(2, 'a', 2, "7"), Record(3, 'c', 1, "1")});
    EXPECT_EQ(consumed->applied, 2);
    EXPECT_EQ(consumed->parked, 2);
    Consume({Record(4, 'a', 3, "9"), Record(5, 'b', 2, "5")});
    EXPECT_EQ(Sum(), 11);
    EXPECT_EQ(Parked(), 3);
}

TEST_F(InboxTest, AnEventAheadOfItsTurnWaits) {
    inbox_.TakeOver(connection_, {0});
    Consume({Record(0, 'a', 1, "5"), Record(1, 'a', 3, "7")});
    EXPECT_EQ(Sum(), 5);
    EXPECT_EQ(database_.Text("SELECT error FROM inbox_parked"), "waits for version 2");
}

TEST_F(InboxTest, AParkedRecordIsAsItWasAndParkedOnce) {
    inbox_.TakeOver(connection_, {0});
    kafka::Record poison = Record(0, 'a', 1, std::string("\0\xff", 2));
    poison.headers.emplace_back("note", std::string("\"a\", {b}\\\0", 10));
    Consume({poison, Record(1, 'a', 2, "7")});
    database_.Execute("UPDATE inbox_offsets SET next_offset = 0");
    inbox_.TakeOver(connection_, {0});
    Consume({poison, Record(1, 'a', 2, "7")});
    const postgres::Rows rows = connection_.Run(
        "SELECT aggregate_type, aggregate_id, version, type, record_key, payload, error,"
        "       headers[array_upper(headers, 1) - 1], headers[array_upper(headers, 1)]"
        "  FROM inbox_parked ORDER BY record_offset");
    ASSERT_EQ(rows.size(), 2);
    EXPECT_EQ(rows.Text(0, 0), "account");
    EXPECT_EQ(rows.Uuid(0, 1), IdOf('a'));
    EXPECT_EQ(rows.Int64(0, 2), 1);
    EXPECT_EQ(rows.Text(0, 3), kPaid);
    EXPECT_EQ(rows.Text(0, 4), IdOf('a'));
    EXPECT_EQ(rows.Text(0, 5), std::string("\0\xff", 2));
    EXPECT_EQ(rows.Text(0, 6), "NOT_A_NUMBER: digits only");
    EXPECT_EQ(rows.Text(0, 7), "note");
    EXPECT_EQ(rows.Text(0, 8), std::string("\"a\", {b}\\\0", 10));
    EXPECT_EQ(rows.Text(1, 6), "waits for version 1");
}

TEST_F(InboxTest, ARecordThatDoesNotSayWhatItIsIsParkedToo) {
    inbox_.TakeOver(connection_, {0});
    const kafka::Record nothing{
        .partition = 0, .offset = 0, .appended_at = {}, .key = {}, .payload = {}, .headers = {}};
    EXPECT_EQ(Consume({nothing, Record(1, 'a', 1, "5")})->parked, 1);
    EXPECT_EQ(Sum(), 5);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM inbox_parked WHERE aggregate_id IS NULL"
                              "   AND aggregate_type = '' AND version = 0"),
              1);
}

TEST_F(InboxTest, AggregatesOfTwoTypesOrTopicsMayShareAnId) {
    inbox_.TakeOver(connection_, {0});
    kafka::Record refund = Record(1, 'a', 1, "7");
    for (auto& [name, value] : refund.headers) {
        if (name == "ce_subject") value = "refund/" + IdOf('a');
    }
    Consume({Record(0, 'a', 1, "5"), refund});
    Inbox other_topic("bangkit.other.v1", IdOf('x'));
    other_topic.TakeOver(connection_, {0});
    Consume(other_topic, {Record(0, 'a', 1, "9")});
    EXPECT_EQ(Sum(), 21);
}

TEST_F(InboxTest, ProgressTellsLagAndHowFreshTheDataIs) {
    const Time noon =
        std::chrono::sys_days(std::chrono::year(2022) / 5 / 12) + std::chrono::hours(12);
    const auto as_of = [this] {
        return database_.Text(
            "SELECT coalesce((as_of AT TIME ZONE 'UTC')::text, '')"
            "  FROM inbox_offsets WHERE partition = 0");
    };
    const auto lag = [this] {
        return database_.Text(
            "SELECT coalesce(lag::text, 'unknown') FROM inbox_offsets"
            " WHERE partition = 0");
    };
    inbox_.TakeOver(connection_, {0});
    EXPECT_EQ(lag(), "unknown");
    EXPECT_EQ(as_of(), "");
    EXPECT_TRUE(inbox_.NoteProgress(connection_, {{0, 3}}, noon));
    EXPECT_EQ(lag(), "3");
    EXPECT_EQ(as_of(), "");
    Consume({Record(0, 'a', 1, "5"), Record(1, 'a', 2, "5")});
    EXPECT_EQ(lag(), "1");
    EXPECT_EQ(as_of(), "2022-05-12 00:00:01");  // When the last of them was appended.
    Consume({Record(2, 'a', 3, "5")});
    EXPECT_TRUE(inbox_.NoteProgress(connection_, {{0, 3}}, noon));
    EXPECT_EQ(lag(), "0");
    EXPECT_EQ(as_of(), "2022-05-12 12:00:00");
    EXPECT_TRUE(inbox_.NoteProgress(connection_, {}, noon + std::chrono::hours(1)));  // Not known.
    EXPECT_EQ(as_of(), "2022-05-12 12:00:00");
    Consume({Record(3, 'a', 4, "5")});
    EXPECT_EQ(as_of(), "2022-05-12 12:00:00");  // Never goes back.
}

TEST_F(InboxTest, AnOvertakenOwnerNotesNoProgress) {
    inbox_.TakeOver(connection_, {0, 1});
    Inbox next(kTopic, IdOf('y'));
    next.TakeOver(connection_, {1});
    EXPECT_FALSE(inbox_.NoteProgress(connection_, {{0, 0}, {1, 5}}, Time()));
    EXPECT_EQ(database_.Count("SELECT count(*) FROM inbox_offsets WHERE lag = 5"), 0);
    EXPECT_TRUE(next.NoteProgress(connection_, {{1, 5}}, Time()));
}

}  // namespace
}  // namespace bangkit::messaging
