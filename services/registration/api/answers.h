#pragma once

#include "bangkit/registration/v1/registration_service.pb.h"
#include "services/registration/storage/history_queries.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// A business as it is shown: what identifies its owner is masked.
void Fill(v1::Business& out, const StoredBusiness& stored);

void Fill(v1::BusinessStatement& out, const Statement& statement);

void Fill(v1::Upgrade& out, const StatedUpgrade& stated);

/// "S*** A******": the first letter of each word.
std::string MaskName(std::string_view name);
/// As a NIK is masked, which it may be.
std::string MaskNpwp(std::string_view digits);

}  // namespace bangkit::registration
