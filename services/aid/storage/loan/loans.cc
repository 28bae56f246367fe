#include "services/aid/storage/loan/loans.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

void Add(postgres::TimeArray& column, const std::optional<Time>& time) {
    time ? column.Add(*time) : column.AddNull();
}

/// The columns that change, for INSERT and UPDATE alike.
struct Columns {
    postgres::UuidArray ids;
    postgres::Int64Array versions, repaid, subsidies, reserved;
    postgres::SmallintArray states, subsidised;
    postgres::TimeArray due_at, repaid_at, updated_at, defaulted_at;
    postgres::DateArray defaulted_on;

    void AddRow(const Loan& loan) {
        ids.Add(loan.id);
        versions.Add(loan.version);
        states.Add(loan.state);
        repaid.Add(loan.repaid);
        subsidies.Add(loan.subsidy);
        reserved.Add(loan.subsidy_reserved);
        subsidised.Add(static_cast<std::int16_t>(loan.subsidised_months));
        Add(due_at, loan.DueAt());
        Add(repaid_at, loan.repaid_at);
        updated_at.Add(loan.updated_at);
        defaulted_on.Add(loan.defaulted_on);
        Add(defaulted_at, loan.defaulted_at);
    }
};

void InsertGranted(postgres::Transaction& transaction, const Tracked<Loan>& loans) {
    const auto granted = loans.Created();
    if (granted.empty()) return;
    Columns columns;
    postgres::UuidArray applications, referrals, agreements, partners, programs, businesses, owners,
        budgets;
    postgres::TextArray regions, contracts;
    postgres::SmallintArray instruments, months, rates;
    postgres::Int64Array principals;
    postgres::DateArray disbursed_on;
    postgres::TimeArray requested_at, granted_at;
    for (const auto* entry : granted) {
        const Loan& loan = entry->state;
        columns.AddRow(loan);
        applications.Add(loan.application_id);
        referrals.Add(loan.referral_id);
        agreements.Add(loan.agreement_id);
        partners.Add(loan.partner_id);
        programs.Add(loan.program_id);
        businesses.Add(loan.applicant.business_id);
        owners.Add(loan.applicant.owner_id);
        regions.Add(loan.applicant.region_code);
        instruments.Add(loan.instrument);
        contracts.Add(loan.contract_number);
        principals.Add(loan.principal);
        months.Add(static_cast<std::int16_t>(loan.months));
        rates.Add(static_cast<std::int16_t>(loan.yearly_rate));
        disbursed_on.Add(loan.disbursed_on);
        budgets.Add(loan.budget_id);
        Add(requested_at, loan.requested_at);
        granted_at.Add(loan.granted_at);
    }
    transaction.Queue(
        "INSERT INTO loans (loan_id, version, application_id, referral_id, agreement_id,"
        "   partner_id, program_id, business_id, owner_id, region_code, instrument, state,"
        "   contract_number, principal_rupiah, repaid_rupiah, months, yearly_rate, disbursed_on,"
        "   budget_id, subsidy_rupiah, subsidy_reserved_rupiah, subsidised_months, due_at,"
        "   requested_at, granted_at, repaid_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::uuid[]), unnest($7::uuid[]),"
        "        unnest($8::uuid[]), unnest($9::uuid[]), unnest($10::text[]),"
        "        unnest($11::smallint[]), unnest($12::smallint[]), unnest($13::text[]),"
        "        unnest($14::bigint[]), unnest($15::bigint[]), unnest($16::smallint[]),"
        "        unnest($17::smallint[]), unnest($18::date[]), unnest($19::uuid[]),"
        "        unnest($20::bigint[]), unnest($21::bigint[]),"
        "        unnest($22::smallint[]), unnest($23::timestamptz[]),"
        "        unnest($24::timestamptz[]), unnest($25::timestamptz[]),"
        "        unnest($26::timestamptz[]), unnest($27::timestamptz[])",
        {columns.ids,
         columns.versions,
         applications,
         referrals,
         agreements,
         partners,
         programs,
         businesses,
         owners,
         regions,
         instruments,
         columns.states,
         contracts,
         principals,
         columns.repaid,
         months,
         rates,
         disbursed_on,
         budgets,
         columns.subsidies,
         columns.reserved,
         columns.subsidised,
         columns.due_at,
         requested_at,
         granted_at,
         columns.repaid_at,
         columns.updated_at});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Loan>& loans) {
    const auto changed = loans.Changed();
    if (changed.empty()) return;
    Columns columns;
    postgres::Int64Array saved_versions;
    for (const auto* entry : changed) {
        columns.AddRow(entry->state);
        saved_versions.Add(entry->saved_version);
    }
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE loans t"
        "   SET version = u.version, state = u.state, repaid_rupiah = u.repaid,"
        "       subsidy_rupiah = u.subsidy, subsidy_reserved_rupiah = u.reserved,"
        "       subsidised_months = u.subsidised, due_at = u.due_at,"
        "       repaid_at = u.repaid_at, updated_at = u.updated_at,"
        "       defaulted_on = u.defaulted_on, defaulted_at = u.defaulted_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[],"
        "              $6::bigint[], $7::bigint[], $8::smallint[],"
        "              $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::date[],"
        "              $13::timestamptz[])"
        "    AS u (id, saved_version, version, state, repaid, subsidy, reserved,"
        "          subsidised, due_at, repaid_at, updated_at, defaulted_on, defaulted_at)"
        " WHERE t.loan_id = u.id AND t.version = u.saved_version",
        {columns.ids, saved_versions, columns.versions, columns.states, columns.repaid,
         columns.subsidies, columns.reserved, columns.subsidised, columns.due_at, columns.repaid_at,
         columns.updated_at, columns.defaulted_on, columns.defaulted_at});
}

}  // namespace

