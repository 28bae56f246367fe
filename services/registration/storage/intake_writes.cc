#include "services/registration/storage/intake_writes.h"

#include <algorithm>

#include "libs/base/ids.h"

namespace bangkit::registration {
namespace {

const std::string kNoDevice = "00000000-0000-0000-0000-000000000000";

std::optional<WriteId> SawOf(const postgres::Rows& rows, int i, int column) {
    if (rows.IsNull(i, column)) return std::nullopt;
    return WriteId{FromStoredDeviceId(rows.Uuid(i, column)), rows.Int64(i, column + 1)};
}

}  // namespace

std::string StoredDeviceId(const std::string& device_id) {
    return device_id.empty() ? kNoDevice : device_id;
}

std::string FromStoredDeviceId(const std::string& stored) {
    return stored == kNoDevice ? std::string() : stored;
}

std::string IntakeValuePlace(const IntakeField& field, const WriteId& id) {
    return crypto::Aad({"registration", "intake_writes", "value", field.subject_id, field.field,
                        id.device_id, std::to_string(id.sequence)});
}

struct IntakeWrites::Inserts {
    void Add(const IntakeField& field, const Row& row, const FieldWrite& write,
             const Mutable& state, const std::string& sealed, Time now) {
        ids.Add(row.write_id);
        subjects.Add(field.subject_id);
        fields.Add(field.field);
        devices.Add(StoredDeviceId(write.stamp.id.device_id));
        sequences.Add(write.stamp.id.sequence);
        businesses.Add(write.business_id);
        captured_at.Add(write.stamp.captured_at);
        suspects.Add(std::int16_t{row.author.clock_suspect});
        write.saw ? saw_devices.Add(StoredDeviceId(write.saw->device_id)) : saw_devices.AddNull();
        write.saw ? saw_sequences.Add(write.saw->sequence) : saw_sequences.AddNull();
        versions.Add(state.version);
        values.Add(sealed);
        blocked.Add(state.blocked);
        stated_by.Add(row.author.stated_by);
        recorded_at.Add(now);
        open.Add(std::int16_t{state.is_open});
    }
    void Save(postgres::Transaction& transaction) const {
        if (ids.size() == 0) return;
        transaction.Queue(
            "INSERT INTO intake_writes (write_id, subject_id, field, device_id, sequence,"
            "   business_id, captured_at, clock_suspect, saw_device_id, saw_sequence, version,"
            "   value, blocked, stated_by, recorded_at, is_open)"
            " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]),"
            "        unnest($4::uuid[]), unnest($5::bigint[]), unnest($6::uuid[]),"
            "        unnest($7::timestamptz[]), unnest($8::smallint[]) = 1, unnest($9::uuid[]),"
            "        unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bytea[]),"
            "        unnest($13::text[]), unnest($14::text[]), unnest($15::timestamptz[]),"
            "        unnest($16::smallint[]) = 1",
            {ids, subjects, fields, devices, sequences, businesses, captured_at, suspects,
             saw_devices, saw_sequences, versions, values, blocked, stated_by, recorded_at, open});
    }
    postgres::UuidArray ids, subjects, devices, businesses, saw_devices;
    postgres::TextArray fields, blocked, stated_by;
    postgres::Int64Array sequences, saw_sequences, versions;
    postgres::TimeArray captured_at, recorded_at;
    postgres::SmallintArray suspects, open;
    postgres::BytesArray values;
};

struct IntakeWrites::Updates {
    void Add(const Row& row, const Mutable& state, const std::string& by, Time now) {
        const bool is_decided = row.is_taken || (state.is_decided && !row.saved.is_decided);
        ids.Add(row.write_id);
        versions.Add(state.version);
        blocked.Add(state.blocked);
        open.Add(std::int16_t{state.is_open});
        if (is_decided) {
            decisions.Add(row.is_taken ? IntakeDecision::kTake : IntakeDecision::kKeep);
        } else {
            decisions.AddNull();
        }
        deciders.AddOrNull(is_decided ? by : std::string());
        is_decided ? decided_at.Add(now) : decided_at.AddNull();
    }
    void Save(postgres::Transaction& transaction) const {
        if (ids.size() == 0) return;
        transaction.QueueExact(
            ids.size(),
            "UPDATE intake_writes t"
            "   SET version = u.version, blocked = u.blocked, is_open = u.is_open = 1,"
            "       decision = coalesce(u.decision, t.decision),"
            "       decided_by = coalesce(u.decided_by, t.decided_by),"
            "       decided_at = coalesce(u.decided_at, t.decided_at)"
            "  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::smallint[], $5::smallint[],"
            "              $6::text[], $7::timestamptz[])"
            "    AS u (id, version, blocked, is_open, decision, decided_by, decided_at)"
            " WHERE t.write_id = u.id",
            {ids, versions, blocked, open, decisions, deciders, decided_at});
    }
    postgres::UuidArray ids;
    postgres::Int64Array versions;
    postgres::TextArray blocked, deciders;
    postgres::SmallintArray open, decisions;
    postgres::TimeArray decided_at;
};

void IntakeWrites::Load(postgres::Transaction& transaction,
                        const std::set<std::string>& subject_ids) {
    postgres::UuidArray subjects;
    for (const std::string& id : subject_ids) subjects.Add(id);
    if (subjects.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT write_id, subject_id, field, device_id, sequence, business_id, captured_at,"
        "       saw_device_id, saw_sequence, version, value, blocked, is_open,"
        "       coalesce(decision = 1, false)"
        "  FROM intake_writes WHERE subject_id = ANY($1::uuid[])",
        {subjects});
    for (int i = 0; i < rows.size(); ++i) {
        const IntakeField field{rows.Uuid(i, 1), rows.Text(i, 2)};
        const WriteId id{FromStoredDeviceId(rows.Uuid(i, 3)), rows.Int64(i, 4)};
        FieldWrite write{
            .stamp = {rows.Time(i, 6), id},
            .saw = SawOf(rows, i, 7),
            .value = keys_.Open(field.subject_id, rows.Bytes(i, 10), IntakeValuePlace(field, id)),
            .business_id = rows.Uuid(i, 5),
            .version = rows.Int64(i, 9),
            .blocked = rows.Text(i, 11),
            .is_decided = rows.Bool(i, 13)};
        Entry& entry = entries_[field];
        entry.rows[id] = {.write_id = rows.Uuid(i, 0),
                          .saved = {.version = write.version,
                                    .blocked = write.blocked,
                                    .is_open = rows.Bool(i, 12),
                                    .is_decided = write.is_decided},
                          .author = {}};
        entry.history.Add(write);
    }
}

std::map<std::string, IntakeWritePlace> IntakeWrites::Find(postgres::Transaction& transaction,
                                                           const std::set<std::string>& write_ids) {
    std::map<std::string, IntakeWritePlace> found;
    postgres::UuidArray ids;
    for (const std::string& id : write_ids) ids.Add(id);
    if (ids.size() == 0) return found;
    const postgres::Rows rows = transaction.Run(
        "SELECT write_id, subject_id, field, device_id, sequence, business_id FROM intake_writes"
        " WHERE write_id = ANY($1::uuid[])",
        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        found[rows.Uuid(i, 0)] = {.field = {rows.Uuid(i, 1), rows.Text(i, 2)},
                                  .id = {FromStoredDeviceId(rows.Uuid(i, 3)), rows.Int64(i, 4)},
                                  .business_id = rows.Uuid(i, 5)};
    }
    return found;
}

const FieldHistory& IntakeWrites::HistoryOf(const IntakeField& field) const {
    static const FieldHistory kNone;
    const auto found = entries_.find(field);
    return found == entries_.end() ? kNone : found->second.history;
}

std::size_t IntakeWrites::CountOf(const std::string& subject_id) const {
    std::size_t count = 0;
    for (auto i = entries_.lower_bound({subject_id, ""});
         i != entries_.end() && i->first.subject_id == subject_id; ++i) {
        count += i->second.rows.size();
    }
    return count;
}

void IntakeWrites::Put(const IntakeField& field, FieldHistory history,
                       const std::map<WriteId, Author>& authors) {
    Entry& entry = entries_[field];
    entry.history = std::move(history);
    entry.is_touched = true;
    for (const auto& [id, write] : entry.history.writes()) {
        const auto [row, is_new] = entry.rows.try_emplace(id);
        if (!is_new) continue;
        row->second.is_new = true;
        row->second.author = authors.at(id);
    }
}

void IntakeWrites::Decided(const IntakeField& field, const std::string& decided_by,
                           const std::optional<WriteId>& taken) {
    Entry& entry = entries_.at(field);
    entry.decided_by = decided_by;
    if (taken) entry.rows.at(*taken).is_taken = true;
}

void IntakeWrites::Save(postgres::Transaction& transaction, Time now) {
    Inserts inserts;
    Updates updates;
    for (auto& [field, entry] : entries_) {
        if (!entry.is_touched) continue;
        const std::vector<WriteId> open = entry.history.Open();
        for (const auto& [id, write] : entry.history.writes()) {
            Row& row = entry.rows.at(id);
            const Mutable state{.version = write.version,
                                .blocked = write.blocked,
                                .is_open = std::ranges::find(open, id) != open.end(),
                                .is_decided = write.is_decided};
            if (row.is_new) {
                row.write_id = NewId(now);
                inserts.Add(field, row, write, state,
                            keys_.Seal(field.subject_id, write.value, IntakeValuePlace(field, id)),
                            now);
                if (!write.is_decided && !row.is_taken) continue;
            }
            if (row.is_new || row.is_taken || state != row.saved) {
                updates.Add(row, state, entry.decided_by, now);
            }
        }
    }
    inserts.Save(transaction);
    updates.Save(transaction);
}

}  // namespace bangkit::registration
