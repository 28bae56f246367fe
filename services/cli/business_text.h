#pragma once

#include <iosfwd>

#include "bangkit/registration/v1/registration_service.pb.h"

namespace bangkit::cli {

/// A business and its history as people read them.
void Print(std::ostream& out, const registration::v1::Business& business);
void Print(std::ostream& out, const registration::v1::GetBusinessHistoryResponse& page);

/// Businesses one a line.
void PrintTable(std::ostream& out,
                const google::protobuf::RepeatedPtrField<registration::v1::Business>& businesses);

}  // namespace bangkit::cli
