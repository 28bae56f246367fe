#include "services/registration/domain/legality.h"

namespace bangkit::registration {

std::set<Legality> PermitsOf(const Profile& profile) {
    std::set<Legality> permits;
    const auto add = [&permits](Legality permit, const std::string& number) {
        if (!number.empty()) permits.insert(permit);
    };
    add(Legality::kPirt, profile.pirt.number);
    add(Legality::kHalal, profile.halal.number);
    add(Legality::kBpom, profile.bpom.number);
    add(Legality::kBusinessCertificate, profile.business_certificate.number);
    if (profile.street_vendor) add(Legality::kTdu, profile.street_vendor->tdu.number);
    if (profile.cooperative) {
        add(Legality::kDeed, profile.cooperative->deed_number);
        add(Legality::kLegalEntity, profile.cooperative->legal_entity_number);
    }
    return permits;
}

}  // namespace bangkit::registration
