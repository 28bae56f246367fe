#include "libs/redis/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/settings.h"
#include "libs/redis/tests/answers.h"
#include "libs/redis/tests/redis_server.h"
#include "libs/redis/writer.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::redis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CacheTest : public testing::Test {
protected:
    std::string Key(const std::string& name) const { return prefix_ + name; }

    const std::string prefix_ = "test:" + NewId(SystemClock().Now()) + ":";
    prometheus::Registry metrics_;
    Writer writer_{TestAddress()};
    // A busy machine is no outage.
    Cache cache_{{.address = TestAddress(), .timeout = std::chrono::seconds(10)}, metrics_};
};

TEST_F(CacheTest, AValuePerKeyAndNoneForAnAbsentOne) {
    const std::string bytes("\0\r\n\xff", 4);
    writer_.Set(Key("bytes"), bytes);
    writer_.Set(Key("empty"), "");
    const Answer answer = Ask(cache_, {Key("bytes"), Key("absent"), Key("empty")}).get();
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, ElementsAre(bytes, std::nullopt, ""));
    EXPECT_THAT(*Ask(cache_, {}).get(), ElementsAre());
}

TEST_F(CacheTest, EverybodyGetsTheirOwnAnswer) {
    constexpr int kThreads = 4;
    constexpr int kReads = 2000;
    for (int i = 0; i < 100; ++i) writer_.Set(Key(std::to_string(i)), std::to_string(i));
    std::atomic<int> right = 0;
    std::latch answered(kThreads * kReads);
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < kReads; ++i) {
                    const std::string name = std::to_string(i % 100);
                    cache_.Get({Key(name)}, [&, name](const Answer& answer) {
                        if (answer && answer->front() == name) ++right;
                        answered.count_down();
                    });
                }
            });
        }
    }
    answered.wait();
    EXPECT_EQ(right, kThreads * kReads);
    EXPECT_THAT(telemetry::Render(metrics_),
                HasSubstr("bangkit_cache_reads_total{result=\"answered\"} 8000\n"));
}

TEST_F(CacheTest, AnAnswerMayAskAgain) {
    writer_.Set(Key("first"), "second");
    writer_.Set(Key("second"), "found");
    std::promise<Answer> promise;
    auto found = promise.get_future();
    cache_.Get({Key("first")}, [&](const Answer& first) {
        cache_.Get({Key(*first->front())}, Fulfil(std::move(promise)));
    });
    EXPECT_THAT(*found.get(), ElementsAre("found"));
}

TEST_F(CacheTest, WhatWaitsWhenItEndsIsAnswered) {
    std::vector<std::future<Answer>> answers;
    {
        Cache cache({.address = TestAddress()}, metrics_);
        for (int i = 0; i < 1000; ++i) answers.push_back(Ask(cache, {Key("absent")}));
    }
    for (const auto& answer : answers) EXPECT_TRUE(IsAnswered(answer));
}

TEST_F(CacheTest, AddressesAreChecked) {
    EXPECT_THROW(Cache({.address = "localhost"}, metrics_), SettingError);
}

}  // namespace
}  // namespace bangkit::redis
