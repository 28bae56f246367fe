#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/base/outage.h"
#include "libs/base/two_lane_queue.h"
#include "libs/command/idempotency.h"
#include "libs/command/loop_metrics.h"
#include "libs/command/unit_of_work.h"
#include "libs/status/status.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::command {

struct LoopOptions {
    std::string dsn;
    std::string name = {};  // A label of its metrics, where a process has more than one loop.
    int writers = 1;  // Threads, each with a connection of its own. One keeps the order of arrival.
    std::size_t batch_max = 128;   // Commands in one transaction.
    std::size_t queue_max = 4096;  // Interactive commands that wait; more are refused.
    // Streams hold their lines back, 256 each: this many never meet a full lane.
    std::size_t bulk_queue_max = 64 * 256;
    // A database that says nothing for so long is away.
    std::chrono::milliseconds silence_max = postgres::kPromptly;
};

/// What a loop stands on; all of it outlives the loop.
struct LoopContext {
    const Clock& clock;
    Logger& logger;
    prometheus::Registry& metrics;
    const Failpoints& failpoints;
    std::function<void()> on_commit;  // Wakes the relay.
};

/// Runs commands, many in one transaction: a writer takes whatever waits, and while it commits the
/// next batch gathers by itself. Each command gets its own outcome, and none can harm another.
template <UnitOfWork Unit>
class CommandLoop {
public:
    using Command = typename Unit::Command;
    using Pending = PendingCommand<Command>;

    CommandLoop(LoopOptions options, LoopContext context, std::function<Unit()> make_unit)
        : options_(std::move(options)),
          context_(std::move(context)),
          make_unit_(std::move(make_unit)),
          metrics_(context_.metrics, options_.name),
          queue_(options_.queue_max, options_.bulk_queue_max) {
        for (int i = 0; i < options_.writers; ++i) writers_.emplace_back([this] { Write(); });
    }

    /// Answers everything already submitted, then joins the writers.
    ~CommandLoop() { queue_.Close(); }
    CommandLoop(const CommandLoop&) = delete;
    CommandLoop& operator=(const CommandLoop&) = delete;

    void Submit(Pending pending) {
        if (queue_.TryPush(pending.lane, pending)) return;
        metrics_.CountRefusedByFullQueue();
        pending.done(
            Refused(ErrorCode::kResourceExhausted, "QUEUE_FULL", "please try again later"));
    }

private:
    using SteadyClock = std::chrono::steady_clock;
    /// What a writer has to do with the database.
    struct Link {
        explicit Link(Logger& logger) : outage(logger, "writer") {}
        std::optional<postgres::Connection> connection;
        Outage outage;
    };
    static constexpr std::chrono::milliseconds kPatienceMax{5};

    void Write() {
        Link link(context_.logger);
        Patience patience;
        for (;;) {
            std::vector<Pending> batch = queue_.TakeUpTo(options_.batch_max, patience);
            if (batch.empty()) return;
            metrics_.SetQueued(queue_.size());
            RefuseExpired(batch);
            const auto start = SteadyClock::now();
            RunBatch(link, batch);
            patience = PatienceAfter(batch.size(), start);
        }
    }

    /// Whoever got an answer may be back at once. Together with those who came meanwhile they share
    /// one commit; else callers fall into two halves that always wait for each other's batch, which
    /// is why it pays to wait as long as a batch takes. A lone caller never waits.
    Patience PatienceAfter(std::size_t answered, SteadyClock::time_point start) const {
        const auto end = SteadyClock::now();
        const auto wait = std::min<SteadyClock::duration>(end - start, kPatienceMax);
        return {.enough = queue_.size() + answered, .until = end + wait};
    }

    void RefuseExpired(std::vector<Pending>& batch) {
        const Time now = context_.clock.Now();
        std::erase_if(batch, [this, now](Pending& pending) {
            if (now < pending.deadline) return false;
            const Outcome late = Refused(ErrorCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                                         "the deadline passed before the command was run");
            metrics_.CountOutcome(pending.method, late);
            pending.done(late);
            return true;
        });
    }

    /// While there is no database, nobody waits until it is their batch's turn to hear so.
    void RefuseWaiting() {
        std::vector<Pending> waiting = queue_.TakeAll();
        Answer(waiting, {waiting.size(), Unavailable("DATABASE_UNREACHABLE")});
    }

