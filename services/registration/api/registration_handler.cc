#include "services/registration/api/registration_handler.h"

#include <algorithm>

#include "libs/base/ids.h"
#include "libs/command/fingerprint.h"
#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "libs/status/status.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/import.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kRegister =
    "bangkit.registration.v1.RegistrationService/RegisterBusiness";
constexpr std::string_view kBatchRegister =
    "bangkit.registration.v1.RegistrationService/BatchRegisterBusinesses";
constexpr std::string_view kImport = "bangkit.registration.v1.RegistrationService/ImportBusinesses";
constexpr std::string_view kGet = "bangkit.registration.v1.RegistrationService/GetBusiness";
constexpr std::string_view kList = "bangkit.registration.v1.RegistrationService/ListBusinesses";
constexpr std::string_view kReport = "bangkit.registration.v1.RegistrationService/ReportCondition";

constexpr std::int32_t kPageSizeDefault = 50;
constexpr std::int32_t kPageSizeMax = 200;

template <typename Response>
Result<Response> ToResponse(const Outcome& outcome) {
    if (!outcome) return std::unexpected(outcome.error());
    Response response;
    response.ParseFromString(*outcome);
    return response;
}

/// The last part of a method's name: what the audit shows.
std::string ShortName(std::string_view method) {
    return std::string(method.substr(method.find('/') + 1));
}

/// A subject that is not the id of an owner owns nothing, and sees nothing.
Viewer ViewerOf(const rpc::Call& call) {
    const bool sees_only_own = call.scope == identity::Scope::kOwn;
    return {.regions = call.caller.regions,
            .owner_id = sees_only_own ? ParseUuid(call.caller.subject).value_or("") : ""};
}

/// Regions of which none lies inside another, so that no business is found twice.
std::vector<std::string> Outermost(const std::vector<std::string>& regions) {
    std::vector<std::string> outermost;
    for (const std::string& region : regions) {
        const bool is_inside = std::ranges::any_of(regions, [&region](const std::string& other) {
            return other != region && identity::LiesIn(region, other);
        });
        if (!is_inside && std::ranges::find(outermost, region) == outermost.end()) {
            outermost.push_back(region);
        }
    }
    return outermost;
}

/// A page token is good for the list that it was made for and no other.
std::string PageLabel(const v1::ListBusinessesRequest& request, const rpc::Call& call) {
    std::string label =
        std::string(kList) + "|" + call.caller.subject + "|" + request.region_code();
    for (const int part : {static_cast<int>(request.kind()), static_cast<int>(request.scale()),
                           static_cast<int>(request.condition())}) {
        label += "|" + std::to_string(part);
    }
    return label;
}

template <typename Enum, typename PublicEnum>
std::optional<Enum> FilterOf(PublicEnum value) {
    if (static_cast<int>(value) == 0) return std::nullopt;
    return static_cast<Enum>(static_cast<int>(value));
}

}  // namespace

template <typename Request>
void RegistrationHandler::Submit(const rpc::Call& call, std::string_view method,
                                 const Request& request, Lane lane, Done done) {
    Result<Checked> checked = context_.checks.Check(request);
    if (!checked) return done(std::unexpected(checked.error()));
    context_.loop.Submit({.caller = call.caller,
                          .method = ShortName(method),
                          .request_id = std::move(checked->request_id),
                          .fingerprint = command::Fingerprint(context_.keys, request),
                          .command = std::move(checked->command),
                          .traceparent = call.traceparent,
                          .deadline = call.deadline,
                          .lane = lane,
                          .done = std::move(done)});
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* RegistrationHandler::Submit(grpc::CallbackServerContext* context,
                                                      std::string_view method,
                                                      const Request& request, Response* response) {
    return context_.calls.Unary(context, method, response,
                                [&](const rpc::Call& call, rpc::Reply<Response> reply) {
                                    Submit(call, method, request, Lane::kInteractive,
                                           [reply = std::move(reply)](const Outcome& outcome) {
                                               reply(ToResponse<Response>(outcome));
                                           });
                                });
}

grpc::ServerUnaryReactor* RegistrationHandler::RegisterBusiness(
    grpc::CallbackServerContext* context, const v1::RegisterBusinessRequest* request,
    v1::RegisterBusinessResponse* response) {
    return Submit(context, kRegister, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::ReportCondition(
    grpc::CallbackServerContext* context, const v1::ReportConditionRequest* request,
    v1::ReportConditionResponse* response) {
    return Submit(context, kReport, *request, response);
}

grpc::ServerBidiReactor<v1::BatchRegisterBusinessesRequest, v1::BatchRegisterBusinessesResponse>*
RegistrationHandler::BatchRegisterBusinesses(grpc::CallbackServerContext* context) {
    using Request = v1::BatchRegisterBusinessesRequest;
    using Response = v1::BatchRegisterBusinessesResponse;
    return context_.calls.Stream<Request, Response>(
        context, kBatchRegister, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](const Request& request, rpc::Line<Response> line) {
                    const v1::RegisterBusinessRequest& registration = request.registration();
                    Submit(call, kRegister, registration, Lane::kBulk,
                           [line = std::move(line),
                            id = registration.request_id()](const Outcome& outcome) {
                               Response answer;
                               answer.set_request_id(id);
                               if (outcome) {
                                   answer.mutable_registered()->ParseFromString(*outcome);
                               } else {
                                   *answer.mutable_error() = status::ToProto(outcome.error());
                               }
                               line.Answer(std::move(answer));
                           });
                });
        });
}

