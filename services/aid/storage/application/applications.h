#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"

namespace bangkit::aid {

/// Of a row of `applications a`, in the order that ToApplication() reads them.
inline constexpr std::string_view kApplicationColumns =
    "a.application_id, a.version, a.program_id, a.business_id, a.owner_id, a.household,"
    " a.region_code, a.state, a.amount_rupiah, a.budget_id::text, a.entered_by, a.surveyed_by,"
    " a.approved_by, a.details, a.created_at, a.submitted_at, a.approved_at, a.updated_at,"
    " a.stated";
Application ToApplication(const postgres::Rows& rows, int i);

/// What never changes of an application, read without a lock.
struct ApplicationRoot {
    std::string id;
    std::string program_id;
    std::string business_id;
    std::string region_code;
};
std::vector<ApplicationRoot> FindRoots(postgres::Transaction& transaction,
                                       const postgres::UuidArray& ids);

/// Locks in id order; ids not found are left out.
std::vector<Application> LockApplications(postgres::Transaction& transaction,
                                          const postgres::UuidArray& ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveApplications(postgres::Transaction& transaction, const Tracked<Application>& applications);

/// What became of applications, by whom: rows that are never changed.
class ApplicationHistory {
public:
    void Add(const Application& application, const std::string& recorded_by);
    /// By which facts it was found eligible: what registration knew, and what was stated.
    void AddDecision(const Application& application, const Facts& facts,
                     const std::string& decided_by);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray ids_, decided_ids_;
    postgres::Int64Array versions_, decided_versions_, rules_versions_;
    postgres::SmallintArray states_;
    postgres::BytesArray facts_, stated_;
    postgres::TimeArray recorded_at_, decided_at_;
    postgres::TextArray recorded_by_, decided_by_;
};

}  // namespace bangkit::aid
