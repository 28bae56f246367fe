// What GrievanceHandler reads.
#include <algorithm>
#include <utility>

#include "libs/crypto/signed_token.h"
#include "libs/grpc/paging.h"
#include "services/aid/api/grievance/grievance_handler.h"
#include "services/aid/api/pages.h"
#include "services/aid/domain/grievance/ticket.h"
#include "services/aid/storage/grievance/grievance_mapping.h"

namespace bangkit::aid {
namespace {

/// Those who answer it, and owners, to whom only their own are shown.
bool MayReadWords(const rpc::Call& call) {
    return call.scope == identity::Scope::kOwn || call.caller.HasRole(identity::role::kAgency) ||
           call.caller.HasRole(identity::role::kProvince);
}

/// Also of a hidden one.
bool MayKnowReporter(const rpc::Call& call) {
    return call.scope == identity::Scope::kOwn || call.caller.HasRole(identity::role::kProvince);
}

/// What was said and done in it.
template <typename Response>
void FillCourse(Response& response, const StoredGrievance& stored, bool shows_words) {
    for (const SaidMessage& message : stored.messages) {
        v1::GrievanceMessage& out = *response.add_messages();
        out.set_kind(As<v1::GrievanceMessageKind>(message.kind));
        out.set_level(As<v1::GrievanceLevel>(message.level));
        if (shows_words) out.set_text(message.text);
        Fill(*out.mutable_said_at(), message.said_at);
    }
    for (const TakenStep& step : stored.steps) {
        v1::GrievanceStep& out = *response.add_steps();
        out.set_version(step.version);
        out.set_state(As<v1::GrievanceState>(step.state));
        out.set_level(As<v1::GrievanceLevel>(step.level));
        Fill(*out.mutable_recorded_at(), step.recorded_at);
    }
}

/// A place in a list as a page token has it: "36.74.01/<id>".
GrievancePlace ToPlace(const std::string& text) {
    const std::size_t slash = text.find('/');
    return {.region_code = text.substr(0, slash), .grievance_id = text.substr(slash + 1)};
}
std::string ToText(const Grievance& grievance) {
    return grievance.subject.region_code + "/" + grievance.id;
}

}  // namespace

Result<v1::GetGrievanceResponse> GrievanceHandler::Get(
    const rpc::Call& call, const v1::GetGrievanceRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("grievance_id", request.grievance_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<StoredGrievance> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) {
        return Refused(ErrorCode::kNotFound, "GRIEVANCE_NOT_FOUND", "no such grievance");
    }
    v1::GetGrievanceResponse response;
    const bool shows_words = MayReadWords(call);
    Fill(*response.mutable_grievance(), found->grievance);
    if (shows_words) response.mutable_grievance()->set_text(found->text);
    if (MayKnowReporter(call)) FillSubject(*response.mutable_grievance(), found->grievance);
    FillCourse(response, *found, shows_words);
    return response;
}

Result<v1::ListGrievancesResponse> GrievanceHandler::List(
    const rpc::Call& call, const v1::ListGrievancesRequest& request) const {
    rpc::FieldChecker fields;
    const bool is_own = call.scope == identity::Scope::kOwn;
    const GrievanceFilter filter{
        .region_code =
            context_.checks.Region(fields, request.region_code(),
                                   is_own ? rpc::Presence::kOptional : rpc::Presence::kRequired),
        .service = FilterOf<ConcernedService>(fields, "service", request.service()),
        .state = FilterOf<GrievanceState>(fields, "state", request.state()),
        .grievance_class = FilterOf<GrievanceClass>(fields, "class", request.class_()),
        .only_open = request.only_open(),
        .only_overdue = request.only_overdue(),
        .only_escalated = request.only_escalated(),
        .only_to_be_evaluated = request.only_to_be_evaluated()};
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const GrievancePlace after =
        ToPlace(PageAfter(fields, context_.keys, label, request, "/" + std::string(kBeforeAll)));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    if (is_own && viewer.owner_id.empty()) return v1::ListGrievancesResponse();
    if (!is_own && !call.caller.Reaches(filter.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const std::int64_t most = std::int64_t{size} + 1;
    const std::vector<Grievance> found =
        is_own ? context_.queries.ListOwn(viewer, filter, after.grievance_id, most)
               : context_.queries.List(viewer, filter, after, most);
    v1::ListGrievancesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_grievances(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, ToText(found[shown - 1])));
    }
    return response;
}

Result<v1::FollowGrievanceResponse> GrievanceHandler::Follow(
    const v1::FollowGrievanceRequest& request) const {
    rpc::FieldChecker fields;
    const std::string ticket =
        fields.Take("ticket_number", ParseTicket(request.ticket_number())).value_or("");
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<StoredGrievance> found = context_.queries.FindByTicket(ticket);
    if (!found) {
        return Refused(ErrorCode::kNotFound, "TICKET_NOT_FOUND", "no such ticket number");
    }
    v1::FollowGrievanceResponse response;
    Fill(*response.mutable_grievance(), found->grievance);
    response.mutable_grievance()->clear_business_id();
    FillCourse(response, *found, true);
    return response;
}

}  // namespace bangkit::aid
