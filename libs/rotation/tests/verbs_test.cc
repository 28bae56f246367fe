#include "libs/rotation/verbs.h"

#include <gtest/gtest.h>

namespace bangkit::rotation {
namespace {

using crypto::KeyPurpose;

TEST(Verbs, AreReadOrRefused) {
    EXPECT_EQ(ParseVerb({}), Verb{});
    EXPECT_EQ(ParseVerb({"rekey"}), Verb{.name = "rekey"});
    EXPECT_EQ(ParseVerb({"replay"}, {"replay"}), Verb{.name = "replay"});
    EXPECT_EQ(ParseVerb({"key-needs", "master", "1"}),
              (Verb{.name = "key-needs", .purpose = KeyPurpose::kMaster, .version = 1}));
    EXPECT_EQ(ParseVerb({"retire-key", "hash", "12"}),
              (Verb{.name = "retire-key", .purpose = KeyPurpose::kHash, .version = 12}));
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"replay"},
                                               {"rekey", "x"},
                                               {"key-needs"},
                                               {"key-needs", "master"},
                                               {"key-needs", "other", "1"},
                                               {"retire-key", "hash", "0"},
                                               {"retire-key", "hash", "1x"}}) {
        EXPECT_EQ(ParseVerb(words), std::nullopt) << words[0];
    }
}

TEST(Verbs, RetireAKeyThatNothingNeeds) {
    int retired = 0;
    const auto retire = [&retired] { return ++retired == 1; };
    const Verb verb{.name = "retire-key"};
    EXPECT_EQ(RetireKey({.name = "key-needs"}, {}, retire), 0);
    EXPECT_EQ(RetireKey(verb, {{.what = "owners", .count = 3, .can_be_moved = true}}, retire), 10);
    EXPECT_EQ(RetireKey(verb, {{.what = "requests", .count = 3, .can_be_moved = false}}, retire),
              11);
    EXPECT_EQ(retired, 0);
    EXPECT_EQ(RetireKey(verb, {}, retire), 0);
    EXPECT_EQ(RetireKey(verb, {}, retire), 10) << "somebody has sealed something meanwhile";
}

}  // namespace
}  // namespace bangkit::rotation
