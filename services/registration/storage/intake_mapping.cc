#include "services/registration/storage/intake_mapping.h"

#include "bangkit/registration/v1/intake_service.pb.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {

std::string IntakeAnswer(const IntakeReceipt& receipt) {
    v1::IntakeReceipt out;
    out.set_status(static_cast<v1::IntakeStatus>(receipt.status));
    out.set_business_id(receipt.business_id);
    out.set_known_already(receipt.known_already);
    out.set_clock_suspect(receipt.clock_suspect);
    for (const std::string& field : receipt.conflicts) out.add_conflicting_fields(field);
    for (const std::string& warning : receipt.warnings) out.add_warnings(warning);
    out.set_position(receipt.position);
    return out.SerializeAsString();
}

std::string ResolveIntakeConflictAnswer(const Business& business) {
    v1::ResolveIntakeConflictResponse out;
    out.set_business_id(business.id);
    out.set_etag(EtagOf(business.version));
    out.set_position(PositionOf(business));
    return out.SerializeAsString();
}

}  // namespace bangkit::registration
