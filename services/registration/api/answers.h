#pragma once

#include "bangkit/registration/v1/business.pb.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// A business as it is shown: what identifies its owner is masked.
void Fill(v1::Business& out, const StoredBusiness& stored);

/// "S*** A******": the first letter of each word.
std::string MaskName(std::string_view name);

}  // namespace bangkit::registration
