#pragma once

#include <string>

#include "libs/grpc/fields.h"
#include "libs/indonesia/regions.h"

namespace bangkit::aid {

/// The code of a region below the country, in the field `region_code`. REQUIRED, REGION_UNKNOWN.
inline std::string RegionField(rpc::FieldChecker& fields, const indonesia::RegionTree& regions,
                               const std::string& code) {
    const indonesia::Region* region = regions.Find(code);
    if (code.empty()) {
        fields.Require("region_code", false);
    } else if (region == nullptr || region->level() == indonesia::RegionLevel::kCountry) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
    }
    return code;
}

}  // namespace bangkit::aid
