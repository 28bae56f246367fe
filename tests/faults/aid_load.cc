// Clients of aid that never give up: each sends a request until somebody answers it, always with
// the same request id.
//   aid_load apply ADDRESS OFFICER-TOKEN SURVEYOR-TOKEN PROGRAM < BUSINESSES > APPLICATIONS
// takes applications of these businesses (ids, one a line) up to their surveys.
//   aid_load file ADDRESS TOKEN REGION COUNT
// files so many grievances there.
//   aid_load approve ADDRESS TOKEN TWINS JOURNAL < APPLICATIONS
// approves all of them at once, each in so many streams; streams that break are begun anew with
// what was not answered. Of each approval, a line goes into JOURNAL:
//   request id, method, application id, version.
// At the end it says how many were approved and why others were not. Exit code 1 if twins of a
// request got different answers.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "libs/status/status.h"
#include "tests/faults/patient.h"

namespace {

using namespace bangkit;
using namespace bangkit::faults;
using namespace bangkit::aid::v1;
using Applications = ApplicationService::Stub;
using Payments = PaymentService::Stub;

constexpr std::chrono::seconds kCallLimit{10};
constexpr std::chrono::minutes kStreamLimit{10};
constexpr int kThreads = 32;

/// Until the answer is one.
template <typename Stub, typename Request, typename Response>
Response Call(Stub& stub,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              Request request, const std::string& token) {
    request.set_request_id(NewRequestId());
    Response response;
    UntilAnswered(token, kCallLimit, [&](grpc::ClientContext& context) {
        return (stub.*method)(&context, request, &response);
    });
    return response;
}

int Apply(const std::string& address, const std::string& officer, const std::string& surveyor,
          const std::string& program_id) {
    const std::vector<std::string> businesses = Lines(std::cin);
    std::vector<std::string> ids(businesses.size());
    const auto channel = rpc::Connect(address);
    const auto stub = ApplicationService::NewStub(channel);
    const auto payments = PaymentService::NewStub(channel);
    InParallel(businesses.size(), kThreads, [&](std::size_t i) {
        StartApplicationRequest start;
        start.set_program_id(program_id);
        start.set_business_id(businesses[i]);
        ids[i] = Call(*stub, &Applications::StartApplication, start, officer)
                     .application()
                     .application_id();
        StateBankAccountRequest account;
        account.set_business_id(businesses[i]);
        account.mutable_account()->set_bank_code("CONTIDJA");
        account.mutable_account()->set_account_number(std::to_string(9'000'000'000 + i));
        account.mutable_account()->set_holder_name("Penerima Contoh");
        Call(*payments, &Payments::StateBankAccount, account, officer);
        SubmitApplicationRequest submit;
        submit.set_application_id(ids[i]);
        Call(*stub, &Applications::SubmitApplication, submit, officer);
        CheckDocumentsRequest check;
        check.set_application_id(ids[i]);
        Call(*stub, &Applications::CheckDocuments, check, surveyor);
        RecordSurveyRequest survey;
        survey.set_application_id(ids[i]);
        survey.set_is_recommended(true);
        Call(*stub, &Applications::RecordSurvey, survey, surveyor);
    });
    for (const std::string& id : ids) std::cout << id << '\n';
    return 0;
}

int File(const std::string& address, const std::string& token, const std::string& region,
         std::size_t count) {
    const auto stub = GrievanceService::NewStub(rpc::Connect(address));
    FileGrievanceRequest request;
    request.set_service(CONCERNED_SERVICE_AID);
    request.set_topic(GRIEVANCE_TOPIC_SLOW);
    request.set_channel(GRIEVANCE_CHANNEL_COUNTER);
    request.set_region_code(region);
    request.set_text("Bantuan belum cair.");
    InParallel(count, kThreads, [&](std::size_t) {
        Call(*stub, &GrievanceService::Stub::FileGrievance, request, token);
    });
    return 0;
}

/// Approvals, and what each was answered in every stream.
class Approvals {
public:
    explicit Approvals(const std::vector<std::string>& ids) {
        for (const std::string& id : ids) {
            requests_.emplace_back().set_request_id(NewRequestId());
            requests_.back().set_application_id(id);
            places_[requests_.back().request_id()] = requests_.size() - 1;
        }
        answers_.resize(requests_.size());
        versions_.resize(requests_.size());
    }

    std::size_t size() const { return requests_.size(); }
    const ApproveApplicationRequest& request(std::size_t i) const { return requests_[i]; }

    /// Whether it is one, which will not change any more.
    bool Take(const BatchApproveApplicationsResponse& response, std::vector<bool>& done) {
        std::string answer = "OK";
        if (!response.has_approved()) {
            const Error error = status::FromProto(response.error());
            if (MayHelp(error.code)) return false;
            answer = error.reason;
        }
        const std::size_t i = places_.at(response.request_id());
        done[i] = true;
        const std::lock_guard lock(mutex_);
        if (answers_[i].empty()) {
            answers_[i] = answer;
            versions_[i] = response.approved().application().version();
        } else if (answers_[i] != answer) {
            ++differing_;
        }
        return true;
    }

    int Report(const std::string& journal) const {
        std::ofstream file(journal, std::ios::app);
        std::map<std::string, int> counts;
        for (std::size_t i = 0; i < size(); ++i) {
            ++counts[answers_[i]];
            if (answers_[i] != "OK") continue;
            file << requests_[i].request_id() << "\tApproveApplication\t"
                 << requests_[i].application_id() << '\t' << versions_[i] << '\n';
        }
        for (const auto& [answer, count] : counts) std::printf("%s %d\n", answer.c_str(), count);
        std::printf("differing %d\n", differing_);
        return differing_ == 0 ? 0 : 1;
    }

private:
    std::vector<ApproveApplicationRequest> requests_;
    std::map<std::string, std::size_t> places_;  // By request id.
    std::mutex mutex_;
    std::vector<std::string> answers_;  // The first one of each.
    std::vector<std::int64_t> versions_;
    int differing_ = 0;
};

/// One twin of every approval, in an order of its own.
void ApproveAll(Approvals& approvals, const std::string& address, const std::string& token,
                std::uint64_t seed) {
    std::vector<std::size_t> order(approvals.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, std::mt19937_64(seed));
    std::vector<bool> done(approvals.size());
    grpc::ChannelArguments own_connection;
    own_connection.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto stub = ApplicationService::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), own_connection));
    while (std::ranges::count(done, false) > 0) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, kStreamLimit);
        const auto stream = stub->BatchApproveApplications(&context);
        {
            const std::vector<bool> before = done;  // The reader changes the other one.
            const std::jthread writer([&] {
                for (const std::size_t i : order) {
                    if (before[i]) continue;
                    BatchApproveApplicationsRequest line;
                    *line.mutable_approval() = approvals.request(i);
                    if (!stream->Write(line)) return;
                }
                stream->WritesDone();
            });
            BatchApproveApplicationsResponse response;
            while (stream->Read(&response)) approvals.Take(response, done);
        }
        stream->Finish();
        if (std::ranges::count(done, false) > 0) std::this_thread::sleep_for(kPause);
    }
}

int Approve(const std::string& address, const std::string& token, int twins,
            const std::string& journal) {
    Approvals approvals(Lines(std::cin));
    {
        std::vector<std::jthread> streams;
        for (int i = 0; i < twins; ++i) {
            streams.emplace_back(
                [&, i] { ApproveAll(approvals, address, token, static_cast<std::uint64_t>(i)); });
        }
    }
    return approvals.Report(journal);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (verb == "apply" && argc == 6) return Apply(argv[2], argv[3], argv[4], argv[5]);
    if (verb == "file" && argc == 6) {
        return File(argv[2], argv[3], argv[4], static_cast<std::size_t>(std::stoul(argv[5])));
    }
    if (verb == "approve" && argc == 6) {
        return Approve(argv[2], argv[3], std::stoi(argv[4]), argv[5]);
    }
    return 2;
}
