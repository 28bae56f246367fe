#include "libs/base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace bangkit {
namespace {

TEST(ThreadPool, RunsEverythingThatItTook) {
    std::atomic<int> done = 0;
    {
        ThreadPool pool(4, 1000);
        for (int i = 0; i < 1000; ++i) {
            ThreadPool::Task task = [&] { ++done; };
            ASSERT_TRUE(pool.TryRun(task));
        }
    }
    EXPECT_EQ(done, 1000);
}

TEST(ThreadPool, RefusesWhatItHasNoRoomFor) {
    std::latch started(1);
    std::latch released(1);
    std::atomic<int> done = 0;
    {
        ThreadPool pool(1, 1);
        ThreadPool::Task blocking = [&] {
            started.count_down();
            released.wait();
            ++done;
        };
        ASSERT_TRUE(pool.TryRun(blocking));
        started.wait();
        ThreadPool::Task queued = [&] { ++done; };
        EXPECT_TRUE(pool.TryRun(queued));
        ThreadPool::Task refused = [&] { done += 10; };
        EXPECT_FALSE(pool.TryRun(refused));
        ASSERT_TRUE(refused) << "a refused task is still the caller's";
        released.count_down();
        refused();
    }
    EXPECT_EQ(done, 12);
}

}  // namespace
}  // namespace bangkit
