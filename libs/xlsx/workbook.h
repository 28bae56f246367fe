#pragma once

#include <string>
#include <vector>

#include "libs/base/result.h"
#include "libs/xlsx/archive.h"
#include "libs/xlsx/format.h"

namespace bangkit::xlsx {

/// Where in the archive the parts of a workbook are, and how to read them.
struct Workbook {
    std::string sheet;         // The first visible worksheet.
    std::string shared_texts;  // Empty if there are none, as the next.
    std::string styles;
    bool counts_from_1904 = false;  // Days; else from 1900.
};

/// FILE_INVALID if the archive holds no workbook with a worksheet.
Result<Workbook> ReadWorkbook(Archive& archive);

/// The number formats of the part `styles`, by the number that cells have in `s`.
Result<std::vector<Format>> ReadFormats(Archive& archive, const std::string& styles);

}  // namespace bangkit::xlsx
