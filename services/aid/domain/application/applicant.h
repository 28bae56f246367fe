#pragma once

#include <string>

namespace bangkit::aid {

/// For whom an application is. None of it is personal data.
struct Applicant {
    std::string business_id;
    std::string owner_id;
    std::string household;  // An id, found by the family card; empty: not known.
    std::string region_code;
    bool operator==(const Applicant&) const = default;
};

}  // namespace bangkit::aid
