#include "libs/base/outage.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bangkit {
namespace {

class EventLogger final : public Logger {
public:
    void Write(LogLevel, std::string_view event, std::span<const LogField> fields) override {
        lines.push_back(std::string(event) + (fields.empty() ? "" : " " + fields[0].value));
    }
    std::vector<std::string> lines;
};

TEST(OutageTest, IsToldWhenItBeginsWhenItsCauseChangesAndWhenItIsOver) {
    EventLogger logger;
    Outage outage(logger, "relay");
    outage.Over();
    for (int i = 0; i < 3; ++i) outage.Met("no database");
    for (int i = 0; i < 3; ++i) outage.Met("no broker");
    for (int i = 0; i < 3; ++i) outage.Over();
    outage.Met("no broker");
    EXPECT_EQ(logger.lines,
              (std::vector<std::string>{"relay_failed no database", "relay_failed no broker",
                                        "relay_recovered", "relay_failed no broker"}));
}

}  // namespace
}  // namespace bangkit
