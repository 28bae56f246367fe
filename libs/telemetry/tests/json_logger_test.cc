#include "libs/telemetry/json_logger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ranges>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace bangkit::telemetry {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class JsonLoggerTest : public testing::Test {
protected:
    /// The value of a field with this value, as it stands in the line.
    std::string Written(const std::string& value) {
        out_.str("");
        logger_.Info("event", {{"field", value}});
        std::smatch match;
        const std::string line = out_.str();
        return std::regex_search(line, match, std::regex("\"field\":\"(.*)\"}\n$")) ? match[1]
                                                                                    : line;
    }

    std::ostringstream out_;
    JsonLogger logger_{"registration", out_};
};

TEST_F(JsonLoggerTest, OneObjectPerLine) {
    logger_.Warning("relay_failed", {{"attempt", "3"}, {"reason", "timeout"}});
    EXPECT_TRUE(std::regex_match(
        out_.str(),
        std::regex(
            R"(\{"ts":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","level":"warning",)"
            R"("service":"registration","event":"relay_failed","attempt":"3","reason":"timeout"\}\n)")))
        << out_.str();
}

TEST_F(JsonLoggerTest, NothingBelowTheLowestLevel) {
    logger_.Write(LogLevel::kDebug, "detail", {});
    EXPECT_EQ(out_.str(), "");
    JsonLogger verbose("registration", out_, LogLevel::kDebug);
    verbose.Write(LogLevel::kDebug, "detail", {});
    EXPECT_THAT(out_.str(), HasSubstr(R"("level":"debug")"));
}

TEST_F(JsonLoggerTest, TraceparentGivesTheTraceId) {
    logger_.Info("called",
                 {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
    EXPECT_THAT(out_.str(), EndsWith(R"(,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"})"
                                     "\n"));
}

TEST_F(JsonLoggerTest, InvalidTraceparentGivesNoTraceId) {
    logger_.Info("called", {{"traceparent", "nonsense"}});
    EXPECT_THAT(out_.str(), Not(HasSubstr("trace_id")));
}

TEST_F(JsonLoggerTest, ValuesCannotBreakOutOfTheirString) {
    EXPECT_EQ(Written("\"},{\"level\":\"error\\"), R"(\"},{\"level\":\"error\\)");
    EXPECT_EQ(Written("two\r\n\tlines"), R"(two\r\n\tlines)");
    EXPECT_EQ(Written(std::string("\0\x01\x1f\x7f", 4)), "\\u0000\\u0001\\u001f\x7f");
    EXPECT_EQ(Written("100%v {} %l"), "100%v {} %l");
}

TEST_F(JsonLoggerTest, Utf8StaysAsItIs) {
    for (const std::string text : {"café", "€", "\u0800", "\uD7FF", "\uE000", "\U00010000",
                                   "\U0010FFFF", "warung 🍜 Bu Sri"}) {
        EXPECT_EQ(Written(text), text);
    }
}

TEST_F(JsonLoggerTest, EveryByteThatIsNoUtf8IsReplaced) {
    const std::string r = "\uFFFD";
    EXPECT_EQ(Written("a\x80z"), "a" + r + "z");            // Continuation without a lead.
    EXPECT_EQ(Written("a\xC3"), "a" + r);                   // Cut off.
    EXPECT_EQ(Written("\xE2\x82\"}"), r + r + "\\\"}");     // Cut off before a quote.
    EXPECT_EQ(Written("\xC0\xAF"), r + r);                  // Overlong.
    EXPECT_EQ(Written("\xE0\x9F\xBF"), r + r + r);          // Overlong.
    EXPECT_EQ(Written("\xED\xA0\x80"), r + r + r);          // Surrogate.
    EXPECT_EQ(Written("\xF0\x8F\xBF\xBF"), r + r + r + r);  // Overlong.
    EXPECT_EQ(Written("\xF4\x90\x80\x80"), r + r + r + r);  // Above U+10FFFF.
    EXPECT_EQ(Written("\xFF"), r);
}

TEST_F(JsonLoggerTest, LinesOfThreadsDoNotMix) {
    constexpr int kThreads = 4;
    constexpr int kLines = 200;
    const std::string value(500, 'x');
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < kLines; ++n) logger_.Info("event", {{"field", value}});
            });
        }
    }
    int lines = 0;
    for (const auto part : std::views::split(std::string_view(out_.view()), '\n')) {
        const std::string_view line(part.begin(), part.end());
        if (line.empty()) continue;
        ++lines;
        EXPECT_TRUE(line.starts_with(R"({"ts":")") && line.ends_with("x\"}")) << line;
    }
    EXPECT_EQ(lines, kThreads * kLines);
}

}  // namespace
}  // namespace bangkit::telemetry
