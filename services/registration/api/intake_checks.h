#pragma once

#include <string>

#include "bangkit/registration/v1/intake_service.pb.h"
#include "libs/crypto/key_ring.h"
#include "services/registration/api/checks.h"
#include "services/registration/domain/intake_commands.h"

namespace bangkit::registration {

/// Turns submissions into commands: checks and normalises what they say as if it had been asked for
/// at a desk on the day on which it arrives. INVALID_ARGUMENT with all that is wrong.
class IntakeChecks {
public:
    /// All must outlive it.
    IntakeChecks(const Checks& checks, const crypto::KeyRing& keys, const Clock& clock)
        : checks_(checks), keys_(keys), clock_(clock) {}

    Result<SubmitIntake> Check(const v1::SubmitIntakeRequest& request) const;

private:
    Result<IntakeStatement> CheckStatement(const v1::IntakeSubmission& submission,
                                           const SubmitIntake& command) const;

    const Checks& checks_;
    const crypto::KeyRing& keys_;
    const Clock& clock_;
};

struct CheckedResolution {
    std::string request_id;
    ResolveIntakeConflict command;
};
Result<CheckedResolution> Check(const v1::ResolveIntakeConflictRequest& request);

/// The id in the registry of a business that a device has registered under an id of its own (a
/// UUIDv7): always the same, as old as the device says, and of no other device.
std::string BusinessIdOf(std::string_view device_id, std::string_view local_id);

}  // namespace bangkit::registration
