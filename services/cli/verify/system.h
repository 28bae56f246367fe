#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "libs/kafka/log_reader.h"
#include "libs/postgres/connection.h"
#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

inline constexpr const char* kRegistrationTopic = "bangkit.registration.v1";

/// The parts of an installation that are judged. They are connected to when they are first needed.
class System {
public:
    explicit System(Session& session) : session_(session) {}

    postgres::Connection& registration();
    postgres::Connection& dashboard();
    kafka::LogReader& log();
    const std::string& redis() { return session_.Setting("REDIS"); }

private:
    Session& session_;
    std::optional<postgres::Connection> registration_;
    std::optional<postgres::Connection> dashboard_;
    std::optional<kafka::LogReader> log_;
};

/// Waits until everything that was written has been published, applied and rendered: before that,
/// the parts may differ. Returns what was still under way when the limit was over; empty: nothing.
std::string AwaitDrain(System& system, std::chrono::seconds limit, ProgressLine& line);

}  // namespace bangkit::cli
