#include "services/registration/storage/intake_retention.h"

#include "services/registration/storage/intake_submissions.h"

namespace bangkit::registration {

std::int64_t ForgetWhatWaitsInVain(postgres::Connection& connection, std::int64_t limit) {
    postgres::Transaction transaction(connection);
    LockIntake(transaction);  // What seals with a key that is there keeps it.
    const postgres::Rows forgotten = transaction.Run(
        "DELETE FROM intake_submissions WHERE (device_id, sequence) IN ("
        " SELECT device_id, sequence FROM intake_submissions"
        "  WHERE status = 2 AND received_at < now() - $1::bigint * interval '1 day'"
        "  LIMIT $2::bigint) RETURNING business_id",
        {postgres::Int64(kIntakeWaitMax.count()), postgres::Int64(limit)});
    postgres::UuidArray businesses;
    for (int i = 0; i < forgotten.size(); ++i) businesses.Add(forgotten.Uuid(i, 0));
    transaction.Run(
        "DELETE FROM intake_keys k WHERE subject_id = ANY($1::uuid[])"
        "   AND NOT EXISTS (SELECT FROM intake_submissions s"
        "                    WHERE s.business_id = k.subject_id AND s.status = 2)"
        "   AND NOT EXISTS (SELECT FROM intake_writes w WHERE w.subject_id = k.subject_id)",
        {businesses});
    transaction.Commit();
    return forgotten.size();
}

}  // namespace bangkit::registration
