#include "libs/command/idempotency.h"

#include <algorithm>
#include <map>

#include "google/rpc/status.pb.h"
#include "libs/command/fingerprint.h"
#include "libs/status/status.h"

namespace bangkit::command {
namespace {

using CallerAndId = std::pair<std::string, std::string>;

struct StoredReply {
    std::string fingerprint;
    Outcome outcome;
};

Outcome ToOutcome(bool is_refusal, std::string_view reply) {
    if (!is_refusal) return std::string(reply);
    google::rpc::Status status;
    status.ParseFromArray(reply.data(), static_cast<int>(reply.size()));
    return std::unexpected(status::FromProto(status));
}

std::map<CallerAndId, StoredReply> Load(postgres::Transaction& transaction,
                                        std::span<const RequestKey> keys) {
    postgres::TextArray callers;
    postgres::UuidArray request_ids;
    for (const RequestKey& key : keys) {
        callers.Add(key.caller);
        request_ids.Add(key.request_id);
    }
    // One by one by the key: a plan that was made while the table was empty would join all of it.
    const postgres::Rows rows = transaction.Run(
        "SELECT k.caller, k.request_id, i.fingerprint, i.is_refusal, i.reply"
        "  FROM unnest($1::text[], $2::uuid[]) k (caller, request_id)"
        "  CROSS JOIN LATERAL (SELECT fingerprint, is_refusal, reply FROM idempotency"
        "                       WHERE request_id = k.request_id AND caller = k.caller LIMIT 1) i",
        {callers, request_ids});
    std::map<CallerAndId, StoredReply> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.emplace(CallerAndId(rows.Text(i, 0), rows.Uuid(i, 1)),
                      StoredReply{rows.Text(i, 2), ToOutcome(rows.Bool(i, 3), rows.Bytes(i, 4))});
    }
    return found;
}

}  // namespace

Outcome RequestIdReused() {
    return Refused(ErrorCode::kFailedPrecondition, "REQUEST_ID_REUSED",
                   "this request_id was already used for another request");
}

std::vector<std::optional<Outcome>> FindReplies(postgres::Transaction& transaction,
                                                std::span<const RequestKey> keys) {
    std::vector<std::optional<Outcome>> replies(keys.size());
    if (keys.empty()) return replies;
    const auto stored = Load(transaction, keys);
    if (stored.empty()) return replies;  // The usual case: all are new.
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto found =
            stored.find({std::string(keys[i].caller), std::string(keys[i].request_id)});
        if (found == stored.end()) continue;
        const bool is_retry = IsSameRequest(found->second.fingerprint, keys[i].fingerprint);
        replies[i] = is_retry ? found->second.outcome : RequestIdReused();
    }
    return replies;
}

void SaveReplies(postgres::Transaction& transaction, std::span<const RequestKey> keys,
                 std::span<const Outcome* const> outcomes) {
    if (keys.empty()) return;
    postgres::TextArray callers;
    postgres::UuidArray request_ids;
    postgres::BytesArray fingerprints, replies;
    postgres::SmallintArray are_refusals;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Outcome& outcome = *outcomes[i];
        callers.Add(keys[i].caller);
        request_ids.Add(keys[i].request_id);
        fingerprints.Add(keys[i].fingerprint);
        are_refusals.Add(std::int16_t{!outcome});
        replies.Add(outcome ? *outcome : status::ToProto(outcome.error()).SerializeAsString());
    }
    // Everybody inserts in the same order, so two batches with the same keys cannot deadlock.
    transaction.Queue(
        "INSERT INTO idempotency (caller, request_id, fingerprint, is_refusal, reply)"
        " SELECT unnest($1::text[]) AS caller, unnest($2::uuid[]) AS request_id,"
        "        unnest($3::bytea[]), unnest($4::smallint[]) = 1, unnest($5::bytea[])"
        "  ORDER BY request_id, caller",
        {callers, request_ids, fingerprints, are_refusals, replies});
}

std::int64_t RemoveOldReplies(postgres::Connection& connection, std::chrono::hours retention,
                              std::int64_t limit) {
    return connection
        .Run(
            "DELETE FROM idempotency WHERE (request_id, caller) IN ("
            " SELECT request_id, caller FROM idempotency"
            "  WHERE created_at < now() - $1::bigint * interval '1 hour' LIMIT $2::bigint)",
            {postgres::Int64(retention.count()), postgres::Int64(limit)})
        .affected();
}

}  // namespace bangkit::command
