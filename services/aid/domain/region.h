#pragma once

#include <string_view>

namespace bangkit::aid {

/// "18.71.05" lies in "18.71", and so does "18.71" itself; "18.7" does not.
inline bool LiesIn(std::string_view region_code, std::string_view outer) {
    return region_code.starts_with(outer) &&
           (region_code.size() == outer.size() || region_code[outer.size()] == '.');
}

}  // namespace bangkit::aid
