#pragma once

#include <iosfwd>

#include "bangkit/dashboard/v1/dashboard.pb.h"

namespace bangkit::cli {

/// What a dashboard shows of goods, loans, referrals, nominations, supervision and grievances, for
/// people, in Indonesian; nothing of what there never was.
void PrintInstruments(std::ostream& out, const dashboard::v1::Dashboard& dashboard);

}  // namespace bangkit::cli
