#include <set>
#include <string>

#include "libs/messaging/envelope.h"
#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

bool IsEscalation(std::string_view type) {
    return type == "bangkit.aid.v1.GrievanceEscalated" ||
           type == "bangkit.aid.v1.ReferralEscalated";
}

/// How often the log says of each that it was escalated; copies count once.
Facts TellEscalations(System& system) {
    std::map<std::string, std::set<std::int64_t>> versions;
    kafka::LogReader& log = system.Log(kAid);
    log.Read({}, log.Ends(), [&](const kafka::Record& record) {
        if (!IsEscalation(record.Header("ce_type"))) return true;
        if (const auto envelope = messaging::ParseEnvelope(record)) {
            versions[envelope->aggregate_type + '/' + envelope->aggregate_id].insert(
                envelope->version);
        }
        return true;
    });
    Facts facts;
    for (const auto& [what, each] : versions) facts.emplace(what, std::to_string(each.size()));
    return facts;
}

}  // namespace

Finding CheckEscalations(System& system) {
    return Compare(ReadFacts(system.Database("aid"),
                             "SELECT concat('grievance/', grievance_id), '1' FROM grievances"
                             " WHERE escalated_at IS NOT NULL"
                             " UNION ALL "
                             "SELECT concat('referral/', referral_id), '1' FROM referrals"
                             " WHERE escalated_at IS NOT NULL"),
                   TellEscalations(system), "escalations");
}

}  // namespace bangkit::cli
