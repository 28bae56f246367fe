// Which of several values of a field holds, and about which of them somebody is asked.
#include "services/registration/domain/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// At so many minutes past kNow, as the `sequence`th of a device.
Stamp At(int minute, std::string device, std::int64_t sequence) {
    return {kNow + minutes(minute), {std::move(device), sequence}};
}

/// What a registration at a desk left: version 1 of the business.
PresentValue Registered(std::string value) {
    return {.value = std::move(value),
            .stamp = {kNow - minutes(60), {"", 1}},
            .business_id = "b",
            .version = 1};
}

/// One field of one business, to which devices write.
class Field {
public:
    explicit Field(std::string value) : present_(Registered(std::move(value))) {}

    /// The device had version `base` before it.
    void Write(const Stamp& stamp, std::string value, std::int64_t base = 1) {
        const FieldWrite now = history_.Take(
            {.stamp = stamp, .business_id = "b", .base_version = base, .value = std::move(value)},
            present_, version_);
        if (now.value == present_.value) return;
        history_.SetVersion(now.stamp.id, ++version_);
        present_ = {
            .value = now.value, .stamp = now.stamp, .business_id = "b", .version = version_};
    }
    /// Somebody at a desk, who sees what is there.
    void WriteAtDesk(int minute, std::string value) {
        ++version_;
        present_ = {.value = std::move(value),
                    .stamp = At(minute, "", version_),
                    .business_id = "b",
                    .version = version_};
    }
    const std::string& value() const { return present_.value; }
    std::int64_t version() const { return version_; }
    std::vector<std::string> Open() const {
        std::vector<std::string> values;
        for (const WriteId& id : history_.Open()) {
            values.push_back(history_.writes().at(id).value);
        }
        return values;
    }
    FieldHistory& history() { return history_; }

private:
    FieldHistory history_;
    PresentValue present_;
    std::int64_t version_ = 1;
};

TEST(FieldHistoryTest, WhoHasSeenAValueReplacesItAndNobodyNeedDecide) {
    Field field("x");
    field.Write(At(1, "a", 1), "y");
    field.Write(At(2, "b", 1), "z", field.version());
    EXPECT_EQ(field.value(), "z");
    EXPECT_THAT(field.Open(), IsEmpty());
}

TEST(FieldHistoryTest, OfTwoWhoKnewNothingOfEachOtherTheLaterHoldsAndTheOtherIsInReview) {
    for (const bool is_late_first : {false, true}) {
        Field field("x");
        field.Write(is_late_first ? At(2, "b", 1) : At(1, "a", 1), is_late_first ? "z" : "y");
        field.Write(is_late_first ? At(1, "a", 1) : At(2, "b", 1), is_late_first ? "y" : "z");
        EXPECT_EQ(field.value(), "z");
        EXPECT_THAT(field.Open(), ElementsAre("y"));
    }
}

TEST(FieldHistoryTest, OfTheSameMomentTheGreaterDeviceHolds) {
    Field field("x");
    field.Write(At(1, "b", 1), "z");
    field.Write(At(1, "a", 9), "y");
    EXPECT_EQ(field.value(), "z");
}

TEST(FieldHistoryTest, TheSameValueIsNoConflict) {
    Field field("x");
    field.Write(At(1, "a", 1), "y");
    field.Write(At(2, "b", 1), "y");
    EXPECT_EQ(field.version(), 2) << "nothing has changed";
    EXPECT_THAT(field.Open(), IsEmpty());
    field.Write(At(3, "c", 1), "z");
    EXPECT_THAT(field.Open(), ElementsAre("y")) << "once, whoever said it";
}

TEST(FieldHistoryTest, ADeviceKnowsOfWhatItWroteItselfWhateverItsClockSays) {
    Field field("x");
    field.Write(At(9, "a", 1), "y");
    field.Write(At(2, "a", 2), "z");  // Somebody has set the clock back.
    EXPECT_EQ(field.value(), "z");
    EXPECT_THAT(field.Open(), IsEmpty());
}

TEST(FieldHistoryTest, AClockThatWasSetBackDoesNotHideWhatOthersSaidMeanwhile) {
    for (const int order : {0, 1, 2}) {
        Field field("x");
        const std::vector<std::pair<Stamp, std::string>> writes{
            {At(9, "a", 1), "first"}, {At(2, "a", 2), "second"}, {At(5, "b", 1), "other"}};
        for (int i = 0; i < 3; ++i) {
            const auto& [stamp, value] = writes[static_cast<std::size_t>((i + order) % 3)];
            field.Write(stamp, value);
        }
        EXPECT_EQ(field.value(), "other") << order;
        EXPECT_THAT(field.Open(), ElementsAre("second")) << order;
    }
}

TEST(FieldHistoryTest, WhatWasSaidAtADeskMeanwhileIsNotLost) {
    Field field("x");
    field.WriteAtDesk(5, "desk");
    field.Write(At(9, "a", 1), "device");  // Saw version 1 only.
    EXPECT_EQ(field.value(), "device");
    EXPECT_THAT(field.Open(), ElementsAre("desk"));
}

