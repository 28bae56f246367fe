#pragma once

#include "services/aid/api/grievance/grievance_handler.h"
#include "services/aid/api/module.h"

namespace bangkit::aid {

/// Grievances as a whole.
class GrievanceModule {
public:
    explicit GrievanceModule(const ModuleContext& context)
        : queries_(context.reads, context.keys),
          checks_(context.regions, context.clock),
          public_filings_(context.clock),
          loop_({.dsn = context.dsn, .name = "grievances", .silence_max = context.silence_max},
                context.loops,
                [&keys = context.keys, &calendar = context.calendar] {
                    return GrievanceUnitOfWork(keys, calendar);
                }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .queries = queries_,
                    .checks = checks_,
                    .public_filings = public_filings_,
                    .keys = context.keys}) {}

    GrievanceLoop& loop() { return loop_; }
    GrievanceHandler& handler() { return handler_; }

private:
    const GrievanceQueries queries_;
    const GrievanceChecks checks_;
    PublicFilings public_filings_;
    GrievanceLoop loop_;
    GrievanceHandler handler_;
};

}  // namespace bangkit::aid
