#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bangkit/registration/v1/personal_data.pb.h"
#include "libs/base/logger.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/domain/personal_data.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

struct SubjectRequestFilter {
    std::optional<SubjectRequestKind> kind;
    std::optional<SubjectRequestState> state;
    std::optional<std::int64_t> due_within_hours;
};

/// A place in the list, which is ordered by both.
struct SubjectRequestPosition {
    Time due_at{};
    std::string id = "00000000-0000-0000-0000-000000000000";
};

struct SubjectRequestPage {
    std::vector<SubjectRequest> requests;
    Time now;  // By the clock of the database.
};

/// Reads of what identifies people. Nothing here asks who may see it: whoever calls has had that
/// decided, and audited, by the unit of work.
class PersonalDataQueries {
public:
    /// All must outlive it. `dsn`: for documents, which take longer than other reads may.
    PersonalDataQueries(postgres::Pool& pool, std::string dsn, const crypto::KeyRing& keys,
                        Logger& logger)
        : pool_(pool), dsn_(std::move(dsn)), keys_(keys), logger_(logger), queries_(pool, keys) {}

    /// Up to `limit` requests behind `after`, of what the viewer reaches.
    SubjectRequestPage List(const Viewer& viewer, const SubjectRequestFilter& filter,
                            const SubjectRequestPosition& after, std::int64_t limit) const;

    /// The fields of the owner of a business. UNAVAILABLE if the database is away,
    /// FAILED_PRECONDITION if they have been erased meanwhile.
    Result<v1::RevealedOwner> Reveal(const Viewer& viewer, const RevealOwner& command) const;
    /// Those of these businesses that the viewer sees. UNAVAILABLE if the database is away.
    Result<std::vector<StoredBusiness>> Fetch(const Viewer& viewer,
                                              const std::vector<std::string>& business_ids) const;
    /// All that is held on an owner.
    Result<v1::PersonalDataExport> Export(const std::string& subject_request_id,
                                          const std::string& owner_id) const;

private:
    /// What `read` returns; what it throws as a refusal.
    auto Explained(const auto& read) const -> decltype(read());

    postgres::Pool& pool_;
    const std::string dsn_;
    const crypto::KeyRing& keys_;
    Logger& logger_;
    const Queries queries_;
};

}  // namespace bangkit::registration