grpc::ServerBidiReactor<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>*
RegistrationHandler::ImportBusinesses(grpc::CallbackServerContext* context) {
    return context_.calls.Stream<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>(
        context, kImport, [this](const rpc::Call& call) {
            return MakeImport(
                context_.checks, context_.keys,
                [this, call](class RegisterBusiness row, Done done) {
                    context_.loop.Submit({.caller = call.caller,
                                          .method = ShortName(kImport),
                                          .request_id = {},  // The row key makes it idempotent.
                                          .fingerprint = {},
                                          .command = std::move(row),
                                          .traceparent = call.traceparent,
                                          .deadline = call.deadline,
                                          .lane = Lane::kBulk,
                                          .done = std::move(done)});
                });
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::GetBusiness(grpc::CallbackServerContext* context,
                                                           const v1::GetBusinessRequest* request,
                                                           v1::GetBusinessResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetBusinessRequest& wanted) {
                                   return Find(call, wanted);
                               });
}

grpc::ServerUnaryReactor* RegistrationHandler::ListBusinesses(
    grpc::CallbackServerContext* context, const v1::ListBusinessesRequest* request,
    v1::ListBusinessesResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListBusinessesRequest& wanted) {
            return List(call, wanted);
        });
}

Result<v1::GetBusinessResponse> RegistrationHandler::Find(const rpc::Call& call,
                                                          const v1::GetBusinessRequest& request) {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<StoredBusiness> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    v1::GetBusinessResponse response;
    Fill(*response.mutable_business(), *found);
    return response;
}

Result<v1::ListBusinessesResponse> RegistrationHandler::List(
    const rpc::Call& call, const v1::ListBusinessesRequest& request) {
    rpc::FieldChecker fields;
    fields.Enum("kind", request.kind(), rpc::Presence::kOptional);
    fields.Enum("scale", request.scale(), rpc::Presence::kOptional);
    fields.Enum("condition", request.condition(), rpc::Presence::kOptional);
    if (request.page_size() < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    ListFilter filter{.regions = Outermost(call.caller.regions),
                      .kind = FilterOf<Kind>(request.kind()),
                      .scale = FilterOf<Scale>(request.scale()),
                      .condition = FilterOf<Condition>(request.condition())};
    if (!request.region_code().empty()) {
        if (context_.regions.Find(request.region_code()) == nullptr) {
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        }
        filter.regions = {request.region_code()};
    }
    ListPosition after;
    if (!request.page_token().empty()) {
        const auto payload =
            crypto::OpenToken(context_.keys, PageLabel(request, call), request.page_token());
        if (!payload) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        const std::size_t slash = payload ? payload->find('/') : 0;
        if (payload) after = {payload->substr(0, slash), payload->substr(slash + 1)};
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    if (viewer.owner_id.empty() && !request.region_code().empty() &&
        !call.caller.Reaches(request.region_code())) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }

    const std::int32_t size =
        request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax);
    const std::vector<StoredBusiness> found =
        context_.queries.List(viewer, filter, after, size + 1);
    v1::ListBusinessesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_businesses(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        const Business& last = found[shown - 1].business;
        response.set_next_page_token(crypto::SignToken(context_.keys, PageLabel(request, call),
                                                       last.profile.region_code + "/" + last.id));
    }
    return response;
}

}  // namespace bangkit::registration
