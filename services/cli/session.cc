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

std::shared_ptr<grpc::ChannelInterface> Session::ChannelTo(std::string_view service) {
    if (service.starts_with("bangkit.registration.")) return rpc::Connect(Setting("REGISTRATION"));
    if (service.starts_with("bangkit.aid.")) return rpc::Connect(Setting("AID"));
    return rpc::Connect(Setting("DASHBOARD"));
}

std::filesystem::path ProgramPath() { return std::filesystem::read_symlink("/proc/self/exe"); }

void Check(const grpc::Status& status) {
    if (!status.ok()) throw CallFailed(rpc::FromStatus(status));
}

void Prepare(grpc::ClientContext& context, Session& session, std::chrono::milliseconds timeout) {
    rpc::Prepare(context, session.Token(), timeout);
}

}  // namespace bangkit::cli
