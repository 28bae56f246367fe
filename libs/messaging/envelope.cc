#include "libs/messaging/envelope.h"

#include <charconv>

#include "libs/base/ids.h"
#include "libs/base/utc.h"
#include "libs/messaging/name.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::messaging {
namespace {

constexpr std::string_view kSchemas =
    "https://bangkit.id/schemas/";  // Followed by the type's name.
constexpr std::string_view kSpecVersion = "1.0";
constexpr std::string_view kContentType = "application/protobuf";
// More than any aggregate will ever have, and far from where numbers end.
constexpr std::int64_t kVersionMax = 1'000'000'000'000'000;

std::unexpected<Error> Invalid(const std::string& header) {
    return Refused(ErrorCode::kInvalidArgument, "ENVELOPE_INVALID",
                   header + " is missing or makes no sense");
}

bool ParseVersion(std::string_view text, std::int64_t& version) {
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, version);
    return error == std::errc{} && stopped == end && version > 0 && version <= kVersionMax;
}

}  // namespace

kafka::Headers ToHeaders(const Envelope& envelope, std::string_view source) {
    const std::string subject = envelope.aggregate_type + "/" + envelope.aggregate_id;
    const std::string version = std::to_string(envelope.version);
    kafka::Headers headers{{"ce_specversion", std::string(kSpecVersion)},
                           {"ce_id", subject + "/" + version},
                           {"ce_source", std::string(source)},
                           {"ce_type", envelope.type},
                           {"ce_dataschema", std::string(kSchemas) + envelope.type},
                           {"ce_subject", subject},
                           {"ce_time", FormatUtc(envelope.time)},
                           {"ce_sequence", version},
                           {"content-type", std::string(kContentType)}};
    if (!envelope.traceparent.empty()) {
        headers.emplace_back("ce_traceparent", envelope.traceparent);
        headers.emplace_back("traceparent", envelope.traceparent);  // Where tracers look for it.
    }
    return headers;
}

Result<Envelope> ParseEnvelope(const kafka::Record& record) {
    Envelope envelope;
    if (record.Header("ce_specversion") != kSpecVersion) return Invalid("ce_specversion");
    if (record.Header("content-type") != kContentType) return Invalid("content-type");
    const std::string_view subject = record.Header("ce_subject");
    const std::size_t slash = subject.find('/');
    if (slash == std::string_view::npos || !IsName(subject.substr(0, slash))) {
        return Invalid("ce_subject");
    }
    const std::optional<std::string> id = ParseUuid(subject.substr(slash + 1));
    if (!id) return Invalid("ce_subject");
    envelope.aggregate_type = subject.substr(0, slash);
    envelope.aggregate_id = *id;
    if (!ParseVersion(record.Header("ce_sequence"), envelope.version))
        return Invalid("ce_sequence");
    if (!IsName(record.Header("ce_type"))) return Invalid("ce_type");
    envelope.type = record.Header("ce_type");
    const std::optional<Time> time = ParseUtc(record.Header("ce_time"));
    if (!time) return Invalid("ce_time");
    envelope.time = *time;
    const std::string_view traceparent = record.Header("traceparent");
    if (telemetry::IsTraceparent(traceparent)) envelope.traceparent = traceparent;
    return envelope;
}

}  // namespace bangkit::messaging
