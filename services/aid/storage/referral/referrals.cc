#include "services/aid/storage/referral/referrals.h"

#include <utility>

#include "services/aid/storage/referral/referral_mapping.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

void Add(postgres::TimeArray& column, const std::optional<Time>& time) {
    time ? column.Add(*time) : column.AddNull();
}

std::set<std::string> IdsOf(const Rows& rows) {
    std::set<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
    return ids;
}

/// The columns that change, for INSERT and UPDATE alike.
struct Columns {
    postgres::UuidArray ids;
    postgres::Int64Array versions;
    postgres::SmallintArray states, forms, silent;
    postgres::BytesArray details;
    postgres::DateArray answered_on;
    postgres::TimeArray escalated_at, due_at, updated_at;

    void AddRow(const Referral& referral) {
        ids.Add(referral.id);
        versions.Add(referral.version);
        states.Add(referral.state);
        forms.Add(static_cast<std::int16_t>(FormOf(referral)));
        details.Add(SerializedDetails(referral));
        answered_on.Add(referral.answered_on);
        silent.Add(static_cast<std::int16_t>(referral.is_silent ? 1 : 0));
        Add(escalated_at, referral.escalated_at);
        Add(due_at, referral.DueAt());
        updated_at.Add(referral.updated_at);
    }
};

void InsertSent(postgres::Transaction& transaction, const Tracked<Referral>& referrals) {
    const auto sent = referrals.Created();
    if (sent.empty()) return;
    Columns columns;
    postgres::UuidArray applications, agreements, partners, programs, businesses, owners;
    postgres::TextArray regions, entered_by;
    postgres::SmallintArray instruments;
    postgres::Int64Array amounts;
    postgres::DateArray sent_on, answer_due;
    postgres::TimeArray created_at;
    for (const auto* entry : sent) {
        const Referral& referral = entry->state;
        columns.AddRow(referral);
        applications.Add(referral.application_id);
        agreements.Add(referral.agreement_id);
        partners.Add(referral.partner_id);
        programs.Add(referral.program_id);
        businesses.Add(referral.applicant.business_id);
        owners.Add(referral.applicant.owner_id);
        regions.Add(referral.applicant.region_code);
        instruments.Add(referral.instrument);
        amounts.Add(referral.amount);
        sent_on.Add(referral.sent_on);
        answer_due.Add(referral.answer_due);
        entered_by.Add(referral.entered_by);
        created_at.Add(referral.created_at);
    }
    transaction.Queue(
        "INSERT INTO referrals (referral_id, version, application_id, agreement_id, partner_id,"
        "   program_id, business_id, owner_id, region_code, instrument, state, amount_rupiah, form,"
        "   details, sent_on, answer_due, answered_on, is_silent, escalated_at, due_at, entered_by,"
        "   created_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::uuid[]), unnest($7::uuid[]),"
        "        unnest($8::uuid[]), unnest($9::text[]), unnest($10::smallint[]),"
        "        unnest($11::smallint[]), unnest($12::bigint[]), unnest($13::smallint[]),"
        "        unnest($14::bytea[]), unnest($15::date[]), unnest($16::date[]),"
        "        unnest($17::date[]), unnest($18::smallint[]) = 1, unnest($19::timestamptz[]),"
        "        unnest($20::timestamptz[]), unnest($21::text[]), unnest($22::timestamptz[]),"
        "        unnest($23::timestamptz[])",
        {columns.ids,
         columns.versions,
         applications,
         agreements,
         partners,
         programs,
         businesses,
         owners,
         regions,
         instruments,
         columns.states,
         amounts,
         columns.forms,
         columns.details,
         sent_on,
         answer_due,
         columns.answered_on,
         columns.silent,
         columns.escalated_at,
         columns.due_at,
         entered_by,
         created_at,
         columns.updated_at});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Referral>& referrals) {
    const auto changed = referrals.Changed();
    if (changed.empty()) return;
    Columns columns;
    postgres::Int64Array saved_versions;
    for (const auto* entry : changed) {
        columns.AddRow(entry->state);
        saved_versions.Add(entry->saved_version);
    }
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE referrals t"
        "   SET version = u.version, state = u.state, form = u.form, details = u.details,"
        "       answered_on = u.answered_on, is_silent = u.silent = 1,"
        "       escalated_at = u.escalated_at, due_at = u.due_at, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[],"
        "              $6::bytea[], $7::date[], $8::smallint[], $9::timestamptz[],"
        "              $10::timestamptz[], $11::timestamptz[])"
        "    AS u (id, saved_version, version, state, form, details, answered_on, silent,"
        "          escalated_at, due_at, updated_at)"
        " WHERE t.referral_id = u.id AND t.version = u.saved_version",
        {columns.ids, saved_versions, columns.versions, columns.states, columns.forms,
         columns.details, columns.answered_on, columns.silent, columns.escalated_at, columns.due_at,
         columns.updated_at});
}

}  // namespace

