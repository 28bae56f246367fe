#pragma once

#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/logger.h"
#include "services/registration/jobs/duplicate_searcher.h"

namespace bangkit::registration {

/// The search for duplicates of this process. It never takes more than a twentieth of a processor:
/// people look at what it finds days later, and others wait for the database now.
class DuplicateThread {
public:
    /// All must outlive it.
    DuplicateThread(std::string dsn, const crypto::KeyRing& keys, Logger& logger,
                    prometheus::Registry& metrics);

private:
    void Run(const std::stop_token& stop);

    DuplicateSearcher searcher_;
    Logger& logger_;
    std::jthread thread_;  // Last: joined first.
};

}  // namespace bangkit::registration
