#pragma once

#include "services/aid/api/module.h"
#include "services/aid/api/referral/referral_handler.h"

namespace bangkit::aid {

/// Agreements and referrals as a whole.
class ReferralModule {
public:
    explicit ReferralModule(const ModuleContext& context)
        : queries_(context.reads),
          loop_({.dsn = context.dsn, .name = "referrals", .silence_max = context.silence_max},
                context.loops,
                [&calendar = context.calendar] { return ReferralUnitOfWork(calendar); }),
          handler_({.calls = context.calls,
                    .loop = loop_,
                    .queries = queries_,
                    .regions = context.regions,
                    .clock = context.clock,
                    .keys = context.keys}) {}

    ReferralLoop& loop() { return loop_; }
    ReferralHandler& handler() { return handler_; }

private:
    const ReferralQueries queries_;
    ReferralLoop loop_;
    ReferralHandler handler_;
};

}  // namespace bangkit::aid
