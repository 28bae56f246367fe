#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/referral/referral.h"

namespace bangkit::aid {

/// Of a row of `referrals r`, in the order that ToReferral() reads them.
inline constexpr std::string_view kReferralColumns =
    "r.referral_id, r.version, r.application_id, r.agreement_id, r.partner_id, r.program_id,"
    " r.business_id, r.owner_id, r.region_code, r.instrument, r.state, r.amount_rupiah, r.details,"
    " r.sent_on, r.answer_due, r.answered_on, r.is_silent, r.escalated_at, r.entered_by,"
    " r.created_at, r.updated_at";
Referral ToReferral(const postgres::Rows& rows, int i);

/// The applications of these, which never change; read without a lock.
std::set<std::string> FindReferred(postgres::Transaction& transaction,
                                   const postgres::UuidArray& referral_ids);
/// And their agreements.
std::set<std::string> FindAgreements(postgres::Transaction& transaction,
                                     const postgres::UuidArray& referral_ids);
/// Which of these applications are with a partner, or were granted by one. They must be locked.
std::set<std::string> FindWithPartners(postgres::Transaction& transaction,
                                       const postgres::UuidArray& application_ids);

/// Locks in id order; ids not found are left out.
std::vector<Referral> LockReferrals(postgres::Transaction& transaction,
                                    const postgres::UuidArray& ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveReferrals(postgres::Transaction& transaction, const Tracked<Referral>& referrals);

/// What became of referrals, by whom: rows that are never changed.
class ReferralHistory {
public:
    void Add(const Referral& referral, const std::string& recorded_by);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray ids_;
    postgres::Int64Array versions_;
    postgres::SmallintArray states_;
    postgres::TimeArray recorded_at_;
    postgres::TextArray recorded_by_;
};

}  // namespace bangkit::aid
