#pragma once

#include <string>
#include <string_view>

#include "libs/command/pending_command.h"
#include "libs/postgres/connection.h"

namespace bangkit::command {

/// The audit entries of one transaction: who did what to what, and with what outcome.
class Audit {
public:
    /// `target` is "<aggregate type>/<id>".
    template <typename Command>
    void Add(const PendingCommand<Command>& pending, std::string_view target,
             const Outcome& outcome, Time now) {
        Add(pending.caller, pending.method, target, outcome, pending.request_id,
            pending.traceparent, now);
    }
    void Save(postgres::Transaction& transaction) const;

private:
    void Add(const identity::Caller& caller, std::string_view method, std::string_view target,
             const Outcome& outcome, std::string_view request_id, std::string_view traceparent,
             Time now);

    postgres::TimeArray times_;
    postgres::TextArray actors_, roles_, methods_, targets_, outcomes_, request_ids_, traceparents_;
};

}  // namespace bangkit::command
