#include "libs/telemetry/traceparent.h"

#include <gtest/gtest.h>

#include <string>

namespace bangkit::telemetry {
namespace {

constexpr std::string_view kParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr std::string_view kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

TEST(TraceparentTest, NewOnesAreValidSampledAndDifferent) {
    const std::string first = NewTraceparent();
    EXPECT_TRUE(IsTraceparent(first)) << first;
    EXPECT_TRUE(first.starts_with("00-") && first.ends_with("-01")) << first;
    EXPECT_NE(TraceId(first), TraceId(NewTraceparent()));
}

TEST(TraceparentTest, AChildHasItsParentsTraceAndItsOwnSpan) {
    const std::string child = ChildOf(kParent);
    EXPECT_TRUE(IsTraceparent(child)) << child;
    EXPECT_EQ(TraceId(child), kTrace);
    EXPECT_NE(child, kParent);
    EXPECT_NE(child, ChildOf(kParent));
}

TEST(TraceparentTest, AChildIsSampledAsItsParentIs) {
    const std::string prefix(kParent.substr(0, kParent.size() - 2));
    EXPECT_TRUE(ChildOf(prefix + "00").ends_with("-00"));
    EXPECT_TRUE(ChildOf(prefix + "02").ends_with("-00"));
    EXPECT_TRUE(ChildOf(prefix + "03").ends_with("-01"));
    EXPECT_TRUE(ChildOf(prefix + "0b").ends_with("-01"));
    EXPECT_TRUE(ChildOf(prefix + "0c").ends_with("-00"));
}

TEST(TraceparentTest, AnInvalidParentBeginsANewTrace) {
    const std::string child = ChildOf("00-nonsense");
    EXPECT_TRUE(IsTraceparent(child)) << child;
    EXPECT_NE(TraceId(child), kTrace);
}

TEST(TraceparentTest, LaterVersionsMayBeLonger) {
    const std::string later = "01" + std::string(kParent.substr(2));
    EXPECT_TRUE(IsTraceparent(later));
    EXPECT_TRUE(IsTraceparent(later + "-more"));
    EXPECT_EQ(TraceId(later + "-more"), kTrace);
    EXPECT_TRUE(ChildOf(later + "-more").starts_with("00-" + std::string(kTrace)));
    EXPECT_FALSE(IsTraceparent(later + "more"));
    for (const char* text : {"-m\xC3\xB6re", "-more\n", "-mo re", "-\x7F"}) {
        EXPECT_FALSE(IsTraceparent(later + text));
    }
    EXPECT_TRUE(IsTraceparent(later + "-" + std::string(200, 'x')));
    EXPECT_FALSE(IsTraceparent(later + "-" + std::string(1'000, 'x')));
}

TEST(TraceparentTest, WhatIsNone) {
    for (const std::string_view text : {
             "",
             "00",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",     // Cut off.
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",  // Too long.
             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",    // No version.
             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",    // Upper case.
             "00-00000000000000000000000000000000-00f067aa0ba902b7-01",    // No trace.
             "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",    // No span.
             "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
         }) {
        EXPECT_FALSE(IsTraceparent(text)) << text;
        EXPECT_EQ(TraceId(text), "") << text;
    }
}

}  // namespace
}  // namespace bangkit::telemetry
