#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/logger.h"
#include "libs/base/result.h"

namespace bangkit::rpc {

/// What is known of a call when it ends.
struct CallEnd {
    std::string_view method;
    std::string_view code;    // "OK", "NOT_FOUND" ...
    std::string_view reason;  // Of the refusal; empty if there is none.
    std::string_view subject;
    std::string_view traceparent;
    std::chrono::nanoseconds took;
};

/// Told of every call that was denied: without a valid token, to this role, or because there is
/// nothing that the caller may see. From any thread; must not block.
using OnDenied = std::function<void(const CallEnd&)>;

/// Counts and logs the calls of a process: bangkit_rpc_calls_total{method,code} and
/// bangkit_rpc_call_seconds{method}. Threads may share it.
class CallReporter {
public:
    CallReporter(const std::vector<std::string_view>& methods, Logger& logger,
                 prometheus::Registry& registry, OnDenied on_denied = {});

    /// One line per call: broken ones as errors, refused ones at info, the others at debug. The
    /// request is never logged.
    void Report(const CallEnd& end) const;

private:
    struct Method {
        std::map<std::string, prometheus::Counter*, std::less<>> calls_by_code;
        prometheus::Histogram* seconds;
    };
    void Log(const CallEnd& end) const;

    std::map<std::string, Method, std::less<>> methods_;
    Logger& logger_;
    const OnDenied on_denied_;
};

/// One running call, to be reported once, when it ends.
class CallReport {
public:
    CallReport(const CallReporter& reporter, std::string_view method)
        : reporter_(&reporter), method_(method) {}

    void SetSubject(std::string subject) { subject_ = std::move(subject); }
    void SetTraceparent(std::string traceparent) { traceparent_ = std::move(traceparent); }

    void Succeeded() const { End("OK", ""); }
    void Failed(const Error& error) const;
    void Cancelled() const { End("CANCELLED", ""); }

    std::string_view method() const { return method_; }
    const std::string& traceparent() const { return traceparent_; }

private:
    void End(std::string_view code, std::string_view reason) const;

    const CallReporter* reporter_;
    std::string_view method_;  // A constant of the handler.
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::string subject_;
    std::string traceparent_;
};

}  // namespace bangkit::rpc
