#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/registration/tests/dump.h"
#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {

inline constexpr std::string_view kCanaryName = "Canaria Kenari";
inline constexpr std::string_view kCanaryPhone = "+6281298765432";
inline constexpr std::string_view kCanaryAddress = "Jalan Kenari 17";
inline constexpr std::string_view kCanaryNib = "1234567890123";
inline std::string CanaryNik() { return NikOf(4321); }

/// Somebody whose every trace can be looked for.
class PersonalDataTest : public ImportJobsTest {
protected:
    using PersonalDataStub = v1::PersonalDataService::Stub;

    template <typename Method, typename Request, typename Response>
    grpc::Status CallPersonalData(Method method, const Request& request, Response& response,
                                  const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        return (*personal_data_.*method)(&context, request, &response);
    }

    static v1::RegisterBusinessRequest Canary(int number = 1) {
        v1::RegisterBusinessRequest request = Registration(number);
        v1::OwnerInput& owner = *request.mutable_owner();
        owner.set_nik(CanaryNik());
        owner.set_name(std::string(kCanaryName));
        owner.set_phone("0812 9876 5432");
        owner.set_identity_card_address(std::string(kCanaryAddress));
        v1::BusinessInput& business = *request.mutable_business();
        business.set_name("Warung Canaria");
        business.set_address("Pasar Kenari blok 3");
        business.set_npwp(CanaryNik());
        business.set_annual_sales_rupiah(120'000'000);
        return request;
    }
    /// A row of a file that is wrong whoever sends it.
    static std::string BadRowOf(const std::string& nik) {
        return nik + "," + std::string(kCanaryName) + ",Warung,UMKM,36.74.05.1002,99x\n";
    }
    v1::Business RegisterCanary() const {
        v1::RegisterBusinessRequest request = Canary();
        request.mutable_business()->set_nib(std::string(kCanaryNib));
        return Registered(request);
    }
    /// What must be nowhere: of the person, and of what is theirs alone.
    static std::vector<std::string> Canaries() {
        return {CanaryNik(), "Canaria Kenari", "81298765432", std::string(kCanaryAddress)};
    }

    std::string Open(const std::string& business_id, v1::SubjectRequestKind kind,
                     const std::string& token, v1::SubjectRequest* opened = nullptr) const {
        v1::OpenSubjectRequestRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_id);
        request.set_kind(kind);
        request.set_case_reference("PDP/2026/0031");
        v1::OpenSubjectRequestResponse response;
        const grpc::Status status =
            CallPersonalData(&PersonalDataStub::OpenSubjectRequest, request, response, token);
        if (opened != nullptr) *opened = response.subject_request();
        return Name(status);
    }
    v1::SubjectRequest Opened(const std::string& business_id, v1::SubjectRequestKind kind) const {
        v1::SubjectRequest opened;
        EXPECT_EQ(Open(business_id, kind, agency_, &opened), "OK");
        return opened;
    }
    std::string Erase(const std::string& subject_request_id, const std::string& token,
                      v1::EraseOwnerResponse* erased = nullptr,
                      const std::string& request_id = NewId(kNow)) const {
        v1::EraseOwnerRequest request;
        request.set_request_id(request_id);
        request.set_subject_request_id(subject_request_id);
        v1::EraseOwnerResponse response;
        const grpc::Status status =
            CallPersonalData(&PersonalDataStub::EraseOwner, request, response, token);
        if (erased != nullptr) *erased = std::move(response);
        return Name(status);
    }
    std::string Erase(const std::string& subject_request_id) const {
        return Erase(subject_request_id, agency_);
    }
    std::string Hold(const std::string& business_id, const std::string& reference) const {
        v1::SetLegalHoldRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_id);
        request.set_case_reference(reference);
        v1::SetLegalHoldResponse response;
        return Name(CallPersonalData(&PersonalDataStub::SetLegalHold, request, response, agency_));
    }
    std::string Close(const std::string& subject_request_id,
                      v1::SubjectRequestRefusal refusal) const {
        v1::CloseSubjectRequestRequest request;
        request.set_request_id(NewId(kNow));
        request.set_subject_request_id(subject_request_id);
        request.set_refusal(refusal);
        v1::CloseSubjectRequestResponse response;
        return Name(
            CallPersonalData(&PersonalDataStub::CloseSubjectRequest, request, response, agency_));
    }
    grpc::Status Export(const std::vector<std::string>& ids,
                        std::vector<v1::ExportPersonalDataResponse>& answers,
                        const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        const auto stream = personal_data_->ExportPersonalData(&context);
        for (const std::string& id : ids) {
            v1::ExportPersonalDataRequest request;
            request.set_subject_request_id(id);
            stream->Write(request);
        }
        stream->WritesDone();
        v1::ExportPersonalDataResponse answer;
        while (stream->Read(&answer)) answers.push_back(answer);
        return stream->Finish();
    }
    std::vector<v1::SubjectRequest> List(const v1::ListSubjectRequestsRequest& request,
                                         const std::string& token) const {
        v1::ListSubjectRequestsResponse response;
        EXPECT_EQ(Name(CallPersonalData(&PersonalDataStub::ListSubjectRequests, request, response,
                                        token)),
                  "OK");
        return {response.subject_requests().begin(), response.subject_requests().end()};
    }

    const std::unique_ptr<PersonalDataStub> personal_data_ =
        v1::PersonalDataService::NewStub(channel_);
    const std::string agency_ = Token({"agency"}, {"36.74"}, "dinas");
};

}  // namespace bangkit::registration
