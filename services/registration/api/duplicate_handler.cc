#include "services/registration/api/duplicate_handler.h"

#include <algorithm>
#include <charconv>

#include "libs/command/fingerprint.h"
#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/duplicate_checks.h"
#include "services/registration/storage/duplicate_mapping.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kList = "bangkit.registration.v1.DuplicateService/ListDuplicates";
constexpr std::string_view kGet = "bangkit.registration.v1.DuplicateService/GetDuplicate";
constexpr std::string_view kAssign = "bangkit.registration.v1.DuplicateService/AssignDuplicate";
constexpr std::string_view kConfirm = "bangkit.registration.v1.DuplicateService/ConfirmDuplicate";
constexpr std::string_view kReject = "bangkit.registration.v1.DuplicateService/RejectDuplicate";
constexpr std::string_view kMerge = "bangkit.registration.v1.DuplicateService/MergeBusinesses";
constexpr std::string_view kUndo = "bangkit.registration.v1.DuplicateService/UndoMerge";

constexpr std::int32_t kPageSizeDefault = 50;
constexpr std::int32_t kPageSizeMax = 200;
constexpr std::size_t kSubjectMax = 100;

Viewer ViewerOf(const rpc::Call& call) { return {.regions = call.caller.regions, .owner_id = ""}; }

/// Regions of which none lies inside another, so that no pair is found twice.
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
std::string PageLabel(const v1::ListDuplicatesRequest& request, const rpc::Call& call) {
    return std::string(kList) + "|" + call.caller.subject + "|" + request.region_code() + "|" +
           std::to_string(static_cast<int>(request.state())) + "|" + request.assignee();
}

/// "87/0190b3f2-...".
DuplicatePosition FromToken(std::string_view payload) {
    const std::size_t slash = std::min(payload.find('/'), payload.size());
    DuplicatePosition position;
    std::from_chars(payload.data(), payload.data() + slash, position.score);
    position.id = payload.substr(std::min(slash + 1, payload.size()));
    return position;
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* DuplicateHandler::Submit(grpc::CallbackServerContext* context,
                                                   std::string_view method, const Request& request,
                                                   Response* response) {
    return context_.calls.Unary(
        context, method, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            Result<CheckedDuplicate> checked = Check(request, context_.clock.Now());
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

grpc::ServerUnaryReactor* DuplicateHandler::AssignDuplicate(
    grpc::CallbackServerContext* context, const v1::AssignDuplicateRequest* request,
    v1::AssignDuplicateResponse* response) {
    return Submit(context, kAssign, *request, response);
}

grpc::ServerUnaryReactor* DuplicateHandler::ConfirmDuplicate(
    grpc::CallbackServerContext* context, const v1::ConfirmDuplicateRequest* request,
    v1::ConfirmDuplicateResponse* response) {
    return Submit(context, kConfirm, *request, response);
}

grpc::ServerUnaryReactor* DuplicateHandler::RejectDuplicate(
    grpc::CallbackServerContext* context, const v1::RejectDuplicateRequest* request,
    v1::RejectDuplicateResponse* response) {
    return Submit(context, kReject, *request, response);
}

grpc::ServerUnaryReactor* DuplicateHandler::MergeBusinesses(
    grpc::CallbackServerContext* context, const v1::MergeBusinessesRequest* request,
    v1::MergeBusinessesResponse* response) {
    return Submit(context, kMerge, *request, response);
}

grpc::ServerUnaryReactor* DuplicateHandler::UndoMerge(grpc::CallbackServerContext* context,
                                                      const v1::UndoMergeRequest* request,
                                                      v1::UndoMergeResponse* response) {
    return Submit(context, kUndo, *request, response);
}

grpc::ServerUnaryReactor* DuplicateHandler::ListDuplicates(grpc::CallbackServerContext* context,
                                                           const v1::ListDuplicatesRequest* request,
                                                           v1::ListDuplicatesResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListDuplicatesRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* DuplicateHandler::GetDuplicate(grpc::CallbackServerContext* context,
                                                         const v1::GetDuplicateRequest* request,
                                                         v1::GetDuplicateResponse* response) {
    return context_.calls.Read(
        context, kGet, request, response,
        [this](const rpc::Call& call, const v1::GetDuplicateRequest& wanted) {
            return Get(call, wanted);
        });
}

Result<v1::ListDuplicatesResponse> DuplicateHandler::List(
    const rpc::Call& call, const v1::ListDuplicatesRequest& request) const {
    rpc::FieldChecker fields;
    fields.Enum("state", request.state(), rpc::Presence::kOptional);
    DuplicateFilter filter;
    filter.regions = Outermost(call.caller.regions);
    if (request.state() != 0) filter.state = static_cast<DuplicateState>(request.state());
    filter.assignee =
        fields.Text("assignee", request.assignee(), kSubjectMax, rpc::Presence::kOptional);
    if (!request.region_code().empty()) {
        if (context_.regions.Find(request.region_code()) == nullptr) {
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        }
        filter.regions = {request.region_code()};
    }
    if (request.page_size() < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    DuplicatePosition after;
    if (!request.page_token().empty()) {
        const auto payload =
            crypto::OpenToken(context_.keys, PageLabel(request, call), request.page_token());
        if (!payload) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        if (payload) after = FromToken(*payload);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!request.region_code().empty() && !call.caller.Reaches(request.region_code())) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }

    const std::int32_t size =
        request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax);
    const std::vector<Duplicate> found =
        context_.duplicates.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListDuplicatesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_duplicates(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        const Duplicate& last = found[shown - 1];
        response.set_next_page_token(crypto::SignToken(context_.keys, PageLabel(request, call),
                                                       std::to_string(last.score) + "/" + last.id));
    }
    return response;
}

Result<v1::GetDuplicateResponse> DuplicateHandler::Get(
    const rpc::Call& call, const v1::GetDuplicateRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("duplicate_id", request.duplicate_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    const std::optional<Duplicate> found = context_.duplicates.Find(viewer, id);
    std::optional<StoredBusiness> first, second;
    if (found) first = context_.businesses.Find(viewer, found->first_id);
    if (found) second = context_.businesses.Find(viewer, found->second_id);
    if (!first || !second) {
        return Refused(ErrorCode::kNotFound, "DUPLICATE_NOT_FOUND", "no such pair");
    }
    v1::GetDuplicateResponse response;
    Fill(*response.mutable_duplicate(), *found);
    Fill(*response.mutable_first(), *first);
    Fill(*response.mutable_second(), *second);
    return response;
}

}  // namespace bangkit::registration
