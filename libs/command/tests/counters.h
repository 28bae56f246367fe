#pragma once

#include <functional>
#include <span>
#include <stdexcept>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/pending_command.h"
#include "libs/postgres/connection.h"

namespace bangkit::command {

// The smallest service there is: counters that can be added to.

inline constexpr const char* kCounterSchema =
    "CREATE TABLE counters (id text PRIMARY KEY, value bigint NOT NULL, version bigint NOT NULL);"
    "GRANT SELECT, INSERT, UPDATE ON counters TO bangkit_runtime";

struct Add {
    std::string counter;
    std::int64_t amount = 1;
    std::string bad_sql = {};  // Is run by Save().
    std::function<void()> on_save = {};
    bool throws = false;
    bool misses = false;  // Something that it cannot be decided without.
};

struct Counter {
    std::string id;
    std::int64_t value = 0;
    std::int64_t version = 0;
};

class CounterUnit {
public:
    using Command = Add;

    static std::string Target(const Add& command) { return "counter/" + command.counter; }

    void Load(postgres::Transaction& transaction, std::span<const Add* const> commands) {
        postgres::TextArray ids;
        for (const Add* command : commands) {
            ids.Add(command->counter);
            if (!command->bad_sql.empty()) bad_sql_ = command->bad_sql;
            if (command->on_save) on_save_ = command->on_save;
        }
        const postgres::Rows rows = transaction.Run(
            "SELECT id, value, version FROM counters WHERE id = ANY($1::text[]) ORDER BY id"
            "   FOR UPDATE",
            {ids});
        for (int i = 0; i < rows.size(); ++i) {
            counters_.AddLoaded({rows.Text(i, 0), rows.Int64(i, 1), rows.Int64(i, 2)});
        }
    }

    /// Answers with the new value.
    Outcome Handle(const PendingCommand<Add>& pending, Time) {
        const Add& command = pending.command;
        if (command.throws) throw std::logic_error("a mistake of ours");
        if (command.misses) {
            return Refused(ErrorCode::kUnavailable, "SOMETHING_MISSING", "it is not there yet");
        }
        if (command.amount == 0) {
            return std::unexpected(Error{.code = ErrorCode::kInvalidArgument,
                                         .reason = "NOTHING_TO_ADD",
                                         .message = "an amount is needed",
                                         .fields = {{"amount", "AMOUNT_ZERO", "must not be zero"}},
                                         .metadata = {{"counter", command.counter}}});
        }
        Counter& counter = counters_[command.counter];
        counter.id = command.counter;
        counter.value += command.amount;
        ++counter.version;
        return std::to_string(counter.value);
    }

    void Save(postgres::Transaction& transaction) {
        for (const auto* created : counters_.Created()) {
            transaction.Queue("INSERT INTO counters VALUES ($1::text, $2::bigint, $3::bigint)",
                              {created->state.id, postgres::Int64(created->state.value),
                               postgres::Int64(created->state.version)});
        }
        for (const auto* changed : counters_.Changed()) {
            transaction.QueueExact(
                1,
                "UPDATE counters SET value = $2::bigint, version = $3::bigint"
                " WHERE id = $1::text AND version = $4::bigint",
                {changed->state.id, postgres::Int64(changed->state.value),
                 postgres::Int64(changed->state.version), postgres::Int64(changed->saved_version)});
        }
        if (!bad_sql_.empty()) transaction.Queue(bad_sql_);
        if (on_save_) on_save_();
    }

private:
    Tracked<Counter> counters_;
    std::string bad_sql_;
    std::function<void()> on_save_;
};

}  // namespace bangkit::command
