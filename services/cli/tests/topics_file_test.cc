#include "services/cli/topics_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/cli/config.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

TEST(TopicsFileTest, OursSaysWhatTheEventPathNeeds) {
    const auto topics = ParseTopics(ReadFile(SOURCE_DIR "/deploy/topics.yaml"), "topics.yaml");
    ASSERT_FALSE(topics.empty());
    for (const kafka::TopicSpec& topic : topics) {
        EXPECT_EQ(topic.partitions, 12);
        EXPECT_EQ(topic.config.at("retention.ms"), "-1") << "events are kept for ever";
        EXPECT_EQ(topic.config.at("message.timestamp.type"), "LogAppendTime");
    }
}

TEST(TopicsFileTest, RefusesWhatItDoesNotUnderstand) {
    const std::string topic = "{name: a, partitions: 1, replication: 1";
    EXPECT_NO_THROW(ParseTopics("topics: [" + topic + "}]", "x"));
    const std::string bad[] = {"[",
                               "topic: []",
                               "topics: []",
                               "topics: [{name: a}]",
                               "topics: [{name: a, partitions: many, replication: 1}]",
                               "topics: [{name: a, partitions: 0, replication: 1}]",
                               "topics: [" + topic + ", partition: 2}]",
                               "topics: [" + topic + "}, " + topic + "}]"};
    for (const std::string& yaml : bad) {
        EXPECT_THROW(ParseTopics(yaml, "x"), UsageError) << yaml;
    }
}

}  // namespace
}  // namespace bangkit::cli
