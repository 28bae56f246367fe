#include "services/registration/jobs/duplicate_searcher.h"

#include <utility>

#include "libs/telemetry/metrics.h"

namespace bangkit::registration {

DuplicateSearcher::DuplicateSearcher(std::string dsn, const crypto::KeyRing& keys,
                                     prometheus::Registry& metrics, SearchOptions options)
    : dsn_(std::move(dsn)),
      keys_(keys),
      options_(options),
      compared_(telemetry::AddCounter(metrics, "bangkit_duplicates_compared_total",
                                      "Pairs of businesses that this process has compared")),
      found_(telemetry::AddCounter(metrics, "bangkit_duplicates_found_total",
                                   "Pairs that this process has found worth a review")) {}

bool DuplicateSearcher::Turn() {
    try {
        const SearchStep at_the_end = StepFrom(newest_);
        newest_ = at_the_end.last;
        if (at_the_end.looked_at > 0 || !at_the_end.is_end) return at_the_end.is_mine;
        const SearchStep around = StepFrom(round_);
        round_ = around.is_end ? std::string(kBeforeAll) : around.last;
        return around.looked_at > 0;
    } catch (...) {
        connection_.reset();
        throw;
    }
}

SearchStep DuplicateSearcher::StepFrom(const std::string& after) {
    SearchStep step = SearchDuplicates(Connected(), keys_, after, options_);
    compared_.Increment(static_cast<double>(step.compared));
    found_.Increment(static_cast<double>(step.found));
    return step;
}

postgres::Connection& DuplicateSearcher::Connected() {
    if (!connection_) {
        connection_ = std::make_unique<postgres::Connection>(dsn_, postgres::kPatiently);
        connection_->RunScript(
            "SET plan_cache_mode = force_generic_plan; SET bangkit.regions = '*'");
    }
    return *connection_;
}

}  // namespace bangkit::registration
