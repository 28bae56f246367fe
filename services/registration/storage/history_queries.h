#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/registration/domain/business.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

struct ConditionStated {
    Condition condition;
    std::optional<std::int64_t> monthly_sales;
    std::optional<std::int32_t> workers_male;
    std::optional<std::int32_t> workers_female;
    std::set<ConditionReason> reasons;
};

struct ScaleStated {
    Scale scale;
    std::string rule_set;
    bool is_upgrade;
    Figures figures;
};

struct VerificationStated {
    Verification level;
    std::string note;
};

struct DetailsStated {
    std::string changed_fields;      // As an update mask is written.
    std::string region_before = {};  // Empty: the business has not moved.
};

struct MembersStated {
    std::vector<std::string> added, removed;  // By business id.
};

struct MergeStated {
    std::string surviving_id;
    std::string merged_id;
    bool is_undo = false;
};

/// A row of the history: the order of the alternatives is that of the statements of one version.
struct Statement {
    std::int64_t version = 0;
    Date valid_from;
    Time recorded_at;
    std::string recorded_by;
    std::variant<ConditionStated, ScaleStated, VerificationStated, DetailsStated, MembersStated,
                 MergeStated>
        what;
};

struct HistoryFilter {
    std::optional<Date> as_of;     // Of each kind the statement that holds on this day.
    std::optional<Time> known_at;  // Stated by then.
};

/// A place in the history, which is ordered by both.
struct HistoryPosition {
    std::int64_t version = 0;
    std::int64_t kind = 0;  // Of Statement::what, from 0.
};

/// Naik kelas.
struct StatedUpgrade {
    std::string business_id;
    std::int64_t version = 0;
    std::string region_code;  // Where it happened.
    Scale from = Scale::kUnknown;
    Scale to = Scale::kUnknown;
    Date since;
    Time recorded_at;
    std::string rule_set;
};

struct UpgradeFilter {
    std::vector<std::string> regions;  // None inside another.
    std::optional<Date> from, until;   // First and last day on which the higher scale began.
};

/// A place in the list of upgrades, which is ordered by all of it.
struct UpgradePosition {
    std::string region_code;
    Date since = std::chrono::year(1) / 1 / 1;
    std::string business_id = "00000000-0000-0000-0000-000000000000";
    std::int64_t version = 0;
};

class HistoryQueries {
public:
    /// `pool` must outlive it.
    explicit HistoryQueries(postgres::Pool& pool) : pool_(pool) {}

    /// Up to `limit` statements behind `after`; nullopt if the viewer sees no such business.
    std::optional<std::vector<Statement>> List(const Viewer& viewer, const std::string& business_id,
                                               const HistoryFilter& filter,
                                               const HistoryPosition& after,
                                               std::int64_t limit) const;

    /// Up to `limit` upgrades behind `after`.
    std::vector<StatedUpgrade> Upgrades(const Viewer& viewer, const UpgradeFilter& filter,
                                        const UpgradePosition& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::registration
