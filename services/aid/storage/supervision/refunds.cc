#include "services/aid/storage/supervision/refunds.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

void InsertOpened(Transaction& transaction, const Tracked<RefundCase>& refunds) {
    const auto created = refunds.Created();
    if (created.empty()) return;
    postgres::UuidArray ids, applications, programs, businesses;
    postgres::Int64Array versions, claimed;
    postgres::TextArray regions, opened_by;
    postgres::SmallintArray reasons;
    postgres::DateArray due_on;
    postgres::TimeArray opened_at;
    for (const auto* entry : created) {
        const RefundCase& refund = entry->state;
        ids.Add(refund.id);
        versions.Add(refund.version);
        applications.Add(refund.application_id);
        programs.Add(refund.program_id);
        businesses.Add(refund.business_id);
        regions.Add(refund.region_code);
        reasons.Add(refund.reason);
        claimed.Add(refund.claimed);
        due_on.Add(refund.due_on);
        opened_by.Add(refund.opened_by);
        opened_at.Add(refund.opened_at);
    }
    transaction.Queue(
        "INSERT INTO refund_cases (refund_id, version, application_id, program_id, business_id,"
        "   region_code, state, reason, claimed_rupiah, repaid_rupiah, due_on, opened_by,"
        "   opened_at, decided_by, is_overdue, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]), unnest($4::uuid[]),"
        "        unnest($5::uuid[]), unnest($6::text[]), 1, unnest($7::smallint[]),"
        "        unnest($8::bigint[]), 0, unnest($9::date[]), unnest($10::text[]),"
        "        unnest($11::timestamptz[]), '', false, unnest($11::timestamptz[])",
        {ids, versions, applications, programs, businesses, regions, reasons, claimed, due_on,
         opened_by, opened_at});
}

void UpdateChanged(Transaction& transaction, const Tracked<RefundCase>& refunds) {
    const auto changed = refunds.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions, repaid;
    postgres::SmallintArray states, overdue;
    postgres::TextArray decided_by;
    postgres::TimeArray decided_at, updated_at;
    for (const auto* entry : changed) {
        const RefundCase& refund = entry->state;
        ids.Add(refund.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(refund.version);
        states.Add(refund.state);
        repaid.Add(refund.repaid);
        decided_by.Add(refund.decided_by);
        refund.decided_at ? decided_at.Add(*refund.decided_at) : decided_at.AddNull();
        overdue.Add(static_cast<std::int16_t>(refund.is_overdue ? 1 : 0));
        updated_at.Add(refund.updated_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE refund_cases t"
        "   SET version = u.version, state = u.state, repaid_rupiah = u.repaid,"
        "       decided_by = u.decided_by, decided_at = u.decided_at,"
        "       is_overdue = u.overdue = 1, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[],"
        "              $6::text[], $7::timestamptz[], $8::smallint[], $9::timestamptz[])"
        "    AS u (id, saved_version, version, state, repaid, decided_by, decided_at, overdue,"
        "          updated_at)"
        " WHERE t.refund_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, states, repaid, decided_by, decided_at, overdue,
         updated_at});
}

}  // namespace

RefundCase ToRefundCase(const Rows& rows, int i) {
    RefundCase refund;
    refund.id = rows.Uuid(i, 0);
    refund.version = rows.Int64(i, 1);
    refund.application_id = rows.Uuid(i, 2);
    refund.program_id = rows.Uuid(i, 3);
    refund.business_id = rows.Uuid(i, 4);
    refund.region_code = rows.Text(i, 5);
    refund.state = static_cast<RefundState>(rows.Int64(i, 6));
    refund.reason = static_cast<RefundReason>(rows.Int64(i, 7));
    refund.claimed = rows.Int64(i, 8);
    refund.repaid = rows.Int64(i, 9);
    refund.due_on = rows.Date(i, 10);
    refund.opened_by = rows.Text(i, 11);
    refund.opened_at = rows.Time(i, 12);
    refund.decided_by = rows.Text(i, 13);
    if (!rows.IsNull(i, 14)) refund.decided_at = rows.Time(i, 14);
    refund.is_overdue = rows.Bool(i, 15);
    refund.updated_at = rows.Time(i, 16);
    return refund;
}

std::vector<RefundCase> LockRefundCases(Transaction& transaction, const postgres::UuidArray& ids,
                                        const postgres::UuidArray& application_ids) {
    std::vector<RefundCase> refunds;
    if (ids.size() == 0 && application_ids.size() == 0) return refunds;
    static const std::string sql = "SELECT " + std::string(kRefundColumns) +
                                   "  FROM refund_cases r"
                                   " WHERE r.refund_id = ANY($1::uuid[])"
                                   "    OR r.application_id = ANY($2::uuid[])"
                                   " ORDER BY r.refund_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids, application_ids});
    for (int i = 0; i < rows.size(); ++i) refunds.push_back(ToRefundCase(rows, i));
    return refunds;
}

void SaveRefundCases(Transaction& transaction, const Tracked<RefundCase>& refunds) {
    InsertOpened(transaction, refunds);
    UpdateChanged(transaction, refunds);
}

void RepaymentRows::Load(Transaction& transaction, const postgres::TextArray& receipts) {
    if (receipts.size() == 0) return;
    const Rows rows = transaction.Run(
        "SELECT receipt FROM repayments WHERE receipt = ANY($1::text[])", {receipts});
    for (int i = 0; i < rows.size(); ++i) known_.insert(rows.Text(i, 0));
}

void RepaymentRows::Add(const std::string& refund_id, const RecordRepayment& repayment,
                        const std::string& by, Time at) {
    known_.insert(repayment.receipt);
    receipts_.Add(repayment.receipt);
    refunds_.Add(refund_id);
    amounts_.Add(repayment.amount);
    by_.Add(by);
    at_.Add(at);
}

void RepaymentRows::Save(Transaction& transaction) const {
    if (receipts_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO repayments (receipt, refund_id, amount_rupiah, recorded_at, recorded_by)"
        " SELECT unnest($1::text[]), unnest($2::uuid[]), unnest($3::bigint[]),"
        "        unnest($4::timestamptz[]), unnest($5::text[])",
        {receipts_, refunds_, amounts_, at_, by_});
}

}  // namespace bangkit::aid
