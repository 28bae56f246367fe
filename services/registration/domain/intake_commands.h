#pragma once

#include <variant>

#include "services/registration/domain/business.h"
#include "services/registration/domain/intake.h"

namespace bangkit::registration {

// The numbers are those of bangkit.registration.v1, stored and sent: never change one, only add.
enum class IntakeKind { kRegistration = 1, kCondition = 2, kEdit = 3 };
enum class IntakeStatus { kApplied = 1, kWaiting = 2, kSuperseded = 3 };
enum class IntakeDecision { kKeep = 1, kTake = 2 };

/// Something that was taken down on a device. Its alternatives are in the order of IntakeKind.
using IntakeStatement = std::variant<RegisterBusiness, ReportCondition, UpdateBusiness>;

struct SubmitIntake {
    Stamp stamp;  // Bounded.
    bool clock_suspect = false;
    std::string business_id;        // In the registry.
    bool is_local = false;          // Registered by this device; it may be still to come.
    std::int64_t base_version = 0;  // Of the business as the device showed it; 0: not shown.
    std::string fingerprint;        // Tells a repetition from other content.
    IntakeStatement statement;

    IntakeKind kind() const { return static_cast<IntakeKind>(statement.index() + 1); }
};

struct ResolveIntakeConflict {
    std::string conflict_id;
    IntakeDecision decision = IntakeDecision::kKeep;
    std::optional<std::int64_t> expected_version;  // From the etag.
};

using IntakeCommand = std::variant<SubmitIntake, ResolveIntakeConflict>;

}  // namespace bangkit::registration
