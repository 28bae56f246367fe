#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/command/pending_command.h"
#include "libs/postgres/connection.h"

namespace bangkit::command {

/// Names one call for ever. Scoped by caller, so nobody can fetch another's answer.
struct RequestKey {
    std::string_view caller;
    std::string_view request_id;
    std::string_view fingerprint;
};

/// Per key: the outcome that an earlier transaction has stored (REQUEST_ID_REUSED if it was for
/// another request), or nullopt: the command is ours to run.
std::vector<std::optional<Outcome>> FindReplies(postgres::Transaction& transaction,
                                                std::span<const RequestKey> keys);

/// Stores what is answered, for the retries to come. If a twin of one of these was answered by
/// another process since FindReplies, the transaction fails as a lost race, effects and all; run
/// again, it finds the twin's reply.
void SaveReplies(postgres::Transaction& transaction, std::span<const RequestKey> keys,
                 std::span<const Outcome* const> outcomes);

Outcome RequestIdReused();

/// Removes up to `limit` replies older than `retention`; returns how many.
std::int64_t RemoveOldReplies(postgres::Connection& connection, std::chrono::hours retention,
                              std::int64_t limit);

}  // namespace bangkit::command
