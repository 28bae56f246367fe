#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "libs/base/result.h"
#include "libs/rotation/key_versions.h"

namespace bangkit::rotation {

inline constexpr std::string_view kBeforeAllIds = "00000000-0000-0000-0000-000000000000";

/// Commits what `step(transaction)` does, and does it again if somebody else came first; returns
/// what it returns. Throws std::runtime_error if the ring lacks a key that is in use.
template <typename Step>
bool InTransaction(postgres::Connection& connection, const crypto::KeyRing& keys,
                   const Step& step) {
    constexpr int kAttemptsMax = 10;
    for (int attempt = 1;; ++attempt) {
        try {
            postgres::Transaction transaction(connection);
            if (!HasAllKeys(transaction, keys)) {
                throw std::runtime_error("the key file lacks a key that is in use");
            }
            const bool goes_on = step(transaction);
            transaction.Commit();
            return goes_on;
        } catch (const postgres::SqlError& error) {
            if (!error.IsLostRace() || attempt == kAttemptsMax) throw;
        }
    }
}

/// One batch of a table of wrapped keys, by ids behind `after`, which becomes the last of them.
/// Returns how many were wrapped again; nullopt if there was none. `select` takes `after` and a
/// size, `update` ids, keys as they were and as they are to be; `rewrap` an id and its wrapped key.
template <typename Rewrap>
std::optional<std::int64_t> RekeyTable(postgres::Transaction& transaction,
                                       const crypto::KeyRing& keys, std::string_view select,
                                       std::string_view update, const Rewrap& rewrap,
                                       std::int64_t batch_size, std::string& after) {
    const postgres::Rows rows = transaction.Run(select, {after, postgres::Int64(batch_size)});
    if (rows.size() == 0) return std::nullopt;
    postgres::UuidArray ids;
    postgres::BytesArray wrapped_keys, rewrapped_keys;
    for (int i = 0; i < rows.size(); ++i) {
        after = rows.Uuid(i, 0);
        const Result<std::string> current = rewrap(keys, after, rows.Bytes(i, 1));
        if (!current) throw std::runtime_error("the key of " + after + " is broken");
        if (*current == rows.Bytes(i, 1)) continue;
        ids.Add(after);
        wrapped_keys.Add(rows.Bytes(i, 1));
        rewrapped_keys.Add(*current);
    }
    // A key that was destroyed since it was read must not come back.
    return transaction.Run(update, {ids, wrapped_keys, rewrapped_keys}).affected();
}

}  // namespace bangkit::rotation
