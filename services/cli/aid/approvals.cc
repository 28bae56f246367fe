#include "services/cli/aid/approvals.h"

#include <map>
#include <thread>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "libs/grpc/client.h"
#include "libs/status/status.h"
#include "services/cli/failure.h"

namespace bangkit::cli {

using namespace aid::v1;

void ApproveInOneStream(
    Session& session, const std::string& token,
    const std::vector<ApproveApplicationRequest>& approvals,
    const std::function<void(const ApproveApplicationRequest&, const std::string&)>& use) {
    constexpr std::chrono::minutes kTimeout{30};
    grpc::ClientContext context;
    rpc::Prepare(context, token, kTimeout);
    const auto stream =
        session.StubOf<aid::v1::ApplicationService>().BatchApproveApplications(&context);
    std::map<std::string_view, const ApproveApplicationRequest*> by_request;
    for (const ApproveApplicationRequest& each : approvals) by_request[each.request_id()] = &each;
    {
        const std::jthread writer([&] {
            for (const ApproveApplicationRequest& each : approvals) {
                BatchApproveApplicationsRequest line;
                *line.mutable_approval() = each;
                if (!stream->Write(line)) return;
            }
            stream->WritesDone();
        });
        BatchApproveApplicationsResponse answer;
        while (stream->Read(&answer)) {
            const auto found = by_request.find(answer.request_id());
            if (found == by_request.end()) continue;
            use(*found->second,
                answer.has_approved() ? "OK" : status::FromProto(answer.error()).reason);
        }
    }
    Check(stream->Finish());
}

}  // namespace bangkit::cli
