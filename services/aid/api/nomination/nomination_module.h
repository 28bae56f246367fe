#pragma once

#include "services/aid/api/module.h"
#include "services/aid/api/nomination/nomination_handler.h"

namespace bangkit::aid {

/// Nominations as a whole.
class NominationModule {
public:
    explicit NominationModule(const ModuleContext& context)
        : queries_(context.reads),
          checks_(context.regions, context.clock),
          // A thousand nominees in one transaction take a while.
          loop_({.dsn = context.dsn, .name = "nominations", .silence_max = 3 * context.silence_max},
                context.loops, [&keys = context.keys] { return NominationUnitOfWork(keys); }),
          file_loop_(
              {.dsn = context.dsn, .name = "nomination_files", .silence_max = context.silence_max},
              context.loops, [&keys = context.keys] { return NominationFileUnitOfWork(keys); }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .file_loop = file_loop_,
                    .queries = queries_,
                    .programs = context.programs,
                    .checks = checks_,
                    .regions = context.regions,
                    .keys = context.keys}) {}

    NominationLoop& loop() { return loop_; }
    NominationHandler& handler() { return handler_; }

private:
    const NominationQueries queries_;
    const NominationChecks checks_;
    NominationLoop loop_;
    NominationFileLoop file_loop_;
    NominationHandler handler_;
};

}  // namespace bangkit::aid
