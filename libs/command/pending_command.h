#pragma once

#include <functional>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/base/two_lane_queue.h"
#include "libs/identity/caller.h"

namespace bangkit::command {

/// What the caller gets: a serialized response message without personal data (it is stored), or a
/// refusal.
using Outcome = Result<std::string>;

/// A command on its way to the database, and whom to tell how it went.
template <typename Command>
struct PendingCommand {
    identity::Caller caller;
    std::string method;       // "RegisterBusiness", for the audit.
    std::string request_id;   // A UUID. Empty: the command is idempotent by itself.
    std::string fingerprint;  // Tells a retry from another command under the same request id.
    Command command;
    std::string traceparent = {};
    Time deadline = Time::max();
    Lane lane = Lane::kInteractive;
    std::move_only_function<void(const Outcome&)> done = {};  // Called once, from any thread.
};

}  // namespace bangkit::command
