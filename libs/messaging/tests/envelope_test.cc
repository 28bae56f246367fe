#include "libs/messaging/envelope.h"

#include <gtest/gtest.h>

#include <map>

namespace bangkit::messaging {
namespace {

constexpr const char* kId = "0190b3f2-7c1e-7abc-8def-0123456789ab";
constexpr const char* kTraceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

Envelope Example() {
    return {.aggregate_type = "business",
            .aggregate_id = kId,
            .version = 3,
            .type = "bangkit.registration.v1.BusinessRegistered",
            .time = std::chrono::sys_days(std::chrono::year(2022) / 5 / 12),
            .traceparent = kTraceparent};
}

kafka::Record RecordOf(kafka::Headers headers) { return {.headers = std::move(headers)}; }

kafka::Record With(const std::string& name, const std::string& value) {
    kafka::Headers headers = ToHeaders(Example(), "/bangkit/registration");
    for (auto& [each, content] : headers) {
        if (each == name) content = value;
    }
    return RecordOf(std::move(headers));
}

kafka::Record Without(const std::string& name) {
    kafka::Headers headers = ToHeaders(Example(), "/bangkit/registration");
    std::erase_if(headers, [&name](const auto& header) { return header.first == name; });
    return RecordOf(std::move(headers));
}

TEST(EnvelopeTest, AnEventIsACloudEvent) {
    const kafka::Headers headers = ToHeaders(Example(), "/bangkit/registration");
    const std::map<std::string, std::string> expected{
        {"ce_specversion", "1.0"},
        {"ce_id", std::string("business/") + kId + "/3"},
        {"ce_source", "/bangkit/registration"},
        {"ce_type", "bangkit.registration.v1.BusinessRegistered"},
        {"ce_dataschema", "https://bangkit.id/schemas/bangkit.registration.v1.BusinessRegistered"},
        {"ce_subject", std::string("business/") + kId},
        {"ce_time", "2022-05-12T00:00:00.000000Z"},
        {"ce_sequence", "3"},
        {"ce_traceparent", kTraceparent},
        {"traceparent", kTraceparent},
        {"content-type", "application/protobuf"}};
    EXPECT_EQ((std::map<std::string, std::string>(headers.begin(), headers.end())), expected);
    EXPECT_EQ(headers.size(), expected.size());
}

TEST(EnvelopeTest, WhatIsWrittenCanBeRead) {
    const Envelope sent = Example();
    const Envelope read = ParseEnvelope(RecordOf(ToHeaders(sent, "/bangkit/registration"))).value();
    EXPECT_EQ(read.aggregate_type, sent.aggregate_type);
    EXPECT_EQ(read.aggregate_id, sent.aggregate_id);
    EXPECT_EQ(read.version, sent.version);
    EXPECT_EQ(read.type, sent.type);
    EXPECT_EQ(read.time, sent.time);
    EXPECT_EQ(read.traceparent, sent.traceparent);
}

TEST(EnvelopeTest, IdsAreLowerCaseWhateverTheSenderWrote) {
    const kafka::Record record =
        With("ce_subject", "business/0190B3F2-7C1E-7ABC-8DEF-0123456789AB");
    EXPECT_EQ(ParseEnvelope(record).value().aggregate_id, kId);
}

TEST(EnvelopeTest, WithoutATraceAnEventIsStillAnEvent) {
    Envelope untraced = Example();
    untraced.traceparent.clear();
    const kafka::Headers headers = ToHeaders(untraced, "/test");
    EXPECT_EQ(headers.size(), 9U);
    EXPECT_EQ(ParseEnvelope(RecordOf(headers)).value().traceparent, "");
    EXPECT_EQ(ParseEnvelope(With("traceparent", "00-<script>")).value().traceparent, "");
}

TEST(EnvelopeTest, AMissingHeaderIsRefused) {
    EXPECT_FALSE(ParseEnvelope(RecordOf({})));
    for (const char* name :
         {"ce_specversion", "content-type", "ce_subject", "ce_sequence", "ce_type", "ce_time"}) {
        const auto parsed = ParseEnvelope(Without(name));
        ASSERT_FALSE(parsed) << name;
        EXPECT_EQ(parsed.error().reason, "ENVELOPE_INVALID");
        EXPECT_EQ(parsed.error().message, std::string(name) + " is missing or makes no sense");
    }
}

TEST(EnvelopeTest, GarbageIsRefusedAndNotRepeated) {
    const std::string id = kId;
    const std::multimap<std::string, std::string> garbage{
        {"ce_specversion", "0.3"},
        {"content-type", "application/json"},
        {"content-type", "application/cloudevents+json"},
        {"ce_subject", ""},
        {"ce_subject", "/"},
        {"ce_subject", id},
        {"ce_subject", "/" + id},
        {"ce_subject", "business/"},
        {"ce_subject", "business/7"},
        {"ce_subject", "business/" + id + "/3"},
        {"ce_subject", "business/{" + id + "}"},
        {"ce_subject", "busi ness/" + id},
        {"ce_subject", std::string("busi\0ness/", 10) + id},
        {"ce_subject", "usaha\xff/" + id},
        {"ce_subject", std::string(201, 'a') + "/" + id},
        {"ce_sequence", ""},
        {"ce_sequence", "0"},
        {"ce_sequence", "-1"},
        {"ce_sequence", "+1"},
        {"ce_sequence", " 1"},
        {"ce_sequence", "1 "},
        {"ce_sequence", "1.0"},
        {"ce_sequence", "1e3"},
        {"ce_sequence", "9223372036854775807"},
        {"ce_sequence", "9223372036854775808"},
        {"ce_sequence", std::string("1\0", 2)},
        {"ce_type", ""},
        {"ce_type", "a b"},
        {"ce_type", "'; DROP TABLE outbox; --"},
        {"ce_type", std::string("a\0", 2)},
        {"ce_type", std::string(100'000, 'a')},
        {"ce_time", "yesterday"},
        {"ce_time", "9999-12-31T23:59:59.999999Z"}};
    for (const auto& [name, value] : garbage) {
        const auto parsed = ParseEnvelope(With(name, value));
        ASSERT_FALSE(parsed) << name << ": " << value;
        EXPECT_EQ(parsed.error().message, name + " is missing or makes no sense");
    }
}

TEST(EnvelopeTest, OfTwoHeadersOfOneNameTheFirstCounts) {
    kafka::Headers headers = ToHeaders(Example(), "/test");
    headers.emplace_back("ce_sequence", "9");
    EXPECT_EQ(ParseEnvelope(RecordOf(headers)).value().version, 3);
}

}  // namespace
}  // namespace bangkit::messaging
