#include "services/registration/storage/intake_submissions.h"

#include <algorithm>
#include <ranges>

namespace bangkit::registration {
namespace {

constexpr std::int64_t kLock = 27'413'260'219'765;  // Of the advisory lock.

constexpr std::string_view kColumns =
    "SELECT s.device_id, s.sequence, s.business_id, s.kind, s.status, s.fingerprint,"
    "       s.captured_at, s.clock_suspect, s.subject, s.roles, s.regions, s.traceparent, s.content"
    "  FROM intake_submissions s";

std::string Joined(const std::vector<std::string>& parts) {
    std::string joined;
    for (const std::string& part : parts) joined += (joined.empty() ? "" : ",") + part;
    return joined;
}

std::vector<std::string> Split(std::string_view joined) {
    std::vector<std::string> parts;
    for (const auto part : std::views::split(joined, ',')) {
        if (!part.empty()) parts.emplace_back(part.begin(), part.end());
    }
    return parts;
}

std::string ContentPlace(const WriteId& id) {
    return crypto::Aad({"registration", "intake_submissions", "content", id.device_id,
                        std::to_string(id.sequence)});
}

KnownSubmission ToSubmission(const postgres::Rows& rows, int i) {
    return {.id = {rows.Uuid(i, 0), rows.Int64(i, 1)},
            .business_id = rows.Uuid(i, 2),
            .kind = static_cast<IntakeKind>(rows.Int64(i, 3)),
            .status = static_cast<IntakeStatus>(rows.Int64(i, 4)),
            .fingerprint = rows.Text(i, 5),
            .captured_at = rows.Time(i, 6),
            .clock_suspect = rows.Bool(i, 7),
            .caller = {.subject = rows.Text(i, 8),
                       .roles = Split(rows.Bytes(i, 9)),
                       .regions = Split(rows.Bytes(i, 10))},
            .traceparent = rows.Text(i, 11),
            .content = {}};
}

}  // namespace

void LockIntake(postgres::Transaction& transaction) {
    transaction.Run("SELECT pg_advisory_xact_lock($1::bigint)", {postgres::Int64(kLock)});
}

void IntakeSubmissions::Load(postgres::Transaction& transaction, const std::set<WriteId>& ids,
                             const std::set<std::string>& business_ids) {
    const auto add = [this](const postgres::Rows& rows, bool with_content) {
        for (int i = 0; i < rows.size(); ++i) {
            KnownSubmission submission = ToSubmission(rows, i);
            if (with_content) {
                submission.content = keys_.Open(submission.business_id, rows.Bytes(i, 12),
                                                ContentPlace(submission.id));
            }
            const WriteId id = submission.id;
            entries_.insert_or_assign(id, Entry{.submission = std::move(submission)});
        }
    };
    postgres::UuidArray devices, businesses;
    postgres::Int64Array sequences;
    for (const WriteId& id : ids) {
        devices.Add(id.device_id);
        sequences.Add(id.sequence);
    }
    for (const std::string& id : business_ids) businesses.Add(id);
    if (devices.size() > 0) {
        static const std::string kByIdSql =
            std::string(kColumns) +
            "  JOIN unnest($1::uuid[], $2::bigint[]) u (device_id, sequence)"
            "       USING (device_id, sequence)";
        add(transaction.Run(kByIdSql, {devices, sequences}), false);
    }
    if (businesses.size() > 0) {
        static const std::string kWaitingSql =
            std::string(kColumns) + " WHERE s.business_id = ANY($1::uuid[]) AND s.status = 2";
        add(transaction.Run(kWaitingSql, {businesses}), true);
    }
    LoadDevices(transaction, ids);
}

// A device belongs to whoever submitted from it first; all its submissions have the same subject.
void IntakeSubmissions::LoadDevices(postgres::Transaction& transaction,
                                    const std::set<WriteId>& ids) {
    std::set<std::string> distinct;
    for (const WriteId& id : ids) distinct.insert(id.device_id);
    postgres::UuidArray devices;
    for (const std::string& device : distinct) devices.Add(device);
    if (devices.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT d.device_id, s.subject FROM unnest($1::uuid[]) d (device_id)"
        "  CROSS JOIN LATERAL (SELECT subject FROM intake_submissions s"
        "                       WHERE s.device_id = d.device_id LIMIT 1) s",
        {devices});
    for (int i = 0; i < rows.size(); ++i) owners_[rows.Uuid(i, 0)] = rows.Text(i, 1);
}

const KnownSubmission* IntakeSubmissions::Find(const WriteId& id) const {
    const auto found = entries_.find(id);
    const bool is_there = found != entries_.end() && !found->second.is_forgotten;
    return is_there ? &found->second.submission : nullptr;
}

std::vector<KnownSubmission> IntakeSubmissions::WaitingFor(const std::string& business_id) const {
    std::vector<KnownSubmission> waiting;
    for (const auto& [id, entry] : entries_) {
        if (IsWaitingFor(entry, business_id)) waiting.push_back(entry.submission);
    }
    return waiting;
}

std::size_t IntakeSubmissions::CountWaitingFor(const std::string& business_id) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        entries_, [&](const auto& each) { return IsWaitingFor(each.second, business_id); }));
}

