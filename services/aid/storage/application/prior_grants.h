#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/application/double_aid.h"
#include "services/aid/domain/program/rules.h"

namespace bangkit::aid {

/// What was granted before in groups of exclusions, in whatever year: approved, and neither
/// cancelled nor given back. For rules that ask for it; double aid itself is decided by claims.
class PriorGrants {
public:
    void Load(postgres::Transaction& transaction, const std::vector<ClaimKey>& keys);

    /// Adds what holders at these keys were granted, but for the application itself.
    void AddTo(Facts& facts, const std::vector<ClaimKey>& keys, int fiscal_year,
               const std::string& application_id) const;

private:
    using Subject = std::tuple<std::string, ExclusionScope, std::string>;  // Of a group.
    using Years = std::map<std::string, int>;                              // By application.

    std::map<Subject, Years> granted_;
};

}  // namespace bangkit::aid
