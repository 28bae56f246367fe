#include "libs/telemetry/json_logger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ranges>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bangkit::telemetry {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class JsonLoggerTest : public testing::Test {
protected:
    /// `value` as it stands in the line, without its quotes.
    std::string Written(const std::string& value) {
        out_.str("");
        logger_.Info("event", {{"field", value}});
        const std::string line = out_.str();
        constexpr std::string_view kBefore = "\"field\":\"";
        constexpr std::string_view kAfter = "\"}\n";
        const auto start = line.find(kBefore) + kBefore.size();
        EXPECT_THAT(line, EndsWith(kAfter));
        return line.substr(start, line.size() - kAfter.size() - start);
    }

    std::ostringstream out_;
    JsonLogger logger_{"registration", out_};
};

TEST_F(JsonLoggerTest, OneObjectPerLine) {
    logger_.Warning("relay_failed", {{"attempt", "3"}, {"reason", "timeout"}});
    const std::string line = out_.str();
    EXPECT_THAT(
        line.substr(0, line.find("\",")),
        MatchesRegex(R"(\{"ts":"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}[.][0-9]{6}Z)"));
    EXPECT_EQ(line.substr(line.find(',')),
              R"(,"level":"warning","service":"registration","event":"relay_failed",)"
              R"("attempt":"3","reason":"timeout"})"
              "\n");
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
