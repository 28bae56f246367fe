#pragma once

#include <exception>
#include <span>
#include <stop_token>
#include <string>

#include "libs/csv/row.h"
#include "libs/xlsx/source.h"
#include "services/registration/api/import_columns.h"
#include "services/registration/storage/import_jobs.h"
#include "services/registration/storage/import_pieces.h"

namespace bangkit::registration {

// A workbook cannot be read from the middle, and a turn is over soon: it is turned into a table of
// CSV once, which has more columns than the sheet, of kNoteColumns: in `baris`, which row of the
// sheet it was, and in `kolom` and `alasan`, which column has which csv::Problem.

/// Turns the workbook of a job into its table. Interrupted, it begins anew; until it is whole,
/// nobody reads it.
class ImportConversion {
public:
    /// All must outlive it.
    ImportConversion(postgres::Connection& connection, const ImportSeal& seal,
                     const ImportLease& lease)
        : connection_(connection), seal_(seal), lease_(lease) {}

    /// The size of the table; 0 if `stop` came first. FILE_INVALID. Throws what the database
    /// throws, and SqlError as of a lost race if the lease is lost.
    Result<std::int64_t> Run(std::int64_t workbook_size, const std::stop_token& stop);

private:
    void Add(const std::string& line);
    void SavePiece();

    postgres::Connection& connection_;
    const ImportSeal& seal_;
    const ImportLease& lease_;
    std::string piece_;
    std::int64_t saved_ = 0;
};

/// Takes the notes of the conversion from a row of such a table.
void TakeConversionNotes(csv::Row& row);

}  // namespace bangkit::registration
