#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "libs/postgres/connection.h"
#include "services/dashboard/domain/aid_changes.h"

namespace bangkit::dashboard {

// The tables of aid's figures. In all else as storage/projection_tables.h.

std::unordered_map<std::string, Program> LoadPrograms(postgres::Transaction& transaction,
                                                      const postgres::UuidArray& program_ids);
void SavePrograms(postgres::Transaction& transaction,
                  const std::map<std::string, Program>& programs);

std::unordered_map<std::string, Budget> LoadBudgets(postgres::Transaction& transaction,
                                                    const postgres::UuidArray& budget_ids);
void SaveBudgets(postgres::Transaction& transaction, const std::map<std::string, Budget>& budgets);

std::unordered_map<std::string, Application> LoadApplications(
    postgres::Transaction& transaction, const postgres::UuidArray& application_ids);
void SaveApplications(postgres::Transaction& transaction,
                      const std::map<std::string, Application>& applications);

void SaveAidChanges(postgres::Transaction& transaction, const AidChanges& changes);

}  // namespace bangkit::dashboard
