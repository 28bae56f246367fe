#include "services/dashboard/storage/projection_tables.h"

namespace bangkit::dashboard {
namespace {

void SaveCounts(postgres::Transaction& transaction, const Changes& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray kinds, scales, conditions;
    postgres::Int64Array by;
    for (const auto& [cell, change] : changes.counts()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        kinds.Add(cell.category.kind);
        scales.Add(cell.category.scale);
        conditions.Add(cell.category.condition);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO business_counts AS t (region_code, month, kind, scale, condition, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::smallint[],"
        "                      $5::smallint[], $6::bigint[])"
        " ON CONFLICT (region_code, month, kind, scale, condition)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, kinds, scales, conditions, by});
}

void SaveVerified(postgres::Transaction& transaction, const Changes& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray levels;
    postgres::Int64Array by;
    for (const auto& [cell, change] : changes.verified()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        levels.Add(cell.level);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO verified_counts AS t (region_code, month, level, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::bigint[])"
        " ON CONFLICT (region_code, month, level)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, levels, by});
}

void SaveMarks(postgres::Transaction& transaction, const Changes& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray marks;
    postgres::Int64Array by;
    for (const auto& [cell, change] : changes.marks()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        marks.Add(cell.mark);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO mark_counts AS t (region_code, month, mark, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::bigint[])"
        " ON CONFLICT (region_code, month, mark)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, marks, by});
}

void SaveNeedCounts(postgres::Transaction& transaction, const Changes& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray topics, statuses;
    postgres::Int64Array by;
    for (const auto& [cell, change] : changes.needs()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        topics.Add(cell.topic);
        statuses.Add(cell.status);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO need_counts AS t (region_code, month, topic, status, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::smallint[],"
        "                      $5::bigint[])"
        " ON CONFLICT (region_code, month, topic, status)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, topics, statuses, by});
}

/// Bit n: mark n.
std::int16_t ToBits(const std::set<Mark>& marks) {
    int bits = 0;
    for (const Mark mark : marks) bits |= 1 << static_cast<int>(mark);
    return static_cast<std::int16_t>(bits);
}

std::set<Mark> ToMarks(std::int64_t bits) {
    std::set<Mark> marks;
    for (int i = 1; i < 15; ++i) {
        if ((bits >> i & 1) != 0) marks.insert(Mark(i));
    }
    return marks;
}

void SaveFlows(postgres::Transaction& transaction, const Changes& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::Int64Array registered, upgraded;
    for (const auto& [key, flow] : changes.flows()) {
        regions.Add(key.region_code);
        months.Add(FirstDayOf(key.month));
        registered.Add(flow.registered);
        upgraded.Add(flow.upgraded);
    }
    if (registered.size() == 0) return;
    transaction.Queue(
        "INSERT INTO month_flows AS t (region_code, month, registered, upgraded)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::bigint[])"
        " ON CONFLICT (region_code, month)"
        " DO UPDATE SET registered = t.registered + excluded.registered,"
        "               upgraded = t.upgraded + excluded.upgraded",
        {regions, months, registered, upgraded});
}

}  // namespace

std::unordered_map<std::string, BusinessState> LoadStates(postgres::Transaction& transaction,
                                                          const postgres::UuidArray& business_ids) {
    std::unordered_map<std::string, BusinessState> states;
    if (business_ids.size() == 0) return states;
    const postgres::Rows rows = transaction.Run(
        "SELECT business_id, region_code, kind, scale, condition, verification, merged,"
        "       marks FROM business_states WHERE business_id = ANY($1::uuid[])",
        {business_ids});
    for (int i = 0; i < rows.size(); ++i) {
        states.emplace(rows.Uuid(i, 0),
                       BusinessState{.region_code = rows.Text(i, 1),
                                     .category = {.kind = Kind(rows.Int64(i, 2)),
                                                  .scale = Scale(rows.Int64(i, 3)),
                                                  .condition = Condition(rows.Int64(i, 4))},
                                     .verification = Verification(rows.Int64(i, 5)),
                                     .marks = ToMarks(rows.Int64(i, 7)),
                                     .is_merged = rows.Bool(i, 6)});
    }
    return states;
}

void SaveStates(postgres::Transaction& transaction,
                const std::map<std::string, BusinessState>& states) {
    postgres::UuidArray ids;
    postgres::TextArray regions;
    postgres::SmallintArray kinds, scales, conditions, verifications, merged, marks;
    for (const auto& [id, state] : states) {
        ids.Add(id);
        regions.Add(state.region_code);
        kinds.Add(state.category.kind);
        scales.Add(state.category.scale);
        conditions.Add(state.category.condition);
        verifications.Add(state.verification);
        merged.Add(std::int16_t{state.is_merged});
        marks.Add(ToBits(state.marks));
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO business_states"
        "  (business_id, region_code, kind, scale, condition, verification, merged, marks)"
        " SELECT id, region_code, kind, scale, condition, verification, merged = 1, marks"
        "   FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::smallint[], $5::smallint[],"
        "               $6::smallint[], $7::smallint[], $8::smallint[])"
        "     AS u (id, region_code, kind, scale, condition, verification, merged, marks)"
        " ON CONFLICT (business_id)"
        " DO UPDATE SET region_code = excluded.region_code, kind = excluded.kind,"
        "               scale = excluded.scale, condition = excluded.condition,"
        "               verification = excluded.verification, merged = excluded.merged,"
        "               marks = excluded.marks",
        {ids, regions, kinds, scales, conditions, verifications, merged, marks});
}

std::unordered_map<std::string, NeedState> LoadNeeds(postgres::Transaction& transaction,
                                                     const postgres::UuidArray& need_ids) {
    std::unordered_map<std::string, NeedState> needs;
    if (need_ids.size() == 0) return needs;
    const postgres::Rows rows = transaction.Run(
        "SELECT need_id, region_code, topic, status FROM need_states"
        " WHERE need_id = ANY($1::uuid[])",
        {need_ids});
    for (int i = 0; i < rows.size(); ++i) {
        needs.emplace(rows.Uuid(i, 0), NeedState{.region_code = rows.Text(i, 1),
                                                 .topic = NeedTopic(rows.Int64(i, 2)),
                                                 .status = NeedStatus(rows.Int64(i, 3))});
    }
    return needs;
}

void SaveNeeds(postgres::Transaction& transaction, const std::map<std::string, NeedState>& needs) {
    postgres::UuidArray ids;
    postgres::TextArray regions;
    postgres::SmallintArray topics, statuses;
    for (const auto& [id, need] : needs) {
        ids.Add(id);
        regions.Add(need.region_code);
        topics.Add(need.topic);
        statuses.Add(need.status);
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO need_states (need_id, region_code, topic, status)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::smallint[])"
        " ON CONFLICT (need_id)"
        " DO UPDATE SET region_code = excluded.region_code, topic = excluded.topic,"
        "               status = excluded.status",
        {ids, regions, topics, statuses});
}

void SaveChanges(postgres::Transaction& transaction, const Changes& changes) {
    SaveCounts(transaction, changes);
    SaveVerified(transaction, changes);
    SaveMarks(transaction, changes);
    SaveNeedCounts(transaction, changes);
    SaveFlows(transaction, changes);
    RaiseVersions(transaction, changes.Regions());
}

void RaiseVersions(postgres::Transaction& transaction,
                   const std::map<std::string, std::int64_t>& changed) {
    postgres::TextArray regions;
    postgres::Int64Array businesses;
    for (const auto& [region_code, change] : changed) {
        regions.Add(region_code);
        businesses.Add(change);
    }
    if (businesses.size() == 0) return;
    transaction.Queue(
        "WITH raised AS ("
        "  INSERT INTO dashboards AS t (region_code, version, businesses)"
        "  SELECT u.region_code, 1, u.businesses"
        "    FROM unnest($1::text[], $2::bigint[]) AS u (region_code, businesses)"
        "  ON CONFLICT (region_code)"
        "  DO UPDATE SET version = t.version + 1, businesses = t.businesses + excluded.businesses"
        "  RETURNING region_code, version)"
        " INSERT INTO dirty_dashboards (region_code, version) SELECT * FROM raised"
        " ON CONFLICT (region_code) DO UPDATE SET version = excluded.version",
        {regions, businesses});
}

}  // namespace bangkit::dashboard
