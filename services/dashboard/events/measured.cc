#include "services/dashboard/events/measured.h"

#include <utility>

#include "services/dashboard/domain/cells.h"

namespace bangkit::dashboard {

void Counter::Add(Measure measure, int kind, std::int64_t detail, std::int64_t value) {
    if (const auto amount = CheckAmount(value); !amount && checked_) checked_ = amount;
    AddTo(measures_, {.measure = measure, .kind = kind, .detail = detail}, value);
}

void Counter::AddHours(Measure measure, int kind, const google::protobuf::Timestamp& from,
                       const google::protobuf::Timestamp& to) {
    const Result<std::int64_t> hours = WholeHours(from, to);
    if (hours) return Add(measure, kind, *hours);
    if (checked_) checked_ = std::unexpected(hours.error());
}

Result<Measures> Counter::Done() {
    if (!checked_) return std::unexpected(checked_.error());
    return std::move(measures_);
}

void Counter::Refuse(const std::string& what) {
    if (checked_) checked_ = Invalid(what);
}

}  // namespace bangkit::dashboard
