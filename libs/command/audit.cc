#include "libs/command/audit.h"

namespace bangkit::command {

void Audit::Add(const identity::Caller& caller, std::string_view method, std::string_view target,
                const Outcome& outcome, std::string_view request_id, std::string_view traceparent,
                Time now) {
    std::string roles;
    for (const std::string& role : caller.roles) roles += (roles.empty() ? "" : ",") + role;
    times_.Add(now);
    actors_.Add(caller.subject);
    roles_.Add(roles);
    methods_.Add(method);
    targets_.Add(target);
    outcomes_.Add(outcome ? std::string_view("OK") : std::string_view(outcome.error().reason));
    request_ids_.Add(request_id);
    traceparents_.Add(traceparent);
}

void Audit::Save(postgres::Transaction& transaction) const {
    if (times_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id,"
        "                           traceparent)"
        " SELECT unnest($1::timestamptz[]), unnest($2::text[]), unnest($3::text[]),"
        "        unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),"
        "        unnest($7::text[]), unnest($8::text[])",
        {times_, actors_, roles_, methods_, targets_, outcomes_, request_ids_, traceparents_});
}

}  // namespace bangkit::command
