#include "services/aid/clients/business/registry.h"

#include <chrono>
#include <utility>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"

namespace bangkit::aid {
namespace {

using namespace registration::v1;

/// Two digits; 0 if it is not known.
int DivisionOf(const std::string& kbli) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (kbli.size() < 2 || !is_digit(kbli[0]) || !is_digit(kbli[1])) return 0;
    return (kbli[0] - '0') * 10 + (kbli[1] - '0');
}

Business ToBusiness(const registration::v1::Business& business) {
    const auto& updated_at = business.updated_at();
    return {.id = business.business_id(),
            .version = business.version(),
            .owner_id = business.owner_id(),
            .region_code = business.region_code(),
            .kind = business.kind(),
            .scale = business.scale(),
            .condition = business.condition(),
            .verification = business.verification(),
            .kbli_division = DivisionOf(business.kbli()),
            .merged_into = {},
            .owner_is_erased = business.owner().erased(),
            .updated_at = Time(std::chrono::seconds(updated_at.seconds()) +
                               std::chrono::duration_cast<Time::duration>(
                                   std::chrono::nanoseconds(updated_at.nanos())))};
}

Result<Business> ToResult(const std::string& business_id,
                          const Result<GetBusinessResponse>& response) {
    if (!response) {
        if (response.error().code != ErrorCode::kNotFound) {
            return std::unexpected(response.error());
        }
        return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    }
    const registration::v1::Business& business = response->business();
    if (business.merged() || business.business_id() != business_id) {
        Error error{.code = ErrorCode::kFailedPrecondition,
                    .reason = "BUSINESS_MERGED",
                    .message = "the business lives on in another one"};
        if (business.business_id() != business_id) {
            error.metadata["surviving_business_id"] = business.business_id();
        }
        return std::unexpected(std::move(error));
    }
    return ToBusiness(business);
}

}  // namespace

struct Registry::Stub {
    explicit Stub(const std::shared_ptr<grpc::Channel>& channel)
        : registration(RegistrationService::NewStub(channel)) {}
    const std::unique_ptr<RegistrationService::Stub> registration;
};

Registry::Registry(const std::shared_ptr<grpc::Channel>& channel, Logger& logger,
                   prometheus::Registry& metrics)
    : stub_(std::make_shared<const Stub>(channel)),
      upstream_({.name = "registration", .reason = "REGISTRATION_UNREACHABLE"}, logger, metrics) {}

Registry::~Registry() = default;

void Registry::Find(const std::string& business_id, rpc::AskingCall call, Done done) {
    const auto request = std::make_shared<GetBusinessRequest>();
    request->set_business_id(business_id);
    rpc::Ask<GetBusinessResponse>(
        upstream_, std::move(call),
        [stub = stub_, request](grpc::ClientContext* context, GetBusinessResponse* response,
                                std::function<void(grpc::Status)> on_status) {
            stub->registration->async()->GetBusiness(context, request.get(), response,
                                                     std::move(on_status));
        },
        [business_id, done = std::move(done)](const Result<GetBusinessResponse>& response) mutable {
            done(ToResult(business_id, response));
        });
}

}  // namespace bangkit::aid
