// Wiring only. Settings: README.md.
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/timers_migrations.h"
#include "libs/base/thread_pool.h"
#include "libs/base/wake.h"
#include "libs/command/idempotency.h"
#include "libs/command/retention.h"
#include "libs/crypto/key_ring.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/server.h"
#include "libs/http/admin.h"
#include "libs/messaging/consumer.h"
#include "libs/messaging/relay.h"
#include "libs/postgres/explain.h"
#include "libs/postgres/watch.h"
#include "libs/service/service.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/api/application/application_handler.h"
#include "services/aid/api/budget/ledger_handler.h"
#include "services/aid/api/document/document_handler.h"
#include "services/aid/api/grievance/grievance_module.h"
#include "services/aid/api/loan/loan_module.h"
#include "services/aid/api/nomination/nomination_module.h"
#include "services/aid/api/payment/payment_handler.h"
#include "services/aid/api/program/program_handler.h"
#include "services/aid/api/referral/referral_module.h"
#include "services/aid/api/stock/stock_module.h"
#include "services/aid/api/supervision/supervision_module.h"
#include "services/aid/clients/business/registry.h"
#include "services/aid/events/business/business_copies.h"
#include "services/aid/events/training/course_completions.h"
#include "services/aid/jobs/application/correction_deadlines.h"
#include "services/aid/jobs/document/object_sweep.h"
#include "services/aid/jobs/grievance/grievance_deadlines.h"
#include "services/aid/jobs/loan/subsidy_months.h"
#include "services/aid/jobs/nomination/nominee_deadlines.h"
#include "services/aid/jobs/referral/referral_deadlines.h"
#include "services/aid/jobs/supervision/refund_deadlines.h"
#include "services/aid/jobs/supervision/visit_deadlines.h"
#include "services/aid/maintenance.h"
#include "services/aid/storage/mapping.h"

