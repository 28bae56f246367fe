#include "services/cli/session.h"

#include "libs/grpc/client.h"
#include "libs/telemetry/json_logger.h"
#include "services/cli/failure.h"
#include "services/cli/tokens.h"

namespace bangkit::cli {

Session::Session(const char* const* environment)
    : logger_(std::make_unique<telemetry::JsonLogger>("cli", LogLevel::kWarning)) {
    Settings settings(environment);
    environment_config_ = settings.Optional("BANGKIT_CONFIG", "");
    options_.token = settings.Optional("BANGKIT_TOKEN", "");
    settings.RefuseUnknown();
}

Session::~Session() = default;

const Config& Session::config() {
    if (config_) return *config_;
    std::filesystem::path file =
        options_.config_file.empty() ? environment_config_ : options_.config_file;
    if (file.empty()) file = FindConfigFile(ProgramPath()).value_or("");
    config_ = file.empty() ? Config() : Config(ReadFile(file), file.string());
    for (const auto& [name, value] : options_.settings) config_->Override(name, value);
    return *config_;
}

const indonesia::RegionTree& Session::regions() {
    if (!regions_) regions_.emplace();
    return *regions_;
}

const std::string& Session::Token() {
    if (options_.token.empty()) options_.token = MintAllowingAll(*this);
    return options_.token;
}

registration::v1::RegistrationService::Stub& Session::registration() {
    if (!registration_) {
        registration_ =
            registration::v1::RegistrationService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *registration_;
}

registration::v1::PersonalDataService::Stub& Session::personal_data() {
    if (!personal_data_) {
        personal_data_ =
            registration::v1::PersonalDataService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *personal_data_;
}

registration::v1::ImportService::Stub& Session::imports() {
    if (!imports_) {
        imports_ = registration::v1::ImportService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *imports_;
}

registration::v1::DuplicateService::Stub& Session::duplicates() {
    if (!duplicates_) {
        duplicates_ =
            registration::v1::DuplicateService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *duplicates_;
}

registration::v1::IntakeService::Stub& Session::intake() {
    if (!intake_) {
        intake_ = registration::v1::IntakeService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *intake_;
}

registration::v1::NeedService::Stub& Session::needs() {
    if (!needs_) {
        needs_ = registration::v1::NeedService::NewStub(rpc::Connect(Setting("REGISTRATION")));
    }
    return *needs_;
}

aid::v1::ProgramService::Stub& Session::programs() {
    if (!programs_) programs_ = aid::v1::ProgramService::NewStub(rpc::Connect(Setting("AID")));
    return *programs_;
}

aid::v1::LedgerService::Stub& Session::ledger() {
    if (!ledger_) ledger_ = aid::v1::LedgerService::NewStub(rpc::Connect(Setting("AID")));
    return *ledger_;
}

aid::v1::ApplicationService::Stub& Session::applications() {
    if (!applications_) {
        applications_ = aid::v1::ApplicationService::NewStub(rpc::Connect(Setting("AID")));
    }
    return *applications_;
}

aid::v1::DocumentService::Stub& Session::documents() {
    if (!documents_) documents_ = aid::v1::DocumentService::NewStub(rpc::Connect(Setting("AID")));
    return *documents_;
}

aid::v1::PaymentService::Stub& Session::payments() {
    if (!payments_) payments_ = aid::v1::PaymentService::NewStub(rpc::Connect(Setting("AID")));
    return *payments_;
}

dashboard::v1::DashboardService::Stub& Session::dashboard() {
    if (!dashboard_) {
        dashboard_ = dashboard::v1::DashboardService::NewStub(rpc::Connect(Setting("DASHBOARD")));
    }
    return *dashboard_;
}

std::filesystem::path ProgramPath() { return std::filesystem::read_symlink("/proc/self/exe"); }

void Check(const grpc::Status& status) {
    if (!status.ok()) throw CallFailed(rpc::FromStatus(status));
}

void Prepare(grpc::ClientContext& context, Session& session, std::chrono::milliseconds timeout) {
    rpc::Prepare(context, session.Token(), timeout);
}

}  // namespace bangkit::cli
