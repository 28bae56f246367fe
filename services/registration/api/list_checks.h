#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/grpc/call.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/region_history.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// These regions, of which none lies inside another, and what lay in them by codes of before.
std::vector<std::string> WithFormer(std::vector<std::string> codes,
                                    const indonesia::RegionHistory& regions);

/// The filter of a ListBusinessesRequest or a SearchBusinessesRequest, which have the same fields.
/// The region may be a code of before if `may_be_former`.
template <typename Request>
ListFilter CheckFilter(rpc::FieldChecker& fields, const Request& request, const rpc::Call& call,
                       const indonesia::RegionHistory& regions, bool may_be_former);

/// The day, and what was known of it; nullopt: now. Of a request with `as_of` and `known_at`.
template <typename Request>
std::optional<AsOf> CheckAsOf(rpc::FieldChecker& fields, const Request& request);

/// The words that a name is searched by.
std::vector<std::string> CheckWords(rpc::FieldChecker& fields, const std::string& name);

}  // namespace bangkit::registration
