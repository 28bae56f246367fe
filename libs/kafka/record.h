#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/clock.h"

namespace bangkit::kafka {

using Headers = std::vector<std::pair<std::string, std::string>>;
/// By partition.
using Offsets = std::map<std::int32_t, std::int64_t>;

/// A record on its way to a topic.
struct OutgoingRecord {
    std::string key;
    std::string payload;
    Headers headers;
    bool is_acknowledged = false;  // Set by Producer::SendAll().
};

/// A record as it lies in the log. Nothing about its content is certain: anybody with write access
/// may have sent it.
struct Record {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    Time appended_at = {};  // By the broker's clock; 1970 if the topic does not keep that
                            // (LogAppendTime).
    std::string key = {};
    std::string payload = {};
    Headers headers = {};

    /// The first header of this name; empty if there is none.
    std::string_view Header(std::string_view name) const {
        for (const auto& [each, value] : headers) {
            if (each == name) return value;
        }
        return {};
    }
};

}  // namespace bangkit::kafka
