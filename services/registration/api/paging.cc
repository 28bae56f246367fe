#include "services/registration/api/paging.h"

#include <algorithm>

#include "libs/base/ids.h"
#include "libs/crypto/signed_token.h"

namespace bangkit::registration {

Viewer ViewerOf(const rpc::Call& call) {
    const bool sees_only_own = call.scope == identity::Scope::kOwn;
    return {.regions = call.caller.regions,
            .owner_id = sees_only_own ? ParseUuid(call.caller.subject).value_or("") : ""};
}

std::vector<std::string> Outermost(const std::vector<std::string>& regions) {
    std::vector<std::string> outermost;
    for (const std::string& region : regions) {
        const bool is_inside = std::ranges::any_of(regions, [&region](const std::string& other) {
            return other != region && identity::LiesIn(region, other);
        });
        if (!is_inside && std::ranges::find(outermost, region) == outermost.end()) {
            outermost.push_back(region);
        }
    }
    return outermost;
}

std::int32_t PageSize(rpc::FieldChecker& fields, std::int32_t wanted) {
    constexpr std::int32_t kDefault = 50, kMax = 200;
    if (wanted < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    return wanted == 0 ? kDefault : std::min(wanted, kMax);
}

std::optional<std::pair<std::string, std::string>> OpenPlace(rpc::FieldChecker& fields,
                                                             const crypto::KeyRing& keys,
                                                             const std::string& label,
                                                             const std::string& token) {
    const auto payload = crypto::OpenToken(keys, label, token);
    if (!payload) {
        fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        return std::nullopt;
    }
    const std::size_t slash = payload->find('/');
    return std::pair(payload->substr(0, slash), payload->substr(slash + 1));
}

}  // namespace bangkit::registration
