// While services are upgraded one after the other, old consumers read new events and new consumers
// old ones: nothing stops for good, and no figure is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"
#include "tests/contract/golden.h"
#include "tests/contract/schema.h"
#include "tests/contract/story.h"

namespace bangkit::contract {
namespace {

using dashboard::ToRecord;
using ::testing::HasSubstr;

constexpr const char* kPackage = "bangkit.registration.v1.";

/// With new fields, a new condition and a new type of event.
void MakeNext(Schema::File& events, Schema::File& classification) {
    AddText(MessageOf(events, "BusinessStatistics"), "market", 100);
    AddText(MessageOf(events, "BusinessRegistered"), "programme_id", 100);
    auto merged = MessageOf(events, "ConditionReported");
    merged.set_name("BusinessMerged");
    *events.add_message_type() = merged;
    for (auto& type : *classification.mutable_enum_type()) {
        if (type.name() != "BusinessCondition") continue;
        auto& value = *type.add_value();
        value.set_name("BUSINESS_CONDITION_RELOCATED");
        value.set_number(99);
    }
}

/// Before there were all the fields that there are today.
void MakePrevious(Schema::File& events, Schema::File&) {
    auto& statistics = MessageOf(events, "BusinessStatistics");
    for (const char* field : {"verification", "channels", "registered_at"}) {
        RemoveField(statistics, field);
    }
    RemoveField(MessageOf(events, "BusinessRegistered"), "owner_id");
}

std::string Says(const std::string& condition, const std::string& more = "",
                 const std::string& more_statistics = "") {
    return R"({"statistics":{"kind":"BUSINESS_KIND_UMKM","regionCode":"32.75.01.1001",)"
           R"("scale":"BUSINESS_SCALE_MICRO","kbliDivision":"56","condition":"BUSINESS_CONDITION_)" +
           condition + "\"" + more_statistics + R"(},"occurredAt":"2026-01-05T02:00:00Z")" + more +
           "}";
}

/// The projector of the next version: it knows the event that is new.
class NextProjection final : public messaging::Projection {
public:
    explicit NextProjection(const indonesia::RegionTree& regions) : today_(regions) {}
    void Load(postgres::Transaction& transaction,
              std::span<const messaging::ReceivedEvent> events) override {
        today_.Load(transaction, events);
    }
    Result<void> Fold(const messaging::ReceivedEvent& event) override {
        messaging::ReceivedEvent known = event;
        if (event.envelope.type == std::string(kPackage) + "BusinessMerged") {
            known.envelope.type = std::string(kPackage) + "ConditionReported";
        }
        return today_.Fold(known);
    }
    void Save(postgres::Transaction& transaction) override { today_.Save(transaction); }

private:
    dashboard::BusinessProjection today_;
};

class EvolutionTest : public ::testing::Test {
protected:
    /// As version `version` of business `id`, in today's projector.
    void Project(const std::string& id, std::int64_t version, const std::string& type,
                 const std::string& payload) {
        read_model_.Project({ToRecord(id, version, kPackage + type, payload)});
    }
    std::int64_t Businesses() { return read_model_.Figures("32.75").businesses; }
    std::int64_t Parked(const std::string& condition = "true") {
        return read_model_.database().Count("SELECT count(*) FROM inbox_parked WHERE " + condition);
    }
    /// The next version of the projector takes over.
    void Upgrade() {
        messaging::Inbox inbox{std::string(dashboard::kRegistrationTopic), kOwnerId};
        inbox.TakeOver(read_model_.connection(), {0});
        for (;;) {
            const auto due = inbox.FindDue(read_model_.connection(), 10);
            if (due.empty()) return;
            NextProjection projection(read_model_.regions());
            inbox.Release(read_model_.connection(), due, projection);
        }
    }

