#pragma once

#include <set>

#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// Which papers a business has. The numbers are those of bangkit.registration.v1, stored and sent:
/// never change one, only add.
enum class Legality {
    kNib = 1,
    kNpwp = 2,
    kPirt = 3,
    kHalal = 4,
    kBpom = 5,
    kBusinessCertificate = 6,
    kTdu = 7,
    kDeed = 8,
    kLegalEntity = 9
};

/// The permits and certificates of a profile, expired or not: all but NIB and NPWP, which say so
/// themselves wherever they are kept.
std::set<Legality> PermitsOf(const Profile& profile);

}  // namespace bangkit::registration
