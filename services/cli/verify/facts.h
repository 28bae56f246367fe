#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "libs/postgres/connection.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {

/// What one system says, by what it says it of: to be compared with what another one says.
using Facts = std::map<std::string, std::string>;

/// `sql` returns two columns of text.
Facts ReadFacts(postgres::Connection& connection, const std::string& sql);

/// Each fact that `actual` lacks, has in another form, or has besides is a breach.
Finding Compare(const Facts& expected, const Facts& actual, const std::string& what);

}  // namespace bangkit::cli
