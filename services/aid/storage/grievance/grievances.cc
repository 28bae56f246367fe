#include "services/aid/storage/grievance/grievances.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

template <typename Enum>
Enum EnumAt(const Rows& rows, int i, int column) {
    return static_cast<Enum>(rows.Int64(i, column));
}

template <typename Enum>
std::optional<Enum> OptionalEnumAt(const Rows& rows, int i, int column) {
    const auto number = rows.OptionalInt64(i, column);
    return number ? std::optional(static_cast<Enum>(*number)) : std::nullopt;
}

std::optional<Time> OptionalTimeAt(const Rows& rows, int i, int column) {
    return rows.IsNull(i, column) ? std::nullopt : std::optional(rows.Time(i, column));
}

void AddOrNull(postgres::UuidArray& array, const std::string& id) {
    id.empty() ? array.AddNull() : array.Add(id);
}

void AddOrNull(auto& array, const auto& optional) {
    optional ? array.Add(*optional) : array.AddNull();
}

void InsertCreated(postgres::Transaction& transaction, const Tracked<Grievance>& grievances,
                   const std::map<std::string, SealedGrievance>& sealed) {
    const auto created = grievances.Created();
    if (created.empty()) return;
    postgres::UuidArray ids, businesses, owners, subjects;
    postgres::Int64Array versions, hidden;
    postgres::TextArray tickets, regions;
    postgres::SmallintArray services, topics, channels, states, levels;
    postgres::DateArray received_on;
    postgres::TimeArray filed_at, due_at, updated_at;
    postgres::BytesArray wrapped_keys, words;
    for (const auto* entry : created) {
        const Grievance& grievance = entry->state;
        const GrievanceSubject& subject = grievance.subject;
        ids.Add(grievance.id);
        versions.Add(grievance.version);
        tickets.Add(grievance.ticket);
        services.Add(subject.service);
        topics.Add(subject.topic);
        channels.Add(subject.channel);
        regions.Add(subject.region_code);
        AddOrNull(businesses, subject.business_id);
        AddOrNull(owners, subject.owner_id);
        AddOrNull(subjects, subject.subject_id);
        hidden.Add(std::int64_t{subject.is_hidden});
        states.Add(grievance.state);
        levels.Add(grievance.level);
        received_on.Add(grievance.received_on);
        filed_at.Add(grievance.filed_at);
        AddOrNull(due_at, grievance.due_at);
        wrapped_keys.Add(sealed.at(grievance.id).wrapped_key);
        words.Add(sealed.at(grievance.id).words);
        updated_at.Add(grievance.updated_at);
    }
    transaction.Queue(
        "INSERT INTO grievances (grievance_id, version, ticket, service, topic, channel,"
        "   region_code, business_id, owner_id, subject_id, is_hidden, state, level, is_overdue,"
        "   is_to_be_evaluated, received_on, filed_at, due_at, wrapped_key, words, updated_at)"
        " SELECT id, version, ticket, service, topic, channel, region_code, business_id, owner_id,"
        "        subject_id, is_hidden = 1, state, level, false, false, received_on, filed_at,"
        "        due_at, wrapped_key, words, updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::smallint[], $5::smallint[],"
        "              $6::smallint[], $7::text[], $8::uuid[], $9::uuid[], $10::uuid[],"
        "              $11::bigint[], $12::smallint[], $13::smallint[], $14::date[],"
        "              $15::timestamptz[], $16::timestamptz[], $17::bytea[], $18::bytea[],"
        "              $19::timestamptz[])"
        "    AS u (id, version, ticket, service, topic, channel, region_code, business_id,"
        "          owner_id, subject_id, is_hidden, state, level, received_on, filed_at, due_at,"
        "          wrapped_key, words, updated_at)",
        {ids, versions, tickets, services, topics, channels, regions, businesses, owners, subjects,
         hidden, states, levels, received_on, filed_at, due_at, wrapped_keys, words, updated_at});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Grievance>& grievances) {
    const auto changed = grievances.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions, overdue, to_be_evaluated;
    postgres::SmallintArray classes, states, levels, reasons;
    postgres::TimeArray escalated_at, first_answered_at, due_at, resolved_at, updated_at;
    postgres::DateArray evaluated_on;
    for (const auto* entry : changed) {
        const Grievance& grievance = entry->state;
        ids.Add(grievance.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(grievance.version);
        AddOrNull(classes, grievance.grievance_class);
        states.Add(grievance.state);
        levels.Add(grievance.level);
        AddOrNull(escalated_at, grievance.escalated_at);
        overdue.Add(std::int64_t{grievance.is_overdue});
        to_be_evaluated.Add(std::int64_t{grievance.is_to_be_evaluated});
        AddOrNull(first_answered_at, grievance.first_answered_at);
        AddOrNull(due_at, grievance.due_at);
        AddOrNull(resolved_at, grievance.resolved_at);
        AddOrNull(reasons, grievance.closing_reason);
        evaluated_on.Add(grievance.evaluated_on);
        updated_at.Add(grievance.updated_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE grievances t"
        "   SET version = u.version, class = u.class, state = u.state, level = u.level,"
        "       escalated_at = u.escalated_at, is_overdue = u.is_overdue = 1,"
        "       is_to_be_evaluated = u.is_to_be_evaluated = 1,"
        "       first_answered_at = u.first_answered_at, due_at = u.due_at,"
        "       resolved_at = u.resolved_at, closing_reason = u.closing_reason,"
        "       evaluated_on = u.evaluated_on, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[],"
        "              $6::smallint[], $7::timestamptz[], $8::bigint[], $9::bigint[],"
        "              $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],"
        "              $13::smallint[], $14::date[], $15::timestamptz[])"
        "    AS u (id, saved_version, version, class, state, level, escalated_at, is_overdue,"
        "          is_to_be_evaluated, first_answered_at, due_at, resolved_at, closing_reason,"
        "          evaluated_on, updated_at)"
        " WHERE t.grievance_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, classes, states, levels, escalated_at, overdue,
         to_be_evaluated, first_answered_at, due_at, resolved_at, reasons, evaluated_on,
         updated_at});
}

}  // namespace

