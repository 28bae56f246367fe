#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/referral/referral.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

struct ReferralFilter {
    std::string agreement_id;  // Empty: of any, as all of these.
    std::string program_id;
    std::string region_code;  // Of it and all that lies in it.
    std::optional<ReferralState> state;
    bool only_silent = false;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class ReferralQueries {
public:
    /// `pool` must outlive it.
    explicit ReferralQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Referral> Find(const Viewer& viewer, const std::string& referral_id) const;
    /// Up to `limit` behind that id, in the order of their ids; as all lists.
    std::vector<Referral> List(const Viewer& viewer, const ReferralFilter& filter,
                               const std::string& after, std::int64_t limit) const;
    std::vector<Agreement> ListAgreements(const Viewer& viewer, const std::string& program_id,
                                          const std::string& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
