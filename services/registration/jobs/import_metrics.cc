#include "services/registration/jobs/import_metrics.h"

#include "libs/telemetry/metrics.h"

namespace bangkit::registration {
namespace {

prometheus::Gauge& Jobs(prometheus::Registry& registry, const std::string& state) {
    return telemetry::AddGauge(registry, "bangkit_import_jobs",
                               "Import jobs of the whole service, by state", {{"state", state}});
}

prometheus::Counter& Rows(prometheus::Registry& registry, const std::string& outcome) {
    return telemetry::AddCounter(registry, "bangkit_import_rows_total",
                                 "Rows of import jobs that this process has worked at",
                                 {{"outcome", outcome}});
}

}  // namespace

ImportMetrics::ImportMetrics(prometheus::Registry& registry)
    : waiting_(Jobs(registry, "waiting")),
      running_(Jobs(registry, "running")),
      registered_(Rows(registry, "registered")),
      unchanged_(Rows(registry, "unchanged")),
      failed_(Rows(registry, "failed")),
      dry_run_(Rows(registry, "dry_run")) {}

void ImportMetrics::SetOpen(const OpenImports& open) {
    waiting_.Set(static_cast<double>(open.waiting));
    running_.Set(static_cast<double>(open.running));
}

void ImportMetrics::CountRows(const ImportCounts& before, const ImportCounts& after,
                              bool is_dry_run) {
    const auto add = [](prometheus::Counter& counter, std::int64_t rows) {
        counter.Increment(static_cast<double>(rows));
    };
    if (is_dry_run) return add(dry_run_, after.rows_read - before.rows_read);
    add(registered_, after.registered - before.registered);
    add(unchanged_, after.unchanged - before.unchanged);
    add(failed_, after.failed - before.failed);
}

}  // namespace bangkit::registration
