#include "libs/redis/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/settings.h"
#include "libs/redis/connection.h"
#include "libs/redis/tests/redis_server.h"

namespace bangkit::redis {
namespace {

using testing::ElementsAre;

class WriterTest : public testing::Test {
protected:
    std::string Key(const std::string& name = "key") const { return prefix_ + name; }

    bool Set(std::int64_t generation, std::int64_t version, const std::string& payload) {
        const std::vector<Writer::Item> items = {{Key(), {generation, version}, payload}};
        return writer_.SetIfNewer(items).front();
    }

    /// What a command answers, as text.
    std::string Run(Connection::Command command) {
        const std::vector<Connection::Command> commands = {std::move(command)};
        const auto replies = reader_.Run(commands);
        const redisReply& reply = *replies.front();
        return reply.type == REDIS_REPLY_INTEGER ? std::to_string(reply.integer)
               : reply.str == nullptr            ? "(nil)"
                                                 : std::string(reply.str, reply.len);
    }
    std::string Stored(const std::string& name = "key") { return Run({"GET", Key(name)}); }

    const std::string prefix_ = "test:" + NewId(SystemClock().Now()) + ":";
    Writer writer_{TestAddress()};
    Connection reader_{ParseAddress(TestAddress()), std::chrono::seconds(5)};
};

TEST_F(WriterTest, AnOlderValueNeverReplacesANewerOne) {
    EXPECT_TRUE(Set(1, 5, "five"));
    EXPECT_FALSE(Set(1, 4, "four"));
    EXPECT_EQ(Stored(), Encode({1, 5}, "five"));
    EXPECT_TRUE(Set(1, 6, "six"));
    EXPECT_EQ(Stored(), Encode({1, 6}, "six"));
}

TEST_F(WriterTest, TheSameStampIsNotNewer) {
    EXPECT_TRUE(Set(1, 5, "first"));
    EXPECT_FALSE(Set(1, 5, "again"));
    EXPECT_EQ(Stored(), Encode({1, 5}, "first"));
}

TEST_F(WriterTest, AHigherGenerationWinsWhateverTheVersion) {
    EXPECT_TRUE(Set(1, 1000, "before the rebuild"));
    EXPECT_TRUE(Set(2, 1, "rebuilt"));
    EXPECT_FALSE(Set(1, 1001, "late"));
    EXPECT_EQ(Stored(), Encode({2, 1}, "rebuilt"));
}

TEST_F(WriterTest, StampsAreComparedInAllTheirBits) {
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(Set(0, 0, "least"));
    EXPECT_TRUE(Set(0, 0x7f, ""));
    EXPECT_TRUE(Set(0, 0x80, ""));
    EXPECT_TRUE(Set(0, 0xff, ""));
    EXPECT_TRUE(Set(0, 0x100, ""));
    EXPECT_TRUE(Set(0, (std::int64_t{1} << 53) + 1, ""));
    EXPECT_FALSE(Set(0, std::int64_t{1} << 53, ""));
    EXPECT_TRUE(Set(0, kMax, ""));
    EXPECT_FALSE(Set(0, kMax - 1, ""));
    EXPECT_TRUE(Set(kMax, 0, "greatest"));
    EXPECT_FALSE(Set(kMax - 1, kMax, ""));
}

TEST_F(WriterTest, TellsForEachItemWhetherItWasWritten) {
    Set(1, 5, "five");
    const std::vector<Writer::Item> items = {{Key("a"), {1, 1}, "a"},
                                             {Key(), {1, 4}, "four"},
                                             {Key("b"), {1, 1}, std::string("\0\r\n", 3)}};
    EXPECT_THAT(writer_.SetIfNewer(items), ElementsAre(true, false, true));
    EXPECT_EQ(Stored("b"), Encode({1, 1}, std::string("\0\r\n", 3)));
    EXPECT_THAT(writer_.SetIfNewer({}), ElementsAre());
}

TEST_F(WriterTest, AValueWithoutAStampIsReplaced) {
    writer_.Set(Key(), "short");
    EXPECT_TRUE(Set(0, 0, "stamped"));
}

TEST_F(WriterTest, ValuesAndBatchesMayExceedTheBuffersOfSockets) {
    const std::size_t size = 20'000'000;
    EXPECT_TRUE(Set(1, 1, std::string(size, 'x')));  // No reply before its last byte.
    std::vector<Writer::Item> items;
    for (int i = 0; i < 200; ++i) items.push_back({Key(), {1, 2 + i}, std::string(100'000, 'x')});
    EXPECT_THAT(writer_.SetIfNewer(items), testing::Each(true));
    Run({"UNLINK", Key()});
}

TEST_F(WriterTest, RacingWritersEndWithTheNewest) {
    constexpr int kVersions = 300;
    {
        std::vector<std::jthread> threads;
        for (int first = 1; first <= 3; ++first) {
            threads.emplace_back([this, first] {
                Writer writer(TestAddress());
                for (int version = first; version <= kVersions; version += 3) {
                    const std::vector<Writer::Item> items = {
                        {Key(), {1, version}, std::to_string(version)}};
                    writer.SetIfNewer(items);
                }
            });
        }
    }
    EXPECT_EQ(Stored(), Encode({1, kVersions}, std::to_string(kVersions)));
}

TEST_F(WriterTest, AForgottenScriptIsSentAgain) {
    EXPECT_TRUE(Set(1, 1, "one"));
    Run({"SCRIPT", "FLUSH"});
    EXPECT_FALSE(Set(1, 1, "again"));
    EXPECT_TRUE(Set(1, 2, "two"));
}

TEST_F(WriterTest, PublishesEveryMessage) {
    EXPECT_EQ(Run({"SUBSCRIBE", Key("channel")}), "(nil)");
    const std::vector<std::string> messages = {"first", "second"};
    writer_.Publish(Key("channel"), messages);
    for (const std::string& message : messages) {
        const std::vector<Connection::Command> next = {{"PING"}};  // Returns the next message.
        const auto replies = reader_.Run(next);
        ASSERT_EQ(replies.front()->elements, 3U);
        const redisReply& text = *replies.front()->element[2];
        EXPECT_EQ(std::string_view(text.str, text.len), message);
    }
}

TEST_F(WriterTest, RefusalsAreToldWithoutTheirText) {
    Run({"RPUSH", Key(), "a list"});
    try {
        Set(1, 1, "value");
        FAIL() << "a list was taken for a value";
    } catch (const RedisError& error) {
        EXPECT_STREQ(error.what(), "Redis refused a command: WRONGTYPE");
    }
    EXPECT_NO_THROW(writer_.Ping());  // A refusal does not break the connection.
}

TEST_F(WriterTest, AddressesAreChecked) {
    for (const std::string_view address :
         {"", "localhost", ":6379", "localhost:", "localhost:0", "localhost:65536", "h:1x"}) {
        EXPECT_THROW(Writer{address}, SettingError) << address;
    }
}

}  // namespace
}  // namespace bangkit::redis
