#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/clock.h"

namespace bangkit::kafka {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A record on its way to a topic.
struct OutgoingRecord {
    std::string key;
    std::string payload;
    Headers headers;
    bool is_acknowledged = false;  // Set by Producer::SendAll().
};

/// A record as it lies in the log. Nothing about its content is certain: anybody with write access may have sent it.
struct Record {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    Time appended_at;  // The log's own time.
    std::string key;
    std::string payload;
    Headers headers;

    /// The first header of this name; empty if there is none.
    std::string_view Header(std::string_view name) const {
        for (const auto& [each, value] : headers) {
            if (each == name) return value;
        }
        return {};
    }
};

}  // namespace bangkit::kafka
