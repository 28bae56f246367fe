#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "services/dashboard/domain/aid.h"

namespace bangkit::dashboard {

struct ProgramCount {
    Instrument instrument = Instrument::kCashGrant;
    ProgramState state = ProgramState::kDraft;
    std::int64_t programs = 0;
    bool operator==(const ProgramCount&) const = default;
};

struct ApplicationCount {
    ApplicationState state = ApplicationState::kDraft;
    std::int64_t applications = 0;
    std::int64_t rupiah = 0;
    bool operator==(const ApplicationCount&) const = default;
};

struct RejectionCount {
    RejectionReason reason = RejectionReason::kOther;
    std::int64_t applications = 0;
    bool operator==(const RejectionCount&) const = default;
};

/// How long so many applications took: half of them no longer than the median, nine of ten no
/// longer than p90, in whole hours.
struct WaitingTime {
    std::int64_t applications = 0;
    std::int64_t median_hours = 0;
    std::int64_t p90_hours = 0;
    bool operator==(const WaitingTime&) const = default;
};

/// Rupiah, and who has them.
struct AidMoney {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
    std::int64_t disbursed = 0;
    std::int64_t returned = 0;
    std::int64_t recipients = 0;  // Applications that were paid and whose money has not come back.

    /// Adds what applications in this state have, or have more.
    void Add(const ApplicationCount& count);
    AidMoney& operator+=(const AidMoney& other);
    bool operator==(const AidMoney&) const = default;
};

using ProgramCounts = std::map<std::pair<Instrument, ProgramState>, std::int64_t>;
using ApplicationCounts = std::map<ApplicationState, ApplicationCount>;

/// Those that there are, in order.
std::vector<ProgramCount> WithoutZeros(const ProgramCounts& counts);
std::vector<ApplicationCount> WithoutZeros(const ApplicationCounts& counts);

/// A month of aid. What is at its end is, in a change, by how much more than the month before.
struct AidMonth {
    std::int64_t submitted = 0;                   // In this month, for the first time.
    std::int64_t rejected = 0;                    // In this month.
    std::vector<RejectionCount> rejections = {};  // In this month; without zeros and in order.
    WaitingTime approval = {};                    // Of those approved in this month.
    WaitingTime payment = {};                     // Of those paid in this month.
    AidMoney money = {};                          // At its end.
    ProgramCounts programs = {};                  // At its end.
    ApplicationCounts applications = {};          // At its end.

    /// Adds a change of applications in one state.
    void Add(const ApplicationCount& change);
    bool operator==(const AidMonth&) const = default;
};

/// How a month ended that changed so much after the one before.
AidMonth After(const AidMonth& before, AidMonth change);

/// Aid in a region. Counts are without zeros and in order.
struct AidFigures {
    std::vector<ProgramCount> programs;
    std::vector<ApplicationCount> applications;
    std::vector<RejectionCount> rejections;
    WaitingTime approval;
    WaitingTime payment;
    AidMoney money;
    bool operator==(const AidFigures&) const = default;
};

}  // namespace bangkit::dashboard
