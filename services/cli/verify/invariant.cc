#include "services/cli/verify/invariant.h"

#include <algorithm>
#include <iterator>

#include "libs/indonesia/format.h"

namespace bangkit::cli {
namespace {

constexpr std::size_t kExamplesMax = 3;

}  // namespace

void Finding::Add(const std::string& breach) { Add(1, {breach}); }

void Finding::Add(std::int64_t count, std::vector<std::string> examples) {
    count_ += count;
    for (std::string& example : examples) {
        if (examples_.size() < kExamplesMax) examples_.push_back(std::move(example));
    }
}

std::string Finding::Describe() const {
    if (holds()) return looked_at_.empty() ? "no breach" : looked_at_;
    std::string text = indonesia::FormatNumber(count_) + ": ";
    for (const std::string& example : examples_) {
        text += (&example == examples_.data() ? "" : "; ") + example;
    }
    return text + (count_ > std::ssize(examples_) ? "; ..." : "");
}

Finding Check(postgres::Connection& connection, const SqlInvariant& invariant) {
    const postgres::Rows rows =
        connection.Run("SELECT row_to_json(breach)::text, count(*) OVER () FROM (" +
                       std::string(invariant.sql) + ") AS breach LIMIT 3");
    std::vector<std::string> examples;
    for (int i = 0; i < rows.size(); ++i) examples.push_back(rows.Text(i, 0));
    Finding finding;
    finding.Add(rows.size() == 0 ? 0 : rows.Int64(0, 1), std::move(examples));
    return finding;
}

namespace {

void AddOfPath(std::vector<Invariant>& all, const std::string& name, const Follower& follower,
               Finding (*check)(System&, const Follower&)) {
    all.push_back({8,
                   name + "_of_" + std::string(follower.source.database) + "_by_" +
                       std::string(follower.database),
                   [check, &follower](System& system) { return check(system, follower); }});
}

/// For each service that publishes, and for each that follows it.
void AddOfEventPaths(std::vector<Invariant>& all) {
    for (const Source* source : kSources) {
        all.push_back({7, "the_log_of_" + std::string(source->database) + "_is_complete",
                       [source](System& system) { return CheckLog(system, *source); }});
    }
    for (const Follower& follower : kFollowers) {
        AddOfPath(all, "offsets", follower, CheckOffsets);
        AddOfPath(all, "applied_versions", follower, CheckAppliedVersions);
        AddOfPath(all, "parked_records", follower, CheckParked);
    }
}

}  // namespace

std::vector<Invariant> AllInvariants() {
    std::vector<Invariant> all{{5, "approvals_are_within_the_bands", CheckApprovals},
                               {8, "copies_of_businesses_are_as_registered", CheckCopies},
                               {9, "states_are_those_of_the_registry", CheckStates},
                               {9, "counts_are_a_recount_of_the_registry", CheckCounts},
                               {9, "verified_are_a_recount_of_the_registry", CheckVerified},
                               {9, "marks_are_a_recount_of_the_registry", CheckMarks},
                               {9, "needs_are_a_recount_of_the_registry", CheckNeeds},
                               {9, "months_are_a_recount_of_the_registry", CheckMonths},
                               {9, "states_are_those_of_aid", CheckAidStates},
                               {9, "counts_are_a_recount_of_aid", CheckAidCounts},
                               {9, "months_are_a_recount_of_aid", CheckAidMonths},
                               {9, "rejections_are_a_recount_of_aid", CheckRejections},
                               {9, "measures_are_a_recount_of_aid", CheckMeasures},
                               {9, "months_of_measures_are_a_recount_of_aid", CheckMeasureMonths},
                               {10, "each_completion_of_the_log_entitles",
                                [](System& system) { return CheckCompletions(system, kTraining); }},
                               {12, "each_is_told_once_to_be_escalated", CheckEscalations},
                               {9, "the_cache_shows_the_read_model", CheckCache}};
    AddOfEventPaths(all);
    for (const SqlInvariant& invariant : SqlInvariants()) {
        all.push_back({invariant.number,
                       std::string(invariant.database) + ": " + std::string(invariant.name),
                       [&invariant](System& system) {
                           return Check(system.Database(invariant.database), invariant);
                       }});
    }
    std::ranges::stable_sort(all, {}, &Invariant::number);
    return all;
}

}  // namespace bangkit::cli
