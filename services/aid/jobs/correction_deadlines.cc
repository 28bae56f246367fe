#include "services/aid/jobs/correction_deadlines.h"

#include <atomic>
#include <latch>
#include <memory>

#include "libs/indonesia/format.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::aid {
namespace {

postgres::Rows FindOverdue(postgres::Connection& connection, Date today, std::int64_t limit) {
    postgres::Transaction transaction(connection);
    transaction.Queue("SET LOCAL bangkit.regions = '*'");
    postgres::Rows rows = transaction.Run(
        "SELECT application_id, version, region_code FROM applications"
        " WHERE correct_until < least($1::text::date, (now() AT TIME ZONE 'Asia/Jakarta')::date)"
        " ORDER BY correct_until, application_id LIMIT $2::bigint",
        {indonesia::FormatDate(today), postgres::Int64(limit)});
    transaction.Commit();
    return rows;
}

/// What is waited for; whoever answers last may still hold it when the waiting is over.
struct Answers {
    explicit Answers(int count) : all(count) {}
    std::latch all;
    std::atomic<std::int64_t> rejected = 0;
};

}  // namespace

std::int64_t ExpireCorrections(postgres::Connection& connection,
                               command::CommandLoop<ApplicationUnitOfWork>& loop,
                               const Clock& clock, std::int64_t limit) {
    const postgres::Rows overdue =
        FindOverdue(connection, indonesia::LocalDate(clock.Now()), limit);
    const auto answers = std::make_shared<Answers>(overdue.size());
    for (int i = 0; i < overdue.size(); ++i) {
        loop.Submit(
            {.caller = {.subject = "bangkit-aid", .roles = {}, .regions = {overdue.Text(i, 2)}},
             .method = "ExpireCorrection",
             .request_id = "",  // Of two that try, the second finds it done.
             .fingerprint = "",
             .command = {.application_id = overdue.Uuid(i, 0),
                         .expected_version = overdue.Int64(i, 1),
                         .deed = ExpireCorrection{}},
             .traceparent = telemetry::NewTraceparent(),
             .lane = Lane::kBulk,
             .done = [answers](const command::Outcome& outcome) {
                 if (outcome) ++answers->rejected;
                 answers->all.count_down();
             }});
    }
    answers->all.wait();
    return answers->rejected;
}

}  // namespace bangkit::aid
