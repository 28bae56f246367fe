#include <algorithm>

#include "libs/indonesia/regions.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {

using namespace indonesia;

void Try(std::string_view input) {
    static const RegionTree tree;
    const std::optional<RegionLevel> level = LevelOf(input);
    const std::string_view parent = ParentOf(input);
    Claim(parent.empty() || parent == kCountryCode || input.starts_with(parent),
          "what encloses a code is its beginning");
    const Region* region = tree.Find(input);
    const std::vector<std::string_view> ancestors = tree.Ancestors(input);
    const auto children = tree.Children(input);
    for (const Region& child : children) {
        Claim(child.parent() == (input.empty() ? kCountryCode : input),
              "children know their parent");
    }
    if (region == nullptr) return Claim(ancestors.empty(), "what is unknown has no ancestors");
    Claim(region->code == input && level == region->level(), "a region is found by its code");
    Claim(!region->name.empty(), "every region has a name");
    if (input == kCountryCode) return;
    Claim(static_cast<int>(*level) == std::ssize(ancestors) + 1, "an ancestor for each level");
    for (const std::string_view ancestor : ancestors) {
        Claim(tree.Find(ancestor) != nullptr && input.starts_with(ancestor),
              "ancestors are regions");
    }
    const auto siblings = tree.Children(parent);
    Claim(std::ranges::find(siblings, input, &Region::code) != siblings.end(),
          "a region is among its parent's children");
}

std::vector<std::string> Seeds() {
    return {"",
            "ID",
            "36",
            "36.74",
            "36.74.05",
            "36.74.05.1002",
            "36.7",
            "36.74.",
            ".36",
            "36.74.05.1002.",
            "3674",
            "36.74.05.10020",
            "99",
            "36..74",
            "36.74.05.100",
            "id",
            "11.01",
            "96.71.10.1001",
            "36.74.05 ",
            "36,74,05",
            "AB.CD"};
}

}  // namespace bangkit::fuzz
