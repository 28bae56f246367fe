#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "services/registration/storage/import_jobs.h"

namespace bangkit::registration {

/// What operators see of imports.
class ImportMetrics {
public:
    explicit ImportMetrics(prometheus::Registry& registry);

    void SetOpen(const OpenImports& open);
    /// The rows that one transaction has added to the counts of a job.
    void CountRows(const ImportCounts& before, const ImportCounts& after, bool is_dry_run);

private:
    prometheus::Gauge &waiting_, &running_;
    prometheus::Counter &registered_, &unchanged_, &failed_, &dry_run_;
};

}  // namespace bangkit::registration
