#include "services/registration/api/group_reads.h"

#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/paging.h"

namespace bangkit::registration {

Result<v1::ListGroupMembersResponse> GroupReads::List(
    const rpc::Call& call, const v1::ListGroupMembersRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    const std::int32_t size = PageSize(fields, request.page_size());
    const std::string label = PageLabel(request, call);
    std::string after = ListPosition{}.business_id;
    if (!request.page_token().empty()) {
        const auto place = OpenPlace(fields, keys_, label, request.page_token());
        if (place) after = place->second;
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());

    const auto found = queries_.Members(ViewerOf(call), id, after, std::int64_t{size} + 1);
    if (!found) return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    v1::ListGroupMembersResponse response;
    const auto shown = std::min(found->size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_businesses(), (*found)[i]);
    if (found->size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(keys_, label, "/" + (*found)[shown - 1].business.id));
    }
    return response;
}

}  // namespace bangkit::registration
