// A course that was completed entitles once, however often, late or garbled it is heard of.
#include <gtest/gtest.h>

#include <limits>

#include "bangkit/training/v1/course_events.pb.h"
#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/base/ids.h"
#include "libs/messaging/inbox.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/temp_database.h"
#include "services/aid/events/training/course_completions.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

class CourseCompletionsTest : public ::testing::Test {
protected:
    void SetUp() override { inbox_.TakeOver(connection_, {0}); }

    training::v1::CourseCompleted Completed(const std::string& enrolment_id) const {
        training::v1::CourseCompleted message;
        message.set_enrolment_id(enrolment_id);
        training::v1::EnrolmentStatistics& statistics = *message.mutable_statistics();
        statistics.set_course_id(course_);
        statistics.set_topic(common::v1::NEED_TOPIC_TRAINING_PRODUCTION);
        statistics.set_business_id(business_);
        statistics.set_owner_id(owner_);
        statistics.set_region_code("36.74.01.1001");
        message.mutable_occurred_at()->set_seconds(1'772'000'000);
        return message;
    }
    /// As the relay of training would write it.
    kafka::Record Record(const std::string& enrolment_id, std::int64_t version,
                         const std::string& payload,
                         const std::string& type = "bangkit.training.v1.CourseCompleted") {
        return {.partition = 0,
                .offset = next_offset_++,
                .appended_at = kNow,
                .key = enrolment_id,
                .payload = payload,
                .headers = messaging::ToHeaders({.aggregate_type = "enrolment",
                                                 .aggregate_id = enrolment_id,
                                                 .version = version,
                                                 .type = type,
                                                 .time = kNow,
                                                 .traceparent = ""},
                                                "/bangkit/training")};
    }
    messaging::Consumed Consume(const std::vector<kafka::Record>& records) {
        CourseCompletions completions(regions_, clock_);
        return inbox_.Consume(connection_, records, completions).value();
    }
    /// What does not parse, or makes no sense.
    void ExpectParked(const training::v1::CourseCompleted& message) {
        const std::string id = NewId(kNow);
        EXPECT_EQ(Consume({Record(id, 1, message.SerializeAsString())}).parked, 1);
    }
    std::int64_t Count(const std::string& from) const {
        return database_.Count("SELECT count(*) FROM " + from);
    }

    const indonesia::RegionTree regions_;
    const testing::ManualClock clock_{kNow};
    testing::TempDatabase database_{
        {command::Migrations(), messaging::Migrations(), aid::Migrations()}};
    postgres::Connection connection_{database_.dsn()};
    messaging::Inbox inbox_{std::string(kTrainingTopic), NewId(kNow)};
    const std::string course_ = NewId(kNow), business_ = NewId(kNow), owner_ = NewId(kNow);
    std::int64_t next_offset_ = 0;
};

TEST_F(CourseCompletionsTest, OneEntitlementForEachCompletion) {
    const std::string first = NewId(kNow), second = NewId(kNow);
    const std::string payload = Completed(first).SerializeAsString();
    EXPECT_EQ(Consume({Record(first, 1, payload), Record(first, 1, payload),
                       Record(second, 1, Completed(second).SerializeAsString())})
                  .applied,
              2);
    Consume({Record(first, 1, payload)});  // A late copy.
    // Said again, as what happened next.
    EXPECT_EQ(Consume({Record(first, 2, payload)}).applied, 1);
    EXPECT_EQ(Count("entitlements"), 2);
    EXPECT_EQ(Count("entitlements WHERE enrolment_id = '" + first + "' AND business_id = '" +
                    business_ + "' AND owner_id = '" + owner_ + "' AND course_id = '" + course_ +
                    "' AND topic = 5 AND region_code = '36.74.01.1001'"
                    " AND completed_at = to_timestamp(1772000000) AND taken_by IS NULL"),
              1);
}

TEST_F(CourseCompletionsTest, WhatElseTrainingSaysPasses) {
    const std::string id = NewId(kNow);
    EXPECT_EQ(Consume({Record(id, 1, "whatever", "bangkit.training.v1.ParticipantEnrolled"),
                       Record(id, 2, Completed(id).SerializeAsString())})
                  .applied,
              2);
    EXPECT_EQ(Count("entitlements"), 1);
}

TEST_F(CourseCompletionsTest, WhatMakesNoSenseIsParked) {
    const std::string id = NewId(kNow);
    EXPECT_EQ(Consume({Record(id, 1, "\xff\xff")}).parked, 1);
    ExpectParked({});
    ExpectParked(Completed(NewId(kNow)));  // Of another enrolment than its key.
    const auto expect_parked = [this](auto change) {
        const std::string enrolment = NewId(kNow);
        auto message = Completed(enrolment);
        change(*message.mutable_statistics());
        EXPECT_EQ(Consume({Record(enrolment, 1, message.SerializeAsString())}).parked, 1);
    };
    expect_parked([](auto& statistics) { statistics.set_region_code("18.7"); });
    expect_parked([](auto& statistics) { statistics.clear_topic(); });
    expect_parked(
        [](auto& statistics) { statistics.set_topic(static_cast<common::v1::NeedTopic>(99)); });
    expect_parked([](auto& statistics) { statistics.set_business_id("siti"); });
    for (const std::int64_t seconds : {std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
        const std::string enrolment = NewId(kNow);
        auto message = Completed(enrolment);
        message.mutable_occurred_at()->set_seconds(seconds);
        EXPECT_EQ(Consume({Record(enrolment, 1, message.SerializeAsString())}).parked, 1);
    }
    EXPECT_EQ(Count("entitlements"), 0);
}

TEST_F(CourseCompletionsTest, TheDatabaseKeepsWhatWasEarned) {
    const std::string id = NewId(kNow);
    Consume({Record(id, 1, Completed(id).SerializeAsString())});
    EXPECT_THROW(database_.Execute("DELETE FROM entitlements"), postgres::SqlError);
    const std::string other = NewId(kNow);
    Consume({Record(other, 1, Completed(other).SerializeAsString())});
    // One application uses one.
    EXPECT_THROW(database_.Execute("UPDATE entitlements SET taken_by = '" + id + "'"),
                 postgres::SqlError);
}

}  // namespace
}  // namespace bangkit::aid
