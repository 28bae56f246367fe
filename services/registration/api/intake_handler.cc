#include "services/registration/api/intake_handler.h"

#include <algorithm>

#include "libs/command/fingerprint.h"
#include "libs/crypto/signed_token.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"
#include "libs/status/status.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/paging.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kSubmit = "bangkit.registration.v1.IntakeService/SubmitIntake";
constexpr std::string_view kList = "bangkit.registration.v1.IntakeService/ListIntakeConflicts";
constexpr std::string_view kResolve = "bangkit.registration.v1.IntakeService/ResolveIntakeConflict";

constexpr std::int32_t kPageSizeMax = 50;
const std::string kFirstId = "00000000-0000-0000-0000-000000000000";

std::string ShortName(std::string_view method) {
    return std::string(method.substr(method.find('/') + 1));
}

std::string Starred(const std::string& text) { return text.empty() ? "" : "***"; }

/// What identifies an owner, so that two values can be told apart, if that may be, and nobody is
/// shown.
void Mask(v1::IntakeValue& value) {
    if (value.has_owner()) {
        v1::OwnerInput& owner = *value.mutable_owner();
        if (!owner.nik().empty()) owner.set_nik(indonesia::MaskNik(owner.nik()));
        owner.set_name(MaskName(owner.name()));
        if (!owner.phone().empty()) owner.set_phone(indonesia::MaskPhone(owner.phone()));
        owner.set_identity_card_address(Starred(owner.identity_card_address()));
        owner.set_kk(Starred(owner.kk()));
        owner.set_email(Starred(owner.email()));
        owner.set_birth_date(Starred(owner.birth_date()));
        owner.clear_disability();  // Of a person's health: who is shown it is on record.
    }
    if (value.has_business() && !value.business().npwp().empty()) {
        value.mutable_business()->set_npwp(MaskNpwp(value.business().npwp()));
    }
}

}  // namespace

grpc::ServerBidiReactor<v1::SubmitIntakeRequest, v1::SubmitIntakeResponse>*
IntakeHandler::SubmitIntake(grpc::CallbackServerContext* context) {
    using Request = v1::SubmitIntakeRequest;
    using Response = v1::SubmitIntakeResponse;
    return context_.calls.Stream<Request, Response>(
        context, kSubmit, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](const Request& request, rpc::Line<Response> line) {
                    Response named;
                    named.set_device_id(request.device_id());
                    named.set_sequence(request.submission().sequence());
                    auto done = [line = std::move(line),
                                 answer = std::move(named)](const Outcome& outcome) mutable {
                        if (outcome) {
                            answer.mutable_receipt()->ParseFromString(*outcome);
                        } else {
                            *answer.mutable_error() = status::ToProto(outcome.error());
                        }
                        line.Answer(std::move(answer));
                    };
                    Result<class SubmitIntake> checked = context_.checks.Check(request);
                    if (!checked) return done(std::unexpected(checked.error()));
                    context_.loop.Submit({.caller = call.caller,
                                          .method = ShortName(kSubmit),
                                          .request_id = {},  // Device and sequence are its name.
                                          .fingerprint = {},
                                          .command = *std::move(checked),
                                          .traceparent = call.traceparent,
                                          .deadline = call.deadline,
                                          .lane = Lane::kBulk,
                                          .done = std::move(done)});
                });
        });
}

grpc::ServerUnaryReactor* IntakeHandler::ResolveIntakeConflict(
    grpc::CallbackServerContext* context, const v1::ResolveIntakeConflictRequest* request,
    v1::ResolveIntakeConflictResponse* response) {
    using Response = v1::ResolveIntakeConflictResponse;
    return context_.calls.Unary(
        context, kResolve, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            Result<CheckedResolution> checked = Check(*request);
            if (!checked) return reply(std::unexpected(checked.error()));
            context_.loop.Submit({.caller = call.caller,
                                  .method = ShortName(kResolve),
                                  .request_id = std::move(checked->request_id),
                                  .fingerprint = command::Fingerprint(context_.keys, *request),
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

grpc::ServerUnaryReactor* IntakeHandler::ListIntakeConflicts(
    grpc::CallbackServerContext* context, const v1::ListIntakeConflictsRequest* request,
    v1::ListIntakeConflictsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListIntakeConflictsRequest& wanted) {
            return List(call, wanted);
        });
}

Result<v1::ListIntakeConflictsResponse> IntakeHandler::List(
    const rpc::Call& call, const v1::ListIntakeConflictsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string business_id =
        fields.Uuid("business_id", request.business_id(), rpc::Presence::kOptional);
    std::int32_t size = PageSize(fields, request.page_size());
    size = std::min(size, kPageSizeMax);
    IntakeConflictPosition after{.business_id = kFirstId, .conflict_id = kFirstId};
    if (!request.page_token().empty()) {
        const auto place =
            OpenPlace(fields, context_.keys, PageLabel(request, call), request.page_token());
        if (place) after = {place->first, place->second};
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    std::vector<v1::IntakeConflict> found =
        context_.queries.List(ViewerOf(call), business_id, after, std::int64_t{size} + 1);
    v1::ListIntakeConflictsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) {
        Mask(*found[i].mutable_present());
        Mask(*found[i].mutable_other());
        *response.add_conflicts() = std::move(found[i]);
    }
    if (found.size() > shown) {  // There is more than this page.
        const v1::IntakeConflict& last = response.conflicts(static_cast<int>(shown) - 1);
        response.set_next_page_token(
            crypto::SignToken(context_.keys, PageLabel(request, call),
                              last.business_id() + "/" + last.conflict_id()));
    }
    return response;
}

}  // namespace bangkit::registration
