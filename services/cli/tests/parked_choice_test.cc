#include "services/cli/parked_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/cli/event_json.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

constexpr const char* kId = "0190b3f2-7c1e-7abc-8def-0123456789ab";

TEST(ParkedChoiceTest, ARecordIsNamedByWhereItLies) {
    const auto filter = ParseParkedChoice("", "bangkit.registration.v1/3/17", "");
    EXPECT_EQ(filter.topic, "bangkit.registration.v1");
    EXPECT_EQ(filter.place, (messaging::RecordPlace{3, 17}));
    EXPECT_EQ(NameOf(filter.topic, *filter.place), "bangkit.registration.v1/3/17");
}

TEST(ParkedChoiceTest, AnAggregateIsNamedByTypeAndId) {
    const auto filter = ParseParkedChoice("t", "", std::string("business/") + kId);
    EXPECT_EQ(filter.topic, "t");
    EXPECT_EQ(filter.aggregate_type, "business");
    EXPECT_EQ(filter.aggregate_id, kId);
    EXPECT_FALSE(filter.place);
}

TEST(ParkedChoiceTest, NothingChosenIsAll) {
    const auto filter = ParseParkedChoice("", "", "");
    EXPECT_TRUE(filter.topic.empty() && filter.aggregate_id.empty() && !filter.place);
}

TEST(ParkedChoiceTest, WhatNamesNothingIsWrongUsage) {
    for (const char* record : {"t", "t/1", "t/1/", "t//1", "t/x/1", "t/-1/1", "t/1/-1", "t/1/2/3",
                               "t/99999999999/1", "/1/1", "a b/1/1", "t/1/1 "}) {
        EXPECT_THROW(ParseParkedChoice("", record, ""), UsageError) << record;
    }
    for (const char* aggregate : {"business", "business/", "business/7", "/x", "a b/x"}) {
        EXPECT_THROW(ParseParkedChoice("", "", aggregate), UsageError) << aggregate;
    }
    EXPECT_THROW(ParseParkedChoice("other", "t/1/1", ""), UsageError);
}

TEST(EventJsonTest, WhateverARecordHoldsIsShownOnOneLine) {
    const kafka::Record garbage{.payload = "\xff\n",
                                .headers = {{"ce_type", "bangkit.registration.v1.ScaleChanged"},
                                            {"\xff", "a\nb\"\x1b[2J"}}};
    EXPECT_EQ(EventJson(garbage), "null");
    EXPECT_EQ(EventJson({.headers = {{"ce_type", "no.such.Type"}}}), "null");
    registration::v1::BusinessRegistered timeless;
    timeless.mutable_occurred_at()->set_seconds(std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(EventJson({.payload = timeless.SerializeAsString(),
                         .headers = {{"ce_type", timeless.GetDescriptor()->full_name()}}}),
              "null");
    const std::string headers = HeadersJson(garbage.headers);
    EXPECT_THAT(headers, ::testing::Not(::testing::HasSubstr("\n")));
    EXPECT_THAT(headers, ::testing::Not(::testing::HasSubstr("\x1b")));
}

}  // namespace
}  // namespace bangkit::cli
