#pragma once

#include "services/dashboard/events/measured.h"

namespace bangkit::dashboard {

/// Of aggregate "nominee".
MeasuredParsers NomineeParsers();

}  // namespace bangkit::dashboard