    dashboard::ProjectedDatabase read_model_;
    Schema next_{MakeNext};
    Schema previous_{MakePrevious};
};

TEST_F(EvolutionTest, AnOldConsumerPassesOverFieldsThatAreNew) {
    Project(kBusinessId, 1, "BusinessRegistered",
            next_.Write("BusinessRegistered",
                        Says("ACTIVE", R"(,"programmeId":"p")", R"(,"market":"m")")));
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(Businesses(), 1);
}

TEST_F(EvolutionTest, WhoPassesAnEventOnKeepsFieldsThatAreNew) {
    const std::string sent =
        next_.Write("BusinessRegistered", Says("ACTIVE", R"(,"programmeId":"p")"));
    registration::v1::BusinessRegistered today;
    ASSERT_TRUE(today.ParseFromString(sent));
    EXPECT_THAT(next_.Read("BusinessRegistered", today.SerializeAsString()),
                HasSubstr(R"("programmeId":"p")"));
}

TEST_F(EvolutionTest, AValueThatIsNewIsKeptForANewerConsumerWithAllThatFollows) {
    const std::string relocated = next_.Write("ConditionReported", Says("RELOCATED"));
    Project(kBusinessId, 1, "BusinessRegistered",
            next_.Write("BusinessRegistered", Says("ACTIVE")));
    Project(kBusinessId, 2, "ConditionReported", relocated);
    Project(kBusinessId, 3, "ConditionReported", next_.Write("ConditionReported", Says("ACTIVE")));
    Project(kOwnerId, 1, "BusinessRegistered", next_.Write("BusinessRegistered", Says("ACTIVE")));
    EXPECT_EQ(Businesses(), 2);  // As what it last understood, and the other one.
    EXPECT_EQ(Parked("version = 2 AND error LIKE '%the condition does not exist'"), 1);
    EXPECT_EQ(Parked("version = 3 AND error = 'waits for version 2'"), 1);
    EXPECT_EQ(read_model_.connection()
                  .Run("SELECT payload FROM inbox_parked WHERE version = 2")
                  .Text(0, 0),
              relocated);
}

TEST_F(EvolutionTest, ATypeThatIsNewIsAppliedAfterTheUpgradeAndNothingIsLost) {
    Project(kBusinessId, 1, "BusinessRegistered",
            next_.Write("BusinessRegistered", Says("ACTIVE")));
    Project(kBusinessId, 2, "BusinessMerged", next_.Write("BusinessMerged", Says("DORMANT")));
    Project(kBusinessId, 3, "ConditionReported", next_.Write("ConditionReported", Says("CLOSED")));
    EXPECT_EQ(Parked(), 2);
    EXPECT_EQ(Businesses(), 1);
    Upgrade();
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(Businesses(), 1);
    EXPECT_EQ(read_model_.database().Count("SELECT condition FROM business_states"),
              common::v1::BUSINESS_CONDITION_CLOSED);
    EXPECT_EQ(read_model_.database().Count("SELECT last_version FROM inbox_versions"), 3);
}

TEST_F(EvolutionTest, ANewConsumerReadsEventsOfBefore) {
    Project(kBusinessId, 1, "BusinessRegistered",
            previous_.Write("BusinessRegistered", Says("ACTIVE")));
    EXPECT_EQ(Parked(), 0);
    EXPECT_EQ(Businesses(), 1);
}

TEST_F(EvolutionTest, TheNextVersionAndThePreviousOneReadTheEventsOfToday) {
    for (const kafka::Record& record : Published()) {
        const auto type = std::string(record.Header("ce_type")).substr(std::strlen(kPackage));
        for (Schema* schema : {&next_, &previous_}) {
            const std::string json = schema->Read(type, record.payload);
            EXPECT_THAT(json, HasSubstr(R"("regionCode":"32.75.01.100)")) << type;
            EXPECT_THAT(json, HasSubstr(R"("kind":"BUSINESS_KIND_STREET_VENDOR")")) << type;
        }
    }
}

}  // namespace
}  // namespace bangkit::contract
