// The checks of requests that are about regions.
#include <algorithm>

#include "libs/identity/caller.h"
#include "services/registration/api/checks.h"
#include "services/registration/api/input_fields.h"

namespace bangkit::registration {

Result<Checked> Checks::Check(const v1::ApplyRegionChangeRequest& request) const {
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ApplyRegionChange command{.region_code = request.region_code(), .history = &history_};
    if (!history_.Knows(command.region_code)) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be a code of before");
    }
    if (const std::string& token = request.page_token(); !token.empty()) {
        // "region/business/need": where the call before ended.
        const std::size_t id = std::min(token.find('/'), token.size() - 1) + 1;
        const std::size_t need = std::min(token.find('/', id), token.size() - 1) + 1;
        command.after_region_code = token.substr(0, id - 1);
        command.after_business_id = fields.Uuid("page_token", token.substr(id, need - id - 1));
        command.after_need_id = fields.Uuid("page_token", token.substr(need));
        if (!identity::LiesIn(command.after_region_code, command.region_code)) {
            fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this region");
        }
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

}  // namespace bangkit::registration
