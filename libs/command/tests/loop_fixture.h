#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "gen/command_migrations.h"
#include "libs/command/command_loop.h"
#include "libs/command/tests/counters.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"

namespace bangkit::command {

/// A loop of counters on a database of its own.
class LoopTest : public ::testing::Test {
protected:
    using Loop = CommandLoop<CounterUnit>;

    LoopTest() { database_.Execute(kCounterSchema); }

    std::unique_ptr<Loop> NewLoop(LoopOptions options) {
        if (options.dsn.empty()) options.dsn = database_.dsn();
        // Tests hold locks for as long as they like.
        if (options.silence_max == postgres::kPromptly) options.silence_max = {};
        return std::make_unique<Loop>(std::move(options),
                                      LoopContext{.clock = clock_,
                                                  .logger = logger_,
                                                  .metrics = metrics_,
                                                  .failpoints = *failpoints_,
                                                  .on_commit = [this] { ++commits_; }},
                                      [] { return CounterUnit(); });
    }
    void Start(LoopOptions options = {}) { loop_ = NewLoop(std::move(options)); }

    /// `number` becomes the end of the request id; below 0: none.
    static PendingCommand<Add> Pending(int number, const Add& add) {
        const std::string digits = std::to_string(1'000'000 + number);
        return {.caller = {.subject = "siti", .roles = {"officer", "agency"}, .regions = {"36.74"}},
                .method = "Add",
                .request_id = number < 0 ? "" : "00000000-0000-4000-8000-00000" + digits,
                .fingerprint = add.counter + std::to_string(add.amount),
                .command = add,
                .traceparent = "00-trace-01"};
    }
    std::future<Outcome> Submit(Loop& loop, PendingCommand<Add> pending) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        pending.done = [promise](const Outcome& outcome) { promise->set_value(outcome); };
        loop.Submit(std::move(pending));
        return promise->get_future();
    }
    std::future<Outcome> Submit(int number, const Add& add) {
        return Submit(*loop_, Pending(number, add));
    }

    /// "OK", or why not.
    static std::string ReasonOf(const Outcome& outcome) {
        return outcome ? "OK" : outcome.error().reason;
    }
    static std::optional<ErrorCode> CodeOf(const Outcome& outcome) {
        return outcome ? std::nullopt : std::optional(outcome.error().code);
    }

    std::int64_t Value(const std::string& counter) const {
        return database_.Count("SELECT coalesce(sum(value), 0)::bigint FROM counters WHERE id = '" +
                               counter + "'");
    }

    /// Keeps a loop's writer busy, so that what is submitted meanwhile gathers.
    class Gate {
    public:
        explicit Gate(LoopTest& test) : connection_(test.database_.owner_dsn()) {
            transaction_.emplace(connection_);
            transaction_->Run("INSERT INTO counters VALUES ('gate', 0, 1)");
            waiting_ = test.Submit(-1, {.counter = "gate"});
            test.database_.AwaitLockWaits();
        }
        void Open() {
            transaction_->Commit();
            waiting_.wait();
        }

    private:
        postgres::Connection connection_;
        std::optional<postgres::Transaction> transaction_;
        std::future<Outcome> waiting_;
    };

    testing::TempDatabase database_{{Migrations()}};
    testing::ManualClock clock_{std::chrono::sys_days(std::chrono::year(2022) / 5 / 12)};
    testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    std::unique_ptr<Failpoints> failpoints_ = std::make_unique<Failpoints>();
    std::atomic<int> commits_ = 0;
    std::unique_ptr<Loop> loop_;
};

}  // namespace bangkit::command
