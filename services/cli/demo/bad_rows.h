#pragma once

#include <cstddef>
#include <string>

#include "services/cli/demo/row.h"

namespace bangkit::cli {

/// How many ways there are in which MakeBad() spoils a row.
extern const std::size_t kWaysToBeBad;

/// `row` as a line of CSV, spoiled in a way that people's files are: every one must be refused.
/// `earlier` is a good row with NIK that stands before it in the file; it has no NIK if there is
/// none.
std::string MakeBad(const Row& row, const Row& earlier, std::size_t way);

}  // namespace bangkit::cli
