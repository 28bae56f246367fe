#pragma once

#include <set>
#include <string>

#include "libs/base/result.h"
#include "libs/postgres/connection.h"

namespace bangkit::aid {

/// Which of these applications hold more places of a group than there are, together with those of
/// businesses that they were merged with since: nothing is given to either before somebody has
/// decided who gets it.
std::set<std::string> FindDoubled(postgres::Transaction& transaction,
                                  const std::set<std::string>& application_ids);

/// FAILED_PRECONDITION, DOUBLE_AID.
std::unexpected<Error> Doubled();

}  // namespace bangkit::aid
