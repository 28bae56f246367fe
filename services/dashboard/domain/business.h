#pragma once

#include <compare>
#include <set>
#include <string>

#include "libs/indonesia/scale.h"
#include "services/dashboard/domain/month.h"

namespace bangkit::dashboard {

// The numbers are those of bangkit.common.v1, stored and sent: never change one, only add.
enum class Kind { kUmkm = 1, kCooperative = 2, kStreetVendor = 3, kGroup = 4 };
enum class Condition { kActive = 1, kAffected = 2, kDormant = 3, kClosed = 4, kRecovered = 5 };
enum class Verification { kSelfDeclared = 1, kDocument = 2, kField = 3 };
/// What some businesses have, and people count.
enum class Mark {
    kOrderAndDeliver = 1,
    kCoverageKnown = 2,
    kBlankSpot = 3,
    kMosqueCooperative = 4,
    kMosqueCooperativeWithDeed = 5,
    kPesantrenCooperative = 6,
    kShariaCooperative = 7
};
using indonesia::Scale;

/// What businesses are counted by, besides place and time.
struct Category {
    Kind kind = Kind::kUmkm;
    Scale scale = Scale::kUnknown;
    Condition condition = Condition::kActive;
    auto operator<=>(const Category&) const = default;
};

/// What a business counts as.
struct BusinessState {
    std::string region_code;  // Of an existing region below the country, as deep as it is known.
    Category category;
    Verification verification = Verification::kSelfDeclared;
    std::set<Mark> marks = {};
    bool is_merged = false;  // It lives on in another business, and counts as nothing.
    bool operator==(const BusinessState&) const = default;
};

/// What an event says of a business.
struct BusinessEvent {
    BusinessState after;
    Month month;            // In which it happened.
    bool upgraded = false;  // It moved to a higher scale (naik kelas).
};

}  // namespace bangkit::dashboard
