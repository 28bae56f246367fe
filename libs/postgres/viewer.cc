#include "libs/postgres/viewer.h"

namespace bangkit::postgres {

void SetViewer(Transaction& transaction, const Viewer& viewer) {
    std::string regions;
    for (const std::string& region : viewer.regions) {
        regions += (regions.empty() ? "" : ",") + region;
    }
    transaction.Queue(
        "SELECT set_config('bangkit.regions', $1::text, true),"
        "       set_config('bangkit.owner', $2::text, true)",
        {regions, viewer.owner_id});
}

}  // namespace bangkit::postgres
