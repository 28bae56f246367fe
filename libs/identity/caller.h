#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bangkit::identity {

/// Who calls, by the claims of a verified token; never by anything else that the client says.
struct Caller {
    std::string subject;
    std::vector<std::string> roles;    // "officer", "agency", ...: see policy.h.
    std::vector<std::string> regions;  // Codes: "18.71" stands for all that lies in it.

    bool HasRole(std::string_view role) const;
    /// True if `region_code` is one of the regions or lies inside one.
    bool Reaches(std::string_view region_code) const;
};

/// True if `region_code` is `outer` or lies inside it: "18.71.05" in "18.71", but not in "18.7".
bool LiesIn(std::string_view region_code, std::string_view outer);

}  // namespace bangkit::identity
