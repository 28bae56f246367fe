#pragma once

#include "services/dashboard/events/measured.h"

namespace bangkit::dashboard {

/// Of aggregates "visit" and "refund".
MeasuredParsers VisitParsers();
MeasuredParsers RefundParsers();

}  // namespace bangkit::dashboard
