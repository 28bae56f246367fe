#pragma once

#include "services/dashboard/events/measured.h"

namespace bangkit::dashboard {

/// Of aggregates "loan" and "referral".
MeasuredParsers LoanParsers();
MeasuredParsers ReferralParsers();

}  // namespace bangkit::dashboard
