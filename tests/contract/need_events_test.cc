// The events of needs, kept as they are like those of businesses (events_test.cc).
#include "services/dashboard/events/need_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bangkit/registration/v1/need_events.pb.h"
#include "libs/indonesia/regions.h"
#include "services/registration/storage/need_mapping.h"
#include "tests/contract/golden.h"
#include "tests/contract/story.h"

namespace bangkit::contract {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(SOURCE_DIR) / "tests" / "contract" / "need_events";
constexpr const char* kNeedId = "0190b3f2-7c1e-7abc-8def-0123456789ad";
constexpr const char* kCourseId = "0190b3f2-7c1e-7abc-8def-0123456789ae";

std::vector<registration::NeedEvent> NeedStory() {
    using namespace registration;
    using std::chrono::year;
    const auto at = [](int month) {
        return Time(std::chrono::sys_days(year(2026) / month / 10)) +
               std::chrono::microseconds(9'000'000'123);
    };
    return {NeedStated{.need_id = kNeedId,
                       .subject = {.source = NeedSource::kGroup,
                                   .business_id = kBusinessId,
                                   .owner_id = kOwnerId,
                                   .meeting = std::nullopt,
                                   .topic = NeedTopic::kTrainingDigitalMarketing,
                                   .region_code = kRegionBefore,
                                   .beneficiaries = 12},
                       .at = at(1)},
            NeedVerified{.at = at(2)},
            NeedAccommodated{.link = {.kind = NeedLinkKind::kCourse, .id = kCourseId}, .at = at(3)},
            NeedDeclined{.reason = NeedDeclineReason::kNoBudget, .at = at(4)},
            NeedMoved{.region_before = kRegionBefore, .region_code = kRegionAfter, .at = at(5)}};
}

/// One record of each type, as it lies in the log.
std::vector<kafka::Record> PublishedNeeds() {
    std::vector<kafka::Record> records;
    registration::Need need;
    for (const registration::NeedEvent& event : NeedStory()) {
        need = Apply(std::move(need), event);
        const registration::PublicEvent out = ToPublic(need, event);
        records.push_back(
            {.key = need.id,
             .payload = out.payload,
             .headers = messaging::ToHeaders(
                 {.aggregate_type = std::string(registration::kNeedAggregate),
                  .aggregate_id = need.id,
                  .version = need.version,
                  .type = std::string(out.type),
                  .time = need.updated_at,
                  .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                 "/bangkit/registration")});
    }
    return records;
}

TEST(NeedEventsContractTest, EachTypeIsWrittenAndReadAsItAlwaysWas) {
    std::vector<std::string> published, described;
    auto committed = Committed(kFolder);
    for (const kafka::Record& record : PublishedNeeds()) {
        const std::string name = NameOf(record);
        published.push_back(name);
        EXPECT_EQ(committed[name], ToText(record))
            << "If " << name << " is new, this is its text. If not, its meaning has changed.";
        EXPECT_EQ(Decode(record)->SerializeAsString(), record.payload);
    }
    const auto* file = registration::v1::NeedStated::descriptor()->file();
    for (int i = 0; i < file->message_type_count(); ++i) {
        const auto* type = file->message_type(i);
        if (type->FindFieldByName("occurred_at") != nullptr) described.push_back(type->name());
    }
    EXPECT_THAT(published, ::testing::UnorderedElementsAreArray(described));
}

TEST(NeedEventsContractTest, MeanToTheDashboardWhatTheyAlwaysMeant) {
    const indonesia::RegionTree regions;
    std::vector<std::pair<std::string, int>> meant;
    for (const kafka::Record& published : PublishedNeeds()) {
        const kafka::Record record = FromText(Committed(kFolder)[NameOf(published)]);
        const messaging::ReceivedEvent event{.envelope = messaging::ParseEnvelope(record).value(),
                                             .record = &record};
        const Result<dashboard::NeedEvent> parsed = dashboard::ParseNeedEvent(event, regions);
        ASSERT_TRUE(parsed) << NameOf(published);
        EXPECT_EQ(parsed->after.topic, dashboard::NeedTopic::kTrainingDigitalMarketing);
        meant.emplace_back(parsed->after.region_code, static_cast<int>(parsed->after.status));
    }
    EXPECT_THAT(meant, ::testing::ElementsAre(
                           ::testing::Pair(kRegionBefore, 1), ::testing::Pair(kRegionBefore, 2),
                           ::testing::Pair(kRegionBefore, 3), ::testing::Pair(kRegionBefore, 4),
                           ::testing::Pair(kRegionAfter, 4)));
}

}  // namespace
}  // namespace bangkit::contract
