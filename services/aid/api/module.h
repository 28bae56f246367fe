#pragma once

#include <chrono>
#include <string>

#include "libs/base/clock.h"
#include "libs/command/command_loop.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "libs/indonesia/working_days.h"
#include "services/aid/storage/program/program_queries.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// What a module stands on: a subject as a whole, with its loops, checks, queries and handlers, as
/// main() and tests build it. All of it outlives the module.
struct ModuleContext {
    std::string dsn;
    const command::LoopContext& loops;
    const rpc::Calls& calls;
    postgres::Pool& reads;
    const ProgramQueries& programs;
    const indonesia::RegionTree& regions;
    const indonesia::WorkingDays& calendar;
    const Clock& clock;
    const crypto::KeyRing& keys;
    // A database that says nothing for so long is away; 0: never.
    std::chrono::milliseconds silence_max = postgres::kPromptly;
};

}  // namespace bangkit::aid
