#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/grievance/grievance.h"
#include "services/aid/storage/grievance/grievance_words.h"

namespace bangkit::aid {

/// Of a row of `grievances g`, in the order that ToGrievance() reads them. All that is not sealed.
inline constexpr std::string_view kGrievanceColumns =
    "g.grievance_id, g.version, g.ticket, g.service, g.topic, g.channel, g.region_code,"
    " g.business_id::text, g.owner_id::text, g.subject_id::text, g.is_hidden, g.class, g.state,"
    " g.level, g.escalated_at, g.is_overdue, g.is_to_be_evaluated, g.received_on, g.filed_at,"
    " g.first_answered_at, g.due_at, g.resolved_at, g.closing_reason, g.evaluated_on, g.updated_at";
inline constexpr int kGrievanceColumnCount = 25;
Grievance ToGrievance(const postgres::Rows& rows, int i);

/// A row that is locked, with what is sealed in it.
struct LockedGrievance {
    Grievance grievance;
    SealedGrievance sealed;
};
/// Locks in id order; ids not found are left out.
std::vector<LockedGrievance> LockGrievances(postgres::Transaction& transaction,
                                            const postgres::UuidArray& ids);

/// New rows, with what is sealed in them by grievance id, and changed ones: updated where the
/// version is what was loaded, else the transaction fails as a lost race.
void SaveGrievances(postgres::Transaction& transaction, const Tracked<Grievance>& grievances,
                    const std::map<std::string, SealedGrievance>& sealed);

// The numbers are those of bangkit.aid.v1.
enum class GrievanceMessageKind { kFirstAnswer = 1, kAnswer = 2, kReply = 3, kClosing = 4 };

/// What became of grievances, and what was said in them, as rows that are never changed.
class GrievanceHistory {
public:
    void AddStep(const Grievance& grievance, GrievanceStepKind kind, const std::string& by);
    /// `words`: sealed.
    void AddMessage(const Grievance& grievance, GrievanceMessageKind kind, std::string_view words,
                    const std::string& by);
    void Save(postgres::Transaction& transaction) const;

private:
    /// The columns that both have.
    struct Columns {
        void Add(const Grievance& grievance, std::int16_t kind, const std::string& who);
        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::SmallintArray kinds, levels;
        postgres::TimeArray at;
        postgres::TextArray by;
    };
    Columns steps_, messages_;
    postgres::SmallintArray states_;
    postgres::BytesArray words_;
};

/// Destroys all that was said in the grievances of these owners.
void EraseGrievancesOf(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);

/// The same of up to `limit` that ended so long ago; returns how many.
std::int64_t ForgetOldGrievances(postgres::Connection& connection, std::chrono::days retention,
                                 std::int64_t limit);

}  // namespace bangkit::aid
