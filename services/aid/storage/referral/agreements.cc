#include "services/aid/storage/referral/agreements.h"

#include <string>

namespace bangkit::aid {
namespace {

using postgres::Rows;

std::vector<Agreement> Load(postgres::Transaction& transaction, const std::string& lock,
                            const postgres::UuidArray& ids) {
    std::vector<Agreement> agreements;
    if (ids.size() == 0) return agreements;
    const Rows rows = transaction.Run(lock, {ids});
    for (int i = 0; i < rows.size(); ++i) agreements.push_back(ToAgreement(rows, i));
    return agreements;
}

std::string SelectSql(std::string_view lock) {
    return "SELECT " + std::string(kAgreementColumns) +
           "  FROM agreements g WHERE g.agreement_id = ANY($1::uuid[])"
           " ORDER BY g.agreement_id " +
           std::string(lock);
}

void InsertMade(postgres::Transaction& transaction, const Tracked<Agreement>& agreements) {
    const auto made = agreements.Created();
    if (made.empty()) return;
    postgres::UuidArray ids, programs, partners;
    postgres::TextArray regions, names, documents, made_by;
    postgres::SmallintArray kinds, answer_days, rates, months;
    postgres::TimeArray made_at;
    for (const auto* entry : made) {
        const Agreement& agreement = entry->state;
        ids.Add(agreement.id);
        programs.Add(agreement.program_id);
        regions.Add(agreement.region_code);
        partners.Add(agreement.partner_id);
        kinds.Add(agreement.partner_kind);
        names.Add(agreement.partner_name);
        documents.Add(agreement.document);
        answer_days.Add(static_cast<std::int16_t>(agreement.answer_days));
        rates.Add(static_cast<std::int16_t>(agreement.yearly_rate));
        months.Add(static_cast<std::int16_t>(agreement.months_max));
        made_by.Add(agreement.made_by);
        made_at.Add(agreement.made_at);
    }
    transaction.Queue(
        "INSERT INTO agreements (agreement_id, version, program_id, region_code, partner_id,"
        "   partner_kind, partner_name, document, answer_days, yearly_rate, months_max, is_ended,"
        "   made_by, made_at)"
        " SELECT unnest($1::uuid[]), 1, unnest($2::uuid[]), unnest($3::text[]),"
        "        unnest($4::uuid[]), unnest($5::smallint[]), unnest($6::text[]),"
        "        unnest($7::text[]), unnest($8::smallint[]), unnest($9::smallint[]),"
        "        unnest($10::smallint[]), false, unnest($11::text[]), unnest($12::timestamptz[])",
        {ids, programs, regions, partners, kinds, names, documents, answer_days, rates, months,
         made_by, made_at});
}

void UpdateEnded(postgres::Transaction& transaction, const Tracked<Agreement>& agreements) {
    const auto ended = agreements.Changed();
    if (ended.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions;
    postgres::TimeArray ended_at;
    for (const auto* entry : ended) {
        ids.Add(entry->state.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(entry->state.version);
        ended_at.Add(*entry->state.ended_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE agreements t SET version = u.version, is_ended = true, ended_at = u.ended_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])"
        "    AS u (id, saved_version, version, ended_at)"
        " WHERE t.agreement_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, ended_at});
}

}  // namespace

Agreement ToAgreement(const Rows& rows, int i) {
    Agreement agreement;
    agreement.id = rows.Uuid(i, 0);
    agreement.version = rows.Int64(i, 1);
    agreement.program_id = rows.Uuid(i, 2);
    agreement.region_code = rows.Text(i, 3);
    agreement.partner_id = rows.Uuid(i, 4);
    agreement.partner_kind = static_cast<PartnerKind>(rows.Int64(i, 5));
    agreement.partner_name = rows.Text(i, 6);
    agreement.document = rows.Text(i, 7);
    agreement.answer_days = static_cast<int>(rows.Int64(i, 8));
    agreement.yearly_rate = static_cast<int>(rows.Int64(i, 9));
    agreement.months_max = static_cast<int>(rows.Int64(i, 10));
    agreement.is_ended = rows.Bool(i, 11);
    agreement.made_by = rows.Text(i, 12);
    agreement.made_at = rows.Time(i, 13);
    if (!rows.IsNull(i, 14)) agreement.ended_at = rows.Time(i, 14);
    return agreement;
}

std::vector<Agreement> HoldAgreements(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids) {
    static const std::string sql = SelectSql("FOR SHARE");
    return Load(transaction, sql, ids);
}

std::vector<Agreement> LockAgreements(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids) {
    static const std::string sql = SelectSql("FOR UPDATE");
    return Load(transaction, sql, ids);
}

void SaveAgreements(postgres::Transaction& transaction, const Tracked<Agreement>& agreements) {
    InsertMade(transaction, agreements);
    UpdateEnded(transaction, agreements);
}

}  // namespace bangkit::aid
