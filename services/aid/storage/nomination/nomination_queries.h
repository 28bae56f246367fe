#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/nomination/nominee.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// How many are how far.
struct NominationFunnel {
    std::map<NomineeState, std::int64_t> now;
    std::int64_t nominated = 0;  // These four: ever.
    std::int64_t determined = 0;
    std::int64_t paid = 0;
    std::int64_t claimed = 0;
    std::int64_t determined_rupiah = 0;
    std::map<RejectionReason, std::int64_t> reasons;  // That the agency has ever found.
};

struct CountedNomination {
    NominationBatch batch;
    NominationFunnel funnel;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class NominationQueries {
public:
    /// It must outlive it.
    explicit NominationQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<CountedNomination> Find(const Viewer& viewer, const std::string& batch_id) const;
    /// Of a programme, behind `before` (empty: from the newest on).
    std::vector<NominationBatch> List(const Viewer& viewer, const std::string& program_id,
                                      const std::string& before, std::int64_t limit) const;
    /// Of a list, behind number `after`; nullopt if the list is not seen. `state`: only these.
    std::optional<std::vector<Nominee>> Nominees(const Viewer& viewer, const std::string& batch_id,
                                                 std::optional<NomineeState> state,
                                                 std::int64_t after, std::int64_t limit) const;
    /// Of all lists of a programme. `region_code`: of applications in it; empty: of all.
    NominationFunnel Funnel(const Viewer& viewer, const std::string& program_id,
                            const std::string& region_code) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
