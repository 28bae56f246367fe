// What verify says of completed courses: each that training has told of entitles once.
#include <gtest/gtest.h>

#include "bangkit/training/v1/course_events.pb.h"
#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/messaging/envelope.h"
#include "libs/testing/kafka.h"
#include "libs/testing/temp_database.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

constexpr const char* kEnrolment = "00000000-0000-7000-8000-000000000001";
constexpr const char* kOther = "00000000-0000-7000-8000-000000000002";
constexpr const char* kCourse = "00000000-0000-7000-8000-000000000003";
constexpr const char* kBusiness = "00000000-0000-7000-8000-000000000004";

class VerifyCompletionsTest : public ::testing::Test {
protected:
    VerifyCompletionsTest() {
        session_.options().settings = {{"AID_DSN", aid_.owner_dsn()}, {"KAFKA", topic_.brokers()}};
        Send(kEnrolment, "bangkit.training.v1.ParticipantEnrolled", "whatever");
        Send(kEnrolment, "bangkit.training.v1.CourseCompleted", Completed(kEnrolment));
        Send(kEnrolment, "bangkit.training.v1.CourseCompleted", Completed(kEnrolment));  // A copy.
    }

    static std::string Completed(const std::string& enrolment_id) {
        training::v1::CourseCompleted message;
        message.set_enrolment_id(enrolment_id);
        message.mutable_statistics()->set_course_id(kCourse);
        message.mutable_statistics()->set_business_id(kBusiness);
        message.mutable_statistics()->set_topic(common::v1::NEED_TOPIC_TRAINING_PRODUCTION);
        return message.SerializeAsString();
    }
    void Send(const std::string& enrolment_id, const std::string& type,
              const std::string& payload) {
        topic_.Send({.partition = 0,
                     .key = enrolment_id,
                     .payload = payload,
                     .headers = messaging::ToHeaders({.aggregate_type = "enrolment",
                                                      .aggregate_id = enrolment_id,
                                                      .version = 1,
                                                      .type = type,
                                                      .time = {},
                                                      .traceparent = ""},
                                                     "/bangkit/training")});
    }
    /// Aid has read so many records.
    void Followed(int records) const {
        aid_.Execute("DELETE FROM inbox_offsets");
        aid_.Execute("INSERT INTO inbox_offsets (topic, partition, epoch, next_offset) VALUES ('" +
                     topic_.name() + "', 0, 1, " + std::to_string(records) + ")");
    }
    void Entitle(const std::string& enrolment_id) const {
        aid_.Execute("INSERT INTO entitlements VALUES ('" + enrolment_id + "', '" + kBusiness +
                     "', '" + kBusiness + "', '" + kCourse + "', 5, '18.71', now(), now(), NULL)");
    }
    bool Holds() {
        System system(session_);
        return CheckCompletions(
                   system,
                   {.database = {}, .topic = topic_.name(), .versions = {}, .types = "'enrolment'"})
            .holds();
    }

    testing::TempTopic topic_;
    testing::TempDatabase aid_{{command::Migrations(), messaging::Migrations(), aid::Migrations()}};
    const char* environment_[1] = {nullptr};
    Session session_{environment_};
};

TEST_F(VerifyCompletionsTest, EachThatWasReadHasItsEntitlement) {
    EXPECT_TRUE(Holds()) << "nothing was read";
    Followed(1);
    EXPECT_TRUE(Holds()) << "nothing was completed";
    Followed(3);
    EXPECT_FALSE(Holds());
    Entitle(kEnrolment);
    EXPECT_TRUE(Holds());
    Send(kOther, "bangkit.training.v1.CourseCompleted", Completed(kOther));
    EXPECT_TRUE(Holds()) << "it was not read yet";
    Followed(4);
    EXPECT_FALSE(Holds());
}

TEST_F(VerifyCompletionsTest, NothingElseEntitles) {
    Followed(3);
    Entitle(kEnrolment);
    Entitle(kOther);
    EXPECT_FALSE(Holds());
}

TEST_F(VerifyCompletionsTest, ItIsOfTheCourseThatWasCompleted) {
    Followed(3);
    Entitle(kEnrolment);
    aid_.Execute("UPDATE entitlements SET topic = 2");
    EXPECT_FALSE(Holds());
}

}  // namespace
}  // namespace bangkit::cli
