#include <gmock/gmock.h>

#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/events/renderer.h"
#include "services/dashboard/storage/cache_keys.h"
#include "services/dashboard/storage/dirty.h"
#include "services/dashboard/storage/mapping.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/cached.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/private_redis.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RendererStorage : public ::testing::Test {
protected:
    RendererStorage() {
        model_.Project({business_.Registers()});
        model_.Complete();
    }

    Renderer NewRenderer(const Failpoints& failpoints) {
        return Renderer({.dsn = model_.database().dsn(), .redis = redis_.address()},
                        {.regions = model_.regions(),
                         .logger = logger_,
                         .metrics = metrics_,
                         .failpoints = failpoints});
    }
    std::int64_t CachedBusinesses(const std::string& region_code) {
        const auto cached = FindCached(cache_, region_code);
        return cached ? cached->businesses() : -1;
    }

    PrivateRedis redis_;
    ProjectedDatabase model_;
    PublishedBusiness business_;
    bangkit::testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    const Failpoints no_failpoints_;
    redis::Cache redis_cache_{{.address = redis_.address()}, metrics_};
    DashboardCache cache_{redis_cache_};
    Renderer renderer_ = NewRenderer(no_failpoints_);
};

TEST_F(RendererStorage, BringsChangedDashboardsIntoTheCacheAsTheReadModelHasThem) {
    ASSERT_TRUE(renderer_.RenderRound());

    const auto cached = FindCached(cache_, "32.75");
    ASSERT_TRUE(cached);
    EXPECT_EQ(cached->SerializeAsString(),
              ToPayload(model_.Figures("32.75"), ReadModelState(model_.connection()).generation,
                        model_.regions()));
    EXPECT_EQ(cached->region_name(), "Kota Bekasi");
    EXPECT_EQ(cached->level(), v1::REGION_LEVEL_REGENCY);
    EXPECT_THAT(ReadDirty(model_.connection()), IsEmpty());
}

TEST_F(RendererStorage, AnnouncesTheRegions) {
    testing::Process subscriber({"/usr/bin/redis-cli", "-p",
                                 redis_.address().substr(redis_.address().find(':') + 1),
                                 "SUBSCRIBE", std::string(kChangesChannel)});
    ASSERT_TRUE(Eventually([&] {
        return redis_.Ask({"PUBSUB", "NUMSUB", std::string(kChangesChannel)}).ends_with('1');
    }));

    renderer_.RenderRound();

    EXPECT_TRUE(Eventually([&] { return subscriber.Output().contains("32.75.01.1001\n"); }));
}

TEST_F(RendererStorage, ACrashBeforeTheMarksAreTakenAwayIsRepaired) {
    const Failpoints crash("after_render=throw@1");
    Renderer crashing = NewRenderer(crash);
    EXPECT_ANY_THROW(crashing.RenderRound());
    EXPECT_THAT(ReadDirty(model_.connection()), SizeIs(5));

    EXPECT_TRUE(crashing.RenderRound());

    EXPECT_EQ(CachedBusinesses("ID"), 1);
    EXPECT_THAT(ReadDirty(model_.connection()), IsEmpty());
}

TEST_F(RendererStorage, AWipedCacheIsFilledFromTheReadModel) {
    renderer_.RenderRound();
    redis_.Ask({"FLUSHALL"});
    ASSERT_EQ(CachedBusinesses("ID"), -1);

    renderer_.RenderRound();

    EXPECT_EQ(CachedBusinesses("ID"), 1);
    EXPECT_EQ(CachedBusinesses("32.75.01.1001"), 1);
}

TEST_F(RendererStorage, WhatHappensWhileRedisIsAwayIsThereWhenItComesBack) {
    renderer_.RenderRound();
    redis_.Kill();
    PublishedBusiness other;
    model_.Project({other.Registers(In("18.71"))});
    EXPECT_THROW(renderer_.RenderRound(), redis::RedisError);
    redis_.Start();

    renderer_.RenderRound();

    EXPECT_TRUE(Eventually([&] { return CachedBusinesses("ID") == 2; }));
    EXPECT_EQ(CachedBusinesses("32.75"), 1) << "what had not changed was lost with Redis";
}

TEST_F(RendererStorage, AnOldValueNeverReplacesANewerOne) {
    v1::Dashboard newer;
    newer.set_businesses(77);
    const std::int64_t generation = ReadModelState(model_.connection()).generation;
    const redis::Writer::Item item{.key = DashboardKey("ID"),
                                   .stamp = {.generation = generation, .version = 2},
                                   .payload = newer.SerializeAsString()};
    redis::Writer(redis_.address()).SetIfNewer({&item, 1});  // By a faster renderer.

    renderer_.RenderRound();  // Has version 1.

    EXPECT_EQ(CachedBusinesses("ID"), 77);
    EXPECT_EQ(CachedBusinesses("32"), 1);
}

TEST_F(RendererStorage, RendersWhatReadersMissEvenIfItIsEmpty) {
    renderer_.RenderRound({"18.71"});

    EXPECT_EQ(CachedBusinesses("18.71"), 0);
}

TEST_F(RendererStorage, ARebuildKeepsTheOldFiguresInTheCacheUntilTheNewOnesAreComplete) {
    PublishedBusiness other;
    model_.Project({other.Registers()});
    renderer_.RenderRound();
    const std::int64_t old_generation = FindCached(cache_, "ID")->generation();

    Rebuild(model_.database().owner_dsn());
    model_.Join();
    model_.ProjectAgain(1);
    EXPECT_FALSE(renderer_.RenderRound()) << "one of two businesses is no figure to be shown";
    EXPECT_EQ(CachedBusinesses("ID"), 2);

    model_.ProjectAgain();
    model_.NoteEnd();
    EXPECT_TRUE(renderer_.RenderRound());
    EXPECT_EQ(CachedBusinesses("ID"), 2);
    EXPECT_GT(FindCached(cache_, "ID")->generation(), old_generation);
}

TEST_F(RendererStorage, TheThreadRendersWhenItIsWoken) {
    RendererThread thread({.dsn = model_.database().dsn(), .redis = redis_.address()},
                          {.regions = model_.regions(),
                           .logger = logger_,
                           .metrics = metrics_,
                           .failpoints = no_failpoints_});
    ASSERT_TRUE(Eventually([&] { return CachedBusinesses("ID") == 1; }));
    EXPECT_TRUE(thread.HasFigures());

    model_.database().KillOtherConnections();
    postgres::Connection reconnected(model_.database().dsn());
    thread.Want("18.71");

    EXPECT_TRUE(Eventually([&] {
        thread.Want("18.71");  // An outage forgets what was wanted.
        return CachedBusinesses("18.71") == 0;
    }));
}

}  // namespace
}  // namespace bangkit::dashboard
