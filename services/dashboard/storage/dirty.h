#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/dashboard/domain/figures.h"

namespace bangkit::dashboard {

/// The regions whose newest figures the cache does not have; those of the country and the provinces
/// first.
std::vector<std::string> ReadDirty(postgres::Connection& connection);

/// Takes the marks away of what has been rendered, except where the figures have changed since.
void ClearDirty(postgres::Connection& connection, std::span<const RegionFigures> rendered);

/// Marks every region that has a dashboard: the cache is to be filled anew.
void MarkAllDirty(postgres::Connection& connection);

}  // namespace bangkit::dashboard
