#include "libs/kafka/consumer.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <stdexcept>

#include "libs/testing/eventually.h"
#include "libs/testing/kafka.h"

namespace bangkit::kafka {
namespace {

constexpr std::chrono::milliseconds kWait{50};

class Listener final : public AssignmentListener {
public:
    std::vector<std::int64_t> OnAssigned(const std::vector<std::int32_t>& partitions) override {
        partitions_.insert(partitions.begin(), partitions.end());
        return start_(partitions);
    }
    void OnRevoked(const std::vector<std::int32_t>&) override { partitions_.clear(); }

    const std::set<std::int32_t>& partitions() const { return partitions_; }
    void StartBy(std::function<std::vector<std::int64_t>(const std::vector<std::int32_t>&)> start) {
        start_ = std::move(start);
    }

private:
    std::set<std::int32_t> partitions_;
    std::function<std::vector<std::int64_t>(const std::vector<std::int32_t>&)> start_ =
        [](const auto& partitions) { return std::vector<std::int64_t>(partitions.size(), 0); };
};

class ConsumerTest : public ::testing::Test {
protected:
    std::unique_ptr<Consumer> Join(Listener& listener) {
        return std::make_unique<Consumer>(topic_.brokers(), topic_.name(), topic_.name(), listener,
                                          logger_);
    }
    void Send(std::int32_t partition, const std::string& payload) {
        topic_.Send({.partition = partition, .payload = payload});
    }
    /// Polls until so many payloads have come.
    static std::vector<std::string> Poll(Consumer& consumer, std::size_t count) {
        std::vector<std::string> payloads;
        EXPECT_TRUE(testing::Eventually([&] {
            for (const Record& record : consumer.Poll(kWait, 100))
                payloads.push_back(record.payload);
            return payloads.size() >= count;
        }));
        return payloads;
    }
    static bool FailsWithKafkaError(Consumer& consumer) {
        return testing::Eventually([&] {
            try {
                EXPECT_TRUE(consumer.Poll(kWait, 100).empty());
                return false;
            } catch (const KafkaError&) {
                return true;
            }
        });
    }

    testing::TempTopic topic_{2};
    testing::QuietLogger logger_;
    Listener listener_;
};

TEST_F(ConsumerTest, StartsWhereTheListenerSays) {
    for (const char* payload : {"0", "1", "2"}) Send(0, payload);
    listener_.StartBy([](const std::vector<std::int32_t>& partitions) {
        std::vector<std::int64_t> offsets;
        for (const std::int32_t partition : partitions) offsets.push_back(partition == 0 ? 1 : 0);
        return offsets;
    });
    const auto consumer = Join(listener_);
    EXPECT_EQ(Poll(*consumer, 2), (std::vector<std::string>{"1", "2"}));
}

TEST_F(ConsumerTest, KnowsTheEndsOfItsPartitionsNowAndNotWhenItLastReadThem) {
    const auto consumer = Join(listener_);
    ASSERT_TRUE(testing::Eventually([&] {
        consumer->Poll(kWait, 100);
        return listener_.partitions().size() == 2;
    }));
    EXPECT_EQ(consumer->QueryLogEnds(), (Offsets{{0, 0}, {1, 0}}));
    Send(1, "unread");
    EXPECT_EQ(consumer->QueryLogEnds(), (Offsets{{0, 0}, {1, 1}}));
}

TEST_F(ConsumerTest, PartitionsAreSharedOutAndGoToWhoeverIsLeft) {
    Listener other_listener;
    const auto consumer = Join(listener_);
    auto other = Join(other_listener);
    EXPECT_TRUE(testing::Eventually([&] {
        consumer->Poll(kWait, 100);
        other->Poll(kWait, 100);
        return listener_.partitions().size() == 1 && other_listener.partitions().size() == 1;
    }));
    other.reset();
    EXPECT_TRUE(testing::Eventually([&] {
        consumer->Poll(kWait, 100);
        return listener_.partitions().size() == 2;
    }));
}

TEST_F(ConsumerTest, AnOffsetThatTheLogHasNotIsAnErrorAndNotAJump) {
    for (const char* payload : {"0", "1", "2"}) Send(0, payload);
    topic_.Trim(0, 2);
    const auto consumer = Join(listener_);
    EXPECT_TRUE(FailsWithKafkaError(*consumer));
}

TEST_F(ConsumerTest, AnOffsetBehindTheEndIsAnErrorToo) {
    listener_.StartBy([](const auto& partitions) {
        return std::vector<std::int64_t>(partitions.size(), 7);  // The topic was made anew.
    });
    const auto consumer = Join(listener_);
    EXPECT_TRUE(FailsWithKafkaError(*consumer));
}

TEST_F(ConsumerTest, WhatTheListenerThrowsComesOutOfPoll) {
    listener_.StartBy([](const auto&) -> std::vector<std::int64_t> {
        throw std::logic_error("the database is away");
    });
    const auto consumer = Join(listener_);
    EXPECT_THROW(Poll(*consumer, 1), std::logic_error);
}

TEST_F(ConsumerTest, AMissingTopicIsAnError) {
    Consumer consumer(topic_.brokers(), topic_.name(), "no.such.topic", listener_, logger_);
    EXPECT_TRUE(FailsWithKafkaError(consumer));
}

}  // namespace
}  // namespace bangkit::kafka
