#pragma once

#include <stdexcept>

namespace bangkit::redis {

/// Redis is away, too slow, or refused a command. What was sent may have been done.
class RedisError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace bangkit::redis
