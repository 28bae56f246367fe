#pragma once

#include <string>
#include <string_view>

#include "libs/crypto/sealed.h"
#include "services/aid/domain/application/stated_facts.h"

namespace bangkit::aid::v1 {
class StatedFacts;
}

namespace bangkit::aid {

/// Of a message whose fields were checked.
StatedFacts ToStatedFacts(const v1::StatedFacts& message);

/// As an application keeps it.
std::string SealStatement(const crypto::Key& owner_key, const std::string& application_id,
                          const StatedFacts& stated);
/// kInternal "SEAL_BROKEN" if it is not what was sealed there.
Result<StatedFacts> OpenStatement(const crypto::Key& owner_key, const std::string& application_id,
                                  std::string_view sealed);

}  // namespace bangkit::aid
