#include "libs/kafka/admin.h"

#include <gtest/gtest.h>

#include <array>

#include "libs/testing/environment.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"

namespace bangkit::kafka {
namespace {

class AdminTest : public ::testing::Test {
protected:
    AdminTest() {
        spec_.name = testing::NewName();
        spec_.partitions = 3;
        spec_.config = {{"retention.ms", "-1"}, {"message.timestamp.type", "LogAppendTime"}};
    }
    ~AdminTest() override {
        if (admin_.Describe(spec_.name)) admin_.DeleteTopic(spec_.name);
    }
    std::vector<TopicChange> Ensure() { return admin_.EnsureTopics(std::array{spec_}); }

    testing::QuietLogger logger_;
    Admin admin_{testing::RequiredVariable("BANGKIT_TEST_KAFKA"), logger_};
    TopicSpec spec_;
};

TEST_F(AdminTest, AMissingTopicIsCreatedAsSpecified) {
    EXPECT_FALSE(admin_.Describe(spec_.name));
    EXPECT_EQ(Ensure(), std::vector{TopicChange::kCreated});
    const auto found = admin_.Describe(spec_.name);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->partitions, 3);
    EXPECT_EQ(found->config.at("retention.ms"), "-1");
    EXPECT_EQ(found->config.at("message.timestamp.type"), "LogAppendTime");
}

TEST_F(AdminTest, ATopicThatIsAsSpecifiedIsLeftAlone) {
    Ensure();
    EXPECT_EQ(Ensure(), std::vector{TopicChange::kNone});
}

TEST_F(AdminTest, ASettingThatDiffersIsCorrectedAndToldAndTheOthersStay) {
    spec_.config = {{"retention.ms", "60000"}, {"max.message.bytes", "2000000"}};
    Ensure();
    spec_.config = {{"retention.ms", "-1"}, {"message.timestamp.type", "LogAppendTime"}};
    EXPECT_EQ(Ensure(), std::vector{TopicChange::kCorrected});
    // The broker that is asked learns of it a little later.
    EXPECT_TRUE(testing::Eventually([this] {
        const auto corrected = admin_.Describe(spec_.name);
        return corrected->config.at("retention.ms") == "-1" &&
               corrected->config.at("message.timestamp.type") == "LogAppendTime";
    }));
    const auto found = admin_.Describe(spec_.name);
    EXPECT_EQ(found->config.at("max.message.bytes"), "2000000");
    EXPECT_EQ(logger_.lines().at(1),
              "topic_corrected topic=" + spec_.name +
                  " setting=message.timestamp.type was=CreateTime is=LogAppendTime");
    EXPECT_EQ(logger_.lines().at(2),
              "topic_corrected topic=" + spec_.name + " setting=retention.ms was=60000 is=-1");
}

TEST_F(AdminTest, AnotherNumberOfPartitionsIsRefusedBeforeAnythingIsDone) {
    Ensure();
    TopicSpec other = spec_;
    other.partitions = 12;
    const std::array specs{TopicSpec{.name = testing::NewName()}, other};
    EXPECT_THROW(admin_.EnsureTopics(specs), KafkaError);
    EXPECT_FALSE(admin_.Describe(specs[0].name));
    EXPECT_EQ(admin_.Describe(spec_.name)->partitions, 3);
}

TEST_F(AdminTest, WhatTheBrokerRefusesIsAnError) {
    spec_.config = {{"retention.ms", "for ever"}};
    EXPECT_THROW(Ensure(), KafkaError);
    EXPECT_THROW(admin_.DeleteTopic(spec_.name), KafkaError);
}

}  // namespace
}  // namespace bangkit::kafka
