#pragma once

#include "services/aid/api/module.h"
#include "services/aid/api/stock/stock_handler.h"

namespace bangkit::aid {

/// Goods as a whole.
class StockModule {
public:
    explicit StockModule(const ModuleContext& context)
        : queries_(context.reads, context.keys),
          checks_(context.regions, context.clock),
          loop_({.dsn = context.dsn, .name = "stock", .silence_max = context.silence_max},
                context.loops, [] { return StockUnitOfWork(); }),
          handover_loop_(
              {.dsn = context.dsn, .name = "handovers", .silence_max = context.silence_max},
              context.loops, [&keys = context.keys] { return HandoverUnitOfWork(keys); }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .handover_loop = handover_loop_,
                    .queries = queries_,
                    .checks = checks_,
                    .keys = context.keys}) {}

    StockHandler& handler() { return handler_; }

private:
    const StockQueries queries_;
    const StockChecks checks_;
    StockLoop loop_;
    HandoverLoop handover_loop_;
    StockHandler handler_;
};

}  // namespace bangkit::aid
