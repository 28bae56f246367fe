#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "services/aid/domain/program/rules.h"

namespace bangkit::aid {

/// What registration has published of a business, as far as aid is decided by it. The numbers are
/// those of bangkit.common.v1.
struct Business {
    std::string id;
    std::int64_t version = 0;  // Of registration's last event.
    std::string owner_id;
    std::string region_code;
    int kind = 0;
    int scale = 0;  // 0: not known.
    int condition = 0;
    int verification = 0;
    int kbli_division = 0;    // 0: not known.
    std::string merged_into;  // The business that this one lives on in; empty: it lives itself.
    bool owner_is_erased = false;
    Time updated_at;
    bool operator==(const Business&) const = default;
};

/// What rules can ask of it.
Facts FactsOf(const Business& business);

/// By id.
using Businesses = std::map<std::string, Business>;

/// The business that the one of this id lives on in by now; itself if it was never merged. nullptr:
/// nothing was heard of it.
const Business* LivingOne(const Businesses& businesses, const std::string& id);

/// Those that are one with it by now, itself left out: whatever any of them was given, all were.
std::vector<const Business*> FamilyOf(const Businesses& businesses, const std::string& id);

}  // namespace bangkit::aid
