#include "services/registration/api/personal_data_handler.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <chrono>
#include <future>

#include "libs/base/ids.h"
#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "libs/status/status.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/personal_data_checks.h"
#include "services/registration/storage/personal_data_mapping.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kReveal = "bangkit.registration.v1.PersonalDataService/RevealOwner";
constexpr std::string_view kDisclose =
    "bangkit.registration.v1.PersonalDataService/DiscloseBusinesses";
constexpr std::string_view kFind = "bangkit.registration.v1.PersonalDataService/FindByIdentity";
constexpr std::string_view kOpen = "bangkit.registration.v1.PersonalDataService/OpenSubjectRequest";
constexpr std::string_view kList =
    "bangkit.registration.v1.PersonalDataService/ListSubjectRequests";
constexpr std::string_view kErase = "bangkit.registration.v1.PersonalDataService/EraseOwner";
constexpr std::string_view kExport =
    "bangkit.registration.v1.PersonalDataService/ExportPersonalData";
constexpr std::string_view kClose =
    "bangkit.registration.v1.PersonalDataService/CloseSubjectRequest";
constexpr std::string_view kHold = "bangkit.registration.v1.PersonalDataService/SetLegalHold";

constexpr std::int32_t kPageSizeDefault = 50;
constexpr std::int32_t kPageSizeMax = 200;
constexpr std::int32_t kHoursMax = 24 * 365;
constexpr std::size_t kPieceSize = std::size_t{64} << 10;

Viewer ViewerOf(const rpc::Call& call) {
    const bool sees_only_own = call.scope == identity::Scope::kOwn;
    return {.regions = call.caller.regions,
            .owner_id = sees_only_own ? ParseUuid(call.caller.subject).value_or("") : ""};
}

/// A page token is good for the list that it was made for and no other.
std::string PageLabel(const v1::ListSubjectRequestsRequest& request, const rpc::Call& call) {
    return std::string(kList) + "|" + call.caller.subject + "|" + std::to_string(request.kind()) +
           "|" + std::to_string(request.state()) + "|" +
           (request.has_due_within_hours() ? std::to_string(request.due_within_hours()) : "");
}

std::string ToToken(const SubjectRequest& last) {
    const auto micros =
        std::chrono::floor<std::chrono::microseconds>(last.due_at.time_since_epoch());
    return std::to_string(micros.count()) + "/" + last.id;
}

SubjectRequestPosition FromToken(const std::string& payload) {
    const std::size_t slash = payload.find('/');
    const std::chrono::microseconds micros(std::stoll(payload.substr(0, slash)));
    return {.due_at = Time(micros), .id = payload.substr(slash + 1)};
}

using ExportLine = rpc::Line<v1::ExportPersonalDataResponse>;

void AnswerError(const ExportLine& line, const std::string& id, const Error& error) {
    v1::ExportPersonalDataResponse answer;
    answer.set_subject_request_id(id);
    *answer.mutable_error() = status::ToProto(error);
    answer.set_finished(true);
    line.Answer(std::move(answer));
}

void AnswerDocument(const ExportLine& line, const v1::PersonalDataExport& held) {
    std::string document;
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    if (!google::protobuf::util::MessageToJsonString(held, &document, options).ok()) {
        return AnswerError(line, held.subject_request_id(),
                           {.code = ErrorCode::kInternal,
                            .reason = "INTERNAL",
                            .message = "the document could not be written"});
    }
    for (std::size_t begin = 0; begin < document.size(); begin += kPieceSize) {
        v1::ExportPersonalDataResponse answer;
        answer.set_subject_request_id(held.subject_request_id());
        answer.set_content(document.substr(begin, kPieceSize));
        answer.set_finished(begin + kPieceSize >= document.size());
        line.Answer(std::move(answer));
    }
}

std::unexpected<Error> PoolFull() {
    return Refused(ErrorCode::kResourceExhausted, "QUEUE_FULL", "too many reads wait");
}

// What follows a decision, from the thread of the command loop. The stream may be over by then, and
// the handler gone: these use what outlives the loop.

using RevealReply = rpc::Reply<v1::RevealOwnerResponse>;

void Reveal(const PersonalDataContext& context, const rpc::Call& call, const RevealReply& reply,
            const v1::RevealOwnerRequest& request) {
    ThreadPool::Task read = [context, call, reply, request] {
        const auto command = std::get<RevealOwner>(Check(request, context.clock.Now())->command);
        Result<v1::RevealedOwner> revealed = context.queries.Reveal(ViewerOf(call), command);
        if (!revealed) return reply(std::unexpected(revealed.error()));
        v1::RevealOwnerResponse answer;
        *answer.mutable_owner() = *std::move(revealed);
        reply(std::move(answer));
    };
    if (!context.pool.TryRun(read)) reply(PoolFull());
}

