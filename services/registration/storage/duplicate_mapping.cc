#include "services/registration/storage/duplicate_mapping.h"

#include "bangkit/registration/v1/duplicate_service.pb.h"
#include "libs/indonesia/regions.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

template <typename Response>
std::string Answer(const Duplicate& duplicate) {
    Response response;
    Fill(*response.mutable_duplicate(), duplicate);
    return response.SerializeAsString();
}

template <typename Response>
std::string Answer(const Merge& merge, const Business& shown, const Business& surviving,
                   const Business& merged) {
    Response response;
    Fill(*response.mutable_merge(), merge);
    FillWithoutPersonalData(*response.mutable_business(), shown);
    response.add_positions(PositionOf(surviving));
    response.add_positions(PositionOf(merged));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Duplicate& out, const Duplicate& duplicate) {
    out.set_duplicate_id(duplicate.id);
    out.set_etag(EtagOf(duplicate.version));
    out.set_state(static_cast<v1::DuplicateState>(duplicate.state));
    out.set_score(duplicate.score);
    for (const DuplicateReason reason : duplicate.reasons) {
        out.add_reasons(static_cast<v1::DuplicateReason>(reason));
    }
    out.set_first_business_id(duplicate.first_id);
    out.set_second_business_id(duplicate.second_id);
    out.set_region_code(duplicate.region_code.empty() ? std::string(indonesia::kCountryCode)
                                                      : duplicate.region_code);
    out.set_assignee(duplicate.assignee);
    Fill(*out.mutable_found_at(), duplicate.found_at);
    out.set_decided_by(duplicate.decided_by);
    if (duplicate.decided_at) Fill(*out.mutable_decided_at(), *duplicate.decided_at);
}

void Fill(v1::Merge& out, const Merge& merge) {
    out.set_merge_id(merge.id);
    out.set_surviving_business_id(merge.surviving_id);
    out.set_merged_business_id(merge.merged_id);
    out.set_merged_by(merge.merged_by);
    Fill(*out.mutable_merged_at(), merge.merged_at);
    Fill(*out.mutable_undo_until(), merge.undo_until);
    out.set_undone_by(merge.undone_by);
    if (merge.undone_at) Fill(*out.mutable_undone_at(), *merge.undone_at);
}

std::string AssignDuplicateAnswer(const Duplicate& duplicate) {
    return Answer<v1::AssignDuplicateResponse>(duplicate);
}

std::string ConfirmDuplicateAnswer(const Duplicate& duplicate) {
    return Answer<v1::ConfirmDuplicateResponse>(duplicate);
}

std::string RejectDuplicateAnswer(const Duplicate& duplicate) {
    return Answer<v1::RejectDuplicateResponse>(duplicate);
}

std::string MergeBusinessesAnswer(const Merge& merge, const Business& surviving,
                                  const Business& merged) {
    return Answer<v1::MergeBusinessesResponse>(merge, surviving, surviving, merged);
}

std::string UndoMergeAnswer(const Merge& merge, const Business& surviving, const Business& merged) {
    return Answer<v1::UndoMergeResponse>(merge, merged, surviving, merged);
}

}  // namespace bangkit::registration
