#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bangkit/aid/v1/application_service.pb.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// Approves all of these in one stream, in the name of `token`. `use` gets each with "OK" or the
/// reason of its refusal, in the order of the answers. Throws CallFailed if the stream ends early:
/// the same requests again get the same answers.
void ApproveInOneStream(
    Session& session, const std::string& token,
    const std::vector<aid::v1::ApproveApplicationRequest>& approvals,
    const std::function<void(const aid::v1::ApproveApplicationRequest&, const std::string&)>& use);

}  // namespace bangkit::cli
