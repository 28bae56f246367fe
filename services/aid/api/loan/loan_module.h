#pragma once

#include "services/aid/api/loan/loan_handler.h"
#include "services/aid/api/module.h"

namespace bangkit::aid {

/// Loans as a whole.
class LoanModule {
public:
    explicit LoanModule(const ModuleContext& context)
        : queries_(context.reads),
          loop_({.dsn = context.dsn, .name = "loans", .silence_max = context.silence_max},
                context.loops, [] { return LoanUnitOfWork(); }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .queries = queries_,
                    .regions = context.regions,
                    .clock = context.clock,
                    .keys = context.keys}) {}

    LoanLoop& loop() { return loop_; }
    LoanHandler& handler() { return handler_; }

private:
    const LoanQueries queries_;
    LoanLoop loop_;
    LoanHandler handler_;
};

}  // namespace bangkit::aid
