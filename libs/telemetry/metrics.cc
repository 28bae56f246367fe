#include "libs/telemetry/metrics.h"

#include <prometheus/text_serializer.h>

namespace bangkit::telemetry {

prometheus::Counter& AddCounter(prometheus::Registry& registry, const std::string& name,
                                const std::string& help, const prometheus::Labels& labels) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
}

prometheus::Gauge& AddGauge(prometheus::Registry& registry, const std::string& name,
                            const std::string& help, const prometheus::Labels& labels) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

prometheus::Histogram& AddHistogram(prometheus::Registry& registry, const std::string& name,
                                    const std::string& help, const prometheus::Labels& labels,
                                    std::span<const double> buckets) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add(
        labels, prometheus::Histogram::BucketBoundaries(buckets.begin(), buckets.end()));
}

std::string Render(const prometheus::Registry& registry) {
    return prometheus::TextSerializer().Serialize(registry.Collect());
}

}  // namespace bangkit::telemetry
