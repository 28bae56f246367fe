#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/cli/verify/system.h"

namespace bangkit::cli {

/// What a check found: how many breaches, and the first few of them in words.
class Finding {
public:
    void Add(const std::string& breach);
    void Add(std::int64_t count, std::vector<std::string> examples);
    void SetLookedAt(std::string text) { looked_at_ = std::move(text); }

    bool holds() const { return count_ == 0; }
    /// "3: one; another; ...", or what was looked at.
    std::string Describe() const;

private:
    std::int64_t count_ = 0;
    std::vector<std::string> examples_;
    std::string looked_at_;
};

/// Something that holds whatever happens.
struct Invariant {
    int number = 0;  // In the design's list.
    std::string name;
    std::function<Finding(System&)> check;
};

/// A query of tests/invariants; every row that it returns is a breach.
struct SqlInvariant {
    int number;
    std::string_view name;
    std::string_view database;
    std::string_view sql;
};
std::span<const SqlInvariant> SqlInvariants();
/// Runs it on the database that it is of.
Finding Check(postgres::Connection& connection, const SqlInvariant& invariant);

/// All of them, by number.
std::vector<Invariant> AllInvariants();

// Those that compare two systems.
Finding CheckLog(System& system, const Source& source);
Finding CheckAppliedVersions(System& system, const Follower& follower);
Finding CheckOffsets(System& system, const Follower& follower);
Finding CheckParked(System& system, const Follower& follower);
Finding CheckStates(System& system);
Finding CheckCounts(System& system);
Finding CheckVerified(System& system);
Finding CheckMarks(System& system);
Finding CheckNeeds(System& system);
Finding CheckMonths(System& system);
Finding CheckCache(System& system);

// And of aid: approvals by the bands of the programme; its copies of businesses; its figures.
Finding CheckApprovals(System& system);
Finding CheckCopies(System& system);
Finding CheckAidStates(System& system);
Finding CheckAidCounts(System& system);
Finding CheckAidMonths(System& system);
Finding CheckRejections(System& system);
Finding CheckMeasures(System& system);
Finding CheckMeasureMonths(System& system);
Finding CheckEscalations(System& system);
/// What aid has followed of training: an entitlement for each completed course, and no other.
Finding CheckCompletions(System& system, const Source& training);

}  // namespace bangkit::cli
