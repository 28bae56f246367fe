#include "libs/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangkit::telemetry {
namespace {

using testing::HasSubstr;

TEST(MetricsTest, RendersWhatWasCounted) {
    prometheus::Registry registry;
    AddCounter(registry, "bangkit_calls_total", "Answered calls.", {{"code", "OK"}}).Increment(3);
    AddGauge(registry, "bangkit_queue_size", "Commands that wait.").Set(7);
    AddHistogram(registry, "bangkit_call_seconds", "Time per call.").Observe(0.002);
    const std::string text = Render(registry);
    EXPECT_THAT(text, HasSubstr("# HELP bangkit_calls_total Answered calls.\n"
                                "# TYPE bangkit_calls_total counter\n"
                                "bangkit_calls_total{code=\"OK\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("bangkit_queue_size 7\n"));
    EXPECT_THAT(text, HasSubstr("bangkit_call_seconds_bucket{le=\"0.001\"} 0\n"
                                "bangkit_call_seconds_bucket{le=\"0.0025\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("bangkit_call_seconds_bucket{le=\"+Inf\"} 1\n"));
}

TEST(MetricsTest, TheSameNameAndLabelsAreTheSameMetric) {
    prometheus::Registry registry;
    prometheus::Counter& counter = AddCounter(registry, "a_total", "A.", {{"kind", "x"}});
    EXPECT_EQ(&AddCounter(registry, "a_total", "A.", {{"kind", "x"}}), &counter);
    EXPECT_NE(&AddCounter(registry, "a_total", "A.", {{"kind", "y"}}), &counter);
}

TEST(MetricsTest, HistogramsWithTheirOwnBuckets) {
    prometheus::Registry registry;
    const std::array buckets = {1.0, 16.0};
    AddHistogram(registry, "bangkit_batch_size", "Commands per transaction.", {}, buckets)
        .Observe(16);
    EXPECT_THAT(Render(registry), HasSubstr("bangkit_batch_size_bucket{le=\"16\"} 1\n"));
}

}  // namespace
}  // namespace bangkit::telemetry
