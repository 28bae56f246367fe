#include "services/registration/jobs/import_worker.h"

#include "services/registration/jobs/import_turn.h"

namespace bangkit::registration {

bool ImportWorker::Turn(const std::stop_token& stop) {
    try {
        std::optional<StoredImport> claimed = ClaimImport(Connected(), options_.lease);
        if (!claimed) return false;
        ImportTurn(options_, context_, *connection_, *std::move(claimed)).Run(stop);
        return true;
    } catch (...) {
        connection_.reset();  // Whatever it was: the next turn begins anew.
        throw;
    }
}

void ImportWorker::Tidy() {
    try {
        postgres::Connection& connection = Connected();
        while (SweepImports(connection, options_.retention, 1) > 0) {
        }
        context_.metrics.SetOpen(CountOpenImports(connection));
    } catch (...) {
        connection_.reset();
        throw;
    }
}

postgres::Connection& ImportWorker::Connected() {
    if (!connection_) {
        connection_ = std::make_unique<postgres::Connection>(options_.dsn, postgres::kPatiently);
        // As the writers of commands do it: by key alone, and every row.
        connection_->RunScript(
            "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;"
            "SET bangkit.regions = '*'");
    }
    return *connection_;
}

}  // namespace bangkit::registration
