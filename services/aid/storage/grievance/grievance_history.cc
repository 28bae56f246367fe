#include "services/aid/storage/grievance/grievances.h"

namespace bangkit::aid {

void GrievanceHistory::Columns::Add(const Grievance& grievance, std::int16_t kind,
                                    const std::string& who) {
    ids.Add(grievance.id);
    versions.Add(grievance.version);
    kinds.Add(kind);
    levels.Add(grievance.level);
    at.Add(grievance.updated_at);
    by.Add(who);
}

void GrievanceHistory::AddStep(const Grievance& grievance, GrievanceStepKind kind,
                               const std::string& by) {
    steps_.Add(grievance, static_cast<std::int16_t>(kind), by);
    states_.Add(grievance.state);
}

void GrievanceHistory::AddMessage(const Grievance& grievance, GrievanceMessageKind kind,
                                  std::string_view words, const std::string& by) {
    messages_.Add(grievance, static_cast<std::int16_t>(kind), by);
    words_.Add(words);
}

void GrievanceHistory::Save(postgres::Transaction& transaction) const {
    if (steps_.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO grievance_history (grievance_id, version, kind, state, level, recorded_at,"
            "   recorded_by)"
            " SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::smallint[],"
            "                      $5::smallint[], $6::timestamptz[], $7::text[])",
            {steps_.ids, steps_.versions, steps_.kinds, states_, steps_.levels, steps_.at,
             steps_.by});
    }
    if (messages_.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO grievance_messages (grievance_id, version, kind, level, words, said_at,"
            "   said_by)"
            " SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::smallint[],"
            "                      $5::bytea[], $6::timestamptz[], $7::text[])",
            {messages_.ids, messages_.versions, messages_.kinds, messages_.levels, words_,
             messages_.at, messages_.by});
    }
}

}  // namespace bangkit::aid
