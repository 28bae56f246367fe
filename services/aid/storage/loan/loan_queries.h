#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/loan/loan.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

struct LoanFilter {
    std::string program_id;   // Empty: of any.
    std::string region_code;  // Of it and all that lies in it; empty: any.
    std::optional<LoanState> state;
};

/// A payment of an owner as it is kept.
struct KeptInstalment {
    RecordInstalment paid;
    std::int64_t version = 0;  // Of the loan, after it.
    Time recorded_at;
};

/// What the bank got for one month.
struct SubsidyMonth {
    int month = 0;
    Date starts_on;
    Date ends_on;
    std::int64_t base = 0;
    std::int64_t subsidy = 0;
    Time accrued_at;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class LoanQueries {
public:
    /// `pool` must outlive it.
    explicit LoanQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Loan> Find(const Viewer& viewer, const std::string& loan_id) const;
    /// Up to `limit` behind that id, in the order of their ids.
    std::vector<Loan> List(const Viewer& viewer, const LoanFilter& filter, const std::string& after,
                           std::int64_t limit) const;
    /// Behind that version of the loan; nullopt if the loan is not seen.
    std::optional<std::vector<KeptInstalment>> Instalments(const Viewer& viewer,
                                                           const std::string& loan_id,
                                                           std::int64_t after,
                                                           std::int64_t limit) const;
    std::optional<std::vector<SubsidyMonth>> Months(const Viewer& viewer,
                                                    const std::string& loan_id) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