Loan ToLoan(const Rows& rows, int i) {
    const auto optional_time = [&](int column) {
        return rows.IsNull(i, column) ? std::nullopt : std::optional(rows.Time(i, column));
    };
    Loan loan;
    loan.id = rows.Uuid(i, 0);
    loan.version = rows.Int64(i, 1);
    loan.application_id = rows.Uuid(i, 2);
    loan.referral_id = rows.Uuid(i, 3);
    loan.agreement_id = rows.Uuid(i, 4);
    loan.partner_id = rows.Uuid(i, 5);
    loan.program_id = rows.Uuid(i, 6);
    loan.applicant = {.business_id = rows.Uuid(i, 7),
                      .owner_id = rows.Uuid(i, 8),
                      .household = {},
                      .region_code = rows.Text(i, 9)};
    loan.instrument = static_cast<Instrument>(rows.Int64(i, 10));
    loan.state = static_cast<LoanState>(rows.Int64(i, 11));
    loan.contract_number = rows.Text(i, 12);
    loan.principal = rows.Int64(i, 13);
    loan.repaid = rows.Int64(i, 14);
    loan.months = static_cast<int>(rows.Int64(i, 15));
    loan.yearly_rate = static_cast<int>(rows.Int64(i, 16));
    loan.disbursed_on = rows.Date(i, 17);
    loan.budget_id = rows.Uuid(i, 18);
    loan.subsidy = rows.Int64(i, 19);
    loan.subsidy_reserved = rows.Int64(i, 20);
    loan.subsidised_months = static_cast<int>(rows.Int64(i, 21));
    loan.is_settled = rows.Bool(i, 22);
    loan.requested_at = optional_time(23);
    loan.granted_at = rows.Time(i, 24);
    loan.repaid_at = optional_time(25);
    loan.updated_at = rows.Time(i, 26);
    loan.defaulted_on = rows.OptionalDate(i, 27);
    loan.defaulted_at = optional_time(28);
    return loan;
}

std::set<std::string> FindLent(postgres::Transaction& transaction,
                               const postgres::UuidArray& loan_ids) {
    std::set<std::string> ids;
    if (loan_ids.size() == 0) return ids;
    const Rows rows = transaction.Run(
        "SELECT application_id FROM loans WHERE loan_id = ANY($1::uuid[])", {loan_ids});
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
    return ids;
}

std::vector<Loan> LockLoans(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    std::vector<Loan> loans;
    if (ids.size() == 0) return loans;
    static const std::string sql = "SELECT " + std::string(kLoanColumns) +
                                   "  FROM loans l WHERE l.loan_id = ANY($1::uuid[])"
                                   " ORDER BY l.loan_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids});
    for (int i = 0; i < rows.size(); ++i) loans.push_back(ToLoan(rows, i));
    return loans;
}

void SaveLoans(postgres::Transaction& transaction, const Tracked<Loan>& loans) {
    InsertGranted(transaction, loans);
    UpdateChanged(transaction, loans);
}

}  // namespace bangkit::aid
