#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "libs/postgres/connection.h"
#include "services/dashboard/domain/measures.h"

namespace bangkit::dashboard {

// The tables of measures. In all else as storage/projection_tables.h.

std::unordered_map<std::string, Measured> LoadMeasured(postgres::Transaction& transaction,
                                                       const postgres::UuidArray& aggregate_ids);
void SaveMeasured(postgres::Transaction& transaction,
                  const std::map<std::string, Measured>& measured);

void SaveMeasureSums(postgres::Transaction& transaction,
                     const std::map<MeasureCell, std::int64_t>& changes);

}  // namespace bangkit::dashboard