namespace {

using namespace bangkit;

constexpr std::size_t kReadThreads = 4;
constexpr std::size_t kReadsMax = 1'024;

struct OwnSettings {
    std::string key_file;      // BANGKIT_KEY_FILE
    std::string registration;  // BANGKIT_REGISTRATION: where that service listens.
    std::string documents;     // BANGKIT_DOCUMENTS: the folder in which documents are kept.
    std::int64_t retention_hours =
        168;  // BANGKIT_IDEMPOTENCY_HOURS: how long a request id may be repeated.
    std::int64_t grievance_days = 365;  // BANGKIT_GRIEVANCE_DAYS: how long what was said in a
                                        // grievance is kept behind its end.
};

OwnSettings Read(Settings& settings) {
    return {.key_file = settings.Required("BANGKIT_KEY_FILE"),
            .registration = settings.Required("BANGKIT_REGISTRATION"),
            .documents = settings.Required("BANGKIT_DOCUMENTS"),
            .retention_hours = settings.Number("BANGKIT_IDEMPOTENCY_HOURS", 168, 1, 8'760),
            .grievance_days = settings.Number("BANGKIT_GRIEVANCE_DAYS", 365, 1, 3'650)};
}

// Built in this order and destroyed in reverse: calls end first, then the writers, then the relay.
void Serve(const service::Foundation& base, const OwnSettings& own, const crypto::KeyRing& keys) {
    const service::CommonSettings& common = base.settings;
    const indonesia::RegionTree regions;
    const indonesia::WorkingDays calendar;
    const identity::TokenVerifier tokens(
        common.jwks,
        {.development = common.development,
         .is_region = [&regions](std::string_view code) { return regions.Find(code) != nullptr; }},
        base.clock);
    const identity::Policy policy = identity::Policy::OfBangkit();
    const rpc::Gate gate(tokens, policy, base.clock);

    postgres::Migrate(common.migration_dsn,
                      {command::Migrations(), denials::Migrations(), messaging::Migrations(),
                       timers::Migrations(), aid::Migrations()},
                      base.logger);
    aid::Announced(base, keys);
    aid::WarnOfUnknownYears(base, calendar);
    const command::RetentionSweeper sweeper(
        common.dsn,
        [retention = std::chrono::hours(own.retention_hours)](auto& connection, auto limit) {
            return command::RemoveOldReplies(connection, retention, limit);
        },
        base.logger);
    const std::unique_ptr<objects::Store> store = objects::OpenFolder(own.documents);
    const command::RetentionSweeper object_sweeper(
        common.dsn,
        [sweep = aid::ObjectSweep(*store, base.clock)](postgres::Connection& connection,
                                                       std::int64_t limit) mutable {
            return sweep.Turn(connection, static_cast<std::size_t>(limit));
        },
        base.logger);
    Wake relay_wake;
    const messaging::RelayThread relay({.dsn = common.dsn,
                                        .brokers = common.kafka,
                                        .topic = std::string(aid::kTopic),
                                        .source = "/bangkit/aid"},
                                       relay_wake, base.logger, base.metrics, base.failpoints);
    const command::LoopContext loop_context{.clock = base.clock,
                                            .logger = base.logger,
                                            .metrics = base.metrics,
                                            .failpoints = base.failpoints,
                                            .on_commit = [&relay_wake] { relay_wake.Ring(); }};
    aid::ProgramLoop program_loop({.dsn = common.dsn, .name = "programs"}, loop_context,
                                  [] { return aid::ProgramUnitOfWork(); });
    const auto make_applications = [&keys] { return aid::ApplicationUnitOfWork(keys); };
    aid::ApplicationLoop application_loop({.dsn = common.dsn, .name = "applications"}, loop_context,
                                          make_applications);

    aid::BankAccountLoop account_loop({.dsn = common.dsn, .name = "bank_accounts"}, loop_context,
                                      [&keys] { return aid::BankAccountUnitOfWork(keys); });
    // A batch of thousands takes a while.
    aid::PaymentLoop payment_loop(
        {.dsn = common.dsn, .name = "payments", .silence_max = postgres::kPatiently}, loop_context,
        [&keys] { return aid::PaymentUnitOfWork(keys); });
    aid::PaymentFileLoop payment_file_loop({.dsn = common.dsn, .name = "payment_files"},
                                           loop_context,
                                           [&keys] { return aid::PaymentFileUnitOfWork(keys); });

    const command::RetentionSweeper grievance_sweeper(
        common.dsn,
        [retention = std::chrono::days(own.grievance_days)](auto& connection, auto limit) {
            return aid::ForgetOldGrievances(connection, retention, limit);
        },
        base.logger);

    const messaging::ConsumerContext consumer_context{.logger = base.logger,
                                                      .metrics = base.metrics,
                                                      .failpoints = base.failpoints,
                                                      .on_commit = loop_context.on_commit};
    const auto follow = [&common](std::string_view topic) {
        return messaging::ConsumerOptions{.dsn = common.dsn,
                                          .brokers = common.kafka,
                                          .group = "bangkit-aid",
                                          .topic = std::string(topic)};
    };
    const messaging::ConsumerThread business_copies(
        follow(aid::kRegistrationTopic), consumer_context, [&] {
            return std::make_unique<aid::BusinessCopies>(
                regions, base.clock, make_applications,
                [&keys] { return aid::NominationUnitOfWork(keys); });
        });
    const messaging::ConsumerThread course_completions(
        follow(aid::kTrainingTopic), consumer_context,
        [&] { return std::make_unique<aid::CourseCompletions>(regions, base.clock); });

    // Pages and single rows come along an index in its order, whatever the tables looked like when
    // the plan was made.
    postgres::Pool reads(common.dsn,
                         "SET statement_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
                         "SET enable_seqscan = off");
    // What streams use that are cut off when the server stops.
    const aid::ApplicationQueries applications(reads);
    const aid::DocumentQueries documents(reads, keys);
    ThreadPool pool(kReadThreads, kReadsMax);
    denials::DenialLog denials(common.dsn, base.clock, base.logger);
    rpc::Calls calls(
        gate, pool, base.logger, base.metrics, postgres::Explain,
        [&denials](const rpc::CallEnd& end) {
            denials.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        });
    const aid::ProgramChecks program_checks(regions, base.clock);
    const aid::ProgramQueries programs(reads);
    aid::ProgramHandler program_handler({.calls = calls,
                                         .loop = program_loop,
                                         .queries = programs,
                                         .checks = program_checks,
                                         .regions = regions,
                                         .keys = keys});
    const aid::LedgerChecks ledger_checks(regions, base.clock);
    const aid::LedgerQueries ledger(reads);
    aid::LedgerHandler ledger_handler({.calls = calls,
                                       .loop = program_loop,
                                       .queries = ledger,
                                       .programs = programs,
                                       .checks = ledger_checks,
                                       .keys = keys});
    aid::Registry registry(rpc::Connect(own.registration), base.logger, base.metrics);
    aid::ApplicationHandler application_handler({.calls = calls,
                                                 .loop = application_loop,
                                                 .registry = registry,
                                                 .queries = applications,
                                                 .documents = documents,
                                                 .regions = regions,
                                                 .clock = base.clock,
                                                 .keys = keys});
    aid::DocumentHandler document_handler({.calls = calls,
                                           .loop = application_loop,
                                           .applications = applications,
                                           .documents = documents,
                                           .store = *store,
                                           .pool = pool,
                                           .clock = base.clock,
                                           .keys = keys});
    const aid::PaymentChecks payment_checks(regions, base.clock);
    const aid::PaymentQueries payments(reads, keys);
    aid::PaymentHandler payment_handler({.calls = calls,
                                         .account_loop = account_loop,
                                         .loop = payment_loop,
                                         .file_loop = payment_file_loop,
                                         .queries = payments,
                                         .programs = programs,
                                         .checks = payment_checks,
                                         .keys = keys});
    const aid::ModuleContext modules{.dsn = common.dsn,
                                     .loops = loop_context,
                                     .calls = calls,
                                     .reads = reads,
                                     .programs = programs,
                                     .regions = regions,
                                     .calendar = calendar,
                                     .clock = base.clock,
                                     .keys = keys};
    aid::NominationModule nominations(modules);
    aid::ReferralModule referrals(modules);
    aid::LoanModule loans(modules);
    aid::GrievanceModule grievances(modules);
    aid::StockModule stock(modules);
    aid::SupervisionModule supervision(modules);

    // What happens when a time is over although nobody calls.
    const timers::TimerThread timers(
        {.dsn = common.dsn},
        {aid::CorrectionDeadlines(application_loop), aid::NomineeDeadlines(nominations.loop()),
         aid::GrievanceDeadlines(grievances.loop()), aid::ReferralDeadlines(referrals.loop()),
         aid::SubsidyMonths(loans.loop()), aid::VisitDeadlines(supervision.loop()),
         aid::RefundDeadlines(supervision.loop())},
        base.logger, base.metrics);
    rpc::Server server({.listen = common.listen, .development = common.development},
                       {{aid::v1::ProgramService::service_full_name(), &program_handler},
                        {aid::v1::LedgerService::service_full_name(), &ledger_handler},
                        {aid::v1::ApplicationService::service_full_name(), &application_handler},
                        {aid::v1::DocumentService::service_full_name(), &document_handler},
                        {aid::v1::PaymentService::service_full_name(), &payment_handler},
                        {aid::v1::NominationService::service_full_name(), &nominations.handler()},
                        {aid::v1::ReferralService::service_full_name(), &referrals.handler()},
                        {aid::v1::GrievanceService::service_full_name(), &grievances.handler()},
                        {aid::v1::LoanService::service_full_name(), &loans.handler()},
                        {aid::v1::StockService::service_full_name(), &stock.handler()},
                        {aid::v1::SupervisionService::service_full_name(), &supervision.handler()}},
                       calls);
    const postgres::Watch database(common.dsn, base.logger,
                                   [&server](bool is_up) { server.SetHealthy(is_up); });
    const http::AdminServer admin(
        common.admin_listen, base.metrics,
        {{.name = "database", .why_not = [&database] { return database.WhyNotReady(); }}});
    base.logger.Info("listening", {{"port", std::to_string(server.port())},
                                   {"admin_port", std::to_string(admin.port())}});
    base.wait_for_stop();
}

}  // namespace

int main(int argc, char** argv) {
    const std::optional<rotation::Verb> verb = rotation::ParseVerb({argv + 1, argv + argc});
    if (!verb) {
        std::fputs(
            "usage: bangkit-aid [rekey | (key-needs | retire-key) (master | hash) VERSION]\n",
            stderr);
        return 2;
    }
    OwnSettings own;
    int code = 0;
    const int outcome = service::Run(
        "aid", [&own](Settings& settings, bool) { own = Read(settings); },
        [&](const service::Foundation& base) {
            const auto keys = crypto::KeyRing::Load(own.key_file, base.settings.development);
            if (verb->name.empty()) return Serve(base, own, keys);
            code = aid::Maintain(base, keys, *verb);
        });
    return outcome == 0 ? code : outcome;
}
