// proto/asyncapi.yaml tells others what is published: each event, and none that is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <set>
#include <string>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/grievance_events.pb.h"
#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/nomination_events.pb.h"
#include "bangkit/aid/v1/program_events.pb.h"
#include "bangkit/aid/v1/referral_events.pb.h"
#include "bangkit/aid/v1/stock_events.pb.h"
#include "bangkit/aid/v1/supervision_events.pb.h"
#include "bangkit/registration/v1/need_events.pb.h"
#include "bangkit/registration/v1/registration_events.pb.h"
#include "bangkit/training/v1/course_events.pb.h"
#include "libs/messaging/envelope.h"

namespace bangkit::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
/// By topic, the full names of messages, with the files that they are in.
using Published = std::map<std::string, std::map<std::string, std::string>>;

YAML::Node Load(const std::string& path) {
    return YAML::LoadFile(std::string(SOURCE_DIR) + "/" + path);
}

Published Described(const YAML::Node& document) {
    Published described;
    for (const auto& channel : document["channels"]) {
        for (const auto& message : channel.second["messages"]) {
            const auto name = message.first.as<std::string>();
            EXPECT_EQ(message.second["$ref"].as<std::string>(), "#/components/messages/" + name);
            const YAML::Node component = document["components"]["messages"][name];
            described[channel.second["address"].as<std::string>()]
                     [component["name"].as<std::string>()] =
                         component["payload"]["schema"]["$ref"].as<std::string>();
        }
    }
    return described;
}

Published Defined() {
    const std::map<std::string, std::vector<const Descriptor*>> one_of_each_file{
        {"bangkit.registration.v1",
         {registration::v1::BusinessRegistered::descriptor(),
          registration::v1::NeedStated::descriptor()}},
        {"bangkit.aid.v1",
         {aid::v1::ProgramCreated::descriptor(), aid::v1::BudgetAllocated::descriptor(),
          aid::v1::ApplicationStarted::descriptor(), aid::v1::StockReceived::descriptor(),
          aid::v1::LoanGranted::descriptor(), aid::v1::ReferralSent::descriptor(),
          aid::v1::NomineeNominated::descriptor(), aid::v1::VisitPlanned::descriptor(),
          aid::v1::GrievanceFiled::descriptor()}},
        {"bangkit.training.v1", {training::v1::CourseCompleted::descriptor()}}};
    Published defined;
    for (const auto& [topic, messages] : one_of_each_file) {
        for (const Descriptor* message : messages) {
            const FileDescriptor* file = message->file();
            for (int i = 0; i < file->message_type_count(); ++i) {
                const Descriptor* type = file->message_type(i);
                if (type->FindFieldByName("occurred_at") == nullptr) continue;
                defined[topic][type->full_name()] = file->name();
            }
        }
    }
    return defined;
}

TEST(AsyncApiTest, DescribesEachEventOfEachTopicAndNoOther) {
    EXPECT_EQ(Described(Load("proto/asyncapi.yaml")), Defined());
}

TEST(AsyncApiTest, DescribesTheTopicsThatThereAre) {
    std::map<std::string, YAML::Node> topics;
    for (const YAML::Node& topic : Load("deploy/topics.yaml")["topics"]) {
        topics[topic["name"].as<std::string>()] = topic;
    }
    std::set<std::string> described;
    for (const auto& channel : Load("proto/asyncapi.yaml")["channels"]) {
        const auto name = channel.second["address"].as<std::string>();
        described.insert(name);
        ASSERT_TRUE(topics.contains(name)) << name;
        const YAML::Node kafka = channel.second["bindings"]["kafka"];
        EXPECT_EQ(kafka["topic"].as<std::string>(), name);
        EXPECT_EQ(kafka["partitions"].as<int>(), topics[name]["partitions"].as<int>());
        for (const auto& setting : kafka["topicConfiguration"]) {
            EXPECT_EQ(setting.second.as<std::string>(),
                      topics[name]["config"][setting.first.as<std::string>()].as<std::string>());
        }
    }
    EXPECT_EQ(described.size(), topics.size());
}

TEST(AsyncApiTest, DescribesTheHeadersThatAreSent) {
    const YAML::Node headers =
        Load("proto/asyncapi.yaml")["components"]["messageTraits"]["Event"]["headers"];
    std::vector<std::string> required, known, always, sent;
    for (const auto& name : headers["required"]) required.push_back(name.as<std::string>());
    for (const auto& header : headers["properties"]) {
        known.push_back(header.first.as<std::string>());
    }
    messaging::Envelope envelope{.aggregate_type = "budget",
                                 .aggregate_id = "0190b3f2-7c1e-7abc-8def-0123456789ab",
                                 .version = 1,
                                 .type = "bangkit.aid.v1.BudgetAllocated",
                                 .time = {},
                                 .traceparent = ""};
    for (const auto& [name, value] : messaging::ToHeaders(envelope, "/bangkit/aid")) {
        always.push_back(name);
    }
    envelope.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for (const auto& [name, value] : messaging::ToHeaders(envelope, "/bangkit/aid")) {
        sent.push_back(name);
    }
    EXPECT_THAT(required, ::testing::UnorderedElementsAreArray(always));
    EXPECT_THAT(known, ::testing::UnorderedElementsAreArray(sent));
}

}  // namespace
}  // namespace bangkit::contract
