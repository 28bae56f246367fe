#include <gmock/gmock.h>

#include "libs/messaging/tests/release_fixture.h"

namespace bangkit::messaging {
namespace {

using Progress = ParkedRequestState::Progress;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ReleaseTest, AGapThatHealsReleasesWhatWaitedAndOnlyThat) {
    Consume({Record(0, 'a', 1, "1"), Record(1, 'a', 3, "100"), Record(2, 'a', 5, "10000"),
             Record(3, 'b', 2, "7"), Record(4, 'a', 4, "1000")});
    EXPECT_THAT(Due(), IsEmpty());
    Consume({Record(5, 'a', 2, "10"), Record(6, 'a', 6, "100000")});
    EXPECT_THAT(Due(), ElementsAre(RecordPlace{0, 1}, RecordPlace{0, 2}, RecordPlace{0, 4}));
    const Consumed released = ReleaseAll();
    EXPECT_EQ(Sum(), 111'111);
    EXPECT_EQ(released.applied, 4);
    EXPECT_EQ(released.parked + released.copies, 0);
    EXPECT_EQ(VersionOf('a'), 6);
    EXPECT_EQ(Parked(), 1);
}

TEST_F(ReleaseTest, WhatWaitedForTheFirstVersionIsReleasedByIt) {
    Consume({Record(0, 'a', 2, "10")});
    Consume({Record(1, 'a', 1, "1")});
    EXPECT_EQ(ReleaseAll().applied, 1);
    EXPECT_EQ(Sum(), 11);
}

TEST_F(ReleaseTest, AGapThatHealsWithinABatchReleasesWhatWaited) {
    Consume({Record(0, 'a', 2, "10"), Record(1, 'a', 3, "100"), Record(2, 'a', 1, "1"),
             Record(3, 'a', 4, "1000"), Record(4, 'b', 1, "10000")});
    Consume({Record(5, 'b', 3, "10000"), Record(6, 'b', 2, "10000")});
    EXPECT_EQ(ReleaseAll().applied, 4);
    EXPECT_EQ(Sum(), 31'111);
    EXPECT_EQ(Parked(), 0);
}

TEST_F(ReleaseTest, TheRightEventAfterPoisonOfTheSameVersionMakesThatACopy) {
    Consume({Record(0, 'a', 1, "x"), Record(1, 'a', 1, "1"), Record(2, 'b', 1, "x")});
    EXPECT_EQ(Parked(), 1);
    Consume({Record(3, 'b', 1, "10")});
    EXPECT_EQ(ReleaseAll().copies, 1);
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(Sum(), 11);
    ConsumeWithAnOlderVersion({Record(4, 'c', 1, "x"), Record(5, 'c', 1, "100")});
    Ask(ParkedRequest::kRetry, ParkedFilter{});
    EXPECT_EQ(ReleaseAll().applied, 1);
    EXPECT_EQ(Sum(), 111);
    EXPECT_EQ(Parked(), 0);
}

TEST_F(ReleaseTest, ARetryAppliesWhatIsUnderstoodByNowAndWhatWaitedBehindIt) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1"), Record(1, 'a', 2, "10")});
    const auto request = Ask(ParkedRequest::kRetry, 0);
    EXPECT_EQ(StateOf(request).progress, Progress::kPending);
    EXPECT_EQ(ReleaseAll().applied, 2);
    EXPECT_EQ(Sum(), 11);
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(StateOf(request).progress, Progress::kDone);
    EXPECT_EQ(StateOf(request).outcome, "applied");
}

TEST_F(ReleaseTest, WhatIsStillPoisonStaysParkedWithTheReasonOfToday) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "x"), Record(1, 'a', 2, "10")});
    const auto request = Ask(ParkedRequest::kRetry, 0);
    EXPECT_EQ(ReleaseAll().parked, 1);
    EXPECT_EQ(StateOf(request).outcome, "NOT_A_NUMBER: digits only");
    EXPECT_TRUE(StateOf(request).is_parked);
    EXPECT_EQ(database_.Text("SELECT error FROM inbox_parked WHERE version = 1"),
              "NOT_A_NUMBER: digits only");
    EXPECT_EQ(Parked(), 2);
    EXPECT_EQ(Sum(), 0);
}

TEST_F(ReleaseTest, ARetryOfAllTriesWhatWasRefusedAndNotWhatWaits) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1"), Record(1, 'a', 2, "10"),
                               Record(2, 'b', 1, "100"), Record(3, 'c', 2, "1000")});
    EXPECT_EQ(Ask(ParkedRequest::kRetry, ParkedFilter{.topic = kTopic}).size(), 2U);
    EXPECT_THAT(Due(), ElementsAre(RecordPlace{0, 0}, RecordPlace{0, 2}));
    ReleaseAll();
    EXPECT_EQ(Sum(), 111);
}

TEST_F(ReleaseTest, WhatIsDroppedHasNoEffectAndLetsTheRestPass) {
    Consume({Record(0, 'a', 1, "x"), Record(1, 'a', 2, "10"), Record(2, 'b', 1, "x")});
    const auto request = Ask(ParkedRequest::kDrop, 0);
    const Consumed released = ReleaseAll();
    EXPECT_EQ(released.dropped, 1);
    EXPECT_EQ(released.applied, 1);
    EXPECT_EQ(Sum(), 10);
    EXPECT_EQ(VersionOf('a'), 2);
    EXPECT_EQ(StateOf(request).outcome, "dropped");
    EXPECT_FALSE(StateOf(request).is_parked);
    EXPECT_EQ(Parked(), 1);
}

