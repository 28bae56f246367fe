#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "services/dashboard/domain/measures.h"
#include "services/dashboard/events/fields.h"

namespace bangkit::dashboard {

// How events are read whose aggregates count as measures: each has `statistics` with a region, and
// says when it occurred.

using MeasuredParser = Result<MeasuredEvent> (*)(const std::string& payload,
                                                 const indonesia::RegionTree& regions);
/// By the type of the event.
using MeasuredParsers = std::map<std::string_view, MeasuredParser>;

/// `kCount(statistics)`: the Result<Measures> that it counts as.
template <auto kCount, typename Message>
Result<MeasuredEvent> ParseMeasured(const std::string& payload,
                                    const indonesia::RegionTree& regions) {
    Message message;
    if (!message.ParseFromString(payload)) return Invalid("the payload cannot be read");
    const std::string& region_code = message.statistics().region_code();
    if (const auto region = CheckRegionBelowCountry(region_code, regions); !region) {
        return std::unexpected(region.error());
    }
    Result<Measures> measures = kCount(message.statistics());
    if (!measures) return std::unexpected(measures.error());
    const Result<Month> month = ToMonth(message.occurred_at());
    if (!month) return std::unexpected(month.error());
    return MeasuredEvent{.after = {.region_code = region_code, .measures = *std::move(measures)},
                         .month = *month};
}

template <auto kCount, typename... Messages>
MeasuredParsers ParsersOf() {
    return {{Messages::descriptor()->full_name(), ParseMeasured<kCount, Messages>}...};
}

/// Collects what something counts as. What makes no sense is kept as the first error.
class Counter {
public:
    /// A value of 0 is left out.
    void Add(Measure measure, int kind, std::int64_t detail, std::int64_t value = 1);
    /// One that waited from the first time to the second one.
    void AddHours(Measure measure, int kind, const google::protobuf::Timestamp& from,
                  const google::protobuf::Timestamp& to);
    /// Refuses what is no value of the enum, or was not set.
    void Check(int value, bool (*is_valid)(int), const char* name) {
        if (value == 0 || !is_valid(value)) Refuse(std::string(name) + " does not exist");
    }
    Result<Measures> Done();

private:
    void Refuse(const std::string& what);

    Measures measures_;
    Result<void> checked_;
};

}  // namespace bangkit::dashboard
