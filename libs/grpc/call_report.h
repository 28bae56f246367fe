#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "libs/base/logger.h"
#include "libs/base/result.h"

namespace bangkit::rpc {

/// Counts and logs the calls of a process: bangkit_rpc_calls_total{method,code} and
/// bangkit_rpc_call_seconds{method}. Threads may share it.
class CallReporter {
public:
    /// Calls of methods other than `methods` are counted as method "unknown".
    CallReporter(const std::vector<std::string_view>& methods, Logger& logger,
                 prometheus::Registry& registry);

    /// One line per call: refused ones at info, broken ones at error, the others at debug. The
    /// request is never logged.
    void Report(std::string_view method, const Error* error, std::chrono::nanoseconds took,
                std::string_view subject, std::string_view traceparent) const;

private:
    struct Method {
        std::map<int, prometheus::Counter*> by_code;  // Of every ErrorCode, and 0 for OK.
        prometheus::Histogram* seconds;
    };
    static Method AddMethod(prometheus::Registry& registry, const std::string& name);

    std::map<std::string, Method, std::less<>> methods_;
    Logger& logger_;
};

}  // namespace bangkit::rpc
