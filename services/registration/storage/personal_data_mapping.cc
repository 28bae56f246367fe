#include "services/registration/storage/personal_data_mapping.h"

#include "bangkit/registration/v1/personal_data_service.pb.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

template <typename Response>
std::string Answer(const SubjectRequest& request, Time now) {
    Response response;
    Fill(*response.mutable_subject_request(), request, now);
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::SubjectRequest& out, const SubjectRequest& request, Time now) {
    out.set_subject_request_id(request.id);
    out.set_kind(static_cast<v1::SubjectRequestKind>(request.kind));
    out.set_state(static_cast<v1::SubjectRequestState>(request.state));
    out.set_owner_id(request.owner_id);
    out.set_business_id(request.business_id);
    out.set_region_code(request.region_code);
    out.set_case_reference(request.case_reference);
    Fill(*out.mutable_requested_at(), request.requested_at);
    Fill(*out.mutable_due_at(), request.due_at);
    out.set_overdue(request.IsOverdue(now));
    if (request.closed_at) Fill(*out.mutable_closed_at(), *request.closed_at);
    if (request.refusal) {
        out.set_refusal(static_cast<v1::SubjectRequestRefusal>(*request.refusal));
    }
    if (request.exported_at) Fill(*out.mutable_exported_at(), *request.exported_at);
}

std::string OpenSubjectRequestAnswer(const SubjectRequest& request, Time now) {
    return Answer<v1::OpenSubjectRequestResponse>(request, now);
}

std::string EraseOwnerAnswer(const SubjectRequest& request,
                             const std::vector<std::string>& positions, const FilesLeft& files,
                             Time now) {
    v1::EraseOwnerResponse response;
    Fill(*response.mutable_subject_request(), request, now);
    for (const std::string& position : positions) response.add_positions(position);
    if (files.count > 0) {
        response.set_files_on_their_way(static_cast<std::int32_t>(files.count));
        Fill(*response.mutable_files_destroyed_by(), files.destroyed_by);
    }
    return response.SerializeAsString();
}

std::string CloseSubjectRequestAnswer(const SubjectRequest& request, Time now) {
    return Answer<v1::CloseSubjectRequestResponse>(request, now);
}

std::string SetLegalHoldAnswer(const std::string& owner_id) {
    v1::SetLegalHoldResponse response;
    response.set_owner_id(owner_id);
    return response.SerializeAsString();
}

std::string FindByIdentityAnswer(const std::vector<std::string>& business_ids, bool is_truncated) {
    v1::FindByIdentityResponse response;
    for (const std::string& id : business_ids) response.add_businesses()->set_business_id(id);
    response.set_truncated(is_truncated);
    return response.SerializeAsString();
}

}  // namespace bangkit::registration
