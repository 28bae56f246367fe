#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/error.h"
#include "libs/postgres/params.h"

struct pg_conn;
struct pg_result;

namespace bangkit::postgres {

/// How long to wait for the server where somebody waits for us, and where nobody does.
inline constexpr std::chrono::milliseconds kPromptly{3'000};
inline constexpr std::chrono::milliseconds kPatiently{10'000};

/// The rows that a statement returned, in binary format. The getters throw std::logic_error for a
/// column of another type.
class Rows {
public:
    explicit Rows(pg_result* result);

    int size() const;
    std::int64_t affected() const;
    std::string_view tag() const;  // What the statement did: "COMMIT", "INSERT 0 3" ...

    bool IsNull(int row, int column) const;
    std::string_view Bytes(int row, int column) const;  // Lives as long as these Rows.
    std::string Text(int row, int column) const { return std::string(Bytes(row, column)); }
    std::int64_t Int64(int row, int column) const;  // smallint, integer or bigint.
    std::optional<std::int64_t> OptionalInt64(int row, int column) const;
    bool Bool(int row, int column) const;
    std::string Uuid(int row, int column) const;
    bangkit::Time Time(int row, int column) const;  // timestamptz
    bangkit::Date Date(int row, int column) const;
    std::optional<bangkit::Date> OptionalDate(int row, int column) const;
    std::vector<std::string> BytesList(int row, int column) const;  // bytea[] without NULLs.

private:
    friend class Connection;
    std::shared_ptr<pg_result> result_;
};

using Params = std::initializer_list<std::string_view>;

/// One connection, for one thread at a time.
class Connection {
public:
    /// Throws ConnectionLost. Waits at most 3 s unless the DSN says otherwise.
    ///
    /// `silence_max`: who says nothing for so long is given up, on either side. A server that owes
    /// us an answer: ServerSilent or CommitUnknown. We in the middle of a transaction, for half as
    /// long again: the server rolls it back, so that a frozen process holds no locks. 0: never.
    explicit Connection(const std::string& dsn, std::chrono::milliseconds silence_max = {});

    /// Prepares `sql` on first use, so its text must be one of a fixed few.
    Rows Run(std::string_view sql, Params params = {});
    /// Any number of statements without parameters or results, such as a migration.
    void RunScript(const std::string& sql);

private:
    friend class Transaction;
    struct Queued {
        const std::string& name;
        std::vector<std::string> params;
        std::optional<std::int64_t> must_affect;
    };

    void Queue(std::string_view sql, Params params, std::optional<std::int64_t> must_affect = {});
    Rows Flush();  // Sends all that is queued in one go. Returns what the last one returned.
    bool Send(const Queued& statement);
    using Deadline = std::chrono::steady_clock::time_point;
    Deadline AnswerDeadline() const;
    pg_result* NextResult(Deadline& deadline);
    void AwaitServer(Deadline& deadline);
    void Finish();  // Takes the answer to a statement outside of a pipeline.
    Rows Check(Rows rows);

    const std::chrono::milliseconds silence_max_;
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;   // Null once it was given up.
    std::map<std::string, std::string, std::less<>> prepared_;  // SQL -> statement name.
    std::vector<Queued> queue_;
};

/// Rolls back unless committed. Statements whose results nobody waits for travel together (libpq's
/// pipeline mode), so that a batch needs a handful of round trips.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Rows Run(std::string_view sql, Params params = {}) { return connection_.Run(sql, params); }

    /// Runs before the next Run() or the end of Commit(), which throw if it fails.
    void Queue(std::string_view sql, Params params = {}) { connection_.Queue(sql, params); }
    /// The same, and fails as a lost race unless exactly so many rows are affected.
    void QueueExact(std::int64_t must_affect, std::string_view sql, Params params);

    void Commit();

private:
    Connection& connection_;
    bool is_open_ = true;
    bool is_exact_ = false;  // A count is to be checked before COMMIT is sent.
};

}  // namespace bangkit::postgres
