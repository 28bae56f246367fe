#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/loan/loan.h"

namespace bangkit::aid {

/// Of a row of `loans l`, in the order that ToLoan() reads them.
inline constexpr std::string_view kLoanColumns =
    "l.loan_id, l.version, l.application_id, l.referral_id, l.agreement_id, l.partner_id,"
    " l.program_id, l.business_id, l.owner_id, l.region_code, l.instrument, l.state,"
    " l.contract_number, l.principal_rupiah, l.repaid_rupiah, l.months, l.yearly_rate,"
    " l.disbursed_on, l.budget_id, l.subsidy_rupiah, l.subsidy_reserved_rupiah,"
    " l.subsidised_months, l.due_at IS NULL, l.requested_at, l.granted_at, l.repaid_at,"
    " l.updated_at, l.defaulted_on, l.defaulted_at";
Loan ToLoan(const postgres::Rows& rows, int i);

/// The applications of these, which never change; read without a lock.
std::set<std::string> FindLent(postgres::Transaction& transaction,
                               const postgres::UuidArray& loan_ids);

/// Locks in id order; ids not found are left out.
std::vector<Loan> LockLoans(postgres::Transaction& transaction, const postgres::UuidArray& ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveLoans(postgres::Transaction& transaction, const Tracked<Loan>& loans);

/// What owners have paid back, in one transaction. The loans must be locked.
class InstalmentBook {
public:
    /// By loan and reference.
    using Key = std::pair<std::string, std::string>;

    /// Those that are known of these.
    void Load(postgres::Transaction& transaction, const std::set<Key>& keys);
    /// All of these loans.
    void LoadAll(postgres::Transaction& transaction, const std::set<std::string>& loan_ids);

    std::optional<RecordInstalment> Find(const Key& key) const;
    /// All of a loan that are loaded.
    std::vector<RecordInstalment> Of(const std::string& loan_id) const;

    void Add(const Loan& after, const InstalmentPaid& event, const std::string& recorded_by);
    void Save(postgres::Transaction& transaction) const;

private:
    std::map<Key, RecordInstalment> known_;
    postgres::UuidArray ids_;
    postgres::TextArray references_, recorded_by_;
    postgres::DateArray paid_on_;
    postgres::Int64Array amounts_, versions_;
    postgres::TimeArray recorded_at_;
};

/// What banks get for months: rows that are never changed.
class SubsidyBook {
public:
    void Add(const Loan& after, const SubsidyAccrued& event);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray ids_;
    postgres::SmallintArray months_;
    postgres::DateArray starts_, ends_;
    postgres::Int64Array bases_, amounts_, versions_;
    postgres::TimeArray accrued_at_;
};

}  // namespace bangkit::aid
