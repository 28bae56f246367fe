#include "services/aid/storage/nomination/nominations.h"

#include <sstream>
#include <utility>

#include "services/aid/storage/lines.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

std::optional<Time> OptionalTime(const Rows& rows, int row, int column) {
    if (rows.IsNull(row, column)) return std::nullopt;
    return rows.Time(row, column);
}

void Add(postgres::TimeArray& column, const std::optional<Time>& time) {
    time ? column.Add(*time) : column.AddNull();
}

/// "1 5": as SQL can take it apart.
std::string ToNumbers(const std::set<RejectionReason>& reasons) {
    std::string numbers;
    for (const RejectionReason reason : reasons) {
        numbers += (numbers.empty() ? "" : " ") + std::to_string(static_cast<int>(reason));
    }
    return numbers;
}
std::set<RejectionReason> FromNumbers(const std::string& numbers) {
    std::set<RejectionReason> reasons;
    std::istringstream stream(numbers);
    for (int number = 0; stream >> number;) reasons.insert(static_cast<RejectionReason>(number));
    return reasons;
}

/// What changes of a list, for INSERT and UPDATE alike.
struct BatchColumns {
    postgres::UuidArray ids;
    postgres::Int64Array versions, nominees;
    postgres::SmallintArray states;
    postgres::TextArray made_by, sent_by, letters, decrees;
    postgres::DateArray correct_until, decreed_on;
    postgres::TimeArray sent_at, updated_at;

    void AddRow(const NominationBatch& batch) {
        ids.Add(batch.id);
        versions.Add(batch.version);
        nominees.Add(batch.nominees);
        states.Add(batch.state);
        made_by.Add(ToLines(batch.made_by));
        sent_by.Add(batch.sent_by);
        letters.Add(batch.letter);
        decrees.Add(batch.decree);
        correct_until.Add(batch.correct_until);
        decreed_on.Add(batch.decreed_on);
        Add(sent_at, batch.sent_at);
        updated_at.Add(batch.updated_at);
    }
};

void InsertBatches(postgres::Transaction& transaction, const Tracked<NominationBatch>& batches) {
    const auto created = batches.Created();
    if (created.empty()) return;
    BatchColumns columns;
    postgres::UuidArray programs;
    postgres::TextArray regions;
    postgres::SmallintArray schemes;
    postgres::Int64Array amounts;
    postgres::TimeArray created_at;
    for (const auto* entry : created) {
        const NominationBatch& batch = entry->state;
        columns.AddRow(batch);
        programs.Add(batch.program_id);
        regions.Add(batch.region_code);
        schemes.Add(batch.scheme);
        amounts.Add(batch.amount);
        created_at.Add(batch.created_at);
    }
    transaction.Queue(
        "INSERT INTO nomination_batches (batch_id, version, program_id, region_code, scheme,"
        "   state, nominees, amount_rupiah, made_by, sent_by, letter, correct_until, decree,"
        "   decreed_on, created_at, sent_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::text[]), unnest($5::smallint[]), unnest($6::smallint[]),"
        "        unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::text[]),"
        "        unnest($10::text[]), unnest($11::text[]), unnest($12::date[]),"
        "        unnest($13::text[]), unnest($14::date[]), unnest($15::timestamptz[]),"
        "        unnest($16::timestamptz[]), unnest($17::timestamptz[])",
        {columns.ids, columns.versions, programs, regions, schemes, columns.states,
         columns.nominees, amounts, columns.made_by, columns.sent_by, columns.letters,
         columns.correct_until, columns.decrees, columns.decreed_on, created_at, columns.sent_at,
         columns.updated_at});
}

void UpdateBatches(postgres::Transaction& transaction, const Tracked<NominationBatch>& batches) {
    const auto changed = batches.Changed();
    if (changed.empty()) return;
    BatchColumns columns;
    postgres::Int64Array loaded;
    for (const auto* entry : changed) {
        columns.AddRow(entry->state);
        loaded.Add(entry->saved_version);
    }
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE nomination_batches t"
        "   SET version = u.version, state = u.state, nominees = u.nominees, made_by = u.made_by,"
        "       sent_by = u.sent_by, letter = u.letter, correct_until = u.correct_until,"
        "       decree = u.decree, decreed_on = u.decreed_on, sent_at = u.sent_at,"
        "       updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[],"
        "              $6::text[], $7::text[], $8::text[], $9::date[], $10::text[], $11::date[],"
        "              $12::timestamptz[], $13::timestamptz[])"
        "    AS u (id, loaded, version, state, nominees, made_by, sent_by, letter, correct_until,"
        "          decree, decreed_on, sent_at, updated_at)"
        " WHERE t.batch_id = u.id AND t.version = u.loaded",
        {columns.ids, loaded, columns.versions, columns.states, columns.nominees, columns.made_by,
         columns.sent_by, columns.letters, columns.correct_until, columns.decrees,
         columns.decreed_on, columns.sent_at, columns.updated_at});
}

