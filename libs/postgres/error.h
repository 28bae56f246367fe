#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace bangkit::postgres {

/// A statement failed and its transaction is void. what() names the SQLSTATE and, where PostgreSQL
/// tells them, the table and the constraint; it never quotes data, so it may be logged.
class SqlError : public std::runtime_error {
public:
    SqlError(std::string state, const std::string& message)
        : std::runtime_error(message), state_(std::move(state)) {}

    const std::string& state() const { return state_; }
    /// Somebody else came first (serialization failure, deadlock, unique violation): try again.
    bool IsLostRace() const { return state_ == "40001" || state_ == "40P01" || IsKeyTaken(); }
    /// A unique key is taken: by whoever has won a race for it, or by what stands there for ever.
    bool IsKeyTaken() const { return state_ == "23505"; }
    /// How often a transaction of so many items is run in all that fails like this again and again.
    /// Who has won a race for a key has committed before we hear of it: many items that find a key
    /// taken twice hold one that always will, and must not be held up by it.
    int RunsMax(std::size_t items) const {
        if (!IsLostRace()) return 1;
        return IsKeyTaken() && items > 1 ? 2 : 5;
    }
    /// A value that PostgreSQL cannot hold, such as a text with a NUL byte.
    bool IsBadValue() const { return state_.starts_with("22"); }
    /// The server is there but cannot do it now: out of disk, memory or connections, read only.
    bool IsOutOfService() const {
        return state_.starts_with("53") || state_.starts_with("58") || state_ == "25006";
    }

    /// The connection's prepared statements are gone, or do not fit the tables any more: a new
    /// connection helps.
    bool IsStalePlan() const { return state_ == "0A000" || state_ == "26000"; }
    /// Took longer than statement_timeout or lock_timeout allows.
    bool IsTimeout() const { return state_ == "57014" || state_ == "55P03"; }

private:
    std::string state_;
};

/// The connection broke before COMMIT was sent: nothing has happened.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The server is connected and says nothing: it may be frozen, and so may be the next connection.
class ServerSilent : public ConnectionLost {
public:
    using ConnectionLost::ConnectionLost;
};

/// The connection broke during COMMIT: it may have happened.
class CommitUnknown : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace bangkit::postgres
