#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <span>
#include <string>

namespace bangkit::telemetry {

/// Seconds; from a read out of memory to the default deadline of a call.
inline constexpr std::array kLatencyBuckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                               0.1,    0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

// Metrics live in the registry that main() owns; take them once, in a constructor, and keep the
// reference. The same name and labels give the same metric. Names are bangkit_<what>_<unit>,
// counters end in _total.

prometheus::Counter& AddCounter(prometheus::Registry& registry, const std::string& name,
                                const std::string& help, const prometheus::Labels& labels = {});

prometheus::Gauge& AddGauge(prometheus::Registry& registry, const std::string& name,
                            const std::string& help, const prometheus::Labels& labels = {});

/// `buckets` are inclusive upper bounds, ascending; +Inf is added.
prometheus::Histogram& AddHistogram(prometheus::Registry& registry, const std::string& name,
                                    const std::string& help, const prometheus::Labels& labels = {},
                                    std::span<const double> buckets = kLatencyBuckets);

/// Everything in the Prometheus text format.
std::string Render(const prometheus::Registry& registry);

}  // namespace bangkit::telemetry