using FindReply = rpc::Reply<v1::FindByIdentityResponse>;

/// `answer`: the ids of the businesses that were found.
void ShowFound(const PersonalDataContext& context, const rpc::Call& call, const FindReply& reply,
               const std::string& answer) {
    ThreadPool::Task read = [context, call, reply, answer] {
        v1::FindByIdentityResponse response;
        response.ParseFromString(answer);
        std::vector<std::string> ids;
        for (const v1::Business& each : response.businesses()) ids.push_back(each.business_id());
        const auto found = context.queries.Fetch(ViewerOf(call), ids);
        if (!found) return reply(std::unexpected(found.error()));
        response.clear_businesses();
        for (const StoredBusiness& each : *found) Fill(*response.add_businesses(), each);
        reply(std::move(response));
    };
    if (!context.pool.TryRun(read)) reply(PoolFull());
}

void Export(const PersonalDataContext& context, const ExportLine& line, const std::string& id,
            const std::string& owner_id) {
    ThreadPool::Task read = [context, line, id, owner_id] {
        const auto held = context.queries.Export(id, owner_id);
        if (!held) return AnswerError(line, id, held.error());
        AnswerDocument(line, *held);
    };
    if (!context.pool.TryRun(read)) AnswerError(line, id, PoolFull().error());
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* PersonalDataHandler::Submit(grpc::CallbackServerContext* context,
                                                      std::string_view method,
                                                      const Request& request,
                                                      Response* response) const {
    return commands_.Unary(context, method, request, response, [this](const Request& each) {
        return Check(each, context_.clock.Now());
    });
}

grpc::ServerUnaryReactor* PersonalDataHandler::RevealOwner(grpc::CallbackServerContext* context,
                                                           const v1::RevealOwnerRequest* request,
                                                           v1::RevealOwnerResponse* response) {
    return context_.calls.Unary(
        context, kReveal, response, [&](const rpc::Call& call, const RevealReply& reply) {
            commands_.Submit(
                call, kReveal, *request, Check(*request, context_.clock.Now()), Lane::kInteractive,
                [used = context_, call, reply, wanted = *request](const Outcome& outcome) {
                    if (!outcome) return reply(std::unexpected(outcome.error()));
                    Reveal(used, call, reply, wanted);
                });
        });
}

grpc::ServerUnaryReactor* PersonalDataHandler::DiscloseBusinesses(
    grpc::CallbackServerContext* context, const v1::DiscloseBusinessesRequest* request,
    v1::DiscloseBusinessesResponse* response) {
    return context_.calls.Read(
        context, kDisclose, request, response,
        [this](const rpc::Call& call, const v1::DiscloseBusinessesRequest& wanted) {
            return Disclose(call, wanted);
        });
}

Result<v1::DiscloseBusinessesResponse> PersonalDataHandler::Disclose(
    const rpc::Call& call, const v1::DiscloseBusinessesRequest& request) {
    Result<CheckedPersonalData> checked = Check(request, context_.clock.Now());
    if (!checked) return std::unexpected(checked.error());
    auto& command = std::get<registration::DiscloseBusinesses>(checked->command);
    Result<ExportedPage> page = context_.exports.Page(call, request.file(), {});
    if (!page) return std::unexpected(page.error());
    command.business_ids = page->business_ids;
    const std::set<OwnerField>& shown = FieldsFor(command.purpose);

    std::promise<Outcome> decided;
    context_.loop.Submit(
        {.caller = call.caller,
         .method = "DiscloseBusinesses",
         .request_id = {},  // Each page is a disclosure of its own.
         .fingerprint = {},
         .command = std::move(checked->command),
         .traceparent = call.traceparent,
         .deadline = call.deadline,
         .done = [&decided](const Outcome& outcome) { decided.set_value(outcome); }});
    const Outcome outcome = decided.get_future().get();
    if (!outcome) return std::unexpected(outcome.error());

    page = context_.exports.Page(call, request.file(), shown, page->business_ids);
    if (!page) return std::unexpected(page.error());
    v1::DiscloseBusinessesResponse response;
    response.set_content(std::move(page->content));
    response.set_next_page_token(std::move(page->next_page_token));
    return response;
}

grpc::ServerUnaryReactor* PersonalDataHandler::FindByIdentity(
    grpc::CallbackServerContext* context, const v1::FindByIdentityRequest* request,
    v1::FindByIdentityResponse* response) {
    return context_.calls.Unary(
        context, kFind, response, [&](const rpc::Call& call, const FindReply& reply) {
            commands_.Submit(call, kFind, *request, Check(*request, context_.clock.Now()),
                             Lane::kInteractive,
                             [used = context_, call, reply](const Outcome& found) {
                                 if (!found) return reply(std::unexpected(found.error()));
                                 ShowFound(used, call, reply, *found);
                             });
        });
}

grpc::ServerUnaryReactor* PersonalDataHandler::OpenSubjectRequest(
    grpc::CallbackServerContext* context, const v1::OpenSubjectRequestRequest* request,
    v1::OpenSubjectRequestResponse* response) {
    return Submit(context, kOpen, *request, response);
}

grpc::ServerUnaryReactor* PersonalDataHandler::EraseOwner(grpc::CallbackServerContext* context,
                                                          const v1::EraseOwnerRequest* request,
                                                          v1::EraseOwnerResponse* response) {
    return Submit(context, kErase, *request, response);
}

grpc::ServerUnaryReactor* PersonalDataHandler::CloseSubjectRequest(
    grpc::CallbackServerContext* context, const v1::CloseSubjectRequestRequest* request,
    v1::CloseSubjectRequestResponse* response) {
    return Submit(context, kClose, *request, response);
}

grpc::ServerUnaryReactor* PersonalDataHandler::SetLegalHold(grpc::CallbackServerContext* context,
                                                            const v1::SetLegalHoldRequest* request,
                                                            v1::SetLegalHoldResponse* response) {
    return Submit(context, kHold, *request, response);
}

grpc::ServerBidiReactor<v1::ExportPersonalDataRequest, v1::ExportPersonalDataResponse>*
PersonalDataHandler::ExportPersonalData(grpc::CallbackServerContext* context) {
    using Request = v1::ExportPersonalDataRequest;
    using Response = v1::ExportPersonalDataResponse;
    return context_.calls.Stream<Request, Response>(
        context, kExport, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](const Request& request, const ExportLine& line) {
                    const std::string& id = request.subject_request_id();
                    commands_.Submit(call, kExport, request, Check(request, context_.clock.Now()),
                                     Lane::kInteractive,
                                     [used = context_, line, id](const Outcome& owner_id) {
                                         if (!owner_id)
                                             return AnswerError(line, id, owner_id.error());
                                         Export(used, line, id, *owner_id);
                                     });
                });
        });
}

