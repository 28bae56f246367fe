#include "libs/http/admin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <optional>
#include <string>

#include "libs/http/tests/client.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::http {
namespace {

using testing::HasSubstr;

class AdminTest : public testing::Test {
protected:
    std::string Ask(std::string_view path) { return Client(server_.port()).Ask(Get(path)); }

    prometheus::Registry metrics_;
    std::optional<std::string> obstacle_;
    AdminServer server_{"127.0.0.1:0",
                        metrics_,
                        {{.name = "clock", .why_not = [] { return std::nullopt; }},
                         {.name = "database", .why_not = [this] { return obstacle_; }}}};
};

TEST_F(AdminTest, ServesTheMetrics) {
    telemetry::AddCounter(metrics_, "bangkit_calls_total", "Answered calls.").Increment();
    const std::string response = Ask("/metrics");
    EXPECT_EQ(StatusOf(response), 200);
    EXPECT_THAT(response, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    EXPECT_THAT(BodyOf(response), HasSubstr("\nbangkit_calls_total 1\n"));
}

TEST_F(AdminTest, IsReadyUnlessThereIsAReason) {
    EXPECT_EQ(StatusOf(Ask("/readyz")), 200);
    obstacle_ = "the database does not answer";
    EXPECT_EQ(StatusOf(Ask("/readyz")), 503);
    EXPECT_EQ(BodyOf(Ask("/readyz")), "the database does not answer\n");
}

TEST_F(AdminTest, MetricsSayWhichNeedIsNotThere) {
    EXPECT_THAT(BodyOf(Ask("/metrics")), HasSubstr("\nbangkit_ready{needs=\"database\"} 1\n"));
    obstacle_ = "the database does not answer";
    const std::string metrics = Ask("/metrics");
    EXPECT_THAT(BodyOf(metrics), HasSubstr("\nbangkit_ready{needs=\"database\"} 0\n"));
    EXPECT_THAT(BodyOf(metrics), HasSubstr("\nbangkit_ready{needs=\"clock\"} 1\n"));
}

TEST_F(AdminTest, IsAliveEvenIfNotReady) {
    obstacle_ = "starting";
    EXPECT_EQ(StatusOf(Ask("/livez")), 200);
    EXPECT_EQ(StatusOf(Ask("/healthz")), 200);
}

TEST_F(AdminTest, NothingElse) {
    EXPECT_EQ(StatusOf(Ask("/")), 404);
    EXPECT_EQ(StatusOf(Ask("/metrics/")), 404);
    const std::string response =
        Client(server_.port())
            .Ask("POST /metrics HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(StatusOf(response), 405);
    EXPECT_THAT(response, HasSubstr("Allow: GET, HEAD\r\n"));
}

}  // namespace
}  // namespace bangkit::http
