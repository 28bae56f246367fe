// Every role and every method, from the policy table: whatever it does not grant is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

class PolicyTest : public ServerTest {
protected:
    template <typename Service, typename Request, typename Response>
    using Unary = grpc::Status (Service::*)(grpc::ClientContext*, const Request&, Response*);

    using TryIt = std::function<grpc::Status(const std::string& token)>;

    template <typename Service, typename Request, typename Response>
    TryIt Empty(Unary<Service, Request, Response> method) {
        return [this, method](const std::string& token) {
            Response response;
            return Call(method, Request(), response, token);
        };
    }
    template <typename Response, typename Open>
    TryIt Stream(Open open) {
        return [this, open](const std::string& token) {
            grpc::ClientContext context;
            rpc::Prepare(context, token, std::chrono::seconds(20));
            const auto stream = open(context);
            stream->WritesDone();
            Response response;
            while (stream->Read(&response)) {
            }
            return stream->Finish();
        };
    }

    /// An empty call of every method: it gets past the gate or it does not.
    const std::map<std::string, TryIt> calls_by_name_{
        {"RegisterBusiness", Empty(&Stub::RegisterBusiness)},
        {"ReportCondition", Empty(&Stub::ReportCondition)},
        {"GetBusiness", Empty(&Stub::GetBusiness)},
        {"ListBusinesses", Empty(&Stub::ListBusinesses)},
        {"BatchRegisterBusinesses",
         Stream<v1::BatchRegisterBusinessesResponse>(
             [this](auto& context) { return stub_->BatchRegisterBusinesses(&context); })},
        {"ImportBusinesses", Stream<v1::ImportBusinessesResponse>([this](auto& context) {
             return stub_->ImportBusinesses(&context);
         })},
        {"CreateImportJob", Empty(&ImportStub::CreateImportJob)},
        {"UploadImportFile", Stream<v1::UploadImportFileResponse>([this](auto& context) {
             return import_stub_->UploadImportFile(&context);
         })},
        {"GetImportJob", Empty(&ImportStub::GetImportJob)},
        {"ListImportJobs", Empty(&ImportStub::ListImportJobs)},
        {"CancelImportJob", Empty(&ImportStub::CancelImportJob)},
        {"DownloadImportErrors", Empty(&ImportStub::DownloadImportErrors)},
    };
};

TEST_F(PolicyTest, AdmitsARoleToAMethodOnlyIfATableLineSaysSo) {
    const google::protobuf::ServiceDescriptor* services[] = {
        v1::RegisterBusinessRequest::descriptor()->file()->service(0),
        v1::CreateImportJobRequest::descriptor()->file()->service(0)};
    std::vector<std::string> roles(std::begin(identity::role::kAll),
                                   std::end(identity::role::kAll));
    roles.emplace_back("superuser");  // Known to nobody.
    int granted = 0;
    const auto check = [&](const std::string& name, const std::string& method) {
        ASSERT_TRUE(calls_by_name_.contains(name)) << "no call of " << name << " to test";
        for (const std::string& role : roles) {
            const bool is_granted =
                std::ranges::any_of(policy_.grants(), [&](const identity::Grant& grant) {
                    return grant.method == method &&
                           std::ranges::find(grant.roles, role) != grant.roles.end();
                });
            granted += is_granted ? 1 : 0;
            const std::string answer =
                Name(calls_by_name_.at(name)(Token({role}, {"36.74"}, NewId(kNow))));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(Name(calls_by_name_.at(name)(Token({}))), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
        EXPECT_EQ(Name(calls_by_name_.at(name)("")), "UNAUTHENTICATED TOKEN_MISSING");
    };
    for (const auto* service : services) {
        for (int i = 0; i < service->method_count(); ++i) {
            const std::string& name = service->method(i)->name();
            check(name, service->full_name() + "/" + name);
        }
    }
    EXPECT_EQ(granted, 40);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::registration
