#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bangkit::xlsx {

// Workbooks as people, other programs and attackers make them.

/// Name and content of each part.
using Parts = std::vector<std::pair<std::string, std::string>>;

std::string ZipOf(const Parts& parts, bool is_packed = true);

struct WorkbookParts {
    std::string rows;                 // What stands within <sheetData>.
    std::string shared_texts = {};    // Within <sst>.
    std::string number_formats = {};  // Within <numFmts>.
    std::string cell_formats = {};    // Within <cellXfs>.
    std::string sheets = R"(<sheet name="Usaha" sheetId="1" r:id="rId1"/>)";
    std::string properties = {};  // Before <sheets>.
};

/// The parts that Excel would write. A test changes one and calls ZipOf().
Parts PartsOf(const WorkbookParts& workbook);

/// ZipOf(PartsOf(...)) with these rows.
std::string WorkbookOf(const std::string& rows);

/// "<row>" of cells that are inline texts.
std::string RowOf(const std::vector<std::string>& texts);

}  // namespace bangkit::xlsx
