#include "libs/base/ids.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace bangkit {
namespace {

using namespace std::chrono_literals;

TEST(NewIdTest, IsAUuidOfVersion7ThatStartsWithTheTime) {
    const std::string id = NewId(Time(0x0123456789abms));
    EXPECT_EQ(id.substr(0, 15), "01234567-89ab-7");
    EXPECT_EQ(ParseUuid(id), id);
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << "variant of RFC 9562";
}

TEST(NewIdTest, AscendsWithinAThreadEvenWithinAMillisecondAndWhenTheClockIsSetBack) {
    const Time now = std::chrono::system_clock::now();
    std::string last = NewId(now);
    for (int i = 0; i < 10'000; ++i) {
        const std::string next = NewId(i % 2 == 0 ? now : now - 1h);
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(NewIdTest, ThreadsNeverMakeTheSameId) {
    constexpr int kThreads = 4, kEach = 5'000;
    const Time now = std::chrono::system_clock::now();
    std::vector<std::vector<std::string>> made(kThreads);
    {
        std::vector<std::jthread> threads;
        for (auto& ids : made) {
            threads.emplace_back([&ids, now] {
                for (int i = 0; i < kEach; ++i) ids.push_back(NewId(now));
            });
        }
    }
    std::set<std::string> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    EXPECT_EQ(all.size(), kThreads * kEach);
}

TEST(ParseUuidTest, AcceptsEitherCaseAndNothingElse) {
    EXPECT_EQ(ParseUuid("0190ABCD-0000-7000-8000-00000000000f"),
              "0190abcd-0000-7000-8000-00000000000f");
    for (const char* text :
         {"", "0190abcd", "0190abcd-0000-7000-8000-00000000000g",
          "0190abcd00007000-8000-00000000000f-00", "0190abcd-0000-7000-8000-00000000000f0",
          "{0190abcd-0000-7000-8000-0000000000}"}) {
        EXPECT_FALSE(ParseUuid(text)) << text;
    }
}

}  // namespace
}  // namespace bangkit
