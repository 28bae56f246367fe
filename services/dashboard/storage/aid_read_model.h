#pragma once

#include <map>
#include <string>

#include "libs/postgres/connection.h"
#include "services/dashboard/domain/figures.h"

namespace bangkit::dashboard {

using FiguresByRegion = std::map<std::string, RegionFigures, std::less<>>;
using ChangesByRegion = std::map<std::string, std::map<Month, MonthChange>>;

/// Adds what the read model has of aid in these regions: to their figures, and to what changed in
/// their months.
void ReadAid(postgres::Transaction& transaction, const postgres::TextArray& region_codes,
             FiguresByRegion& regions, ChangesByRegion& months);

}  // namespace bangkit::dashboard
