#include "libs/messaging/position.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bangkit::messaging {
namespace {

constexpr const char* kToken =
    "bangkit.registration.v1/business/0190b3f2-7c1e-7abc-8def-0123456789ab/3";

TEST(PositionTest, ATokenStandsForOneEventOfOneAggregate) {
    const Position position = ParsePosition(kToken).value();
    EXPECT_EQ(position.topic, "bangkit.registration.v1");
    EXPECT_EQ(position.aggregate_type, "business");
    EXPECT_EQ(position.aggregate_id, "0190b3f2-7c1e-7abc-8def-0123456789ab");
    EXPECT_EQ(position.version, 3);
    EXPECT_EQ(ToToken(position), kToken);
}

TEST(PositionTest, NothingElseIsAToken) {
    const std::string id = "0190b3f2-7c1e-7abc-8def-0123456789ab";
    for (const std::string& token : std::vector<std::string>{
             "", "///", "t/business/" + id, "t/business/" + id + "/3/4", "t/business/7/3",
             "/business/" + id + "/3", "t//" + id + "/3", "t/business/" + id + "/0",
             "t/business/" + id + "/-1", "t/business/" + id + "/x",
             "t/business/" + id + "/9223372036854775808",
             std::string("t\0/business/", 12) + id + "/3", "t/busi\xffness/" + id + "/3",
             std::string(1000, 't') + "/business/" + id + "/3"}) {
        const auto parsed = ParsePosition(token);
        ASSERT_FALSE(parsed) << token;
        EXPECT_EQ(parsed.error().reason, "POSITION_INVALID");
    }
}

}  // namespace
}  // namespace bangkit::messaging
