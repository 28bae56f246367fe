#pragma once

#include "services/dashboard/events/measured.h"

namespace bangkit::dashboard {

/// Of aggregate "grievance".
MeasuredParsers GrievanceParsers();

}  // namespace bangkit::dashboard
