#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/aid/domain/grievance/grievance.h"
#include "services/aid/storage/grievance/grievances.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

struct SaidMessage {
    GrievanceMessageKind kind = GrievanceMessageKind::kAnswer;
    GrievanceLevel level = GrievanceLevel::kCity;
    std::string text = {};  // Empty: it was destroyed.
    Time said_at = {};
};

struct TakenStep {
    std::int64_t version = 0;
    GrievanceState state = GrievanceState::kFiled;
    GrievanceLevel level = GrievanceLevel::kCity;
    Time recorded_at = {};
};

/// A grievance with all that was said and done in it, opened. It may be personal data: look who
/// asks.
struct StoredGrievance {
    Grievance grievance;
    std::string text;
    std::vector<SaidMessage> messages;
    std::vector<TakenStep> steps;
};

struct GrievanceFilter {
    std::string region_code;  // Of an owner's own: empty.
    std::optional<ConcernedService> service;
    std::optional<GrievanceState> state;
    std::optional<GrievanceClass> grievance_class;
    bool only_open = false;
    bool only_overdue = false;
    bool only_escalated = false;
    bool only_to_be_evaluated = false;
};

/// Where a page of a list ends.
struct GrievancePlace {
    std::string region_code;
    std::string grievance_id;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class GrievanceQueries {
public:
    /// Both must outlive it.
    GrievanceQueries(postgres::Pool& pool, const crypto::KeyRing& keys)
        : pool_(pool), keys_(keys) {}

    std::optional<StoredGrievance> Find(const Viewer& viewer,
                                        const std::string& grievance_id) const;
    /// Whoever has the ticket may see it.
    std::optional<StoredGrievance> FindByTicket(const std::string& ticket) const;
    /// Up to `limit` of a region behind that place, in the order of regions and then of ids.
    std::vector<Grievance> List(const Viewer& viewer, const GrievanceFilter& filter,
                                const GrievancePlace& after, std::int64_t limit) const;
    /// Of an owner, behind that id, in the order of ids.
    std::vector<Grievance> ListOwn(const Viewer& viewer, const GrievanceFilter& filter,
                                   const std::string& after, std::int64_t limit) const;

private:
    std::optional<StoredGrievance> FindBy(const Viewer& viewer, std::string_view sql,
                                          const std::string& value) const;
    void AddMessages(postgres::Transaction& transaction, StoredGrievance& stored,
                     const std::optional<crypto::Key>& key) const;

    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::aid
