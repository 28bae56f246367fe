#pragma once

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/call.h"
#include "services/registration/storage/group_queries.h"

namespace bangkit::registration {

/// Who belongs to a group. Blocks, and throws what libs/postgres throws.
class GroupReads {
public:
    /// Both must outlive it. `keys` sign page tokens.
    GroupReads(const GroupQueries& queries, const crypto::KeyRing& keys)
        : queries_(queries), keys_(keys) {}

    Result<v1::ListGroupMembersResponse> List(const rpc::Call& call,
                                              const v1::ListGroupMembersRequest& request) const;

private:
    const GroupQueries& queries_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::registration
