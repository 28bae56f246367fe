#include "services/aid/storage/supervision/visits.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

std::string Place(std::string_view visit_id) {
    return crypto::Aad({"aid", "visits", "findings", visit_id});
}

void InsertPlanned(Transaction& transaction, const Tracked<Visit>& visits) {
    const auto created = visits.Created();
    if (created.empty()) return;
    postgres::UuidArray ids, applications, programs, businesses, owners;
    postgres::Int64Array versions;
    postgres::TextArray regions, planned_by;
    postgres::DateArray planned_for;
    postgres::TimeArray planned_at;
    for (const auto* entry : created) {
        const Visit& visit = entry->state;
        ids.Add(visit.id);
        versions.Add(visit.version);
        applications.Add(visit.application_id);
        programs.Add(visit.program_id);
        businesses.Add(visit.business_id);
        owners.Add(visit.owner_id);
        regions.Add(visit.region_code);
        planned_for.Add(visit.planned_for);
        planned_by.Add(visit.planned_by);
        planned_at.Add(visit.planned_at);
    }
    transaction.Queue(
        "INSERT INTO visits (visit_id, version, application_id, program_id, business_id, owner_id,"
        "   region_code, state, planned_for, planned_by, planned_at, findings, visited_by,"
        "   is_overdue, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]), unnest($4::uuid[]),"
        "        unnest($5::uuid[]), unnest($6::uuid[]), unnest($7::text[]), 1,"
        "        unnest($8::date[]), unnest($9::text[]), unnest($10::timestamptz[]), '', '',"
        "        false, unnest($10::timestamptz[])",
        {ids, versions, applications, programs, businesses, owners, regions, planned_for,
         planned_by, planned_at});
}

void UpdateChanged(Transaction& transaction, const Tracked<Visit>& visits,
                   const std::map<std::string, std::string>& findings) {
    const auto changed = visits.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions, outcomes;
    postgres::SmallintArray states, overdue;
    postgres::BytesArray sealed;
    postgres::TextArray visited_by;
    postgres::TimeArray visited_at, updated_at;
    for (const auto* entry : changed) {
        const Visit& visit = entry->state;
        ids.Add(visit.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(visit.version);
        states.Add(visit.state);
        visit.outcome ? outcomes.Add(static_cast<std::int64_t>(*visit.outcome))
                      : outcomes.AddNull();
        const auto found = findings.find(visit.id);
        sealed.Add(found == findings.end() ? std::string_view() : found->second);
        visited_by.Add(visit.visited_by);
        visit.visited_at ? visited_at.Add(*visit.visited_at) : visited_at.AddNull();
        overdue.Add(static_cast<std::int16_t>(visit.is_overdue ? 1 : 0));
        updated_at.Add(visit.updated_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE visits t"
        "   SET version = u.version, state = u.state, outcome = u.outcome::smallint,"
        "       findings = u.findings, visited_by = u.visited_by, visited_at = u.visited_at,"
        "       is_overdue = u.overdue = 1, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[],"
        "              $6::bytea[], $7::text[], $8::timestamptz[], $9::smallint[],"
        "              $10::timestamptz[])"
        "    AS u (id, saved_version, version, state, outcome, findings, visited_by, visited_at,"
        "          overdue, updated_at)"
        " WHERE t.visit_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, states, outcomes, sealed, visited_by, visited_at, overdue,
         updated_at});
}

}  // namespace

Visit ToVisit(const Rows& rows, int i) {
    Visit visit;
    visit.id = rows.Uuid(i, 0);
    visit.version = rows.Int64(i, 1);
    visit.application_id = rows.Uuid(i, 2);
    visit.program_id = rows.Uuid(i, 3);
    visit.business_id = rows.Uuid(i, 4);
    visit.owner_id = rows.Uuid(i, 5);
    visit.region_code = rows.Text(i, 6);
    visit.state = static_cast<VisitState>(rows.Int64(i, 7));
    visit.planned_for = rows.Date(i, 8);
    visit.planned_by = rows.Text(i, 9);
    visit.planned_at = rows.Time(i, 10);
    if (const auto outcome = rows.OptionalInt64(i, 11)) {
        visit.outcome = static_cast<VisitOutcome>(*outcome);
    }
    visit.visited_by = rows.Text(i, 12);
    if (!rows.IsNull(i, 13)) visit.visited_at = rows.Time(i, 13);
    visit.is_overdue = rows.Bool(i, 14);
    visit.updated_at = rows.Time(i, 15);
    return visit;
}

std::vector<Visit> LockVisits(Transaction& transaction, const postgres::UuidArray& ids,
                              const postgres::UuidArray& application_ids) {
    std::vector<Visit> visits;
    if (ids.size() == 0 && application_ids.size() == 0) return visits;
    static const std::string sql = "SELECT " + std::string(kVisitColumns) +
                                   "  FROM visits v"
                                   " WHERE v.visit_id = ANY($1::uuid[])"
                                   "    OR v.application_id = ANY($2::uuid[])"
                                   " ORDER BY v.visit_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids, application_ids});
    for (int i = 0; i < rows.size(); ++i) visits.push_back(ToVisit(rows, i));
    return visits;
}

void SaveVisits(Transaction& transaction, const Tracked<Visit>& visits,
                const std::map<std::string, std::string>& findings) {
    InsertPlanned(transaction, visits);
    UpdateChanged(transaction, visits, findings);
}

std::string SealFindings(const crypto::Key& owner_key, const std::string& visit_id,
                         std::string_view findings) {
    return crypto::Seal(owner_key, findings, Place(visit_id));
}

Result<std::string> OpenVisitFindings(const crypto::Key& owner_key, const std::string& visit_id,
                                      std::string_view sealed) {
    return crypto::Open(owner_key, sealed, Place(visit_id));
}

}  // namespace bangkit::aid
