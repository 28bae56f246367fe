#include "services/registration/api/import_handler.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "libs/base/ids.h"
#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "libs/status/status.h"
#include "services/registration/api/import_answers.h"
#include "services/registration/api/import_checks.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kCreate = "bangkit.registration.v1.ImportService/CreateImportJob";
constexpr std::string_view kUpload = "bangkit.registration.v1.ImportService/UploadImportFile";
constexpr std::string_view kGet = "bangkit.registration.v1.ImportService/GetImportJob";
constexpr std::string_view kList = "bangkit.registration.v1.ImportService/ListImportJobs";
constexpr std::string_view kCancel = "bangkit.registration.v1.ImportService/CancelImportJob";
constexpr std::string_view kErrors = "bangkit.registration.v1.ImportService/DownloadImportErrors";

constexpr std::int32_t kPageSizeDefault = 50;
constexpr std::int32_t kPageSizeMax = 200;
constexpr std::size_t kErrorPageBytes = std::size_t{256} << 10;
constexpr std::int64_t kErrorPageRows = 256;
// Whoever sends faster than the disk writes must not fill the memory.
constexpr std::size_t kPiecesOutstanding = 4;

v1::UploadImportFileResponse ToUploadResponse(const Outcome& outcome) {
    v1::UploadImportFileResponse response;
    if (outcome) {
        response.ParseFromString(*outcome);
    } else {
        *response.mutable_error() = status::ToProto(outcome.error());
    }
    return response;
}

std::string ListLabel(const rpc::Call& call, const v1::ListImportJobsRequest& request) {
    return std::string(kList) + "|" + call.caller.subject + "|" +
           std::to_string(static_cast<int>(request.state())) + (request.own_only() ? "|own" : "");
}
std::string ErrorsLabel(const rpc::Call& call, const std::string& job_id) {
    return std::string(kErrors) + "|" + call.caller.subject + "|" + job_id;
}

}  // namespace

grpc::ServerUnaryReactor* ImportHandler::CreateImportJob(grpc::CallbackServerContext* context,
                                                         const v1::CreateImportJobRequest* request,
                                                         v1::CreateImportJobResponse* response) {
    return commands_.Unary(context, kCreate, *request, response,
                           [this](const v1::CreateImportJobRequest& each) {
                               return Check(each, NewId(context_.clock.Now()));
                           });
}

grpc::ServerUnaryReactor* ImportHandler::CancelImportJob(grpc::CallbackServerContext* context,
                                                         const v1::CancelImportJobRequest* request,
                                                         v1::CancelImportJobResponse* response) {
    return commands_.Unary(context, kCancel, *request, response,
                           [](const v1::CancelImportJobRequest& each) { return Check(each); });
}

grpc::ServerBidiReactor<v1::UploadImportFileRequest, v1::UploadImportFileResponse>*
ImportHandler::UploadImportFile(grpc::CallbackServerContext* context) {
    using Request = v1::UploadImportFileRequest;
    using Response = v1::UploadImportFileResponse;
    return context_.calls.Stream<Request, Response>(
        context, kUpload, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](Request request, rpc::Line<Response> line) {
                    // Without a request id the request itself is not looked at.
                    commands_.Submit(call, kUpload, Request(), Check(std::move(request)),
                                     Lane::kBulk, [line = std::move(line)](const Outcome& outcome) {
                                         line.Answer(ToUploadResponse(outcome));
                                     });
                },
                kPiecesOutstanding);
        });
}

grpc::ServerUnaryReactor* ImportHandler::GetImportJob(grpc::CallbackServerContext* context,
                                                      const v1::GetImportJobRequest* request,
                                                      v1::GetImportJobResponse* response) {
    return context_.calls.Read(
        context, kGet, request, response,
        [this](const rpc::Call& call,
               const v1::GetImportJobRequest& wanted) -> Result<v1::GetImportJobResponse> {
            const Result<StoredImport> found = Find(call, wanted.job_id());
            if (!found) return std::unexpected(found.error());
            v1::GetImportJobResponse answer;
            Fill(*answer.mutable_job(), *found, context_.retention);
            return answer;
        });
}

