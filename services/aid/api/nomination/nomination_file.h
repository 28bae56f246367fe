#pragma once

#include <string>

#include "services/aid/storage/nomination/nomination_file_unit_of_work.h"

namespace bangkit::aid {

/// A part of the list for the agency, in the columns of its scheme. It is personal.
std::string ContentOf(const NominationFilePage& page);

}  // namespace bangkit::aid
