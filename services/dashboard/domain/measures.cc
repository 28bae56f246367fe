#include "services/dashboard/domain/measures.h"

namespace bangkit::dashboard {

std::int64_t ValueOf(const Measures& measures, const MeasureKey& key) {
    const auto found = measures.find(key);
    return found == measures.end() ? 0 : found->second;
}

std::int64_t SumOf(const Measures& measures, Measure measure, int kind) {
    std::int64_t sum = 0;
    ForEach(measures, measure, [&](const MeasureKey& key, std::int64_t value) {
        if (kind == 0 || key.kind == kind) sum += value;
    });
    return sum;
}

}  // namespace bangkit::dashboard
