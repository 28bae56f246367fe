#include "services/aid/tests/server_fixture.h"

#include <prometheus/registry.h>

#include "libs/base/thread_pool.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/server.h"
#include "libs/postgres/explain.h"
#include "libs/testing/quiet_logger.h"
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
#include "services/aid/tests/business/fake_registration.h"
#include "services/aid/tests/test_keys.h"

namespace bangkit::aid {
namespace {

/// Reading all regions takes a while: once for all tests.
const indonesia::RegionTree& Regions() {
    static const indonesia::RegionTree regions;
    return regions;
}

const indonesia::WorkingDays& Calendar() {
    static const indonesia::WorkingDays calendar;
    return calendar;
}

}  // namespace

struct AidTest::Service {
    Service(std::string dsn, const Clock& clock, const identity::Policy& policy,
            const std::string& registration, const std::filesystem::path& folder)
        : dsn_(std::move(dsn)),
          clock_(clock),
          policy_(policy),
          registration_(registration),
          store_(objects::OpenFolder(folder)) {}

    template <typename Unit>
    std::unique_ptr<command::CommandLoop<Unit>> NewLoop(std::string name) {
        return std::make_unique<command::CommandLoop<Unit>>(
            command::LoopOptions{.dsn = dsn_, .name = std::move(name), .silence_max = {}},
            command::LoopContext{.clock = clock_,
                                 .logger = logger_,
                                 .metrics = metrics_,
                                 .failpoints = failpoints_,
                                 .on_commit = [] {}},
            [this] { return MakeUnit<Unit>(); });
    }

    template <typename Unit>
    Unit MakeUnit() const {
        if constexpr (std::is_constructible_v<Unit, const crypto::KeyRing&>) {
            return Unit(keys_);
        } else {
            return Unit();
        }
    }

