#include "services/registration/storage/needs.h"

namespace bangkit::registration {
namespace {

using postgres::Rows;

void InsertCreated(postgres::Transaction& transaction, const Tracked<Need>& needs,
                   const std::map<std::string, SealedNeedText>& texts) {
    const auto created = needs.Created();
    if (created.empty()) return;
    postgres::UuidArray ids, businesses, owners;
    postgres::Int64Array versions, beneficiaries;
    postgres::SmallintArray sources, topics, statuses;
    postgres::TextArray constituencies, regions;
    postgres::DateArray held_on;
    postgres::BytesArray wrapped_keys, sealed;
    postgres::TimeArray stated_at;
    for (const auto* entry : created) {
        const Need& need = entry->state;
        const NeedSubject& subject = need.subject;
        const SealedNeedText& text = texts.at(need.id);
        ids.Add(need.id);
        versions.Add(need.version);
        sources.Add(subject.source);
        subject.business_id.empty() ? businesses.AddNull() : businesses.Add(subject.business_id);
        subject.owner_id.empty() ? owners.AddNull() : owners.Add(subject.owner_id);
        constituencies.Add(subject.meeting ? subject.meeting->constituency : std::string());
        held_on.Add(subject.meeting ? std::optional(subject.meeting->held_on) : std::nullopt);
        topics.Add(subject.topic);
        regions.Add(subject.region_code);
        beneficiaries.Add(std::int64_t{subject.beneficiaries});
        wrapped_keys.Add(text.wrapped_key);
        sealed.Add(text.text);
        statuses.Add(need.status);
        stated_at.Add(need.stated_at);
    }
    transaction.Queue(
        "INSERT INTO needs (need_id, version, source, business_id, owner_id, constituency, held_on,"
        "   topic, region_code, beneficiaries, wrapped_key, text, status, stated_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::text[]), unnest($7::date[]),"
        "        unnest($8::smallint[]), unnest($9::text[]), unnest($10::bigint[])::integer,"
        "        unnest($11::bytea[]), unnest($12::bytea[]), unnest($13::smallint[]),"
        "        unnest($14::timestamptz[]), unnest($14)",
        {ids, versions, sources, businesses, owners, constituencies, held_on, topics, regions,
         beneficiaries, wrapped_keys, sealed, statuses, stated_at});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Need>& needs) {
    const auto changed = needs.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids, links;
    postgres::Int64Array saved_versions, versions;
    postgres::SmallintArray statuses, reasons, link_kinds;
    postgres::TextArray regions;
    postgres::TimeArray updated_at;
    for (const auto* entry : changed) {
        const Need& need = entry->state;
        ids.Add(need.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(need.version);
        regions.Add(need.subject.region_code);
        statuses.Add(need.status);
        need.decline_reason ? reasons.Add(*need.decline_reason) : reasons.AddNull();
        need.link ? link_kinds.Add(need.link->kind) : link_kinds.AddNull();
        need.link ? links.Add(need.link->id) : links.AddNull();
        updated_at.Add(need.updated_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE needs t"
        "   SET version = u.version, status = u.status, decline_reason = u.reason,"
        "       link_kind = u.link_kind, link_id = u.link_id, region_code = u.region_code,"
        "       updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[],"
        "              $6::smallint[], $7::uuid[], $8::text[], $9::timestamptz[])"
        "    AS u (id, saved_version, version, status, reason, link_kind, link_id, region_code,"
        "          updated_at)"
        " WHERE t.need_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, statuses, reasons, link_kinds, links, regions, updated_at});
}

}  // namespace

Need ToNeed(const Rows& rows, int i) {
    Need need{.id = rows.Uuid(i, 0),
              .version = rows.Int64(i, 1),
              .subject = {.source = static_cast<NeedSource>(rows.Int64(i, 2)),
                          .business_id = rows.Text(i, 3),
                          .owner_id = rows.Text(i, 4),
                          .meeting = {},
                          .topic = static_cast<NeedTopic>(rows.Int64(i, 7)),
                          .region_code = rows.Text(i, 8),
                          .beneficiaries = static_cast<std::int32_t>(rows.Int64(i, 9))},
              .status = static_cast<NeedStatus>(rows.Int64(i, 10)),
              .decline_reason = {},
              .link = {},
              .stated_at = rows.Time(i, 14),
              .updated_at = rows.Time(i, 15)};
    if (const auto held_on = rows.OptionalDate(i, 6)) {
        need.subject.meeting = {.constituency = rows.Text(i, 5), .held_on = *held_on};
    }
    if (const auto reason = rows.OptionalInt64(i, 11)) {
        need.decline_reason = static_cast<NeedDeclineReason>(*reason);
    }
    if (const auto kind = rows.OptionalInt64(i, 12)) {
        need.link = {.kind = static_cast<NeedLinkKind>(*kind), .id = rows.Text(i, 13)};
    }
    return need;
}

std::vector<Need> LockNeeds(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    std::vector<Need> needs;
    if (ids.size() == 0) return needs;
    const Rows rows = transaction.Run("SELECT " + std::string(kNeedColumns) +
                                          "  FROM needs n WHERE need_id = ANY($1::uuid[])"
                                          " ORDER BY need_id FOR UPDATE",
                                      {ids});
    for (int i = 0; i < rows.size(); ++i) needs.push_back(ToNeed(rows, i));
    return needs;
}

void SaveNeeds(postgres::Transaction& transaction, const Tracked<Need>& needs,
               const std::map<std::string, SealedNeedText>& texts) {
    InsertCreated(transaction, needs, texts);
    UpdateChanged(transaction, needs);
}

void NeedHistory::Add(const Need& need, const std::string& recorded_by) {
    ids_.Add(need.id);
    versions_.Add(need.version);
    statuses_.Add(need.status);
    recorded_at_.Add(need.updated_at);
    recorded_by_.Add(recorded_by);
}

void NeedHistory::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO need_history (need_id, version, status, recorded_at, recorded_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::timestamptz[]), unnest($5::text[])",
        {ids_, versions_, statuses_, recorded_at_, recorded_by_});
}

}  // namespace bangkit::registration
