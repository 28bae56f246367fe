#include "libs/kafka/producer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "libs/testing/kafka.h"

namespace bangkit::kafka {
namespace {

constexpr const char* kTopic = "bangkit.test.v1";

std::vector<OutgoingRecord> Numbers(int first, int last, const std::string& key = "key") {
    std::vector<OutgoingRecord> records;
    for (int i = first; i <= last; ++i) {
        records.push_back({.key = key, .payload = std::to_string(i), .headers = {{"h", "v"}}});
    }
    return records;
}

bool Always() { return true; }

int CountAcknowledged(const std::vector<OutgoingRecord>& records) {
    return static_cast<int>(std::ranges::count_if(records, &OutgoingRecord::is_acknowledged));
}

class ProducerTest : public ::testing::Test {
protected:
    testing::QuietLogger logger_;
    testing::MockKafka kafka_{kTopic};
    Producer producer_{kafka_.brokers(), kTopic, logger_};
};

TEST_F(ProducerTest, RecordsOfOneKeyLieInOnePartitionInTheirOrder) {
    std::vector<OutgoingRecord> records;
    for (int i = 1; i <= 100; ++i) {
        for (const char* key : {"a", "b", "c"}) {
            records.push_back({.key = key, .payload = std::to_string(i), .headers = {}});
        }
    }
    producer_.SendAll(records, Always);
    EXPECT_EQ(CountAcknowledged(records), 300);
    std::map<std::string, std::pair<int, std::int32_t>> last;
    int count = 0;
    kafka_.ReadUntil([&](const Record& record) {
        auto& [number, partition] = last.try_emplace(record.key, 0, record.partition).first->second;
        EXPECT_EQ(record.payload, std::to_string(++number));
        EXPECT_EQ(record.partition, partition);
        return ++count == 300;
    });
}

TEST_F(ProducerTest, PartitionsAreChosenAsJavaChoosesThem) {
    testing::TempTopic topic(12);
    Producer producer(topic.brokers(), topic.name(), logger_);
    // By org.apache.kafka.common.utils.Utils: toPositive(murmur2(key)) % 12.
    const std::map<std::string, std::int32_t> expected{{"aaaaaaaa-0000-4000-8000-000000000001", 1},
                                                       {"aaaaaaaa-0000-4000-8000-000000000002", 3},
                                                       {"aaaaaaaa-0000-4000-8000-000000000003", 2}};
    std::vector<OutgoingRecord> records;
    for (const auto& [key, partition] : expected)
        records.push_back({.key = key, .payload = {}, .headers = {}});
    producer.SendAll(records, Always);
    for (const Record& record : topic.ReadAll()) {
        EXPECT_EQ(record.partition, expected.at(record.key)) << record.key;
    }
}

TEST_F(ProducerTest, ARefusedBatchIsNotFollowedByAnything) {
    std::vector<OutgoingRecord> records = Numbers(1, 3);
    kafka_.RefuseNextBatch();
    EXPECT_THROW(producer_.SendAll(records, Always), KafkaError);
    EXPECT_EQ(CountAcknowledged(records), 0);
    std::vector<OutgoingRecord> behind = Numbers(4, 6);
    EXPECT_THROW(producer_.SendAll(behind, Always), KafkaError);

    Producer next(kafka_.brokers(), kTopic, logger_);
    std::vector<OutgoingRecord> again = Numbers(1, 3);
    next.SendAll(again, Always);
    int count = 0;
    kafka_.ReadUntil([&](const Record& record) {
        EXPECT_EQ(record.payload, std::to_string(++count));
        return count == 3;
    });
}

TEST_F(ProducerTest, AnOversizedRecordStopsThoseBehindItAndTellsWhichWereWritten) {
    std::vector<OutgoingRecord> records = Numbers(1, 3);
    records[1].payload.resize(2'000'000);
    EXPECT_THROW(producer_.SendAll(records, Always), KafkaError);
    EXPECT_TRUE(records[0].is_acknowledged);
    EXPECT_FALSE(records[1].is_acknowledged);
    EXPECT_FALSE(records[2].is_acknowledged);
}

TEST_F(ProducerTest, WaitsNoLongerThanItMay) {
    std::vector<OutgoingRecord> first = Numbers(1, 1);
    producer_.SendAll(first, Always);
    kafka_.AnswerAfter(std::chrono::minutes(1));
    std::vector<OutgoingRecord> records = Numbers(2, 3);
    int asked = 0;
    EXPECT_THROW(producer_.SendAll(records, [&asked] { return ++asked < 10; }), KafkaError);
    EXPECT_EQ(CountAcknowledged(records), 0);
}

TEST_F(ProducerTest, WhenTheQuestionItselfFailsNothingIsLeftThatPointsToTheRecords) {
    std::vector<OutgoingRecord> first = Numbers(1, 1);
    producer_.SendAll(first, Always);
    kafka_.AnswerAfter(std::chrono::minutes(1));
    {
        std::vector<OutgoingRecord> records = Numbers(2, 3);
        EXPECT_THROW(
            producer_.SendAll(records, []() -> bool { throw std::logic_error("no database"); }),
            std::logic_error);
    }
    kafka_.AnswerAfter(std::chrono::milliseconds(0));
    std::vector<OutgoingRecord> next = Numbers(4, 4);
    try {
        producer_.SendAll(next,
                          Always);  // Hears of the records above, if anything is left of them.
    } catch (const KafkaError&) {
        // It is spent, so it may say so.
    }
}

}  // namespace
}  // namespace bangkit::kafka
