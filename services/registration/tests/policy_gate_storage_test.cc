#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <string>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/grpc/client.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

/// Who gets past the gate to the services of imports and of personal data; what lies behind it has
/// tests of its own.
class PolicyGateTest : public ServerTest {
protected:
    using TryIt = std::function<grpc::Status(const std::string& token)>;
    using PersonalDataStub = v1::PersonalDataService::Stub;

    template <typename Stub, typename Request, typename Response>
    static TryIt Empty(const std::unique_ptr<Stub>& stub,
                       grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                    Response*)) {
        return [&stub, method](const std::string& token) {
            grpc::ClientContext context;
            rpc::Prepare(context, token, std::chrono::seconds(20));
            Response response;
            return (*stub.*method)(&context, Request(), &response);
        };
    }
    /// `open` begins a call that answers with a stream.
    template <typename Response, typename Open>
    static TryIt Stream(Open open) {
        return [open](const std::string& token) {
            grpc::ClientContext context;
            rpc::Prepare(context, token, std::chrono::seconds(20));
            const auto stream = open(context);
            Response response;
            while (stream->Read(&response)) {
            }
            return stream->Finish();
        };
    }

    const std::unique_ptr<PersonalDataStub> personal_data_ =
        v1::PersonalDataService::NewStub(channel_);
    const std::map<std::string, TryIt> calls_by_name_{
        {"CreateImportJob", Empty(import_stub_, &ImportStub::CreateImportJob)},
        {"UploadImportFile", Stream<v1::UploadImportFileResponse>([this](auto& context) {
             auto stream = import_stub_->UploadImportFile(&context);
             stream->WritesDone();
             return stream;
         })},
        {"GetImportJob", Empty(import_stub_, &ImportStub::GetImportJob)},
        {"ListImportJobs", Empty(import_stub_, &ImportStub::ListImportJobs)},
        {"CancelImportJob", Empty(import_stub_, &ImportStub::CancelImportJob)},
        {"DownloadImportErrors", Empty(import_stub_, &ImportStub::DownloadImportErrors)},
        {"RevealOwner", Empty(personal_data_, &PersonalDataStub::RevealOwner)},
        {"DiscloseBusinesses", Empty(personal_data_, &PersonalDataStub::DiscloseBusinesses)},
        {"FindByIdentity", Empty(personal_data_, &PersonalDataStub::FindByIdentity)},
        {"OpenSubjectRequest", Empty(personal_data_, &PersonalDataStub::OpenSubjectRequest)},
        {"ListSubjectRequests", Empty(personal_data_, &PersonalDataStub::ListSubjectRequests)},
        {"EraseOwner", Empty(personal_data_, &PersonalDataStub::EraseOwner)},
        {"ExportPersonalData", Stream<v1::ExportPersonalDataResponse>([this](auto& context) {
             auto stream = personal_data_->ExportPersonalData(&context);
             stream->WritesDone();
             return stream;
         })},
        {"CloseSubjectRequest", Empty(personal_data_, &PersonalDataStub::CloseSubjectRequest)},
        {"SetLegalHold", Empty(personal_data_, &PersonalDataStub::SetLegalHold)},
    };
};

TEST_F(PolicyGateTest, AdmitsARoleToAMethodOnlyIfATableLineSaysSo) {
    const google::protobuf::ServiceDescriptor* services[] = {
        v1::CreateImportJobRequest::descriptor()->file()->service(0),
        v1::RevealOwnerRequest::descriptor()->file()->service(0)};
    int granted = 0;
    const auto check = [&](const std::string& name, const std::string& method) {
        ASSERT_TRUE(calls_by_name_.contains(name)) << "no call of " << name << " to test";
        const TryIt& call = calls_by_name_.at(name);
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted =
                policy_.Admit(method, {"", {std::string(role)}, {}}).has_value();
            granted += is_granted ? 1 : 0;
            const std::string answer =
                Name(call(Token({std::string(role)}, {"36.74"}, NewId(kNow))));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(Name(call(Token({}))), "PERMISSION_DENIED ROLE_NOT_ALLOWED") << name;
        EXPECT_EQ(Name(call("")), "UNAUTHENTICATED TOKEN_MISSING") << name;
    };
    for (const auto* service : services) {
        for (int i = 0; i < service->method_count(); ++i) {
            const std::string& name = service->method(i)->name();
            check(name, service->full_name() + "/" + name);
        }
    }
    EXPECT_EQ(granted, 43);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::registration
