#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/grpc/call.h"

namespace bangkit::aid {

/// A registration service that knows what a test has told it, and can be away, or say nothing.
class FakeRegistration final : public registration::v1::RegistrationService::Service {
public:
    FakeRegistration() { Start("127.0.0.1:0"); }
    ~FakeRegistration() override { Stop(); }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    /// For whoever reaches it; the token is not looked at.
    void Add(const registration::v1::Business& business) {
        registration::v1::GetBusinessResponse response;
        *response.mutable_business() = business;
        Add(business.business_id(), response);
    }
    void Add(const std::string& id, const registration::v1::GetBusinessResponse& response) {
        const std::lock_guard lock(mutex_);
        responses_[id] = response;
    }
    void SetSilent(bool is_silent) {
        const std::lock_guard lock(mutex_);
        is_silent_ = is_silent;
        changed_.notify_all();
    }
    void Stop() {
        SetSilent(false);
        if (server_) server_->Shutdown(std::chrono::system_clock::now());
        server_.reset();
    }
    /// Where it was.
    void StartAgain() { Start(address()); }

    int calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }
    /// Of the last call: "Bearer ...".
    std::string authorization() const {
        const std::lock_guard lock(mutex_);
        return authorization_;
    }

    grpc::Status GetBusiness(grpc::ServerContext* context,
                             const registration::v1::GetBusinessRequest* request,
                             registration::v1::GetBusinessResponse* response) override {
        std::unique_lock lock(mutex_);
        ++calls_;
        const auto found = context->client_metadata().find("authorization");
        if (found != context->client_metadata().end()) {
            authorization_.assign(found->second.data(), found->second.size());
        }
        changed_.wait(lock, [this] { return !is_silent_; });
        const auto known = responses_.find(request->business_id());
        if (known == responses_.end()) {
            return rpc::ToStatus({.code = ErrorCode::kNotFound,
                                  .reason = "BUSINESS_NOT_FOUND",
                                  .message = "no such business"});
        }
        *response = known->second;
        return grpc::Status::OK;
    }

private:
    void Start(const std::string& listen) {
        grpc::ServerBuilder builder;
        builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &port_);
        builder.RegisterService(this);
        server_ = builder.BuildAndStart();
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, registration::v1::GetBusinessResponse> responses_;
    bool is_silent_ = false;
    int calls_ = 0;
    std::string authorization_;
    int port_ = 0;
    std::unique_ptr<grpc::Server> server_;
};

}  // namespace bangkit::aid
