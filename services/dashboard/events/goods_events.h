#pragma once

#include "services/dashboard/events/measured.h"

namespace bangkit::dashboard {

/// Of aggregate "stock".
MeasuredParsers StockParsers();

}  // namespace bangkit::dashboard
