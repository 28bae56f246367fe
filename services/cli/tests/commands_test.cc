#include <gtest/gtest.h>

#include "services/cli/command_line.h"

namespace bangkit::cli {
namespace {

TEST(CommandsTest, ANumberThatItsFieldCannotHoldIsRefusedAndNotCutOff) {
    const std::string send = "referral send a --agreement b --months ";
    CommandLine line;
    AddReferralCommand(line);
    EXPECT_NO_THROW(line.app.parse(send + "12"));
    EXPECT_THROW(line.app.parse(send + "4294967308"), CLI::ConversionError);
    EXPECT_THROW(line.app.parse(send + "12.5"), CLI::ConversionError);
}

}  // namespace
}  // namespace bangkit::cli