grpc::ServerUnaryReactor* ImportHandler::ListImportJobs(grpc::CallbackServerContext* context,
                                                        const v1::ListImportJobsRequest* request,
                                                        v1::ListImportJobsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListImportJobsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* ImportHandler::DownloadImportErrors(
    grpc::CallbackServerContext* context, const v1::DownloadImportErrorsRequest* request,
    v1::DownloadImportErrorsResponse* response) {
    return context_.calls.Read(
        context, kErrors, request, response,
        [this](const rpc::Call& call, const v1::DownloadImportErrorsRequest& wanted) {
            return Errors(call, wanted);
        });
}

Result<StoredImport> ImportHandler::Find(const rpc::Call& call, const std::string& job_id) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("job_id", job_id);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    std::optional<StoredImport> found = context_.queries.Find(id);
    if (!found || !MaySee(call.caller, found->job)) return ImportJobNotFound();
    return *std::move(found);
}

Result<v1::ListImportJobsResponse> ImportHandler::List(
    const rpc::Call& call, const v1::ListImportJobsRequest& request) const {
    rpc::FieldChecker fields;
    fields.Enum("state", request.state(), rpc::Presence::kOptional);
    if (request.page_size() < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    std::string before;
    if (!request.page_token().empty()) {
        const auto payload =
            crypto::OpenToken(context_.keys, ListLabel(call, request), request.page_token());
        if (!payload) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        before = payload.value_or("");
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());

    const bool is_own_only = request.own_only() || SeesOnlyTheirOwn(call.caller);
    ImportFilter filter{.regions = call.caller.regions,
                        .subject = is_own_only ? call.caller.subject : "",
                        .state = {}};
    if (request.state() != v1::IMPORT_JOB_STATE_UNSPECIFIED) {
        filter.state = static_cast<ImportState>(static_cast<int>(request.state()));
    }
    const std::int32_t size =
        request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax);
    const std::vector<StoredImport> found = context_.queries.List(filter, before, size + 1);
    v1::ListImportJobsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) {
        Fill(*response.add_jobs(), found[i], context_.retention);
    }
    if (found.size() > shown) {
        response.set_next_page_token(
            crypto::SignToken(context_.keys, ListLabel(call, request), found[shown - 1].job.id));
    }
    return response;
}

Result<v1::DownloadImportErrorsResponse> ImportHandler::Errors(
    const rpc::Call& call, const v1::DownloadImportErrorsRequest& request) const {
    const Result<StoredImport> found = Find(call, request.job_id());
    if (!found) return std::unexpected(found.error());
    // Unmasked personal data, and not of the region only: whatever its creator has put in the file.
    if (found->job.creator.subject != call.caller.subject) return ImportJobNotFound();
    const std::string label = ErrorsLabel(call, found->job.id);
    std::int64_t after = -1;
    if (!request.page_token().empty()) {
        rpc::FieldChecker fields;
        const auto payload = crypto::OpenToken(context_.keys, label, request.page_token());
        if (!payload) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this file");
        if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
        std::from_chars(payload->data(), payload->data() + payload->size(), after);
    }
    v1::DownloadImportErrorsResponse response;
    if (found->counts.failed == 0) return response;
    if (found->wrapped_key.empty()) {
        return Refused(ErrorCode::kNotFound, "IMPORT_ERRORS_DESTROYED",
                       "the failed rows are not kept any more");
    }
    const std::vector<FailedRow> rows = context_.queries.FailedRows(*found, after, kErrorPageRows);
    std::string& content = *response.mutable_content();
    if (request.page_token().empty()) content = found->error_header;
    bool is_full = std::ssize(rows) == kErrorPageRows;
    for (const FailedRow& row : rows) {
        if (content.size() >= kErrorPageBytes) {
            is_full = true;
            break;
        }
        content += row.line;
        after = row.row_number;
    }
    if (is_full) {
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, std::to_string(after)));
    }
    return response;
}

}  // namespace bangkit::registration