bool IntakeSubmissions::IsWaitingFor(const Entry& entry, const std::string& business_id) {
    return entry.submission.status == IntakeStatus::kWaiting && !entry.is_forgotten &&
           entry.submission.business_id == business_id;
}

std::string IntakeSubmissions::OwnerOf(const std::string& device_id) const {
    const auto found = owners_.find(device_id);
    return found == owners_.end() ? std::string() : found->second;
}

void IntakeSubmissions::Put(KnownSubmission submission) {
    owners_.try_emplace(submission.id.device_id, submission.caller.subject);
    const auto [place, is_new] = entries_.try_emplace(submission.id);
    Entry& entry = place->second;
    entry.is_new = entry.is_new || is_new;
    entry.is_changed = true;
    entry.is_forgotten = false;
    entry.submission = std::move(submission);
}

void IntakeSubmissions::Forget(const WriteId& id) { entries_.at(id).is_forgotten = true; }

void IntakeSubmissions::SaveForgotten(postgres::Transaction& transaction) const {
    postgres::UuidArray devices;
    postgres::Int64Array sequences;
    for (const auto& [id, entry] : entries_) {
        if (!entry.is_forgotten) continue;
        devices.Add(id.device_id);
        sequences.Add(id.sequence);
    }
    if (devices.size() == 0) return;
    transaction.Queue(
        "DELETE FROM intake_submissions s USING unnest($1::uuid[], $2::bigint[]) u (id, sequence)"
        " WHERE s.device_id = u.id AND s.sequence = u.sequence AND s.status = 2",
        {devices, sequences});
}

void IntakeSubmissions::Save(postgres::Transaction& transaction, Time now) {
    SaveForgotten(transaction);
    postgres::UuidArray devices, businesses;
    postgres::Int64Array sequences;
    postgres::SmallintArray kinds, statuses, suspects;
    postgres::TextArray subjects, roles, regions, traceparents;
    postgres::BytesArray fingerprints, contents;
    postgres::TimeArray captured_at, received_at;
    for (const auto& [id, entry] : entries_) {
        if (!entry.is_changed || entry.is_forgotten) continue;
        const KnownSubmission& submission = entry.submission;
        devices.Add(id.device_id);
        sequences.Add(id.sequence);
        businesses.Add(submission.business_id);
        kinds.Add(submission.kind);
        statuses.Add(submission.status);
        fingerprints.Add(submission.fingerprint);
        captured_at.Add(submission.captured_at);
        suspects.Add(std::int16_t{submission.clock_suspect});
        received_at.Add(now);
        subjects.Add(submission.caller.subject);
        roles.Add(Joined(submission.caller.roles));
        regions.Add(Joined(submission.caller.regions));
        traceparents.Add(submission.traceparent);
        contents.AddOrNull(
            submission.status == IntakeStatus::kWaiting
                ? keys_.Seal(submission.business_id, submission.content, ContentPlace(id))
                : std::string());
    }
    if (devices.size() == 0) return;
    transaction.Queue(
        "INSERT INTO intake_submissions AS t (device_id, sequence, business_id, kind, status,"
        "   fingerprint, captured_at, clock_suspect, received_at, subject, roles, regions,"
        "   traceparent, content)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::smallint[]), unnest($5::smallint[]), unnest($6::bytea[]),"
        "        unnest($7::timestamptz[]), unnest($8::smallint[]) = 1, unnest($9::timestamptz[]),"
        "        unnest($10::text[]), unnest($11::text[]), unnest($12::text[]),"
        "        unnest($13::text[]), unnest($14::bytea[])"
        " ON CONFLICT (device_id, sequence)"
        " DO UPDATE SET status = excluded.status, content = excluded.content"
        "         WHERE t.status = 2",  // What does not wait any more is final.
        {devices, sequences, businesses, kinds, statuses, fingerprints, captured_at, suspects,
         received_at, subjects, roles, regions, traceparents, contents});
}

}  // namespace bangkit::registration
