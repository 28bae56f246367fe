#pragma once

#include <exception>
#include <optional>

#include "libs/base/result.h"

namespace bangkit::postgres {

/// What a caller is told about a failure of the database: UNAVAILABLE; nullopt for all other
/// exceptions.
std::optional<Error> Explain(const std::exception& failure);

}  // namespace bangkit::postgres