Referral ToReferral(const Rows& rows, int i) {
    Referral referral;
    referral.id = rows.Uuid(i, 0);
    referral.version = rows.Int64(i, 1);
    referral.application_id = rows.Uuid(i, 2);
    referral.agreement_id = rows.Uuid(i, 3);
    referral.partner_id = rows.Uuid(i, 4);
    referral.program_id = rows.Uuid(i, 5);
    referral.applicant = {.business_id = rows.Uuid(i, 6),
                          .owner_id = rows.Uuid(i, 7),
                          .household = {},
                          .region_code = rows.Text(i, 8)};
    referral.instrument = static_cast<Instrument>(rows.Int64(i, 9));
    referral.state = static_cast<ReferralState>(rows.Int64(i, 10));
    referral.amount = rows.Int64(i, 11);
    ReadDetails(rows.Bytes(i, 12), referral);
    referral.sent_on = rows.Date(i, 13);
    referral.answer_due = rows.Date(i, 14);
    referral.answered_on = rows.OptionalDate(i, 15);
    referral.is_silent = rows.Bool(i, 16);
    if (!rows.IsNull(i, 17)) referral.escalated_at = rows.Time(i, 17);
    referral.entered_by = rows.Text(i, 18);
    referral.created_at = rows.Time(i, 19);
    referral.updated_at = rows.Time(i, 20);
    return referral;
}

std::set<std::string> FindReferred(postgres::Transaction& transaction,
                                   const postgres::UuidArray& referral_ids) {
    if (referral_ids.size() == 0) return {};
    return IdsOf(
        transaction.Run("SELECT application_id FROM referrals WHERE referral_id = ANY($1::uuid[])",
                        {referral_ids}));
}

std::set<std::string> FindAgreements(postgres::Transaction& transaction,
                                     const postgres::UuidArray& referral_ids) {
    if (referral_ids.size() == 0) return {};
    return IdsOf(transaction.Run(
        "SELECT DISTINCT agreement_id FROM referrals WHERE referral_id = ANY($1::uuid[])",
        {referral_ids}));
}

std::set<std::string> FindWithPartners(postgres::Transaction& transaction,
                                       const postgres::UuidArray& application_ids) {
    if (application_ids.size() == 0) return {};
    return IdsOf(
        transaction.Run("SELECT application_id FROM referrals"
                        " WHERE application_id = ANY($1::uuid[]) AND state IN (1, 2)",
                        {application_ids}));
}

std::vector<Referral> LockReferrals(postgres::Transaction& transaction,
                                    const postgres::UuidArray& ids) {
    std::vector<Referral> referrals;
    if (ids.size() == 0) return referrals;
    static const std::string sql = "SELECT " + std::string(kReferralColumns) +
                                   "  FROM referrals r WHERE r.referral_id = ANY($1::uuid[])"
                                   " ORDER BY r.referral_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids});
    for (int i = 0; i < rows.size(); ++i) referrals.push_back(ToReferral(rows, i));
    return referrals;
}

void SaveReferrals(postgres::Transaction& transaction, const Tracked<Referral>& referrals) {
    InsertSent(transaction, referrals);
    UpdateChanged(transaction, referrals);
}

void ReferralHistory::Add(const Referral& referral, const std::string& recorded_by) {
    ids_.Add(referral.id);
    versions_.Add(referral.version);
    states_.Add(referral.state);
    recorded_at_.Add(referral.updated_at);
    recorded_by_.Add(recorded_by);
}

void ReferralHistory::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO referral_history (referral_id, version, state, recorded_at, recorded_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::timestamptz[]), unnest($5::text[])",
        {ids_, versions_, states_, recorded_at_, recorded_by_});
}

}  // namespace bangkit::aid
