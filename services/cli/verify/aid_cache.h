#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "libs/postgres/connection.h"

namespace bangkit::cli {

/// What the cache should show of aid in one region.
struct ExpectedAid {
    std::map<std::pair<int, int>, std::int64_t> programs;  // Instrument, state.
    std::int64_t allocated = 0;
    // Of the interest of loans: paid, and reserved.
    std::int64_t subsidy = 0, subsidy_reserved = 0;
    std::map<int, std::pair<std::int64_t, std::int64_t>> applications;  // State: number, rupiah.
    std::map<int, std::int64_t> rejections;                             // Reason.
    std::map<int, std::map<std::int64_t, std::int64_t>> steps;          // Step, hours.
    std::map<std::pair<std::string, int>, std::int64_t> steps_by_month;
    std::map<std::pair<std::string, int>, std::int64_t> rejections_by_month;  // Month, reason.
};

/// By region.
std::map<std::string, ExpectedAid> ReadAid(postgres::Connection& dashboard);

/// nullptr: the dashboard shows that.
const char* DifferenceOf(const dashboard::v1::Dashboard& shown, const ExpectedAid& expected);

}  // namespace bangkit::cli
