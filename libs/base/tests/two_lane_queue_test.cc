#include "libs/base/two_lane_queue.h"

#include <gtest/gtest.h>

#include <future>

namespace bangkit {
namespace {

void Push(TwoLaneQueue<int>& queue, Lane lane, int first, int last) {
    for (int i = first; i <= last; ++i) ASSERT_TRUE(queue.TryPush(lane, i));
}

TEST(TwoLaneQueueTest, InteractiveItemsComeFirstAndEachLaneKeepsItsOrder) {
    TwoLaneQueue<int> queue(10, 10);
    Push(queue, Lane::kBulk, 101, 103);
    Push(queue, Lane::kInteractive, 1, 3);
    EXPECT_EQ(queue.TakeUpTo(24), (std::vector{1, 2, 3, 101, 102, 103}));
}

TEST(TwoLaneQueueTest, BulkAlwaysGetsAShareSoThatItNeverStandsStill) {
    TwoLaneQueue<int> queue(100, 100);
    Push(queue, Lane::kInteractive, 1, 50);
    Push(queue, Lane::kBulk, 101, 150);
    const std::vector<int> taken = queue.TakeUpTo(16);
    EXPECT_EQ(taken.size(), 16);
    EXPECT_EQ(std::ranges::count_if(taken, [](int i) { return i > 100; }), 2);
}

TEST(TwoLaneQueueTest, WhileInteractiveItemsComeBatchesStaySmall) {
    TwoLaneQueue<int> queue(100, 1'000);
    Push(queue, Lane::kBulk, 101, 600);
    EXPECT_EQ(queue.TakeUpTo(16).size(), 16);  // Nobody waits.
    Push(queue, Lane::kInteractive, 1, 4);
    EXPECT_EQ(queue.TakeUpTo(16).size(), 4 + 2);
    EXPECT_EQ(queue.TakeUpTo(16).size(), 2);  // Whoever got an answer may be back at once.
    int batches = 1;
    while (queue.TakeUpTo(16).size() == 2) ++batches;
    EXPECT_LT(batches, 16);  // And if not, the others have the whole batch again.
    EXPECT_EQ(queue.TakeUpTo(16).size(), 16);
}

TEST(TwoLaneQueueTest, AFullLaneRefusesAndLeavesTheOtherOpen) {
    TwoLaneQueue<int> queue(2, 2);
    Push(queue, Lane::kBulk, 1, 2);
    int third = 3;
    EXPECT_FALSE(queue.TryPush(Lane::kBulk, third));
    EXPECT_TRUE(queue.TryPush(Lane::kInteractive, third));
}

TEST(TwoLaneQueueTest, APatientConsumerLetsABatchGather) {
    TwoLaneQueue<int> queue(10, 10);
    Push(queue, Lane::kInteractive, 1, 1);
    auto taken = std::async(std::launch::async, [&queue] {
        return queue.TakeUpTo(
            8, {.enough = 4, .until = std::chrono::steady_clock::now() + std::chrono::hours(1)});
    });
    Push(queue, Lane::kInteractive, 2, 3);
    Push(queue, Lane::kBulk, 4, 4);
    EXPECT_EQ(taken.get(), (std::vector{1, 2, 3, 4}));
    Push(queue, Lane::kInteractive, 5, 5);
    EXPECT_EQ(queue.TakeUpTo(8, {.enough = 2, .until = {}}), std::vector{5});  // Not for ever.
}

TEST(TwoLaneQueueTest, ClosedItRefusesAndIsDrained) {
    TwoLaneQueue<int> queue(2, 2);
    Push(queue, Lane::kInteractive, 1, 1);
    queue.Close();
    int late = 2;
    EXPECT_FALSE(queue.TryPush(Lane::kInteractive, late));
    EXPECT_EQ(queue.TakeUpTo(8), std::vector{1});
    EXPECT_TRUE(queue.TakeUpTo(8).empty());
}

}  // namespace
}  // namespace bangkit