/// What changes of somebody who is nominated, for INSERT and UPDATE alike.
struct NomineeColumns {
    postgres::UuidArray ids;
    postgres::Int64Array versions, amounts;
    postgres::SmallintArray states, rounds;
    postgres::TextArray reasons, ever_reasons, decrees;
    postgres::TimeArray due_at, determined_at, paid_at, claimed_at, updated_at;

    void AddRow(const Nominee& nominee) {
        ids.Add(nominee.id);
        versions.Add(nominee.version);
        amounts.Add(nominee.amount);
        states.Add(nominee.state);
        rounds.Add(static_cast<std::int16_t>(nominee.round));
        reasons.Add(ToNumbers(nominee.reasons));
        ever_reasons.Add(ToNumbers(nominee.found));
        decrees.Add(nominee.decree);
        Add(due_at, nominee.due_at);
        Add(determined_at, nominee.determined_at);
        Add(paid_at, nominee.paid_at);
        Add(claimed_at, nominee.claimed_at);
        updated_at.Add(nominee.updated_at);
    }
};

void InsertNominees(postgres::Transaction& transaction, const Tracked<Nominee>& nominees) {
    const auto created = nominees.Created();
    if (created.empty()) return;
    NomineeColumns columns;
    postgres::UuidArray batches, programs, businesses, owners;
    postgres::Int64Array numbers;
    postgres::TextArray regions;
    postgres::SmallintArray schemes;
    postgres::TimeArray nominated_at;
    for (const auto* entry : created) {
        const Nominee& nominee = entry->state;
        columns.AddRow(nominee);
        batches.Add(nominee.batch_id);
        numbers.Add(nominee.number);
        programs.Add(nominee.program_id);
        businesses.Add(nominee.business_id);
        owners.Add(nominee.owner_id);
        regions.Add(nominee.region_code);
        schemes.Add(nominee.scheme);
        nominated_at.Add(nominee.nominated_at);
    }
    transaction.Queue(
        "INSERT INTO nominees (application_id, version, batch_id, number, program_id, business_id,"
        "   owner_id, region_code, scheme, state, round, reasons, ever_reasons, amount_rupiah,"
        "   decree, due_at, nominated_at, determined_at, paid_at, claimed_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::bigint[]), unnest($5::uuid[]), unnest($6::uuid[]), unnest($7::uuid[]),"
        "        unnest($8::text[]), unnest($9::smallint[]), unnest($10::smallint[]),"
        "        unnest($11::smallint[]), unnest($12::text[]), unnest($13::text[]),"
        "        unnest($14::bigint[]), unnest($15::text[]), unnest($16::timestamptz[]),"
        "        unnest($17::timestamptz[]), unnest($18::timestamptz[]),"
        "        unnest($19::timestamptz[]), unnest($20::timestamptz[]),"
        "        unnest($21::timestamptz[])",
        {columns.ids,
         columns.versions,
         batches,
         numbers,
         programs,
         businesses,
         owners,
         regions,
         schemes,
         columns.states,
         columns.rounds,
         columns.reasons,
         columns.ever_reasons,
         columns.amounts,
         columns.decrees,
         columns.due_at,
         nominated_at,
         columns.determined_at,
         columns.paid_at,
         columns.claimed_at,
         columns.updated_at});
}

void UpdateNominees(postgres::Transaction& transaction, const Tracked<Nominee>& nominees) {
    const auto changed = nominees.Changed();
    if (changed.empty()) return;
    NomineeColumns columns;
    postgres::Int64Array loaded;
    for (const auto* entry : changed) {
        columns.AddRow(entry->state);
        loaded.Add(entry->saved_version);
    }
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE nominees t"
        "   SET version = u.version, state = u.state, round = u.round, reasons = u.reasons,"
        "       ever_reasons = u.ever_reasons, amount_rupiah = u.amount, decree = u.decree,"
        "       due_at = u.due_at, determined_at = u.determined_at, paid_at = u.paid_at,"
        "       claimed_at = u.claimed_at, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[],"
        "              $6::text[], $7::text[], $8::bigint[], $9::text[], $10::timestamptz[],"
        "              $11::timestamptz[], $12::timestamptz[], $13::timestamptz[],"
        "              $14::timestamptz[])"
        "    AS u (id, loaded, version, state, round, reasons, ever_reasons, amount, decree,"
        "          due_at, determined_at, paid_at, claimed_at, updated_at)"
        " WHERE t.application_id = u.id AND t.version = u.loaded",
        {columns.ids, loaded, columns.versions, columns.states, columns.rounds, columns.reasons,
         columns.ever_reasons, columns.amounts, columns.decrees, columns.due_at,
         columns.determined_at, columns.paid_at, columns.claimed_at, columns.updated_at});
}

}  // namespace

