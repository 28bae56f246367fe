#pragma once

#include <iosfwd>

#include "bangkit/registration/v1/registration_service.pb.h"

namespace bangkit::cli {

/// A business and its history as people read them.
void Print(std::ostream& out, const registration::v1::Business& business);
void Print(std::ostream& out, const registration::v1::GetBusinessHistoryResponse& page);

}  // namespace bangkit::cli
