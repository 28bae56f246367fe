#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "libs/kafka/log_reader.h"
#include "libs/postgres/connection.h"
#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// What a service publishes.
struct Source {
    std::string_view database;
    std::string_view topic;
    std::string_view versions;  // SQL: type, id and version of each aggregate.
    std::string_view types;     // SQL: the list of these types.
};
inline constexpr Source kRegistration{
    .database = "registration",
    .topic = "bangkit.registration.v1",
    .versions =
        "SELECT 'business' AS type, business_id AS id, version FROM businesses"
        " UNION ALL SELECT 'need', need_id, version FROM needs",
    .types = "'business', 'need'"};
inline constexpr Source kAid{
    .database = "aid",
    .topic = "bangkit.aid.v1",
    .versions =
        "SELECT 'program' AS type, program_id AS id, version FROM programs"
        " UNION ALL SELECT 'budget', budget_id, version FROM budgets"
        " UNION ALL SELECT 'application', application_id, version FROM applications"
        " UNION ALL SELECT 'stock', stock_id, version FROM stock"
        " UNION ALL SELECT 'visit', visit_id, version FROM visits"
        " UNION ALL SELECT 'refund', refund_id, version FROM refund_cases"
        " UNION ALL SELECT 'agreement', agreement_id, version FROM agreements"
        " UNION ALL SELECT 'referral', referral_id, version FROM referrals"
        " UNION ALL SELECT 'loan', loan_id, version FROM loans"
        " UNION ALL SELECT 'nomination_batch', batch_id, version FROM nomination_batches"
        " UNION ALL SELECT 'nominee', application_id, version FROM nominees"
        " UNION ALL SELECT 'grievance', grievance_id, version FROM grievances",
    .types =
        "'program', 'budget', 'application', 'stock', 'visit', 'refund', 'agreement',"
        " 'referral', 'loan', 'nomination_batch', 'nominee', 'grievance'"};
inline constexpr const Source* kSources[] = {&kRegistration, &kAid};
/// There is no service yet, and no database, that publishes it; aid follows it already.
inline constexpr Source kTraining{
    .database = {}, .topic = "bangkit.training.v1", .versions = {}, .types = "'enrolment'"};

/// A service that follows what another one publishes.
struct Follower {
    std::string_view database;
    const Source& source;
};
inline constexpr Follower kFollowers[] = {
    {"dashboard", kRegistration}, {"dashboard", kAid}, {"aid", kRegistration}};

/// The parts of an installation that are judged. They are connected to when they are first needed.
class System {
public:
    explicit System(Session& session) : session_(session) {}

    /// Of a service, by its name.
    postgres::Connection& Database(std::string_view service);
    kafka::LogReader& Log(const Source& source);
    const std::string& redis() { return session_.Setting("REDIS"); }

private:
    Session& session_;
    std::map<std::string, postgres::Connection, std::less<>> databases_;
    std::map<std::string, kafka::LogReader, std::less<>> logs_;
};

/// Waits until everything that was written has been published, applied and rendered: before that,
/// the parts may differ. Returns what was still under way when the limit was over; empty: nothing.
std::string AwaitDrain(System& system, std::chrono::seconds limit, ProgressLine& line);

}  // namespace bangkit::cli
