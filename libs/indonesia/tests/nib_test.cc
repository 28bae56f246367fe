#include "libs/indonesia/nib.h"

#include <gtest/gtest.h>

namespace bangkit::indonesia {
namespace {

TEST(ParseNibTest, HasThirteenDigits) {
    EXPECT_EQ(ParseNib("9120001234567").value(), "9120001234567");
    EXPECT_EQ(ParseNib(" 9120-0012.34567").value(), "9120001234567");
    for (const char* text : {"", "912000123456", "91200012345678", "912000123456x"}) {
        const auto nib = ParseNib(text);
        ASSERT_FALSE(nib.has_value()) << text;
        EXPECT_EQ(nib.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(nib.error().reason, "NIB_INVALID");
    }
}

}  // namespace
}  // namespace bangkit::indonesia
