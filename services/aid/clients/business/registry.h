#pragma once

#include <grpcpp/channel.h>
#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <string>

#include "libs/base/logger.h"
#include "libs/base/result.h"
#include "libs/grpc/upstream.h"
#include "services/aid/domain/business/business.h"

namespace bangkit::aid {

/// The registration service itself, to be asked for a business of which no event has come yet.
class Registry {
public:
    using Done = std::move_only_function<void(Result<Business>)>;

    Registry(const std::shared_ptr<grpc::Channel>& channel, Logger& logger,
             prometheus::Registry& metrics);
    ~Registry();

    /// As whoever holds the token of `call` may see it. NOT_FOUND (BUSINESS_NOT_FOUND): absent or
    /// outside their scope; FAILED_PRECONDITION (BUSINESS_MERGED): lives on in another one, whose
    /// id is in the metadata if they reach it; UNAVAILABLE (REGISTRATION_UNREACHABLE). Never
    /// blocks.
    void Find(const std::string& business_id, rpc::AskingCall call, Done done);

private:
    struct Stub;
    const std::shared_ptr<const Stub> stub_;
    rpc::Upstream upstream_;
};

}  // namespace bangkit::aid
