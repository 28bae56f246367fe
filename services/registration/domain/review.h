#pragma once

#include <string>
#include <vector>

#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// Where what is known of an owner contradicts itself, for a person to look at:
/// "BIRTH_DATE_DIFFERS" and "SEX_DIFFERS" if what was stated is not what the NIK says, "KK_IS_NIK"
/// if one number stands for both. A NIK is not issued again when a birth date is corrected, so none
/// of this is refused.
std::vector<std::string> Contradictions(const Owner& owner);

/// The same of a business: "PIRT_YEAR_DIFFERS" if the number ends with another year than the date
/// until which it is stated to be valid.
std::vector<std::string> Contradictions(const Profile& profile);

}  // namespace bangkit::registration
