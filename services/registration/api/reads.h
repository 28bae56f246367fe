#pragma once

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/call.h"
#include "libs/indonesia/regions.h"
#include "services/registration/storage/history_queries.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// The answers of the calls that only read. They block, and throw what libs/postgres throws.
class Reads {
public:
    /// All must outlive it. `keys` sign page tokens.
    Reads(const Queries& queries, const HistoryQueries& history, const crypto::KeyRing& keys,
          const indonesia::RegionTree& regions)
        : queries_(queries), history_(history), keys_(keys), regions_(regions) {}

    Result<v1::GetBusinessResponse> Get(const rpc::Call& call,
                                        const v1::GetBusinessRequest& request) const;
    Result<v1::ListBusinessesResponse> List(const rpc::Call& call,
                                            const v1::ListBusinessesRequest& request) const;
    Result<v1::GetBusinessHistoryResponse> History(
        const rpc::Call& call, const v1::GetBusinessHistoryRequest& request) const;

private:
    const Queries& queries_;
    const HistoryQueries& history_;
    const crypto::KeyRing& keys_;
    const indonesia::RegionTree& regions_;
};

}  // namespace bangkit::registration
