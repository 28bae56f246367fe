#include "libs/identity/caller.h"

#include <algorithm>

namespace bangkit::identity {

bool Caller::HasRole(std::string_view role) const {
    return std::ranges::find(roles, role) != roles.end();
}

bool Caller::Reaches(std::string_view region_code) const {
    return std::ranges::any_of(
        regions, [&](const std::string& region) { return LiesIn(region_code, region); });
}

bool LiesIn(std::string_view region_code, std::string_view outer) {
    if (outer.empty() || !region_code.starts_with(outer)) return false;
    return region_code.size() == outer.size() || region_code[outer.size()] == '.';
}

}  // namespace bangkit::identity
