#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "libs/redis/cache.h"
#include "libs/redis/tests/answers.h"
#include "libs/redis/tests/redis_server.h"
#include "libs/redis/writer.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::redis {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class OutageTest : public testing::Test {
protected:
    CacheOptions Options(std::chrono::milliseconds timeout = 50ms) const {
        return {.address = server_.address(), .timeout = timeout, .retry_after = 20ms};
    }
    static bool Works(Cache& cache) {
        return Eventually([&cache] { return Outcome(Ask(cache, {"key"})) == "ok"; });
    }
    /// Asks until the outage is noticed; the last answer.
    static std::string AskUntilDown(Cache& cache) {
        std::string outcome;
        Eventually([&] { return (outcome = Outcome(Ask(cache, {"key"}))) != "ok"; });
        return outcome;
    }

    RedisServer server_;
    prometheus::Registry metrics_;
};

TEST_F(OutageTest, AKilledServerIsUnavailableAndItsReturnIsNoticed) {
    Cache cache(Options(), metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Kill();
    EXPECT_EQ(AskUntilDown(cache), "CACHE_UNAVAILABLE");
    EXPECT_TRUE(Eventually([&] { return !cache.IsUp(); }));
    server_.Start();
    EXPECT_TRUE(Eventually([&] { return cache.IsUp(); }));  // Without anybody asking.
    EXPECT_TRUE(Works(cache));
}

TEST_F(OutageTest, AFrozenServerIsGivenUpAfterTheTimeout) {
    Cache cache(Options(), metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Freeze();
    EXPECT_EQ(AskUntilDown(cache), "CACHE_UNAVAILABLE");
    server_.Thaw();
    EXPECT_TRUE(Works(cache));
}

TEST_F(OutageTest, WhileItIsDownNobodyWaits) {
    Cache cache(Options(), metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Freeze();  // Connections succeed; answers never come.
    AskUntilDown(cache);
    ASSERT_TRUE(Eventually([&] { return !cache.IsUp(); }));
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(IsAnswered(Ask(cache, {"key"}))) << i;  // Within Get().
    }
    EXPECT_THAT(telemetry::Render(metrics_), HasSubstr("bangkit_cache_up 0\n"));
    server_.Thaw();
}

TEST_F(OutageTest, AConnectionWithoutAnAnswerDoesNotCount) {
    const SilentServer silent;
    CacheOptions options = Options();
    options.address = silent.address();
    Cache cache(options, metrics_);
    silent.AcceptUntilClosed([] {});
    ASSERT_TRUE(Eventually([&] { return !cache.IsUp(); }));
    for (int attempt = 0; attempt < 3; ++attempt) {
        silent.AcceptUntilClosed([&] { EXPECT_TRUE(IsAnswered(Ask(cache, {"key"}))); });
    }
}

TEST_F(OutageTest, IdleConnectionsAreTried) {
    Cache cache(Options(), metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Kill();
    EXPECT_TRUE(Eventually([&] { return !cache.IsUp(); }));  // Nobody has asked.
}

TEST_F(OutageTest, WhatIsAskedMeanwhileIsOneBatch) {
    Cache cache(Options(30s), metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Freeze();
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 200; ++i) answers.push_back(Ask(cache, {"key"}));
    server_.Thaw();
    for (auto& answer : answers) EXPECT_EQ(Outcome(std::move(answer)), "ok");
    // The one before the freeze, the first ones after it, and then all the others together.
    EXPECT_THAT(telemetry::Render(metrics_),
                testing::ContainsRegex("bangkit_cache_batch_size_count [1-3]\n"));
}

TEST_F(OutageTest, AFullQueueRefusesAtOnce) {
    CacheOptions options = Options(30s);
    options.queue_max = 10;
    Cache cache(options, metrics_);
    ASSERT_TRUE(Works(cache));
    server_.Freeze();
    std::vector<std::future<Answer>> waiting;
    std::future<Answer> refused = Ask(cache, {"key"});
    while (!IsAnswered(refused)) {
        waiting.push_back(std::move(refused));
        ASSERT_LE(waiting.size(), 100U);
        refused = Ask(cache, {"key"});
    }
    EXPECT_EQ(Outcome(std::move(refused)), "CACHE_UNAVAILABLE");
    server_.Thaw();
    for (auto& answer : waiting) EXPECT_EQ(Outcome(std::move(answer)), "ok");
}

TEST_F(OutageTest, AWriterFailsAndThenConnectsAgain) {
    Writer writer(server_.address(), 50ms);
    const auto works = [&writer] {
        try {
            const std::vector<Writer::Item> items = {{"key", {1, 1}, "value"}};
            writer.SetIfNewer(items);
            return true;
        } catch (const RedisError&) {
            return false;
        }
    };
    ASSERT_TRUE(Eventually(works));
    server_.Kill();
    EXPECT_FALSE(works());
    EXPECT_FALSE(works());
    server_.Start();
    EXPECT_TRUE(Eventually(works));
    server_.Freeze();
    EXPECT_FALSE(works());
    server_.Thaw();
    EXPECT_TRUE(Eventually(works));
}

TEST_F(OutageTest, AServerThatLeavesWhileWeSendIsAnErrorAndNoSignal) {
    Writer writer(server_.address());
    ASSERT_TRUE(Eventually([&] {
        try {
            writer.Ping();
            return true;
        } catch (const RedisError&) {
            return false;
        }
    }));
    server_.Kill();
    const std::size_t size = 20'000'000;
    EXPECT_THROW(writer.Set("key", std::string(size, 'x')), RedisError);
}

}  // namespace
}  // namespace bangkit::redis
