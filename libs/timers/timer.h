#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "libs/command/command_loop.h"

namespace bangkit::timers {

/// A row whose time has come, as the database has found it.
struct Due {
    std::string id;            // A UUID.
    std::int64_t version = 0;  // Of the row: whoever has changed it since was first.
    std::string region_code = {};
    Time due_at = {};
    Time now = {};  // By the database's clock, which alone says what is due.
};

using Done = std::move_only_function<void(const command::Outcome&)>;

/// One kind of deadline: how the rows are found for which it is time, and what is done with one.
struct Timer {
    std::string name;  // A label of its metrics.
    /// Id, version, region code and time of what is due, along an index on (time, id):
    ///   SELECT ... WHERE due_at <= now() AND (due_at, id) > ($1, $2) ORDER BY due_at, id LIMIT $3
    std::string find;
    /// Calls `done` once, from any thread.
    std::function<void(const Due& due, Done done)> fire;
};

/// `find` of a table with the columns `version`, `region_code` and `due_at`, and an index on
/// (due_at, `id`) of those that have one.
std::string FindDue(const std::string& table, const std::string& id);

/// The same for the same version of a row, whichever process finds it and however often.
std::string RequestIdOf(std::string_view method, const Due& due);

/// To fire is to give a command: `make(due)`, in the name of `actor`, who reaches the row's region
/// and no more. It is to be refused (ABORTED) unless the row still has `due.version`, and to be
/// decided by the row and `due.now` alone: by its request id, what is refused stays refused for as
/// long as the row has that version. `loop` must outlive what is returned.
template <command::UnitOfWork Unit, typename Make>
auto Commands(command::CommandLoop<Unit>& loop, std::string actor, std::string method, Make make) {
    return [&loop, actor = std::move(actor), method = std::move(method), make = std::move(make)](
               const Due& due, Done done) {
        loop.Submit({.caller = {.subject = actor, .roles = {}, .regions = {due.region_code}},
                     .method = method,
                     .request_id = RequestIdOf(method, due),
                     .fingerprint = "",
                     .command = make(due),
                     .traceparent = telemetry::NewTraceparent(),
                     .lane = Lane::kBulk,
                     .done = std::move(done)});
    };
}

}  // namespace bangkit::timers