    void RunBatch(Link& link, std::span<Pending> batch, int run = 1, bool has_reconnected = false) {
        if (batch.empty()) return;
        std::optional<postgres::Connection>& connection = link.connection;
        const bool may_be_stale = connection && !has_reconnected;
        std::vector<Outcome> outcomes;
        try {
            if (!connection) connection.emplace(Connect());
            outcomes = InOneTransaction(*connection, batch);
            link.outage.Over();
        } catch (const postgres::ServerSilent& silent) {
            // Nothing has happened, and the callers have waited long enough.
            connection.reset();
            link.outage.Met(silent.what());
            RefuseWaiting();
            outcomes.assign(batch.size(), Unavailable("DATABASE_UNREACHABLE"));
        } catch (const postgres::ConnectionLost& lost) {
            // Nothing has happened. A connection that was idle for long may be stale: once more
            // with a new one.
            connection.reset();
            if (may_be_stale) return RunBatch(link, batch, run, true);
            link.outage.Met(lost.what());
            RefuseWaiting();
            outcomes.assign(batch.size(), Unavailable("DATABASE_UNREACHABLE"));
        } catch (const postgres::CommitUnknown& unknown) {
            // It may have committed. The caller's request id makes trying again safe.
            connection.reset();
            link.outage.Met(unknown.what());
            outcomes.assign(batch.size(), Unavailable("COMMIT_UNKNOWN"));
        } catch (const postgres::SqlError& error) {
            if (run < error.RunsMax(batch.size())) {
                return RunBatch(link, batch, run + 1, has_reconnected);
            }
            if (error.IsStalePlan() && !has_reconnected) {
                connection.reset();
                return RunBatch(link, batch, run, true);
            }
            if (error.IsOutOfService()) {
                connection.reset();  // Somewhere else, the next one may find a server that can.
                link.outage.Met(error.what());
                outcomes.assign(batch.size(), Unavailable("DATABASE_OUT_OF_SERVICE"));
            } else if (batch.size() > 1) {
                return RunHalves(link, batch);
            } else {
                context_.logger.Warning("transaction_failed",
                                        {{"method", batch.front().method},
                                         {"detail", error.what()},
                                         {"traceparent", batch.front().traceparent}});
                outcomes.assign(1, Culprit(batch.front(), error));
            }
        } catch (const std::exception& failure) {
            if (batch.size() > 1) return RunHalves(link, batch);
            context_.logger.Error("command_failed", {{"method", batch.front().method},
                                                     {"traceparent", batch.front().traceparent}});
            outcomes.assign(1, Internal(batch.front()));
        }
        Answer(batch, outcomes);
    }

