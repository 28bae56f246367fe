#include "services/registration/storage/merges.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

/// Of new rows and of changed ones.
struct Columns {
    void Add(const Merge& merge) {
        ids.Add(merge.id);
        surviving_ids.Add(merge.surviving_id);
        merged_ids.Add(merge.merged_id);
        merged_by.Add(merge.merged_by);
        merged_at.Add(merge.merged_at);
        undo_until.Add(merge.undo_until);
        undone_by.AddOrNull(merge.undone_by);
        merge.undone_at ? undone_at.Add(*merge.undone_at) : undone_at.AddNull();
    }
    postgres::UuidArray ids, surviving_ids, merged_ids;
    postgres::TextArray merged_by, undone_by;
    postgres::TimeArray merged_at, undo_until, undone_at;
};

}  // namespace

void Merges::Load(postgres::Transaction& transaction, const postgres::UuidArray& merged_ids) {
    if (merged_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT merge_id, surviving_id, merged_id, merged_by, merged_at, undo_until FROM merges"
        " WHERE merged_id = ANY($1::uuid[]) AND undone_at IS NULL ORDER BY merge_id FOR UPDATE",
        {merged_ids});
    for (int i = 0; i < rows.size(); ++i) {
        entries_[rows.Uuid(i, 0)].merge = {.id = rows.Uuid(i, 0),
                                           .surviving_id = rows.Uuid(i, 1),
                                           .merged_id = rows.Uuid(i, 2),
                                           .merged_by = rows.Text(i, 3),
                                           .merged_at = rows.Time(i, 4),
                                           .undo_until = rows.Time(i, 5),
                                           .undone_by = {},
                                           .undone_at = {}};
    }
}

const Merge* Merges::FindInForce(const std::string& merged_id) const {
    const auto found = std::ranges::find_if(entries_, [&](const auto& each) {
        const Merge& merge = each.second.merge;
        return merge.merged_id == merged_id && !merge.undone_at;
    });
    return found == entries_.end() ? nullptr : &found->second.merge;
}

void Merges::ForEach(const std::function<void(const Merge&)>& visit) const {
    for (const auto& [id, entry] : entries_) visit(entry.merge);
}

void Merges::Put(const Merge& merge) {
    const auto [place, is_new] = entries_.try_emplace(merge.id);
    Entry& entry = place->second;
    entry.merge = merge;
    entry.is_new = entry.is_new || is_new;
    entry.is_undone_now = merge.undone_at.has_value();
}

void Merges::AddVersion(const Business& business, const Event& event, const std::string& actor) {
    const auto add = [&](const auto& happened, bool is_undo) {
        if (business.id == happened.merged_id) merged_into_[business.id] = business.merged_into;
        history_.business_ids.Add(business.id);
        history_.versions.Add(business.version);
        history_.recorded_at.Add(happened.at);
        history_.merge_ids.Add(happened.merge_id);
        history_.surviving_ids.Add(happened.surviving_id);
        history_.merged_ids.Add(happened.merged_id);
        history_.undone.Add(std::int16_t{is_undo});
        history_.actors.Add(actor);
    };
    if (const auto* merged = std::get_if<BusinessesMerged>(&event)) add(*merged, false);
    if (const auto* undone = std::get_if<MergeUndone>(&event)) add(*undone, true);
}

void Merges::Save(postgres::Transaction& transaction) const {
    if (merged_into_.empty()) return;
    SaveMerges(transaction);
    postgres::UuidArray ids, into;
    for (const auto& [id, surviving_id] : merged_into_) {
        ids.Add(id);
        surviving_id.empty() ? into.AddNull() : into.Add(surviving_id);
    }
    transaction.QueueExact(ids.size(),
                           "UPDATE businesses t SET merged_into = u.surviving_id"
                           "  FROM unnest($1::uuid[], $2::uuid[]) u (id, surviving_id)"
                           " WHERE t.business_id = u.id",
                           {ids, into});
    transaction.Queue(
        "INSERT INTO merge_history (business_id, version, recorded_at, merge_id, surviving_id,"
        "   merged_id, is_undo, merged_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::uuid[]),"
        "        unnest($7::smallint[]) = 1, unnest($8::text[])",
        {history_.business_ids, history_.versions, history_.recorded_at, history_.merge_ids,
         history_.surviving_ids, history_.merged_ids, history_.undone, history_.actors});
}

void Merges::SaveMerges(postgres::Transaction& transaction) const {
    Columns made, undone;
    for (const auto& [id, entry] : entries_) {
        if (entry.is_new) made.Add(entry.merge);
        if (!entry.is_new && entry.is_undone_now) undone.Add(entry.merge);
    }
    if (undone.ids.size() > 0) {  // First: one that is new may be of the same business.
        transaction.QueueExact(
            undone.ids.size(),
            "UPDATE merges t SET undone_by = u.undone_by, undone_at = u.undone_at"
            "  FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) u (id, undone_by, undone_at)"
            " WHERE t.merge_id = u.id AND t.undone_at IS NULL",
            {undone.ids, undone.undone_by, undone.undone_at});
    }
    if (made.ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO merges (merge_id, surviving_id, merged_id, merged_by, merged_at, undo_until,"
        "   undone_by, undone_at)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[],"
        "   $6::timestamptz[], $7::text[], $8::timestamptz[])",
        {made.ids, made.surviving_ids, made.merged_ids, made.merged_by, made.merged_at,
         made.undo_until, made.undone_by, made.undone_at});
}

}  // namespace bangkit::registration
