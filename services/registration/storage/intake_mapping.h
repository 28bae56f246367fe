#pragma once

#include <string>
#include <vector>

#include "services/registration/domain/intake_commands.h"

namespace bangkit::registration {

/// What an IntakeReceipt says. Without personal data, as it is sent.
struct IntakeReceipt {
    IntakeStatus status = IntakeStatus::kApplied;
    std::string business_id;
    bool known_already = false;
    bool clock_suspect = false;
    std::vector<std::string> conflicts;
    std::vector<std::string> warnings;
    std::string position;  // Empty: of a business that is still to come.
};
std::string IntakeAnswer(const IntakeReceipt& receipt);
std::string ResolveIntakeConflictAnswer(const Business& business);

}  // namespace bangkit::registration
