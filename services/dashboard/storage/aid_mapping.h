#pragma once

#include "services/dashboard/domain/aid_figures.h"

namespace bangkit::dashboard::v1 {
class AidFigures;
class AidMonth;
}  // namespace bangkit::dashboard::v1

namespace bangkit::dashboard {

void Fill(v1::AidFigures& out, const AidFigures& figures);
void Fill(v1::AidMonth& out, const AidMonth& month);

}  // namespace bangkit::dashboard
