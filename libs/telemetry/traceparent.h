#pragma once

#include <string>
#include <string_view>

namespace bangkit::telemetry {

// The W3C trace context header: "00-<trace id>-<span id>-<flags>", lower-case hexadecimal. It
// follows a request from the caller's metadata through the outbox and Kafka into the consumer's
// log.

/// The root of a new trace, sampled.
std::string NewTraceparent();

/// A new span of the trace that `parent` belongs to, with its sampled flag; a new trace if `parent`
/// is invalid.
std::string ChildOf(std::string_view parent);

/// Versions above 00 may carry more fields, as the specification asks: printable ASCII, up to 256
/// characters in all.
bool IsTraceparent(std::string_view text);

/// The 32 digits of the trace id; empty if `traceparent` is invalid. Lives as long as what it
/// points into.
std::string_view TraceId(std::string_view traceparent);

}  // namespace bangkit::telemetry
