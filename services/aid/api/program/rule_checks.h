#pragma once

#include <string>
#include <string_view>

#include "bangkit/aid/v1/rules.pb.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/regions.h"

namespace bangkit::aid {

/// 3 to 40 capital letters, digits and _. REQUIRED, CODE_INVALID.
void CheckCode(rpc::FieldChecker& fields, std::string_view field, std::string_view code);

/// Rules that the engine can ask: of a fact what can be asked of it. `field`: "terms.rules".
void CheckRuleSet(rpc::FieldChecker& fields, const std::string& field, const v1::RuleSet& set,
                  const indonesia::RegionTree& regions);

}  // namespace bangkit::aid
