#pragma once

#include "services/aid/api/module.h"
#include "services/aid/api/supervision/supervision_handler.h"

namespace bangkit::aid {

/// Supervision as a whole.
class SupervisionModule {
public:
    explicit SupervisionModule(const ModuleContext& context)
        : queries_(context.reads, context.keys),
          checks_(context.regions, context.clock),
          // Visits to thousands, planned in one transaction, take a while.
          loop_({.dsn = context.dsn, .name = "supervision", .silence_max = 3 * context.silence_max},
                context.loops, [&keys = context.keys] { return SupervisionUnitOfWork(keys); }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .queries = queries_,
                    .checks = checks_,
                    .regions = context.regions,
                    .keys = context.keys}) {}

    SupervisionLoop& loop() { return loop_; }
    SupervisionHandler& handler() { return handler_; }

private:
    const SupervisionQueries queries_;
    const SupervisionChecks checks_;
    SupervisionLoop loop_;
    SupervisionHandler handler_;
};

}  // namespace bangkit::aid
