#include "services/aid/api/referral/referral_handler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "libs/grpc/paging.h"
#include "libs/indonesia/format.h"
#include "services/aid/api/answer_stream.h"
#include "services/aid/api/pages.h"
#include "services/aid/api/referral/referral_answer_file.h"
#include "services/aid/api/region_field.h"
#include "services/aid/storage/referral/referral_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kMake = "bangkit.aid.v1.ReferralService/MakeAgreement";
constexpr std::string_view kEndAgreement = "bangkit.aid.v1.ReferralService/EndAgreement";
constexpr std::string_view kListAgreements = "bangkit.aid.v1.ReferralService/ListAgreements";
constexpr std::string_view kRefer = "bangkit.aid.v1.ReferralService/ReferApplication";
constexpr std::string_view kAnswer = "bangkit.aid.v1.ReferralService/AnswerReferral";
constexpr std::string_view kEnd = "bangkit.aid.v1.ReferralService/EndReferral";
constexpr std::string_view kGet = "bangkit.aid.v1.ReferralService/GetReferral";
constexpr std::string_view kList = "bangkit.aid.v1.ReferralService/ListReferrals";
constexpr std::string_view kUpload = "bangkit.aid.v1.ReferralService/UploadReferralAnswers";

using ReferralAnswers = AnswerStream<v1::UploadReferralAnswersRequest,
                                     v1::UploadReferralAnswersResponse, ReferralAnswerFile>;

Error NotFound() {
    return {.code = ErrorCode::kNotFound,
            .reason = "REFERRAL_NOT_FOUND",
            .message = "no such referral"};
}

/// What a partner says of one referral; today, if it does not say when.
ReferralCommand ToCommand(ReferralAnswer answer, Time now) {
    answer.said.answered_on = answer.answered_on.value_or(indonesia::LocalDate(now));
    return {.id = *IdOf(answer.reference), .is_of_file = true, .deed = std::move(answer.said)};
}

}  // namespace

grpc::ServerUnaryReactor* ReferralHandler::MakeAgreement(grpc::CallbackServerContext* context,
                                                         const v1::MakeAgreementRequest* request,
                                                         v1::MakeAgreementResponse* response) {
    return Command(context, kMake, *request, response);
}

grpc::ServerUnaryReactor* ReferralHandler::EndAgreement(grpc::CallbackServerContext* context,
                                                        const v1::EndAgreementRequest* request,
                                                        v1::EndAgreementResponse* response) {
    return Command(context, kEndAgreement, *request, response);
}

grpc::ServerUnaryReactor* ReferralHandler::ReferApplication(
    grpc::CallbackServerContext* context, const v1::ReferApplicationRequest* request,
    v1::ReferApplicationResponse* response) {
    return Command(context, kRefer, *request, response);
}

grpc::ServerUnaryReactor* ReferralHandler::AnswerReferral(grpc::CallbackServerContext* context,
                                                          const v1::AnswerReferralRequest* request,
                                                          v1::AnswerReferralResponse* response) {
    return Command(context, kAnswer, *request, response);
}

grpc::ServerUnaryReactor* ReferralHandler::EndReferral(grpc::CallbackServerContext* context,
                                                       const v1::EndReferralRequest* request,
                                                       v1::EndReferralResponse* response) {
    return Command(context, kEnd, *request, response);
}

grpc::ServerUnaryReactor* ReferralHandler::ListAgreements(grpc::CallbackServerContext* context,
                                                          const v1::ListAgreementsRequest* request,
                                                          v1::ListAgreementsResponse* response) {
    return context_.calls.Read(
        context, kListAgreements, request, response,
        [this](const rpc::Call& call, const v1::ListAgreementsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* ReferralHandler::GetReferral(grpc::CallbackServerContext* context,
                                                       const v1::GetReferralRequest* request,
                                                       v1::GetReferralResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetReferralRequest& wanted) {
                                   return Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* ReferralHandler::ListReferrals(grpc::CallbackServerContext* context,
                                                         const v1::ListReferralsRequest* request,
                                                         v1::ListReferralsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListReferralsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerBidiReactor<v1::UploadReferralAnswersRequest, v1::UploadReferralAnswersResponse>*
ReferralHandler::UploadReferralAnswers(grpc::CallbackServerContext* context) {
    using Request = v1::UploadReferralAnswersRequest;
    using Response = v1::UploadReferralAnswersResponse;
    return context_.calls.Stream<Request, Response>(
        context, kUpload, [this](const rpc::Call& call) {
            return std::make_unique<ReferralAnswers>(
                NotFound(), [this, call](ReferralAnswer answer, auto done) {
                    // Without a request id the request itself is not looked at.
                    Result<CheckedReferral> checked = CheckedReferral{
                        .request_id = {},
                        .command = ToCommand(std::move(answer), context_.clock.Now())};
                    commands_.Submit(call, kUpload, Request(), std::move(checked), Lane::kBulk,
                                     std::move(done));
                });
        });
}

Result<v1::ListAgreementsResponse> ReferralHandler::List(
    const rpc::Call& call, const v1::ListAgreementsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string program_id = fields.Uuid("program_id", request.program_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Agreement> found =
        context_.queries.ListAgreements(ViewerOf(call), program_id, after, std::int64_t{size} + 1);
    v1::ListAgreementsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_agreements(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

Result<v1::GetReferralResponse> ReferralHandler::Get(const rpc::Call& call,
                                                     const v1::GetReferralRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("referral_id", request.referral_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Referral> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return std::unexpected(NotFound());
    v1::GetReferralResponse response;
    Fill(*response.mutable_referral(), *found);
    return response;
}

Result<v1::ListReferralsResponse> ReferralHandler::List(
    const rpc::Call& call, const v1::ListReferralsRequest& request) const {
    constexpr auto kOptional = rpc::Presence::kOptional;
    rpc::FieldChecker fields;
    const ReferralFilter filter{
        .agreement_id = fields.Uuid("agreement_id", request.agreement_id(), kOptional),
        .program_id = fields.Uuid("program_id", request.program_id(), kOptional),
        .region_code = request.region_code().empty()
                           ? ""
                           : RegionField(fields, context_.regions, request.region_code()),
        .state = FilterOf<ReferralState>(fields, "state", request.state()),
        .only_silent = request.only_silent()};
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Referral> found =
        context_.queries.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListReferralsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_referrals(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

}  // namespace bangkit::aid
