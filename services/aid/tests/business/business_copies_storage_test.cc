// What registration says of businesses is what aid knows of them: every event once, in order.
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/base/ids.h"
#include "libs/messaging/inbox.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/temp_database.h"
#include "services/aid/events/business/business_copies.h"
#include "services/aid/storage/business/businesses.h"
#include "services/aid/tests/program/programs.h"
#include "services/aid/tests/test_keys.h"

namespace bangkit::aid {
namespace {

using namespace registration::v1;

class BusinessCopiesTest : public ::testing::Test {
protected:
    void SetUp() override { inbox_.TakeOver(connection_, {0}); }

    template <typename Message>
    Message About(const std::string& region = "18.71.05.1002") const {
        Message message;
        BusinessStatistics& statistics = *message.mutable_statistics();
        statistics.set_kind(common::v1::BUSINESS_KIND_UMKM);
        statistics.set_region_code(region);
        statistics.set_scale(common::v1::BUSINESS_SCALE_MICRO);
        statistics.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
        statistics.set_verification(common::v1::VERIFICATION_LEVEL_FIELD);
        statistics.set_kbli_division("47");
        message.set_business_id(id_);
        return message;
    }
    BusinessRegistered Registered() const {
        auto message = About<BusinessRegistered>();
        message.set_owner_id(owner_);
        return message;
    }
    /// As the relay would write the next event of the business.
    kafka::Record Record(const google::protobuf::Message& message) {
        ++version_;
        return {.partition = 0,
                .offset = next_offset_++,
                .appended_at = kNow,
                .key = id_,
                .payload = message.SerializeAsString(),
                .headers = messaging::ToHeaders({.aggregate_type = "business",
                                                 .aggregate_id = id_,
                                                 .version = version_,
                                                 .type = message.GetDescriptor()->full_name(),
                                                 .time = kNow,
                                                 .traceparent = ""},
                                                "/bangkit/registration")};
    }
    messaging::Consumed Consume(const std::vector<kafka::Record>& records) {
        BusinessCopies copies(
            regions_, clock_, [this] { return ApplicationUnitOfWork(keys_); },
            [this] { return NominationUnitOfWork(keys_); });
        return inbox_.Consume(connection_, records, copies).value();
    }
    void Publish(const google::protobuf::Message& message) {
        EXPECT_EQ(Consume({Record(message)}).applied, 1) << message.GetDescriptor()->name();
    }
    Business Copy() {
        postgres::Transaction transaction(connection_);
        postgres::UuidArray ids;
        ids.Add(id_);
        const auto found = LoadBusinesses(transaction, ids);
        return found.contains(id_) ? found.at(id_) : Business{};
    }

    const indonesia::RegionTree regions_;
    const crypto::KeyRing keys_ = TestKeys();
    const testing::ManualClock clock_{kNow};
    testing::TempDatabase database_{
        {command::Migrations(), messaging::Migrations(), aid::Migrations()}};
    postgres::Connection connection_{database_.dsn()};
    messaging::Inbox inbox_{std::string(kRegistrationTopic), NewId(kNow)};
    const std::string id_ = NewId(kNow), owner_ = NewId(kNow), other_ = NewId(kNow);
    std::int64_t version_ = 0, next_offset_ = 0;
};

TEST_F(BusinessCopiesTest, AreWhatRegistrationSays) {
    Publish(Registered());
    Business copy = Copy();
    EXPECT_EQ(copy.owner_id, owner_);
    EXPECT_EQ(copy.region_code, "18.71.05.1002");
    EXPECT_EQ(copy.kbli_division, 47);
    auto moved = About<BusinessDetailsChanged>("18.72");
    moved.mutable_statistics()->set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    Publish(moved);
    copy = Copy();
    EXPECT_EQ(copy.version, 2);
    EXPECT_EQ(copy.region_code, "18.72");
    EXPECT_EQ(copy.owner_id, owner_) << "later events do not say it";
    const Facts facts = FactsOf(copy);
    EXPECT_EQ(*facts.Numbers(Fact::kBusinessStopped), (std::set<std::int64_t>{1}));
    EXPECT_EQ(*facts.Numbers(Fact::kScale), (std::set<std::int64_t>{1}));
    EXPECT_EQ(*facts.Region(Fact::kRegion), "18.72");
}

TEST_F(BusinessCopiesTest, KnowEveryTypeOfEvent) {
    Publish(Registered());
    Publish(About<ConditionReported>());
    Publish(About<ScaleChanged>());
    Publish(About<BusinessDetailsChanged>());
    Publish(About<BusinessVerified>());
    Publish(About<GroupMembersChanged>());
    auto merged = About<BusinessesMerged>();
    merged.set_surviving_business_id(other_);
    merged.set_merged_business_id(id_);
    Publish(merged);
    EXPECT_EQ(Copy().merged_into, other_);
    auto undone = About<MergeUndone>();
    undone.set_surviving_business_id(other_);
    undone.set_merged_business_id(id_);
    Publish(undone);
    EXPECT_EQ(Copy().merged_into, "");
    merged.set_surviving_business_id(id_);
    merged.set_merged_business_id(other_);
    Publish(merged);
    EXPECT_EQ(Copy().merged_into, "") << "the surviving one lives itself";
    Publish(About<OwnerDataErased>());
    EXPECT_TRUE(Copy().owner_is_erased);
    const auto* file = BusinessRegistered::descriptor()->file();
    int types = 0;
    for (int i = 0; i < file->message_type_count(); ++i) {
        if (file->message_type(i)->FindFieldByName("occurred_at") != nullptr) ++types;
    }
    EXPECT_EQ(types, 9) << "one of them is not looked at";
}

TEST_F(BusinessCopiesTest, TakeEachEventOnceHoweverOftenItComes) {
    const kafka::Record first = Record(Registered()), second = Record(About<ConditionReported>());
    EXPECT_EQ(Consume({first, second}).applied, 2);
    kafka::Record copy = first;
    copy.offset = next_offset_++;
    const messaging::Consumed again = Consume({copy});
    EXPECT_EQ(again.applied, 0);
    EXPECT_EQ(again.copies, 1);
    EXPECT_EQ(Copy().version, 2);
}

TEST_F(BusinessCopiesTest, NeverGoBackBehindWhatRegistrationSaidWhenItWasAsked) {
    Publish(Registered());
    Business asked = Copy();
    asked.version = 3;
    asked.region_code = "18.72";
    {
        postgres::Transaction transaction(connection_);
        SaveBusinesses(transaction, {{asked.id, asked}});
        transaction.Commit();
    }
    Publish(About<ConditionReported>());
    Publish(About<ConditionReported>());
    EXPECT_EQ(Copy(), asked) << "they are older, or as old";
    Publish(About<BusinessDetailsChanged>("18.71"));
    EXPECT_EQ(Copy().region_code, "18.71");
    EXPECT_EQ(Copy().version, 4);
    {
        postgres::Transaction transaction(connection_);
        SaveBusinesses(transaction, {{asked.id, asked}});
        transaction.Commit();
    }
    EXPECT_EQ(Copy().version, 4) << "nor does an answer that comes late";
}

TEST_F(BusinessCopiesTest, ParkWhatMakesNoSense) {
    Publish(Registered());
    EXPECT_EQ(Consume({Record(About<ConditionReported>("99.99"))}).parked, 1);
    EXPECT_EQ(Copy().version, 1);
}

}  // namespace
}  // namespace bangkit::aid
