// What is written down of a loan besides itself: payments and months.
#include "services/aid/storage/loan/loans.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

RecordInstalment ToInstalment(const Rows& rows, int i) {
    return {.reference = rows.Text(i, 1), .paid_on = rows.Date(i, 2), .amount = rows.Int64(i, 3)};
}

}  // namespace

void InstalmentBook::Load(postgres::Transaction& transaction, const std::set<Key>& keys) {
    if (keys.empty()) return;
    postgres::UuidArray ids;
    postgres::TextArray references;
    for (const auto& [loan_id, reference] : keys) {
        ids.Add(loan_id);
        references.Add(reference);
    }
    const Rows rows = transaction.Run(
        "SELECT i.loan_id, i.reference, i.paid_on, i.amount_rupiah"
        "  FROM unnest($1::uuid[], $2::text[]) AS k (loan_id, reference)"
        "  JOIN loan_instalments i ON i.loan_id = k.loan_id AND i.reference = k.reference",
        {ids, references});
    for (int i = 0; i < rows.size(); ++i) {
        known_.insert_or_assign(Key(rows.Uuid(i, 0), rows.Text(i, 1)), ToInstalment(rows, i));
    }
}

void InstalmentBook::LoadAll(postgres::Transaction& transaction,
                             const std::set<std::string>& loan_ids) {
    if (loan_ids.empty()) return;
    const Rows rows = transaction.Run(
        "SELECT loan_id, reference, paid_on, amount_rupiah FROM loan_instalments"
        " WHERE loan_id = ANY($1::uuid[])",
        {Uuids(loan_ids)});
    for (int i = 0; i < rows.size(); ++i) {
        known_.insert_or_assign(Key(rows.Uuid(i, 0), rows.Text(i, 1)), ToInstalment(rows, i));
    }
}

std::optional<RecordInstalment> InstalmentBook::Find(const Key& key) const {
    const auto found = known_.find(key);
    if (found == known_.end()) return std::nullopt;
    return found->second;
}

std::vector<RecordInstalment> InstalmentBook::Of(const std::string& loan_id) const {
    std::vector<RecordInstalment> paid;
    for (auto each = known_.lower_bound(Key(loan_id, ""));
         each != known_.end() && each->first.first == loan_id; ++each) {
        paid.push_back(each->second);
    }
    return paid;
}

void InstalmentBook::Add(const Loan& after, const InstalmentPaid& event,
                         const std::string& recorded_by) {
    known_.insert_or_assign(
        Key(after.id, event.reference),
        RecordInstalment{
            .reference = event.reference, .paid_on = event.paid_on, .amount = event.amount});
    ids_.Add(after.id);
    references_.Add(event.reference);
    paid_on_.Add(event.paid_on);
    amounts_.Add(event.amount);
    versions_.Add(after.version);
    recorded_at_.Add(event.at);
    recorded_by_.Add(recorded_by);
}

void InstalmentBook::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO loan_instalments (loan_id, reference, paid_on, amount_rupiah, version,"
        "   recorded_at, recorded_by)"
        " SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::date[]),"
        "        unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::timestamptz[]),"
        "        unnest($7::text[])",
        {ids_, references_, paid_on_, amounts_, versions_, recorded_at_, recorded_by_});
}

void SubsidyBook::Add(const Loan& after, const SubsidyAccrued& event) {
    ids_.Add(after.id);
    months_.Add(static_cast<std::int16_t>(event.month));
    starts_.Add(after.StartOf(event.month));
    ends_.Add(after.EndOf(event.month));
    bases_.Add(event.base);
    amounts_.Add(event.amount);
    versions_.Add(after.version);
    accrued_at_.Add(event.at);
}

void SubsidyBook::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO loan_subsidies (loan_id, month, starts_on, ends_on, base_rupiah,"
        "   subsidy_rupiah, version, accrued_at)"
        " SELECT unnest($1::uuid[]), unnest($2::smallint[]), unnest($3::date[]),"
        "        unnest($4::date[]), unnest($5::bigint[]), unnest($6::bigint[]),"
        "        unnest($7::bigint[]), unnest($8::timestamptz[])",
        {ids_, months_, starts_, ends_, bases_, amounts_, versions_, accrued_at_});
}

}  // namespace bangkit::aid