TEST(FieldHistoryTest, ADeskThatWasLaterHolds) {
    Field field("x");
    field.WriteAtDesk(5, "desk");
    field.Write(At(3, "a", 1), "device");
    EXPECT_EQ(field.value(), "desk");
    EXPECT_THAT(field.Open(), ElementsAre("device"));
}

TEST(FieldHistoryTest, ADeskHasSeenWhatWasThere) {
    Field field("x");
    field.Write(At(1, "a", 1), "device");
    field.WriteAtDesk(5, "desk");
    field.Write(At(9, "b", 1), "other", field.version());
    EXPECT_EQ(field.value(), "other");
    EXPECT_THAT(field.Open(), IsEmpty());
}

TEST(FieldHistoryTest, WhatSomebodyHasDecidedAgainstStaysOut) {
    Field field("x");
    field.Write(At(1, "a", 1), "y");
    field.Write(At(2, "b", 1), "z");
    field.history().DecideAgainst("y");
    EXPECT_THAT(field.Open(), IsEmpty());
    field.Write(At(1, "b", 2), "w");  // Replaces z, and y does not come back with its later stamp.
    EXPECT_EQ(field.value(), "w");
    EXPECT_THAT(field.Open(), IsEmpty());
}

TEST(FieldHistoryTest, WhatTheRegistryCouldNotTakeNeverHoldsAndIsInReview) {
    Field field("");
    field.Write(At(1, "a", 1), "taken");
    field.history().Block({"a", 1}, "NIB_ALREADY_REGISTERED");
    EXPECT_EQ(field.history().Present()->value, "");
    EXPECT_THAT(field.Open(), ElementsAre("taken"));
}

TEST(FieldHistoryTest, WhoReplacesAValueReplacesItWhoeverElseSaysIt) {
    for (const bool is_repeated_first : {false, true}) {
        Field field("x");
        field.Write(At(1, "a", 1), "y");
        const std::int64_t seen = field.version();
        if (is_repeated_first) field.Write(At(9, "a", 2), "y");
        field.Write(At(5, "b", 1), "z", seen);
        if (!is_repeated_first) field.Write(At(9, "a", 2), "y");
        EXPECT_EQ(field.value(), "z") << is_repeated_first;
        EXPECT_THAT(field.Open(), IsEmpty()) << is_repeated_first;
    }
}

TEST(FieldHistoryTest, OfTwoWhoEachSawWhatTheOtherSaysTheLaterHolds) {
    FieldHistory history;
    history.Add({.stamp = At(1, "a", 1), .value = "v"});
    history.Add({.stamp = At(2, "b", 1), .value = "w"});
    history.Add({.stamp = At(5, "c", 1), .saw = WriteId{"a", 1}, .value = "w"});
    history.Add({.stamp = At(4, "d", 1), .saw = WriteId{"b", 1}, .value = "v"});
    EXPECT_EQ(history.Present()->stamp.id.device_id, "c");
}

TEST(FieldHistoryTest, WhoWritesAgainHasGivenUpWhatTheRegistryCouldNotTake) {
    Field field("");
    field.Write(At(1, "a", 1), "free");
    field.Write(At(2, "a", 2), "taken");
    field.history().Block({"a", 2}, "NIB_ALREADY_REGISTERED");
    EXPECT_EQ(field.history().Present()->value, "free");
    field.Write(At(3, "a", 3), "other");
    EXPECT_THAT(field.Open(), IsEmpty());
}

TEST(FieldHistoryTest, DevicesThatLieAboutWhatTheySawStillHaveAValue) {
    FieldHistory history;
    history.Add({.stamp = At(1, "a", 1), .saw = WriteId{"b", 1}, .value = "y"});
    history.Add({.stamp = At(2, "b", 1), .saw = WriteId{"a", 1}, .value = "z"});
    ASSERT_NE(history.Present(), nullptr);
    EXPECT_EQ(history.Present()->value, "z");
}

TEST(BoundedTest, AClockThatIsAheadCountsAsTheTimeOfArrival) {
    EXPECT_EQ(Bounded(kNow + kClockTolerance, kNow).at, kNow + kClockTolerance);
    EXPECT_FALSE(Bounded(kNow + kClockTolerance, kNow).is_suspect);
    const CaptureTime ahead = Bounded(kNow + kClockTolerance + std::chrono::seconds(1), kNow);
    EXPECT_EQ(ahead.at, kNow);
    EXPECT_TRUE(ahead.is_suspect);
}

TEST(BoundedTest, AClockThatWasNeverSetCountsAsTheEarliestTime) {
    const CaptureTime never = Bounded(Time(std::chrono::seconds(17)), kNow);
    EXPECT_EQ(never.at, Time(kFirstCapture));
    EXPECT_TRUE(never.is_suspect);
    EXPECT_FALSE(Bounded(kFirstCapture, kNow).is_suspect);
}

}  // namespace
}  // namespace bangkit::registration
