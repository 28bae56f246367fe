#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bangkit/dashboard/v1/dashboard_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/grpc/client.h"
#include "libs/grpc/handler.h"
#include "libs/grpc/server.h"
#include "libs/identity/development_issuer.h"
#include "libs/identity/tests/tokens.h"

namespace bangkit::rpc {

namespace dashboard = bangkit::dashboard::v1;
namespace registration = bangkit::registration::v1;

inline constexpr std::string_view kGetDashboard =
    "bangkit.dashboard.v1.DashboardService/GetDashboard";
inline constexpr std::string_view kListRegions =
    "bangkit.dashboard.v1.DashboardService/ListRegions";
inline constexpr std::string_view kBatch =
    "bangkit.registration.v1.RegistrationService/BatchRegisterBusinesses";
inline constexpr std::string_view kImport =
    "bangkit.registration.v1.RegistrationService/ImportBusinesses";

/// Keeps what was logged, and lets a test wait for it.
class RecordingLogger final : public Logger {
public:
    struct Entry {
        LogLevel level;
        std::string event;
        std::map<std::string, std::string> fields;
    };

    void Write(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        Entry entry{level, std::string(event), {}};
        for (const LogField& field : fields) entry.fields[std::string(field.name)] = field.value;
        const std::lock_guard lock(mutex_);
        entries_.push_back(std::move(entry));
        changed_.notify_all();
    }
    /// Entries of `event`, as soon as there are `count`.
    std::vector<Entry> WaitFor(const std::string& event, std::size_t count = 1) {
        std::vector<Entry> found;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [&] {
            found.clear();
            for (const Entry& entry : entries_) {
                if (entry.event == event) found.push_back(entry);
            }
            return found.size() >= count;
        });
        return found;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Entry> entries_;
};

using BatchRequest = registration::BatchRegisterBusinessesRequest;
using BatchResponse = registration::BatchRegisterBusinessesResponse;
using ImportRequest = registration::ImportBusinessesRequest;
using ImportResponse = registration::ImportBusinessesResponse;

/// What a test makes a handler do. Locked, because between a client and a server in one process
/// lies gRPC, through which ThreadSanitizer does not see that the test came first.
template <typename Signature>
class Body {
public:
    Body() = default;
    template <typename Function>
    explicit(false) Body(Function function) : function_(std::move(function)) {}
    template <typename Function>
    Body& operator=(Function function) {
        const std::scoped_lock lock(mutex_);
        function_ = std::move(function);
        return *this;
    }
    std::function<Signature> Get() const {
        const std::scoped_lock lock(mutex_);
        return function_;
    }

private:
    mutable std::mutex mutex_;
    std::function<Signature> function_;
};

/// Handlers of every shape, whose bodies are the test's.
class TestDashboard final : public dashboard::DashboardService::CallbackService {
public:
    explicit TestDashboard(const Calls& calls) : calls_(calls) {}

    grpc::ServerUnaryReactor* GetDashboard(grpc::CallbackServerContext* context,
                                           const dashboard::GetDashboardRequest*,
                                           dashboard::GetDashboardResponse* response) override {
        return calls_.Unary(context, kGetDashboard, response,
                            [this](const Call& call, Reply<dashboard::GetDashboardResponse> reply) {
                                on_get.Get()(call, std::move(reply));
                            });
    }
    grpc::ServerUnaryReactor* ListRegions(grpc::CallbackServerContext* context,
                                          const dashboard::ListRegionsRequest* request,
                                          dashboard::ListRegionsResponse* response) override {
        return calls_.Read(context, kListRegions, request, response,
                           [this](const Call& call, const dashboard::ListRegionsRequest& wanted) {
                               return on_list.Get()(call, wanted);
                           });
    }

    Body<void(const Call&, Reply<dashboard::GetDashboardResponse>)> on_get =
        [](const Call&, const auto& reply) { reply(dashboard::GetDashboardResponse()); };
    Body<Result<dashboard::ListRegionsResponse>(const Call&, const dashboard::ListRegionsRequest&)>
        on_list = [](const Call&, const auto&) { return dashboard::ListRegionsResponse(); };

private:
    const Calls& calls_;
};

class TestRegistration final : public registration::RegistrationService::CallbackService {
public:
    explicit TestRegistration(const Calls& calls) : calls_(calls) {}

    grpc::ServerBidiReactor<BatchRequest, BatchResponse>* BatchRegisterBusinesses(
        grpc::CallbackServerContext* context) override {
        return calls_.Stream<BatchRequest, BatchResponse>(context, kBatch, [this](const Call&) {
            return std::make_unique<OneLinePerMessage<BatchRequest, BatchResponse>>(
                on_line.Get(), max_outstanding);
        });
    }
    grpc::ServerBidiReactor<ImportRequest, ImportResponse>* ImportBusinesses(
        grpc::CallbackServerContext* context) override {
        return calls_.Stream<ImportRequest, ImportResponse>(
            context, kImport, [this](const Call&) { return make_import.Get()(); });
    }

    Body<void(BatchRequest, Line<BatchResponse>)> on_line;
    std::atomic<std::size_t> max_outstanding = kMaxOutstandingLines;
    Body<std::unique_ptr<LineSource<ImportRequest, ImportResponse>>()> make_import;

private:
    const Calls& calls_;
};

/// Making an RSA key takes long: one for all tests.
inline const identity::DevelopmentKey& TestKey() {
    static const identity::DevelopmentKey key = identity::GenerateDevelopmentKey();
    return key;
}

/// A real server of both services on a free port, and a channel to it.
struct TestServer {
    explicit TestServer(identity::Policy rules = identity::Policy::OfBangkit(),
                        std::chrono::milliseconds default_deadline = kDefaultDeadline,
                        bool development = true)
        : policy(std::move(rules)),
          gate(tokens, policy, clock, default_deadline),
          server({.listen = "127.0.0.1:0", .development = development},
                 {{dashboard::DashboardService::service_full_name(), &dashboards},
                  {registration::RegistrationService::service_full_name(), &registrations}},
                 calls) {}

    std::string Token(std::vector<std::string> roles,
                      std::vector<std::string> regions = {"18.71"}) const {
        return issuer.Mint({"siti", std::move(roles), std::move(regions)}, clock.Now(),
                           std::chrono::minutes(5));
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(server.port()); }

    /// GetDashboard with `token` as the bearer.
    grpc::Status Get(const std::string& token) const {
        grpc::ClientContext context;
        Prepare(context, token, std::chrono::seconds(10));
        dashboard::GetDashboardResponse response;
        return dashboard::DashboardService::NewStub(channel)->GetDashboard(&context, {}, &response);
    }

    const SystemClock clock;
    const identity::DevelopmentIssuer issuer{TestKey().private_jwk};
    const identity::TokenVerifier tokens{
        TestKey().public_jwks, {.development = true, .is_region = identity::IsTestRegion}, clock};
    const identity::Policy policy;
    const Gate gate;
    RecordingLogger logger;
    prometheus::Registry metrics;
    std::atomic<bool> explains = false;
    ThreadPool pool{2, 4};
    Calls calls{gate, pool, logger, metrics, [this](const std::exception&) -> std::optional<Error> {
                    if (!explains) return std::nullopt;
                    return Error{ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "away"};
                }};
    TestDashboard dashboards{calls};
    TestRegistration registrations{calls};
    Server server;
    const std::shared_ptr<grpc::Channel> channel = Connect(address());
};

}  // namespace bangkit::rpc