Grievance ToGrievance(const Rows& rows, int i) {
    Grievance grievance;
    grievance.id = rows.Uuid(i, 0);
    grievance.version = rows.Int64(i, 1);
    grievance.ticket = rows.Text(i, 2);
    grievance.subject = {.service = EnumAt<ConcernedService>(rows, i, 3),
                         .topic = EnumAt<GrievanceTopic>(rows, i, 4),
                         .channel = EnumAt<GrievanceChannel>(rows, i, 5),
                         .region_code = rows.Text(i, 6),
                         .business_id = rows.Text(i, 7),
                         .owner_id = rows.Text(i, 8),
                         .subject_id = rows.Text(i, 9),
                         .is_hidden = rows.Bool(i, 10)};
    grievance.grievance_class = OptionalEnumAt<GrievanceClass>(rows, i, 11);
    grievance.state = EnumAt<GrievanceState>(rows, i, 12);
    grievance.level = EnumAt<GrievanceLevel>(rows, i, 13);
    grievance.escalated_at = OptionalTimeAt(rows, i, 14);
    grievance.is_overdue = rows.Bool(i, 15);
    grievance.is_to_be_evaluated = rows.Bool(i, 16);
    grievance.received_on = rows.Date(i, 17);
    grievance.filed_at = rows.Time(i, 18);
    grievance.first_answered_at = OptionalTimeAt(rows, i, 19);
    grievance.due_at = OptionalTimeAt(rows, i, 20);
    grievance.resolved_at = OptionalTimeAt(rows, i, 21);
    grievance.closing_reason = OptionalEnumAt<ClosingReason>(rows, i, 22);
    grievance.evaluated_on = rows.OptionalDate(i, 23);
    grievance.updated_at = rows.Time(i, 24);
    return grievance;
}

std::vector<LockedGrievance> LockGrievances(postgres::Transaction& transaction,
                                            const postgres::UuidArray& ids) {
    std::vector<LockedGrievance> locked;
    if (ids.size() == 0) return locked;
    const Rows rows = transaction.Run("SELECT " + std::string(kGrievanceColumns) +
                                          ", g.wrapped_key, g.words FROM grievances g"
                                          " WHERE g.grievance_id = ANY($1::uuid[])"
                                          " ORDER BY g.grievance_id FOR UPDATE",
                                      {ids});
    for (int i = 0; i < rows.size(); ++i) {
        locked.push_back({.grievance = ToGrievance(rows, i),
                          .sealed = {.wrapped_key = rows.Text(i, kGrievanceColumnCount),
                                     .words = rows.Text(i, kGrievanceColumnCount + 1)}});
    }
    return locked;
}

void SaveGrievances(postgres::Transaction& transaction, const Tracked<Grievance>& grievances,
                    const std::map<std::string, SealedGrievance>& sealed) {
    InsertCreated(transaction, grievances, sealed);
    UpdateChanged(transaction, grievances);
}

void EraseGrievancesOf(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids) {
    transaction.Run(
        "UPDATE grievances SET wrapped_key = '', words = ''"
        " WHERE owner_id = ANY($1::uuid[]) AND wrapped_key <> ''",
        {owner_ids});
}

std::int64_t ForgetOldGrievances(postgres::Connection& connection, std::chrono::days retention,
                                 std::int64_t limit) {
    postgres::Transaction transaction(connection);
    transaction.Queue("SET LOCAL bangkit.regions = '*'");
    const Rows rows = transaction.Run(
        "UPDATE grievances SET wrapped_key = '', words = ''"
        " WHERE grievance_id IN (SELECT grievance_id FROM grievances"
        "                         WHERE resolved_at < now() - $1::bigint * interval '1 day'"
        "                           AND wrapped_key <> ''"
        "                         ORDER BY resolved_at LIMIT $2::bigint FOR UPDATE SKIP LOCKED)",
        {postgres::Int64(retention.count()), postgres::Int64(limit)});
    transaction.Commit();
    return rows.affected();
}

}  // namespace bangkit::aid
