#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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
    /// The stub of a service, made once: StubOf<aid::v1::PaymentService>(). Its package says which
    /// process serves it.
    template <typename Service>
    typename Service::Stub& StubOf() {
        std::shared_ptr<void>& stub = stubs_[Service::service_full_name()];
        if (!stub) {
            stub = std::shared_ptr<typename Service::Stub>(
                Service::NewStub(ChannelTo(Service::service_full_name())));
        }
        return *static_cast<typename Service::Stub*>(stub.get());
    }

private:
    std::shared_ptr<grpc::ChannelInterface> ChannelTo(std::string_view service);

    std::string environment_config_;
    Options options_;
    SystemClock clock_;
    const std::unique_ptr<Logger> logger_;
    std::optional<Config> config_;
    std::optional<indonesia::RegionTree> regions_;
    std::map<std::string, std::shared_ptr<void>> stubs_;  // By the name of the service.
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
