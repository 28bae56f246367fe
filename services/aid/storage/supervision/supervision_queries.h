#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "services/aid/domain/supervision/refund.h"
#include "services/aid/domain/supervision/visit.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

template <typename State>
struct SupervisionFilter {
    std::string application_id;  // Empty: of any.
    std::string region_code;     // Of it and all that lies in it; empty: any.
    std::optional<State> state;
};
using VisitFilter = SupervisionFilter<VisitState>;
using RefundFilter = SupervisionFilter<RefundState>;

/// A visit, and what was seen.
struct OpenedVisit {
    Visit visit;
    std::string findings;  // bangkit.aid.v1.SurveyFindings, serialized; empty: none, or erased.
};

/// What has come back of a case.
struct Repaid {
    RecordRepayment repayment;
    Time at;
};
struct CaseWithRepayments {
    RefundCase refund;
    std::vector<Repaid> repayments;  // The oldest first.
};

/// Reads, each in a transaction that says to row-level security who is looking.
class SupervisionQueries {
public:
    /// Both must outlive it.
    SupervisionQueries(postgres::Pool& pool, const crypto::KeyRing& keys)
        : pool_(pool), keys_(keys) {}

    /// Who looks is in the audit trail before: see InspectVisit.
    std::optional<OpenedVisit> FindVisit(const Viewer& viewer, const std::string& visit_id) const;
    /// Up to `limit` behind that id, in the order of their ids.
    std::vector<Visit> Visits(const Viewer& viewer, const VisitFilter& filter,
                              const std::string& after, std::int64_t limit) const;
    std::optional<CaseWithRepayments> FindCase(const Viewer& viewer,
                                               const std::string& refund_id) const;
    /// Up to `limit` behind that id, in the order of their ids.
    std::vector<RefundCase> Cases(const Viewer& viewer, const RefundFilter& filter,
                                  const std::string& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::aid
