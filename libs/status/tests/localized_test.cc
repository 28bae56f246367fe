#include "libs/status/localized.h"

#include <gtest/gtest.h>

#include <set>

namespace bangkit::status {
namespace {

TEST(Localized, EveryReasonHasASentenceOfItsOwn) {
    std::set<std::string_view> seen;
    for (const LocalizedReason& known : LocalizedReasons()) {
        EXPECT_EQ(Indonesian(known.reason), known.indonesian) << known.reason;
        EXPECT_TRUE(known.indonesian.ends_with('.')) << known.reason;
        EXPECT_TRUE(seen.insert(known.indonesian).second) << known.reason;
    }
}

TEST(Localized, AnUnknownReasonStillSaysSomething) {
    for (const auto reason : {"", "A", "ZZZ", "NIK_INVALID_"}) {
        EXPECT_EQ(Indonesian(reason), "Permintaan tidak dapat diproses.");
    }
}

}  // namespace
}  // namespace bangkit::status
