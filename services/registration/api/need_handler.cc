#include "services/registration/api/need_handler.h"

#include <algorithm>

#include "libs/command/fingerprint.h"
#include "libs/crypto/signed_token.h"
#include "libs/identity/policy.h"
#include "services/registration/api/paging.h"
#include "services/registration/storage/need_mapping.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kState = "bangkit.registration.v1.NeedService/StateNeed";
constexpr std::string_view kGet = "bangkit.registration.v1.NeedService/GetNeed";
constexpr std::string_view kList = "bangkit.registration.v1.NeedService/ListNeeds";
constexpr std::string_view kVerify = "bangkit.registration.v1.NeedService/VerifyNeed";
constexpr std::string_view kAccommodate = "bangkit.registration.v1.NeedService/AccommodateNeed";
constexpr std::string_view kDecline = "bangkit.registration.v1.NeedService/DeclineNeed";

const std::string kBeforeAll = "00000000-0000-0000-0000-000000000000";

/// Those who work on needs, and owners, to whom only their own are shown.
bool MayReadWords(const identity::Caller& caller) {
    using namespace identity::role;
    return std::ranges::any_of(std::initializer_list{kOwner, kOfficer, kAgency, kProvince},
                               [&](std::string_view role) { return caller.HasRole(role); });
}

void Fill(v1::Need& out, const StoredNeed& stored, const identity::Caller& caller) {
    Fill(out, stored.need);
    if (MayReadWords(caller)) out.set_text(stored.text);
}

template <typename Enum, typename PublicEnum>
std::optional<Enum> FilterOf(rpc::FieldChecker& fields, std::string_view field, PublicEnum value) {
    fields.Enum(field, value, rpc::Presence::kOptional);
    if (static_cast<int>(value) == 0) return std::nullopt;
    return static_cast<Enum>(static_cast<int>(value));
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* NeedHandler::Submit(grpc::CallbackServerContext* context,
                                              std::string_view method, const Request& request,
                                              Response* response) {
    return context_.calls.Unary(
        context, method, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            Result<CheckedNeed> checked = Check(context_.checks, request);
            if (!checked) return reply(std::unexpected(checked.error()));
            context_.loop.Submit({.caller = call.caller,
                                  .method = std::string(method.substr(method.find('/') + 1)),
                                  .request_id = std::move(checked->request_id),
                                  .fingerprint = command::Fingerprint(context_.keys, request),
                                  .command = std::move(checked->command),
                                  .traceparent = call.traceparent,
                                  .deadline = call.deadline,
                                  .done = [reply = std::move(reply)](const Outcome& outcome) {
                                      if (!outcome) return reply(std::unexpected(outcome.error()));
                                      Response answer;
                                      answer.ParseFromString(*outcome);
                                      reply(std::move(answer));
                                  }});
        });
}

grpc::ServerUnaryReactor* NeedHandler::StateNeed(grpc::CallbackServerContext* context,
                                                 const v1::StateNeedRequest* request,
                                                 v1::StateNeedResponse* response) {
    return Submit(context, kState, *request, response);
}

grpc::ServerUnaryReactor* NeedHandler::VerifyNeed(grpc::CallbackServerContext* context,
                                                  const v1::VerifyNeedRequest* request,
                                                  v1::VerifyNeedResponse* response) {
    return Submit(context, kVerify, *request, response);
}

grpc::ServerUnaryReactor* NeedHandler::AccommodateNeed(grpc::CallbackServerContext* context,
                                                       const v1::AccommodateNeedRequest* request,
                                                       v1::AccommodateNeedResponse* response) {
    return Submit(context, kAccommodate, *request, response);
}

grpc::ServerUnaryReactor* NeedHandler::DeclineNeed(grpc::CallbackServerContext* context,
                                                   const v1::DeclineNeedRequest* request,
                                                   v1::DeclineNeedResponse* response) {
    return Submit(context, kDecline, *request, response);
}

grpc::ServerUnaryReactor* NeedHandler::GetNeed(grpc::CallbackServerContext* context,
                                               const v1::GetNeedRequest* request,
                                               v1::GetNeedResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetNeedRequest& wanted) {
                                   return Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* NeedHandler::ListNeeds(grpc::CallbackServerContext* context,
                                                 const v1::ListNeedsRequest* request,
                                                 v1::ListNeedsResponse* response) {
    return context_.calls.Read(context, kList, request, response,
                               [this](const rpc::Call& call, const v1::ListNeedsRequest& wanted) {
                                   return List(call, wanted);
                               });
}

Result<v1::GetNeedResponse> NeedHandler::Get(const rpc::Call& call,
                                             const v1::GetNeedRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("need_id", request.need_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<StoredNeed> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return Refused(ErrorCode::kNotFound, "NEED_NOT_FOUND", "no such need");
    v1::GetNeedResponse response;
    Fill(*response.mutable_need(), *found, call.caller);
    return response;
}

Result<v1::ListNeedsResponse> NeedHandler::List(const rpc::Call& call,
                                                const v1::ListNeedsRequest& request) const {
    rpc::FieldChecker fields;
    const NeedFilter filter{.region_code = request.region_code(),
                            .topic = FilterOf<NeedTopic>(fields, "topic", request.topic()),
                            .status = FilterOf<NeedStatus>(fields, "status", request.status()),
                            .source = FilterOf<NeedSource>(fields, "source", request.source())};
    if (!filter.region_code.empty() &&
        context_.checks.regions.regions().Find(filter.region_code) == nullptr) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
    }
    const std::int32_t size = PageSize(fields, request.page_size());
    std::string after = kBeforeAll;
    if (!request.page_token().empty()) {
        const auto id =
            crypto::OpenToken(context_.keys, PageLabel(request, call), request.page_token());
        if (!id) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        if (id) after = *id;
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    if (viewer.owner_id.empty() && !filter.region_code.empty() &&
        !call.caller.Reaches(filter.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const std::vector<StoredNeed> found =
        context_.queries.List(viewer, filter, after, std::int64_t{size} + 1);
    v1::ListNeedsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) {
        Fill(*response.add_needs(), found[i], call.caller);
    }
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, PageLabel(request, call), found[shown - 1].need.id));
    }
    return response;
}

}  // namespace bangkit::registration
