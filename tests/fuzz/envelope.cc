#include "libs/messaging/envelope.h"

#include <algorithm>

#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

bool IsAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::string Lines(const kafka::Headers& headers) {
    std::string lines;
    for (const auto& [name, value] : headers) lines += name + ":" + value + "\n";
    return lines;
}

}  // namespace

/// `input`: a header per line, "name:value".
void Try(std::string_view input) {
    kafka::Record record;
    while (!input.empty()) {
        std::string_view line = TakeUntil('\n', input);
        const std::string_view name = TakeUntil(':', line);
        record.headers.emplace_back(name, line);
    }
    const Result<messaging::Envelope> envelope = messaging::ParseEnvelope(record);
    if (!envelope) return Claim(envelope.error().reason == "ENVELOPE_INVALID", "the reason");
    Claim(envelope->version > 0, "versions begin at 1");
    for (const std::string* text : {&envelope->aggregate_type, &envelope->aggregate_id,
                                    &envelope->type, &envelope->traceparent}) {
        Claim(IsAscii(*text), "the texts are plain ASCII");
    }
    const kafka::Headers headers = messaging::ToHeaders(*envelope, "registration");
    const Result<messaging::Envelope> again =
        messaging::ParseEnvelope(kafka::Record{.headers = headers});
    Claim(again && messaging::ToHeaders(*again, "registration") == headers,
          "an envelope survives being sent");
}

std::vector<std::string> Seeds() {
    const messaging::Envelope envelope = {
        .aggregate_type = "business",
        .aggregate_id = "01890a5d-ac96-774b-bcce-b302099a8057",
        .version = 3,
        .type = "bangkit.registration.v1.BusinessRegistered",
        .time = Time(std::chrono::microseconds(1'767'323'045'678'901)),
        .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"};
    const std::string good = Lines(messaging::ToHeaders(envelope, "registration"));
    const auto with = [&good](std::string_view header) {
        return std::string(header) + "\n" + good;
    };
    return {good,
            with("ce_sequence:9223372036854775808"),
            with("ce_sequence:0"),
            with("ce_subject:business/01890A5D-AC96-774B-BCCE-B302099A8057"),
            with("ce_subject:bus iness/1"),
            with("ce_time:2200-01-01T00:00:00.000000Z"),
            with("ce_time:2026-02-30T00:00:00.000000Z"),
            with("traceparent:01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"),
            with("ce_type:")};
}

}  // namespace bangkit::fuzz
