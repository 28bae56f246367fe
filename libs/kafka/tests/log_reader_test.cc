#include "libs/kafka/log_reader.h"

#include <gtest/gtest.h>

#include "libs/testing/kafka.h"

namespace bangkit::kafka {
namespace {

class LogReaderTest : public ::testing::Test {
protected:
    std::vector<std::string> Read(const Offsets& from, const Offsets& to) {
        std::vector<std::string> payloads;
        reader_.Read(from, to, [&payloads](const Record& record) {
            payloads.push_back(record.payload);
            return true;
        });
        return payloads;
    }
    void Send(std::int32_t partition, const std::string& payload) {
        topic_.Send({.partition = partition, .key = "key", .payload = payload});
    }

    testing::TempTopic topic_{2};
    testing::QuietLogger logger_;
    LogReader reader_{topic_.brokers(), topic_.name(), logger_};
};

TEST_F(LogReaderTest, AnEmptyTopicHasNothingToRead) {
    EXPECT_EQ(reader_.Ends(), (Offsets{{0, 0}, {1, 0}}));
    EXPECT_TRUE(Read({}, reader_.Ends()).empty());
}

TEST_F(LogReaderTest, ReadsEachPartitionInOrderUpToTheEndThatWasAskedFor) {
    for (const char* payload : {"1", "2", "3"}) Send(1, payload);
    const Offsets ends = reader_.Ends();
    EXPECT_EQ(ends, (Offsets{{0, 0}, {1, 3}}));
    Send(1, "4");
    EXPECT_EQ(Read({}, ends), (std::vector<std::string>{"1", "2", "3"}));
    EXPECT_EQ(Read(ends, reader_.Ends()), (std::vector<std::string>{"4"}));
    EXPECT_EQ(Read({}, reader_.Ends()).size(), 4U);
}

TEST_F(LogReaderTest, ARecordArrivesAsItWasSent) {
    topic_.Send({.partition = 0,
                 .key = std::string("k\0", 2),
                 .payload = "p",
                 .headers = {{"name", "1"}, {"name", "2"}, {"empty", ""}}});
    topic_.Send({.partition = 0});
    const std::vector<Record> records = topic_.ReadAll();
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].key, std::string("k\0", 2));
    EXPECT_EQ(records[0].payload, "p");
    EXPECT_EQ(records[0].headers, (Headers{{"name", "1"}, {"name", "2"}, {"empty", ""}}));
    EXPECT_EQ(records[0].Header("name"), "1");
    EXPECT_GT(records[0].appended_at, Time());
    EXPECT_EQ(records[1].offset, 1);
    EXPECT_EQ(records[1].key + records[1].payload, "");
}

TEST_F(LogReaderTest, StopsWhenTheCallerHasEnough) {
    for (const char* payload : {"1", "2", "3"}) Send(0, payload);
    int read = 0;
    reader_.Read({}, reader_.Ends(), [&read](const Record&) { return ++read < 2; });
    EXPECT_EQ(read, 2);
    EXPECT_EQ(Read({}, reader_.Ends()).size(), 3U);
}

TEST_F(LogReaderTest, WhatWasRemovedFromTheLogIsAnErrorAndNotSkipped) {
    for (const char* payload : {"1", "2", "3"}) Send(0, payload);
    topic_.Trim(0, 1);
    EXPECT_THROW(Read({}, reader_.Ends()), KafkaError);
    EXPECT_EQ(Read({{0, 1}}, reader_.Ends()).size(), 2U);
}

TEST_F(LogReaderTest, AMissingTopicIsAnError) {
    LogReader reader(topic_.brokers(), "no.such.topic", logger_);
    EXPECT_THROW(reader.Ends(), KafkaError);
}

}  // namespace
}  // namespace bangkit::kafka
