#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/personal_data.h"

namespace bangkit::registration {

/// The requests of one transaction.
class SubjectRequests {
public:
    /// Locks these, in id order, and the open ones of these owners.
    void Load(postgres::Transaction& transaction, const postgres::UuidArray& ids);
    void LoadOpenOf(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);

    void ForEach(const std::function<void(const SubjectRequest&)>& visit) const;
    const SubjectRequest* Find(const std::string& id) const;
    const SubjectRequest* FindOpen(const std::string& owner_id, SubjectRequestKind kind) const;

    /// A new one, or one as a command leaves it.
    void Put(const SubjectRequest& request, const std::string& actor);
    void Save(postgres::Transaction& transaction) const;

private:
    struct Entry {
        SubjectRequest request;
        std::string actor;  // Who made or closed it in this transaction; empty: as it was loaded.
        bool is_new = false;
    };
    std::map<std::string, Entry> entries_;
};

/// A row of `subject_requests r` as it is read: these columns, in this order.
inline constexpr std::string_view kSubjectRequestColumns =
    "r.subject_request_id, r.kind, r.state, r.owner_id, r.business_id, r.region_code,"
    " r.case_reference, r.requested_at, r.due_at, r.closed_at, r.refusal, r.exported_at";
SubjectRequest ToSubjectRequest(const postgres::Rows& rows, int i);

/// The legal holds of these owners, as they are now.
void SaveLegalHolds(postgres::Transaction& transaction,
                    const std::map<std::string, OwnerStanding>& owners);

/// How far behind the clock is. By the clock of the database.
struct SubjectRequestBacklog {
    SubjectRequestKind kind;
    std::int64_t open = 0;
    std::int64_t overdue = 0;
    double oldest_hours = 0;  // Since the oldest open one was made.
};
/// One of each kind.
std::vector<SubjectRequestBacklog> ReadBacklog(postgres::Connection& connection);

}  // namespace bangkit::registration
