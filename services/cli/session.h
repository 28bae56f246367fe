#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "bangkit/aid/v1/ledger_service.grpc.pb.h"
#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "bangkit/aid/v1/program_service.grpc.pb.h"
#include "bangkit/dashboard/v1/dashboard_service.grpc.pb.h"
#include "bangkit/registration/v1/duplicate_service.grpc.pb.h"
#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "bangkit/registration/v1/intake_service.grpc.pb.h"
#include "bangkit/registration/v1/need_service.grpc.pb.h"
#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/clock.h"
#include "libs/base/logger.h"
#include "libs/indonesia/regions.h"
#include "services/cli/config.h"

namespace bangkit::cli {

/// What every command may be told.
struct Options {
    bool json = false;
    std::string token;
    std::string config_file;
    std::map<std::string, std::string> settings;  // Name in the configuration -> value.
};

/// What the commands of one run share. Everything is made when it is first asked for, so that a
/// command needs no more of an installation than it uses.
class Session {
public:
    /// Throws SettingError for an unknown BANGKIT_* variable.
    explicit Session(const char* const* environment);
    ~Session();

    Options& options() { return options_; }
    bool json() const { return options_.json; }

    const Config& config();
    const std::string& Setting(std::string_view name) { return config().Required(name); }
    const indonesia::RegionTree& regions();
    Logger& logger() { return *logger_; }
    Clock& clock() { return clock_; }

    /// What --token or BANGKIT_TOKEN says; in development, else a new token that may do all.
    const std::string& Token();
    registration::v1::RegistrationService::Stub& registration();
    registration::v1::PersonalDataService::Stub& personal_data();
    registration::v1::ImportService::Stub& imports();
    registration::v1::IntakeService::Stub& intake();
    registration::v1::NeedService::Stub& needs();
    registration::v1::DuplicateService::Stub& duplicates();
    aid::v1::ProgramService::Stub& programs();
    aid::v1::LedgerService::Stub& ledger();
    aid::v1::ApplicationService::Stub& applications();
    aid::v1::DocumentService::Stub& documents();
    aid::v1::PaymentService::Stub& payments();
    dashboard::v1::DashboardService::Stub& dashboard();

private:
    std::string environment_config_;
    Options options_;
    SystemClock clock_;
    const std::unique_ptr<Logger> logger_;
    std::optional<Config> config_;
    std::optional<indonesia::RegionTree> regions_;
    std::unique_ptr<registration::v1::RegistrationService::Stub> registration_;
    std::unique_ptr<registration::v1::PersonalDataService::Stub> personal_data_;
    std::unique_ptr<registration::v1::ImportService::Stub> imports_;
    std::unique_ptr<registration::v1::IntakeService::Stub> intake_;
    std::unique_ptr<registration::v1::NeedService::Stub> needs_;
    std::unique_ptr<registration::v1::DuplicateService::Stub> duplicates_;
    std::unique_ptr<aid::v1::ProgramService::Stub> programs_;
    std::unique_ptr<aid::v1::LedgerService::Stub> ledger_;
    std::unique_ptr<aid::v1::ApplicationService::Stub> applications_;
    std::unique_ptr<aid::v1::DocumentService::Stub> documents_;
    std::unique_ptr<aid::v1::PaymentService::Stub> payments_;
    std::unique_ptr<dashboard::v1::DashboardService::Stub> dashboard_;
};

/// The path of the running program, without links.
std::filesystem::path ProgramPath();

/// Throws CallFailed unless `status` is OK.
void Check(const grpc::Status& status);

/// Prepares a call in the name of the session's token.
void Prepare(grpc::ClientContext& context, Session& session, std::chrono::milliseconds timeout);

/// Makes one call and returns the answer: Call(session, session.registration(), &Stub::GetBusiness,
/// request). Throws CallFailed.
template <typename Stub, typename Request, typename Response>
Response Call(Session& session, Stub& stub,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Request& request) {
    constexpr std::chrono::seconds kTimeout{15};
    grpc::ClientContext context;
    Prepare(context, session, kTimeout);
    Response response;
    Check((stub.*method)(&context, request, &response));
    return response;
}

}  // namespace bangkit::cli
