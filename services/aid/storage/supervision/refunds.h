#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/supervision/refund.h"

namespace bangkit::aid {

/// Of a row of `refund_cases r`, in the order that ToRefundCase() reads them.
inline constexpr std::string_view kRefundColumns =
    "r.refund_id, r.version, r.application_id, r.program_id, r.business_id, r.region_code,"
    " r.state, r.reason, r.claimed_rupiah, r.repaid_rupiah, r.due_on, r.opened_by, r.opened_at,"
    " r.decided_by, r.decided_at, r.is_overdue, r.updated_at";
RefundCase ToRefundCase(const postgres::Rows& rows, int i);

/// These, and all of these applications; in id order.
std::vector<RefundCase> LockRefundCases(postgres::Transaction& transaction,
                                        const postgres::UuidArray& ids,
                                        const postgres::UuidArray& application_ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveRefundCases(postgres::Transaction& transaction, const Tracked<RefundCase>& refunds);

/// What has come back in one transaction.
class RepaymentRows {
public:
    /// Which of these receipts of the treasury are known.
    void Load(postgres::Transaction& transaction, const postgres::TextArray& receipts);
    bool Knows(const std::string& receipt) const { return known_.contains(receipt); }
    void Add(const std::string& refund_id, const RecordRepayment& repayment, const std::string& by,
             Time at);
    void Save(postgres::Transaction& transaction) const;

private:
    std::set<std::string> known_;
    postgres::TextArray receipts_, by_;
    postgres::UuidArray refunds_;
    postgres::Int64Array amounts_;
    postgres::TimeArray at_;
};

}  // namespace bangkit::aid