NominationBatch ToNominationBatch(const Rows& rows, int i) {
    NominationBatch batch;
    batch.id = rows.Uuid(i, 0);
    batch.version = rows.Int64(i, 1);
    batch.program_id = rows.Uuid(i, 2);
    batch.region_code = rows.Text(i, 3);
    batch.scheme = static_cast<NominationScheme>(rows.Int64(i, 4));
    batch.state = static_cast<NominationBatchState>(rows.Int64(i, 5));
    batch.nominees = rows.Int64(i, 6);
    batch.amount = rows.Int64(i, 7);
    batch.made_by = FromLines(rows.Text(i, 8));
    batch.sent_by = rows.Text(i, 9);
    batch.letter = rows.Text(i, 10);
    batch.correct_until = rows.OptionalDate(i, 11);
    batch.decree = rows.Text(i, 12);
    batch.decreed_on = rows.OptionalDate(i, 13);
    batch.created_at = rows.Time(i, 14);
    batch.sent_at = OptionalTime(rows, i, 15);
    batch.updated_at = rows.Time(i, 16);
    return batch;
}

Nominee ToNominee(const Rows& rows, int i) {
    Nominee nominee;
    nominee.id = rows.Uuid(i, 0);
    nominee.version = rows.Int64(i, 1);
    nominee.batch_id = rows.Uuid(i, 2);
    nominee.number = rows.Int64(i, 3);
    nominee.program_id = rows.Uuid(i, 4);
    nominee.business_id = rows.Uuid(i, 5);
    nominee.owner_id = rows.Uuid(i, 6);
    nominee.region_code = rows.Text(i, 7);
    nominee.scheme = static_cast<NominationScheme>(rows.Int64(i, 8));
    nominee.state = static_cast<NomineeState>(rows.Int64(i, 9));
    nominee.round = static_cast<int>(rows.Int64(i, 10));
    nominee.reasons = FromNumbers(rows.Text(i, 11));
    nominee.found = FromNumbers(rows.Text(i, 12));
    nominee.amount = rows.Int64(i, 13);
    nominee.decree = rows.Text(i, 14);
    nominee.due_at = OptionalTime(rows, i, 15);
    nominee.nominated_at = rows.Time(i, 16);
    nominee.determined_at = OptionalTime(rows, i, 17);
    nominee.paid_at = OptionalTime(rows, i, 18);
    nominee.claimed_at = OptionalTime(rows, i, 19);
    nominee.updated_at = rows.Time(i, 20);
    return nominee;
}

std::vector<NominationBatch> LockNominationBatches(postgres::Transaction& transaction,
                                                   const std::set<std::string>& batch_ids,
                                                   const std::set<std::string>& program_ids,
                                                   RowLock lock) {
    std::vector<NominationBatch> batches;
    if (batch_ids.empty() && program_ids.empty()) return batches;
    static const std::string select =
        "SELECT " + std::string(kNominationBatchColumns) +
        "  FROM nomination_batches b"
        " WHERE b.batch_id IN (SELECT unnest($1::uuid[])"
        "                      UNION"
        "                      SELECT batch_id FROM nomination_batches"
        "                       WHERE program_id = ANY($2::uuid[]))"
        " ORDER BY b.batch_id FOR ";
    static const std::string for_change = select + "UPDATE", against_changes = select + "SHARE";
    const Rows rows = transaction.Run(lock == RowLock::kForChange ? for_change : against_changes,
                                      {Uuids(batch_ids), Uuids(program_ids)});
    for (int i = 0; i < rows.size(); ++i) batches.push_back(ToNominationBatch(rows, i));
    return batches;
}

std::vector<Nominee> LockNominees(postgres::Transaction& transaction,
                                  const std::set<std::string>& application_ids) {
    std::vector<Nominee> nominees;
    if (application_ids.empty()) return nominees;
    static const std::string sql = "SELECT " + std::string(kNomineeColumns) +
                                   "  FROM nominees n WHERE n.application_id = ANY($1::uuid[])"
                                   " ORDER BY n.application_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {Uuids(application_ids)});
    for (int i = 0; i < rows.size(); ++i) nominees.push_back(ToNominee(rows, i));
    return nominees;
}

void SaveNominations(postgres::Transaction& transaction, const Tracked<NominationBatch>& batches,
                     const Tracked<Nominee>& nominees) {
    InsertBatches(transaction, batches);
    InsertNominees(transaction, nominees);
    UpdateBatches(transaction, batches);
    UpdateNominees(transaction, nominees);
}

}  // namespace bangkit::aid
