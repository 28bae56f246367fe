#pragma once

#include <string_view>

#include "services/registration/api/import_cells.h"

namespace bangkit::registration {

/// The registration that a row asks for, unchecked. Cells that have no form for it are noted.
v1::RegisterBusinessRequest ToRequest(Cells& cells);

/// The column that a field of the request comes from, and the one that a reason is about which
/// names no field; nullptr: the whole row.
const Column* ColumnOfField(std::string_view field);
const Column* ColumnOfReason(std::string_view reason);

}  // namespace bangkit::registration
