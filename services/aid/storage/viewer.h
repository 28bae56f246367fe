#pragma once

#include "libs/postgres/viewer.h"

namespace bangkit::aid {

using postgres::ReadAs;
using postgres::Viewer;

}  // namespace bangkit::aid
