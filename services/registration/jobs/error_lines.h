#pragma once

#include <string>

#include "services/registration/api/import_row.h"
#include "services/registration/jobs/import_reader.h"

namespace bangkit::registration {

/// The lines of a file of errors: the rows of a table as they are, and behind them kNoteColumns.
class ErrorLines {
public:
    explicit ErrorLines(const ImportReader& reader) : reader_(reader) {}

    std::string Header() const;
    std::string Line(const csv::Row& row, const RowProblems& problems) const;

private:
    /// Without what another file of errors has noted, each on one line and no longer than any value
    /// can be that is right.
    std::vector<std::string> CellsOf(const std::vector<std::string>& fields) const;

    const ImportReader& reader_;
};

}  // namespace bangkit::registration
