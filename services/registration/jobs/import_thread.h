#pragma once

#include <stop_token>
#include <thread>

#include "libs/base/wake.h"
#include "services/registration/jobs/import_worker.h"

namespace bangkit::registration {

/// A worker of this process, and its share of the tidying up.
class ImportThread {
public:
    /// `wake` is rung when there may be a job; both must outlive it.
    ImportThread(ImportWorkerOptions options, const ImportWorkerContext& context, Wake& wake);

private:
    void Run(const std::stop_token& stop);

    ImportWorker worker_;
    Logger& logger_;
    Wake& wake_;
    std::jthread thread_;  // Last: joined first.
};

}  // namespace bangkit::registration