TEST_F(ReleaseTest, ADropOfWhatWaitsStandsUntilItsTurn) {
    Consume({Record(0, 'a', 1, "x"), Record(1, 'a', 2, "10"), Record(2, 'a', 3, "100")});
    const auto second = Ask(ParkedRequest::kDrop, 1);
    ReleaseAll();
    EXPECT_EQ(StateOf(second).progress, Progress::kWaits);
    EXPECT_EQ(Parked(), 3);
    Ask(ParkedRequest::kDrop, ParkedFilter{.aggregate_type = "account", .aggregate_id = IdOf('a')});
    ReleaseAll();
    EXPECT_EQ(StateOf(second).outcome, "dropped");
    EXPECT_EQ(Sum(), 100);
    EXPECT_EQ(VersionOf('a'), 3);
}

TEST_F(ReleaseTest, VersionsThatNeverCameCanBeGivenUp) {
    Consume({Record(0, 'a', 1, "1"), Record(1, 'a', 4, "1000"), Record(2, 'a', 5, "10000")});
    Ask(ParkedRequest::kSkip, ParkedFilter{.aggregate_type = "account", .aggregate_id = IdOf('a')});
    EXPECT_EQ(ReleaseAll().applied, 2);
    EXPECT_EQ(Sum(), 11'001);
    EXPECT_EQ(Consume({Record(3, 'a', 2, "10")})->copies, 1);
    EXPECT_EQ(Sum(), 11'001);
}

TEST_F(ReleaseTest, WhatIsParkedIsNotSkippedOver) {
    Consume({Record(0, 'a', 1, "1"), Record(1, 'a', 2, "x"), Record(2, 'a', 4, "1000")});
    Ask(ParkedRequest::kSkip, 2);
    EXPECT_EQ(ReleaseAll().applied, 0);
    EXPECT_EQ(VersionOf('a'), 1);
    EXPECT_EQ(Parked(), 2);
}

TEST_F(ReleaseTest, WhatHasBecomeACopyGoesAway) {
    Consume({Record(0, 'a', 1, "x"), Record(1, 'a', 1, "x"), Record(2, 'a', 2, "10")});
    Ask(ParkedRequest::kDrop, 0);
    EXPECT_EQ(ReleaseAll().copies, 1);
    EXPECT_EQ(Sum(), 10);
    EXPECT_EQ(Parked(), 0);
}

TEST_F(ReleaseTest, ARecordWithoutSenseIsDroppedWithoutMore) {
    kafka::Record garbage = Record(0, 'a', 1, "5");
    garbage.headers.clear();
    Consume({garbage, Record(1, 'b', 1, "7")});
    Ask(ParkedRequest::kRetry, 0);
    EXPECT_EQ(ReleaseAll().parked, 1);
    Ask(ParkedRequest::kDrop, 0);
    EXPECT_EQ(ReleaseAll().dropped, 1);
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(Sum(), 7);
}

TEST_F(ReleaseTest, AnotherConsumerTriesWhatWasRefusedOnceAndTheSameOneDoesNot) {
    ConsumeWithAnOlderVersion({Record(0, 'a', 1, "1"), Record(1, 'a', 2, "x")});
    Inbox again(kTopic, IdOf('x'));
    again.TakeOver(connection_, {0});
    EXPECT_THAT(again.FindDue(connection_, 10), IsEmpty());
    Inbox newer(kTopic, IdOf('y'));
    newer.TakeOver(connection_, {0});
    for (int i = 0; i < 2; ++i) {
        Total total;
        newer.Release(connection_, newer.FindDue(connection_, 10), total);
    }
    EXPECT_EQ(Sum(), 1);
    EXPECT_EQ(Parked(), 1);
    newer.TakeOver(connection_, {0});
    EXPECT_THAT(newer.FindDue(connection_, 10), IsEmpty());
}

TEST_F(ReleaseTest, DecisionsStandWhenTheTopicIsReadAnew) {
    const std::vector<kafka::Record> log{Record(0, 'a', 1, "x"), Record(1, 'a', 2, "y"),
                                         Record(2, 'a', 3, "100"), Record(3, 'b', 4, "1000")};
    Consume(log);
    Ask(ParkedRequest::kDrop, 0);
    ReleaseAll();
    Ask(ParkedRequest::kDrop, 1);
    Ask(ParkedRequest::kSkip, 3);
    ReleaseAll();
    EXPECT_EQ(Sum(), 1'100);
    database_.Execute(
        "TRUNCATE inbox_versions, inbox_parked; UPDATE totals SET rupiah = 0;"
        "UPDATE inbox_offsets SET next_offset = 0");
    inbox_.TakeOver(connection_, {0});
    Consume(log);
    ReleaseAll();
    EXPECT_EQ(Sum(), 1'100);
    EXPECT_EQ(Parked(), 0);
}

TEST_F(ReleaseTest, ADecisionIsAboutTheVeryBytes) {
    Consume({Record(0, 'a', 1, "x")});
    Ask(ParkedRequest::kDrop, 0);
    ReleaseAll();
    database_.Execute("TRUNCATE inbox_versions; UPDATE inbox_offsets SET next_offset = 0");
    inbox_.TakeOver(connection_, {0});
    Consume({Record(0, 'b', 1, "y")});  // Another topic of the same name.
    EXPECT_THAT(Due(), IsEmpty());
}

}  // namespace
}  // namespace bangkit::messaging
