#include "services/registration/storage/subject_requests.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

std::optional<Time> OptionalTime(const postgres::Rows& rows, int i, int column) {
    if (rows.IsNull(i, column)) return std::nullopt;
    return rows.Time(i, column);
}

/// Of new rows and of changed ones.
struct Columns {
    void Add(const SubjectRequest& request, const std::string& actor) {
        ids.Add(request.id);
        kinds.Add(request.kind);
        states.Add(request.state);
        owners.Add(request.owner_id);
        businesses.Add(request.business_id);
        regions.Add(request.region_code);
        references.Add(request.case_reference);
        actors.Add(actor);
        requested_at.Add(request.requested_at);
        due_at.Add(request.due_at);
        request.closed_at ? closed_at.Add(*request.closed_at) : closed_at.AddNull();
        request.refusal ? refusals.Add(*request.refusal) : refusals.AddNull();
        request.exported_at ? exported_at.Add(*request.exported_at) : exported_at.AddNull();
    }
    postgres::UuidArray ids, owners, businesses;
    postgres::SmallintArray kinds, states, refusals;
    postgres::TextArray regions, references, actors;
    postgres::TimeArray requested_at, due_at, closed_at, exported_at;
};

}  // namespace

SubjectRequest ToSubjectRequest(const postgres::Rows& rows, int i) {
    SubjectRequest request{.id = rows.Uuid(i, 0),
                           .kind = static_cast<SubjectRequestKind>(rows.Int64(i, 1)),
                           .state = static_cast<SubjectRequestState>(rows.Int64(i, 2)),
                           .owner_id = rows.Uuid(i, 3),
                           .business_id = rows.Uuid(i, 4),
                           .region_code = rows.Text(i, 5),
                           .case_reference = rows.Text(i, 6),
                           .requested_at = rows.Time(i, 7),
                           .due_at = rows.Time(i, 8),
                           .closed_at = OptionalTime(rows, i, 9),
                           .refusal = {},
                           .exported_at = OptionalTime(rows, i, 11)};
    if (const auto refusal = rows.OptionalInt64(i, 10)) {
        request.refusal = static_cast<Refusal>(*refusal);
    }
    return request;
}

void SubjectRequests::Load(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return;
    const postgres::Rows rows =
        transaction.Run("SELECT " + std::string(kSubjectRequestColumns) +
                            "  FROM subject_requests r WHERE subject_request_id = ANY($1::uuid[])"
                            " ORDER BY subject_request_id FOR UPDATE",
                        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        SubjectRequest request = ToSubjectRequest(rows, i);
        const std::string id = request.id;
        entries_.insert_or_assign(id, Entry{.request = std::move(request), .actor = {}});
    }
}

void SubjectRequests::LoadOpenOf(postgres::Transaction& transaction,
                                 const postgres::UuidArray& owner_ids) {
    if (owner_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT " + std::string(kSubjectRequestColumns) +
            "  FROM subject_requests r WHERE owner_id = ANY($1::uuid[]) AND state = 1",
        {owner_ids});
    for (int i = 0; i < rows.size(); ++i) {
        SubjectRequest request = ToSubjectRequest(rows, i);
        const std::string id = request.id;
        entries_.try_emplace(id, Entry{.request = std::move(request), .actor = {}});
    }
}

void SubjectRequests::ForEach(const std::function<void(const SubjectRequest&)>& visit) const {
    for (const auto& [id, entry] : entries_) visit(entry.request);
}

const SubjectRequest* SubjectRequests::Find(const std::string& id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second.request;
}

const SubjectRequest* SubjectRequests::FindOpen(const std::string& owner_id,
                                                SubjectRequestKind kind) const {
    const auto found = std::ranges::find_if(entries_, [&](const auto& each) {
        const SubjectRequest& request = each.second.request;
        return request.owner_id == owner_id && request.kind == kind &&
               request.state == SubjectRequestState::kOpen;
    });
    return found == entries_.end() ? nullptr : &found->second.request;
}

void SubjectRequests::Put(const SubjectRequest& request, const std::string& actor) {
    const auto [place, is_new] = entries_.try_emplace(request.id);
    place->second.request = request;
    place->second.actor = actor;
    place->second.is_new = place->second.is_new || is_new;
}

void SubjectRequests::Save(postgres::Transaction& transaction) const {
    Columns made, changed;
    for (const auto& [id, entry] : entries_) {
        if (!entry.actor.empty()) (entry.is_new ? made : changed).Add(entry.request, entry.actor);
    }
    if (made.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO subject_requests (subject_request_id, kind, state, owner_id, business_id,"
            "   region_code, case_reference, requested_by, requested_at, due_at)"
            " SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::uuid[],"
            "   $5::uuid[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],"
            "   $10::timestamptz[])",
            {made.ids, made.kinds, made.states, made.owners, made.businesses, made.regions,
             made.references, made.actors, made.requested_at, made.due_at});
    }
    if (changed.ids.size() > 0) {
        transaction.QueueExact(
            changed.ids.size(),
            "UPDATE subject_requests t"
            "   SET state = u.state, closed_at = u.closed_at, refusal = u.refusal,"
            "       closed_by = CASE WHEN u.state = 1 THEN NULL ELSE u.actor END,"
            "       exported_at = u.exported_at"
            "  FROM unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::smallint[],"
            "              $5::text[], $6::timestamptz[])"
            "    AS u (id, state, closed_at, refusal, actor, exported_at)"
            " WHERE t.subject_request_id = u.id AND t.state = 1",
            {changed.ids, changed.states, changed.closed_at, changed.refusals, changed.actors,
             changed.exported_at});
    }
}

void SaveLegalHolds(postgres::Transaction& transaction,
                    const std::map<std::string, OwnerStanding>& owners) {
    if (owners.empty()) return;
    postgres::UuidArray ids;
    postgres::TextArray holds;
    for (const auto& [id, standing] : owners) {
        ids.Add(id);
        holds.Add(standing.legal_hold);
    }
    transaction.QueueExact(ids.size(),
                           "UPDATE owners t SET legal_hold = u.legal_hold"
                           "  FROM unnest($1::uuid[], $2::text[]) u (owner_id, legal_hold)"
                           " WHERE t.owner_id = u.owner_id",
                           {ids, holds});
}

std::vector<SubjectRequestBacklog> ReadBacklog(postgres::Connection& connection) {
    const postgres::Rows rows = connection.Run(
        "SELECT k.kind::bigint, count(r.due_at),"
        "       count(r.due_at) FILTER (WHERE r.due_at <= now()),"
        "       coalesce(extract(epoch FROM now() - min(r.requested_at)), 0)::bigint"
        "  FROM (VALUES (1), (2)) AS k (kind)"
        "  LEFT JOIN subject_requests r ON r.kind = k.kind AND r.state = 1"
        " GROUP BY k.kind ORDER BY k.kind");
    std::vector<SubjectRequestBacklog> backlog;
    for (int i = 0; i < rows.size(); ++i) {
        backlog.push_back({.kind = static_cast<SubjectRequestKind>(rows.Int64(i, 0)),
                           .open = rows.Int64(i, 1),
                           .overdue = rows.Int64(i, 2),
                           .oldest_hours = static_cast<double>(rows.Int64(i, 3)) / 3600});
    }
    return backlog;
}

}  // namespace bangkit::registration
