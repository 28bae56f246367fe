#pragma once

#include "libs/postgres/connection.h"
#include "services/dashboard/storage/aid_read_model.h"

namespace bangkit::dashboard {

/// Adds what the read model has of measures in these regions: to their figures, and to what changed
/// in their months.
void ReadMeasures(postgres::Transaction& transaction, const postgres::TextArray& region_codes,
                  FiguresByRegion& regions, ChangesByRegion& months);

}  // namespace bangkit::dashboard