    const std::string dsn_;
    const Clock& clock_;
    const identity::Policy& policy_;
    const std::string registration_;
    const std::unique_ptr<objects::Store> store_;
    testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    const Failpoints failpoints_;
    const SystemClock system_clock_;  // Deadlines of calls are of the real time.
    const crypto::KeyRing keys_ = TestKeys();
    postgres::Pool reads_{dsn_, "SET statement_timeout = '5s'"};
    const identity::TokenVerifier tokens_{
        TokenKey().public_jwks,
        {.development = true,
         .is_region = [](std::string_view code) { return Regions().Find(code) != nullptr; }},
        clock_};
    const rpc::Gate gate_{tokens_, policy_, system_clock_};
    const ApplicationQueries applications_{reads_};
    const DocumentQueries documents_{reads_, keys_};
    ThreadPool pool_{2, 256};
    denials::DenialLog denials_{dsn_, clock_, logger_};
    rpc::Calls calls_{
        gate_, pool_, logger_, metrics_, postgres::Explain, [this](const rpc::CallEnd& end) {
            denials_.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        }};
    const std::unique_ptr<ProgramLoop> program_loop_ = NewLoop<ProgramUnitOfWork>("programs");
    const std::unique_ptr<ApplicationLoop> application_loop_ =
        NewLoop<ApplicationUnitOfWork>("applications");
    const ProgramChecks program_checks_{Regions(), clock_};
    const ProgramQueries programs_{reads_};
    ProgramHandler program_handler_{{.calls = calls_,
                                     .loop = *program_loop_,
                                     .queries = programs_,
                                     .checks = program_checks_,
                                     .regions = Regions(),
                                     .keys = keys_}};
    const LedgerChecks ledger_checks_{Regions(), clock_};
    const LedgerQueries ledger_{reads_};
    LedgerHandler ledger_handler_{{.calls = calls_,
                                   .loop = *program_loop_,
                                   .queries = ledger_,
                                   .programs = programs_,
                                   .checks = ledger_checks_,
                                   .keys = keys_}};
    Registry registry_{rpc::Connect(registration_), logger_, metrics_};
    ApplicationHandler application_handler_{{.calls = calls_,
                                             .loop = *application_loop_,
                                             .registry = registry_,
                                             .queries = applications_,
                                             .documents = documents_,
                                             .regions = Regions(),
                                             .clock = clock_,
                                             .keys = keys_}};
    DocumentHandler document_handler_{{.calls = calls_,
                                       .loop = *application_loop_,
                                       .applications = applications_,
                                       .documents = documents_,
                                       .store = *store_,
                                       .pool = pool_,
                                       .clock = clock_,
                                       .keys = keys_}};
    const std::unique_ptr<BankAccountLoop> account_loop_ =
        NewLoop<BankAccountUnitOfWork>("bank_accounts");
    const std::unique_ptr<PaymentLoop> payment_loop_ = NewLoop<PaymentUnitOfWork>("payments");
    const std::unique_ptr<PaymentFileLoop> payment_file_loop_ =
        NewLoop<PaymentFileUnitOfWork>("payment_files");
    const PaymentChecks payment_checks_{Regions(), clock_};
    const PaymentQueries payments_{reads_, keys_};
    PaymentHandler payment_handler_{{.calls = calls_,
                                     .account_loop = *account_loop_,
                                     .loop = *payment_loop_,
                                     .file_loop = *payment_file_loop_,
                                     .queries = payments_,
                                     .programs = programs_,
                                     .checks = payment_checks_,
                                     .keys = keys_}};
    const command::LoopContext loops_{.clock = clock_,
                                      .logger = logger_,
                                      .metrics = metrics_,
                                      .failpoints = failpoints_,
                                      .on_commit = [] {}};
    const ModuleContext modules_{.dsn = dsn_,
                                 .loops = loops_,
                                 .calls = calls_,
                                 .reads = reads_,
                                 .programs = programs_,
                                 .regions = Regions(),
                                 .calendar = Calendar(),
                                 .clock = clock_,
                                 .keys = keys_,
                                 .silence_max = {}};
    NominationModule nominations_{modules_};
    ReferralModule referrals_{modules_};
    LoanModule loans_{modules_};
    GrievanceModule grievances_{modules_};
    StockModule stock_{modules_};
    SupervisionModule supervision_{modules_};
    const rpc::Server server_{
        {.listen = "127.0.0.1:0"},
        {{v1::ProgramService::service_full_name(), &program_handler_},
         {v1::LedgerService::service_full_name(), &ledger_handler_},
         {v1::ApplicationService::service_full_name(), &application_handler_},
         {v1::DocumentService::service_full_name(), &document_handler_},
         {v1::PaymentService::service_full_name(), &payment_handler_},
         {v1::NominationService::service_full_name(), &nominations_.handler()},
         {v1::ReferralService::service_full_name(), &referrals_.handler()},
         {v1::GrievanceService::service_full_name(), &grievances_.handler()},
         {v1::LoanService::service_full_name(), &loans_.handler()},
         {v1::StockService::service_full_name(), &stock_.handler()},
         {v1::SupervisionService::service_full_name(), &supervision_.handler()}},
        calls_};
    const std::shared_ptr<grpc::Channel> channel_ =
        rpc::Connect("127.0.0.1:" + std::to_string(server_.port()));
};

AidTest::AidTest()
    : registration_(std::make_unique<FakeRegistration>()),
      service_(std::make_unique<Service>(database_.dsn(), clock_, policy_, registration_->address(),
                                         folder_.path())),
      program_stub_(v1::ProgramService::NewStub(service_->channel_)),
      ledger_stub_(v1::LedgerService::NewStub(service_->channel_)),
      application_stub_(v1::ApplicationService::NewStub(service_->channel_)),
      document_stub_(v1::DocumentService::NewStub(service_->channel_)),
      payment_stub_(v1::PaymentService::NewStub(service_->channel_)) {}

AidTest::~AidTest() = default;

std::shared_ptr<grpc::Channel> AidTest::channel() const { return service_->channel_; }
const crypto::KeyRing& AidTest::keys() const { return service_->keys_; }
objects::Store& AidTest::store() const { return *service_->store_; }

}  // namespace bangkit::aid
