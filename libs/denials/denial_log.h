#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "libs/base/clock.h"
#include "libs/base/logger.h"
#include "libs/base/wake.h"
#include "libs/postgres/connection.h"

namespace bangkit::denials {

struct Denial {
    std::string_view actor;  // Subject of the verified token; empty: none.
    std::string_view method;
    std::string_view reason;  // "ROLE_NOT_ALLOWED".
};

/// Callers and what they were denied that are told apart in one minute.
inline constexpr std::size_t kNamedPerMinute = 100;

/// Counts denied calls and writes the counts to the table denied_calls. Threads may share it.
class DenialLog {
public:
    DenialLog(std::string dsn, const Clock& clock, Logger& logger);
    /// Tries once more to write what is left.
    ~DenialLog();
    DenialLog(const DenialLog&) = delete;
    DenialLog& operator=(const DenialLog&) = delete;

    /// Never waits for the database.
    void Record(const Denial& denial);

private:
    struct Key {
        Time minute;
        std::string actor, method, reason;
        auto operator<=>(const Key&) const = default;
    };
    using Counts = std::map<Key, std::int64_t>;

    void Run(const std::stop_token& stop);
    void Write();
    static void Save(postgres::Connection& connection, const Counts& counts);

    const std::string dsn_;
    const Clock& clock_;
    Logger& logger_;
    std::optional<postgres::Connection> connection_;
    bool is_away_ = false;

    std::mutex mutex_;
    Counts waiting_;
    Time minute_;
    std::set<Key> named_;  // Those of this minute.
    Wake wake_;
    std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace bangkit::denials
