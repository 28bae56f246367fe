#pragma once

#include "services/dashboard/domain/measure_figures.h"

namespace bangkit::dashboard::v1 {
class Dashboard;
class InstrumentMonth;
}  // namespace bangkit::dashboard::v1

namespace bangkit::dashboard {

void Fill(v1::Dashboard& out, const MeasureFigures& figures);
void Fill(v1::InstrumentMonth& out, const MeasureMonth& month);

}  // namespace bangkit::dashboard
