#pragma once

#include <span>
#include <string_view>

namespace bangkit::status {

struct LocalizedReason {
    std::string_view reason;      // "NIK_INVALID".
    std::string_view indonesian;  // A whole sentence for people.
};

/// Every reason that clients may see, ordered by name.
std::span<const LocalizedReason> LocalizedReasons();

/// What to tell an Indonesian about `reason`; a general sentence if it is not in the table.
std::string_view Indonesian(std::string_view reason);

}  // namespace bangkit::status
