#pragma once

#include <set>
#include <string>

#include "libs/postgres/connection.h"

namespace bangkit::aid {

/// Destroys what aid keeps of these people, in the transaction in which they become erased ones.
/// What was given to their businesses stays: ids and amounts.
void EraseOwners(postgres::Transaction& transaction, const std::set<std::string>& owner_ids);

/// Their applications that have not come to the bank yet.
std::set<std::string> FindOpenApplications(postgres::Transaction& transaction,
                                           const std::set<std::string>& owner_ids);

/// Their applications with which they are nominated and no agency has decided on them yet.
std::set<std::string> FindOpenNominees(postgres::Transaction& transaction,
                                       const std::set<std::string>& owner_ids);

}  // namespace bangkit::aid
