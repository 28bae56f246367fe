#pragma once

#include <chrono>

#include "bangkit/registration/v1/import_service.pb.h"
#include "services/registration/storage/import_jobs.h"

namespace bangkit::registration {

/// A job as it is shown. `retention`: how long failed rows are kept behind its end.
void Fill(v1::ImportJob& out, const StoredImport& stored, std::chrono::hours retention);

}  // namespace bangkit::registration
