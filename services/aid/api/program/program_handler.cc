#include "services/aid/api/program/program_handler.h"

#include <algorithm>

#include "libs/crypto/signed_token.h"
#include "libs/grpc/paging.h"
#include "services/aid/domain/program/templates.h"
#include "services/aid/storage/program/program_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kCreate = "bangkit.aid.v1.ProgramService/CreateProgram";
constexpr std::string_view kReplaceRules = "bangkit.aid.v1.ProgramService/ReplaceProgramRules";
constexpr std::string_view kOpen = "bangkit.aid.v1.ProgramService/OpenProgram";
constexpr std::string_view kPause = "bangkit.aid.v1.ProgramService/PauseProgram";
constexpr std::string_view kClose = "bangkit.aid.v1.ProgramService/CloseProgram";
constexpr std::string_view kSettle = "bangkit.aid.v1.ProgramService/SettleProgram";
constexpr std::string_view kGet = "bangkit.aid.v1.ProgramService/GetProgram";
constexpr std::string_view kList = "bangkit.aid.v1.ProgramService/ListPrograms";
constexpr std::string_view kTemplates = "bangkit.aid.v1.ProgramService/ListTemplates";

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* ProgramHandler::Submit(grpc::CallbackServerContext* context,
                                                 std::string_view method, const Request& request,
                                                 Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* ProgramHandler::CreateProgram(grpc::CallbackServerContext* context,
                                                        const v1::CreateProgramRequest* request,
                                                        v1::CreateProgramResponse* response) {
    return Submit(context, kCreate, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::ReplaceProgramRules(
    grpc::CallbackServerContext* context, const v1::ReplaceProgramRulesRequest* request,
    v1::ReplaceProgramRulesResponse* response) {
    return Submit(context, kReplaceRules, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::OpenProgram(grpc::CallbackServerContext* context,
                                                      const v1::OpenProgramRequest* request,
                                                      v1::OpenProgramResponse* response) {
    return Submit(context, kOpen, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::PauseProgram(grpc::CallbackServerContext* context,
                                                       const v1::PauseProgramRequest* request,
                                                       v1::PauseProgramResponse* response) {
    return Submit(context, kPause, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::CloseProgram(grpc::CallbackServerContext* context,
                                                       const v1::CloseProgramRequest* request,
                                                       v1::CloseProgramResponse* response) {
    return Submit(context, kClose, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::SettleProgram(grpc::CallbackServerContext* context,
                                                        const v1::SettleProgramRequest* request,
                                                        v1::SettleProgramResponse* response) {
    return Submit(context, kSettle, *request, response);
}

grpc::ServerUnaryReactor* ProgramHandler::GetProgram(grpc::CallbackServerContext* context,
                                                     const v1::GetProgramRequest* request,
                                                     v1::GetProgramResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetProgramRequest& wanted) {
                                   return Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* ProgramHandler::ListPrograms(grpc::CallbackServerContext* context,
                                                       const v1::ListProgramsRequest* request,
                                                       v1::ListProgramsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListProgramsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* ProgramHandler::ListTemplates(grpc::CallbackServerContext* context,
                                                        const v1::ListTemplatesRequest* request,
                                                        v1::ListTemplatesResponse* response) {
    return context_.calls.Read(
        context, kTemplates, request, response,
        [](const rpc::Call&, const v1::ListTemplatesRequest&) {
            v1::ListTemplatesResponse answer;
            for (const ProgramTemplate& each : ProgramTemplates()) {
                v1::ProgramTemplate& added = *answer.add_templates();
                Fill(*added.mutable_terms(), each.terms);
                added.set_source(each.source);
                added.set_is_amount_a_parameter(each.is_amount_a_parameter);
                added.set_are_documents_parameters(each.are_documents_parameters);
                added.set_are_exclusions_parameters(each.are_exclusions_parameters);
            }
            return Result<v1::ListTemplatesResponse>(std::move(answer));
        });
}

Result<v1::GetProgramResponse> ProgramHandler::Get(const rpc::Call& call,
                                                   const v1::GetProgramRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("program_id", request.program_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Program> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    v1::GetProgramResponse response;
    Fill(*response.mutable_program(), *found);
    return response;
}

Result<v1::ListProgramsResponse> ProgramHandler::List(
    const rpc::Call& call, const v1::ListProgramsRequest& request) const {
    rpc::FieldChecker fields;
    const ProgramFilter filter{
        .region_code = request.region_code(),
        .instrument = FilterOf<Instrument>(fields, "instrument", request.instrument()),
        .state = FilterOf<ProgramState>(fields, "state", request.state()),
        .fiscal_year = request.fiscal_year()};
    if (!filter.region_code.empty() && context_.regions.Find(filter.region_code) == nullptr) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
    }
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    std::string after(kBeforeAll);
    if (!request.page_token().empty()) {
        const auto id = crypto::OpenToken(context_.keys, label, request.page_token());
        if (!id) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        after = id.value_or(after);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Program> found =
        context_.queries.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListProgramsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_programs(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

}  // namespace bangkit::aid
