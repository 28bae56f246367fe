#pragma once

#include <stdexcept>

namespace bangkit::kafka {

/// Kafka is away, or refused something. What was being done may have been done.
class KafkaError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace bangkit::kafka
