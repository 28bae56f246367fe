#pragma once

#include <string>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/call.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/region_history.h"
#include "libs/indonesia/regions.h"
#include "services/registration/storage/history_queries.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// Businesses as they are stored: mask them before they leave the process.
struct BusinessPage {
    std::vector<StoredBusiness> businesses;
    std::string next_page_token;  // Empty: the last page.
};

/// The answers of the calls that only read. They block, and throw what libs/postgres throws.
class Reads {
public:
    /// All must outlive it. `keys` sign page tokens.
    Reads(const Queries& queries, const HistoryQueries& history, const crypto::KeyRing& keys,
          const indonesia::RegionTree& regions)
        : queries_(queries), history_(history), keys_(keys), region_history_(regions.history()) {}

    Result<v1::GetBusinessResponse> Get(const rpc::Call& call,
                                        const v1::GetBusinessRequest& request) const;
    /// What List() shows, before it is masked.
    Result<BusinessPage> Page(const rpc::Call& call,
                              const v1::ListBusinessesRequest& request) const;
    Result<v1::ListBusinessesResponse> List(const rpc::Call& call,
                                            const v1::ListBusinessesRequest& request) const;
    Result<v1::SearchBusinessesResponse> Search(const rpc::Call& call,
                                                const v1::SearchBusinessesRequest& request) const;
    Result<v1::ListUpgradesResponse> Upgrades(const rpc::Call& call,
                                              const v1::ListUpgradesRequest& request) const;
    Result<v1::GetBusinessHistoryResponse> History(
        const rpc::Call& call, const v1::GetBusinessHistoryRequest& request) const;

private:
    /// Of ListBusinesses and SearchBusinesses; `find(viewer, filter, after, limit)` is what
    /// differs.
    template <typename Request, typename Find>
    Result<BusinessPage> Page(rpc::FieldChecker& fields, const rpc::Call& call,
                              const Request& request, bool may_be_former, const Find& find) const;

    const Queries& queries_;
    const HistoryQueries& history_;
    const crypto::KeyRing& keys_;
    const indonesia::RegionHistory& region_history_;
};

}  // namespace bangkit::registration