    void Answer(std::span<Pending> batch, const std::vector<Outcome>& outcomes) {
        context_.on_commit();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            metrics_.CountOutcome(batch[i].method, outcomes[i]);
            batch[i].done(outcomes[i]);
        }
    }

    // Nobody knows yet who is to blame: in halves, and halves of halves, only the culprit fails.
    void RunHalves(Link& link, std::span<Pending> batch) {
        const std::size_t half = batch.size() / 2;
        RunBatch(link, batch.first(half));
        RunBatch(link, batch.subspan(half));
    }

    std::vector<Outcome> InOneTransaction(postgres::Connection& connection,
                                          std::span<const Pending> batch) {
        const LoopMetrics::Timer timer(metrics_, batch.size());
        std::vector<RequestKey> keys(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) keys[i] = KeyOf(batch[i]);

        postgres::Transaction transaction(connection);
        std::vector<std::optional<Outcome>> outcomes(batch.size());
        const std::vector<std::size_t> to_run = SortOut(transaction, keys, outcomes);
        RunNew(transaction, batch, keys, to_run, outcomes);
        context_.failpoints.Hit("before_commit");
        transaction.Commit();
        context_.failpoints.Hit("after_commit");
        return AnswerTwins(keys, outcomes);
    }

    /// Fills in what was answered by earlier transactions; returns which commands are left to run:
    /// of twins in this batch, the first one.
    static std::vector<std::size_t> SortOut(postgres::Transaction& transaction,
                                            const std::vector<RequestKey>& keys,
                                            std::vector<std::optional<Outcome>>& outcomes) {
        std::vector<RequestKey> named;
        std::vector<std::size_t> positions;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i].request_id.empty()) continue;
            named.push_back(keys[i]);
            positions.push_back(i);
        }
        std::vector<std::optional<Outcome>> replies = FindReplies(transaction, named);
        for (std::size_t n = 0; n < replies.size(); ++n) {
            outcomes[positions[n]] = std::move(replies[n]);
        }
        std::map<std::pair<std::string_view, std::string_view>, std::size_t> first;
        std::vector<std::size_t> to_run;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (outcomes[i]) continue;
            const bool is_first =
                keys[i].request_id.empty() ||
                first.emplace(std::pair(keys[i].caller, keys[i].request_id), i).second;
            if (is_first) to_run.push_back(i);
        }
        return to_run;
    }

    void RunNew(postgres::Transaction& transaction, std::span<const Pending> batch,
                const std::vector<RequestKey>& keys, const std::vector<std::size_t>& to_run,
                std::vector<std::optional<Outcome>>& outcomes) {
        std::vector<const Pending*> commands;
        for (const std::size_t i : to_run) commands.push_back(&batch[i]);
        Unit unit = make_unit_();
        std::vector<Outcome> ran =
            RunCommands<Unit>(unit, transaction, commands, context_.clock.Now());

        std::vector<RequestKey> saved_keys;
        std::vector<const Outcome*> saved_outcomes;
        for (std::size_t n = 0; n < to_run.size(); ++n) {
            const RequestKey& key = keys[to_run[n]];
            outcomes[to_run[n]] = std::move(ran[n]);
            if (key.request_id.empty() || IsUndecided(*outcomes[to_run[n]])) continue;
            saved_keys.push_back(key);
            saved_outcomes.push_back(&*outcomes[to_run[n]]);
        }
        SaveReplies(transaction, saved_keys, saved_outcomes);
    }

    static std::vector<Outcome> AnswerTwins(const std::vector<RequestKey>& keys,
                                            const std::vector<std::optional<Outcome>>& outcomes) {
        std::map<std::pair<std::string_view, std::string_view>, std::size_t> answered;
        std::vector<Outcome> answers;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto name = std::pair(keys[i].caller, keys[i].request_id);
            if (outcomes[i]) {
                answered.emplace(name, i);
                answers.push_back(*outcomes[i]);
                continue;
            }
            const std::size_t twin = answered.at(name);
            const bool is_retry = keys[i].fingerprint == keys[twin].fingerprint;
            answers.push_back(is_retry ? *outcomes[twin] : RequestIdReused());
        }
        return answers;
    }

    /// Something was missing that may be there next time: the same request is then run anew.
    static bool IsUndecided(const Outcome& outcome) {
        return !outcome && outcome.error().code == ErrorCode::kUnavailable;
    }

    static RequestKey KeyOf(const Pending& pending) {
        return {pending.caller.subject, pending.request_id, pending.fingerprint};
    }

    postgres::Connection Connect() const {
        postgres::Connection connection(options_.dsn, options_.silence_max);
        // Writers read by key alone: a plan made while the tables were small must not scan them
        // once they are large. They see every row; what a caller may see and change is decided on
        // the loaded rows.
        connection.RunScript(
            "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;"
            "SET bangkit.regions = '*'");
        return connection;
    }

    static Outcome Unavailable(const std::string& reason) {
        return Refused(ErrorCode::kUnavailable, reason,
                       "please try again with the same request_id");
    }
    static Outcome Internal(const Pending& pending) {
        return std::unexpected(status::Internal(telemetry::TraceId(pending.traceparent)));
    }
    /// A command that fails alone, again and again. It will always find the key taken that it finds
    /// taken now: to try again is no use.
    static Outcome Culprit(const Pending& pending, const postgres::SqlError& error) {
        if (error.IsLostRace() && !error.IsKeyTaken()) return Unavailable("TRANSACTION_CONFLICT");
        if (error.IsTimeout()) return Unavailable("DATABASE_TOO_SLOW");
        if (!error.IsBadValue()) return Internal(pending);
        return Refused(ErrorCode::kInvalidArgument, "VALUE_REFUSED", "a value cannot be stored");
    }

    const LoopOptions options_;
    const LoopContext context_;
    const std::function<Unit()> make_unit_;
    LoopMetrics metrics_;
    TwoLaneQueue<Pending> queue_;
    std::vector<std::jthread> writers_;  // Last: joined first, while all else is still alive.
};

}  // namespace bangkit::command