grpc::ServerUnaryReactor* PersonalDataHandler::ListSubjectRequests(
    grpc::CallbackServerContext* context, const v1::ListSubjectRequestsRequest* request,
    v1::ListSubjectRequestsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListSubjectRequestsRequest& wanted) {
            return List(call, wanted);
        });
}

Result<v1::ListSubjectRequestsResponse> PersonalDataHandler::List(
    const rpc::Call& call, const v1::ListSubjectRequestsRequest& request) {
    rpc::FieldChecker fields;
    fields.Enum("kind", request.kind(), rpc::Presence::kOptional);
    fields.Enum("state", request.state(), rpc::Presence::kOptional);
    fields.Number("due_within_hours", request.due_within_hours(), 0, kHoursMax);
    if (request.page_size() < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    SubjectRequestPosition after;
    if (!request.page_token().empty()) {
        const auto payload =
            crypto::OpenToken(context_.keys, PageLabel(request, call), request.page_token());
        if (!payload) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        if (payload) after = FromToken(*payload);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    SubjectRequestFilter filter;
    if (request.kind() != 0) filter.kind = static_cast<SubjectRequestKind>(request.kind());
    if (request.state() != 0) filter.state = static_cast<SubjectRequestState>(request.state());
    if (request.has_due_within_hours()) filter.due_within_hours = request.due_within_hours();

    const std::int32_t size =
        request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax);
    const SubjectRequestPage page =
        context_.queries.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListSubjectRequestsResponse response;
    const auto shown = std::min(page.requests.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) {
        Fill(*response.add_subject_requests(), page.requests[i], page.now);
    }
    if (page.requests.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, PageLabel(request, call),
                                                       ToToken(page.requests[shown - 1])));
    }
    return response;
}

}  // namespace bangkit::registration
