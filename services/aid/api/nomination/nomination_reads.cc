// What NominationHandler reads.
#include <algorithm>
#include <utility>

#include "libs/grpc/paging.h"
#include "services/aid/api/nomination/nomination_file.h"
#include "services/aid/api/nomination/nomination_handler.h"
#include "services/aid/api/pages.h"
#include "services/aid/api/region_field.h"
#include "services/aid/storage/nomination/nomination_mapping.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> NominationNotFound() {
    return Refused(ErrorCode::kNotFound, "NOMINATION_NOT_FOUND", "no such list of nominations");
}
std::unexpected<Error> ProgramNotFound() {
    return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
}

void Fill(v1::NominationFunnel& out, const NominationFunnel& funnel) {
    const auto now = [&](NomineeState state) {
        const auto found = funnel.now.find(state);
        return found == funnel.now.end() ? 0 : found->second;
    };
    out.set_nominated(funnel.nominated);
    out.set_waiting(now(NomineeState::kNominated));
    out.set_valid(now(NomineeState::kValid));
    out.set_returned(now(NomineeState::kReturned));
    out.set_corrected(now(NomineeState::kCorrected));
    out.set_rejected(now(NomineeState::kRejected));
    out.set_withdrawn(now(NomineeState::kWithdrawn));
    out.set_determined(funnel.determined);
    out.set_paid(funnel.paid);
    out.set_claimed(funnel.claimed);
    out.set_given_back(now(NomineeState::kGivenBack));
    out.set_determined_rupiah(funnel.determined_rupiah);
    for (const auto& [reason, nominees] : funnel.reasons) {
        v1::ReasonCount& count = *out.add_reasons();
        count.set_reason(As<v1::RejectionReason>(reason));
        count.set_nominees(nominees);
    }
}

}  // namespace

Result<v1::GetNominationBatchResponse> NominationHandler::Find(
    const rpc::Call& call, const v1::GetNominationBatchRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("batch_id", request.batch_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<CountedNomination> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return NominationNotFound();
    v1::GetNominationBatchResponse response;
    aid::Fill(*response.mutable_batch(), found->batch);
    Fill(*response.mutable_funnel(), found->funnel);
    return response;
}

Result<v1::ListNominationBatchesResponse> NominationHandler::Find(
    const rpc::Call& call, const v1::ListNominationBatchesRequest& request) const {
    rpc::FieldChecker fields;
    const std::string program_id = fields.Uuid("program_id", request.program_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string before = PageAfter(fields, context_.keys, label, request, "");
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!context_.programs.Find(ViewerOf(call), program_id)) return ProgramNotFound();
    const std::vector<NominationBatch> found =
        context_.queries.List(ViewerOf(call), program_id, before, std::int64_t{size} + 1);
    v1::ListNominationBatchesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) aid::Fill(*response.add_batches(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

Result<v1::ListNomineesResponse> NominationHandler::Find(
    const rpc::Call& call, const v1::ListNomineesRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("batch_id", request.batch_id());
    const auto state = FilterOf<NomineeState>(fields, "state", request.state());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::int64_t after = PageAfterNumber(fields, context_.keys, label, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found =
        context_.queries.Nominees(ViewerOf(call), id, state, after, std::int64_t{size} + 1);
    if (!found) return NominationNotFound();
    v1::ListNomineesResponse response;
    const auto shown = std::min(found->size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) aid::Fill(*response.add_nominees(), (*found)[i]);
    if (found->size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, std::to_string((*found)[shown - 1].number)));
    }
    return response;
}

Result<v1::GetNominationFunnelResponse> NominationHandler::Find(
    const rpc::Call& call, const v1::GetNominationFunnelRequest& request) const {
    rpc::FieldChecker fields;
    const std::string program_id = fields.Uuid("program_id", request.program_id());
    const std::string& region_code = request.region_code();
    if (!region_code.empty()) RegionField(fields, context_.regions, region_code);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!context_.programs.Find(ViewerOf(call), program_id)) return ProgramNotFound();
    v1::GetNominationFunnelResponse response;
    Fill(*response.mutable_funnel(),
         context_.queries.Funnel(ViewerOf(call), program_id, region_code));
    return response;
}

Result<Checked<ReadNominationFile>> NominationHandler::Check(
    const rpc::Call& call, const v1::DownloadNominationFileRequest& request) const {
    rpc::FieldChecker fields;
    const std::string label =
        request.GetDescriptor()->name() + "|" + call.caller.subject + "|" + request.batch_id();
    ReadNominationFile command{
        .batch_id = fields.Uuid("batch_id", request.batch_id()),
        .after = PageAfterNumber(fields, context_.keys, label, request),
        .answer = [label, &keys = context_.keys](const NominationFilePage& page) {
            v1::DownloadNominationFileResponse response;
            response.set_content(ContentOf(page));
            if (page.next) {
                response.set_next_page_token(
                    crypto::SignToken(keys, label, std::to_string(*page.next)));
            }
            return response.SerializeAsString();
        }};
    return Done<ReadNominationFile>(fields, {}, std::move(command));
}

}  // namespace bangkit::aid
