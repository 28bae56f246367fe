// The events of training that aid relies on, kept as they are like those of registration
// (events_test.cc). The service that will publish them is held to these.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bangkit/training/v1/course_events.pb.h"
#include "libs/testing/manual_clock.h"
#include "services/aid/events/training/course_completions.h"
#include "tests/contract/golden.h"

namespace bangkit::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const std::filesystem::path kFolder =
    std::filesystem::path(SOURCE_DIR) / "tests" / "contract" / "training_events";
constexpr const char* kEnrolmentId = "0190b3f2-7c1e-7abc-8def-0123456789c0";

/// As training will publish it.
kafka::Record Completed() {
    training::v1::CourseCompleted message;
    message.set_enrolment_id(kEnrolmentId);
    training::v1::EnrolmentStatistics& statistics = *message.mutable_statistics();
    statistics.set_course_id("0190b3f2-7c1e-7abc-8def-0123456789c1");
    statistics.set_topic(common::v1::NEED_TOPIC_TRAINING_PRODUCTION);
    statistics.set_business_id("0190b3f2-7c1e-7abc-8def-0123456789ab");
    statistics.set_owner_id("0190b3f2-7c1e-7abc-8def-0123456789ac");
    statistics.set_region_code("36.74.01.1001");
    const Time at = Time(std::chrono::sys_days(std::chrono::year(2026) / 5 / 10)) +
                    std::chrono::microseconds(9'000'000'123);
    message.mutable_occurred_at()->set_seconds(
        std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    message.mutable_occurred_at()->set_nanos(123'000);
    return {.key = kEnrolmentId,
            .payload = message.SerializeAsString(),
            .headers = messaging::ToHeaders(
                {.aggregate_type = "enrolment",
                 .aggregate_id = kEnrolmentId,
                 .version = 3,
                 .type = message.GetDescriptor()->full_name(),
                 .time = at,
                 .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                "/bangkit/training")};
}

TEST(TrainingEventsContractTest, AreWrittenAndReadAsTheyAlwaysWere) {
    const std::string text = ToText(Completed());
    const auto committed = Committed(kFolder);
    ASSERT_THAT(committed, ElementsAre(Pair("CourseCompleted", ::testing::_)))
        << "This is its text.\n"
        << text;
    EXPECT_EQ(WithoutJson(committed.at("CourseCompleted")), WithoutJson(text));
    const kafka::Record kept = FromText(committed.at("CourseCompleted"));
    EXPECT_TRUE(SaysTheSame(*Decode(kept), JsonOf(committed.at("CourseCompleted"))));
}

TEST(TrainingEventsContractTest, ACompletedCourseIsUnderstoodByAid) {
    const indonesia::RegionTree regions;
    const testing::ManualClock clock{Time()};
    const kafka::Record record = FromText(Committed(kFolder).at("CourseCompleted"));
    aid::CourseCompletions completions(regions, clock);
    const Result<void> folded =
        completions.Fold({.envelope = messaging::ParseEnvelope(record).value(), .record = &record});
    EXPECT_TRUE(folded) << folded.error().message;
}

}  // namespace
}  // namespace bangkit::contract
