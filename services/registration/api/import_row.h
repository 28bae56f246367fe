#pragma once

#include <expected>
#include <string>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/crypto/key_ring.h"
#include "libs/csv/row.h"
#include "services/registration/api/checks.h"
#include "services/registration/api/import_cells.h"

namespace bangkit::registration {

/// The columns that the first row of a table names. FILE_INVALID.
Result<Columns> ColumnsOf(const csv::Row& row);

/// Without any content: spreadsheets leave such rows at the end of a table.
bool IsBlank(const csv::Row& row);

/// The registration that a row asks for, with its row key; or all that is wrong with it.
std::expected<RegisterBusiness, RowProblems> ReadRow(const Columns& columns,
                                                     const std::vector<std::string>& row,
                                                     const Checks& checks,
                                                     const crypto::KeyRing& keys);

/// One problem of a column; of the whole row, if that is empty.
RowProblems ProblemOf(std::string column, std::string_view reason);
/// Why a row could not be read at all.
RowProblems ToProblems(csv::Problem problem);
/// Why a row was refused: a problem per field, or one.
RowProblems ToProblems(const Columns& columns, const Error& refusal);
RowProblems ToWarnings(const Columns& columns, const std::vector<std::string>& reasons);

}  // namespace bangkit::registration
