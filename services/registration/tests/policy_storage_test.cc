// Every role, every region and every method, from the policy table: whatever it does not grant is
// refused, and what it grants ends where the caller's regions end.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <map>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

constexpr const char* kHere = "36.74";
constexpr const char* kElsewhere = "36.71";

class PolicyTest : public ServerTest {
protected:
    /// What becomes of a proper call of a method that is about Tangerang Selatan.
    using TryIt = std::function<std::string(const std::string& token)>;

    template <typename Request, typename Response>
    TryIt Unary(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const std::function<Request()>& make) {
        return [this, method, make](const std::string& token) {
            Response response;
            return Name(Call(method, make(), response, token));
        };
    }

    template <typename Request>
    Request About() const {
        Request request;
        request.set_business_id(business_.business_id());
        return request;
    }
    template <typename Request>
    Request Changing() const {
        auto request = About<Request>();
        request.set_request_id(NewId(kNow));
        return request;
    }
    v1::RegisterBusinessRequest NewRegistration() { return Registration(++registered_); }

    /// The answer to the only line, or what ended the stream.
    std::string RegisterOneOfABatch(const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        const auto stream = stub_->BatchRegisterBusinesses(&context);
        v1::BatchRegisterBusinessesRequest request;
        *request.mutable_registration() = NewRegistration();
        stream->Write(request);
        stream->WritesDone();
        v1::BatchRegisterBusinessesResponse line, response;
        while (stream->Read(&response)) line = response;
        const grpc::Status ended = stream->Finish();
        if (!ended.ok() || !line.has_error()) return Name(ended);
        const Error error = status::FromProto(line.error());
        return std::string(status::NameOf(status::ToNumber(error.code))) + " " + error.reason;
    }
    /// The same of a file with one row.
    std::string ImportOneRow(const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        const auto stream = stub_->ImportBusinesses(&context);
        v1::ImportBusinessesRequest request;
        request.set_content("nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\nSiti,Warung " +
                            std::to_string(++registered_) + ",UMKM,36.74,47\n");
        stream->Write(request);
        stream->WritesDone();
        std::string problem;
        v1::ImportBusinessesResponse response;
        while (stream->Read(&response)) {
            if (response.row().problems_size() > 0) problem = response.row().problems(0).reason();
        }
        const grpc::Status ended = stream->Finish();
        return ended.ok() && !problem.empty() ? "NOT_FOUND " + problem : Name(ended);
    }

    int registered_ = 1;
    const v1::Business business_ = Registered(Registration(1));
    const std::string group_ = [this] {  // Of the same owner.
        v1::RegisterBusinessRequest request = Registration(1);
        request.mutable_business()->set_kind(common::v1::BUSINESS_KIND_GROUP);
        request.set_additional_business(true);
        return Registered(request).business_id();
    }();
    const std::map<std::string, TryIt> calls_by_name_{
        {"RegisterBusiness", Unary<v1::RegisterBusinessRequest, v1::RegisterBusinessResponse>(
                                 &Stub::RegisterBusiness, [this] { return NewRegistration(); })},
        {"BatchRegisterBusinesses",
         [this](const std::string& token) { return RegisterOneOfABatch(token); }},
        {"ImportBusinesses", [this](const std::string& token) { return ImportOneRow(token); }},
        {"ReportCondition", Unary<v1::ReportConditionRequest, v1::ReportConditionResponse>(
                                &Stub::ReportCondition,
                                [this] {
                                    auto request = Changing<v1::ReportConditionRequest>();
                                    request.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
                                    request.set_since("2026-03-01");
                                    return request;
                                })},
        {"UpdateBusiness", Unary<v1::UpdateBusinessRequest, v1::UpdateBusinessResponse>(
                               &Stub::UpdateBusiness,
                               [this] {
                                   auto request = Changing<v1::UpdateBusinessRequest>();
                                   request.mutable_update_mask()->add_paths("business.address");
                                   return request;
                               })},
        {"VerifyBusiness", Unary<v1::VerifyBusinessRequest, v1::VerifyBusinessResponse>(
                               &Stub::VerifyBusiness,
                               [this] {
                                   auto request = Changing<v1::VerifyBusinessRequest>();
                                   request.set_level(common::v1::VERIFICATION_LEVEL_FIELD);
                                   return request;
                               })},
        {"GetBusiness",
         Unary<v1::GetBusinessRequest, v1::GetBusinessResponse>(
             &Stub::GetBusiness, [this] { return About<v1::GetBusinessRequest>(); })},
        {"GetBusinessHistory",
         Unary<v1::GetBusinessHistoryRequest, v1::GetBusinessHistoryResponse>(
             &Stub::GetBusinessHistory, [this] { return About<v1::GetBusinessHistoryRequest>(); })},
        {"SearchBusinesses", Unary<v1::SearchBusinessesRequest, v1::SearchBusinessesResponse>(
                                 &Stub::SearchBusinesses,
                                 [] {
                                     v1::SearchBusinessesRequest request;
                                     request.set_name("warung");
                                     request.set_region_code(kHere);
                                     return request;
                                 })},
        {"ListUpgrades", Unary<v1::ListUpgradesRequest, v1::ListUpgradesResponse>(
                             &Stub::ListUpgrades,
                             [] {
                                 v1::ListUpgradesRequest request;
                                 request.set_region_code(kHere);
                                 return request;
                             })},
        // No region of the two has changed: whoever may call it is told so, wherever they are.
        {"ApplyRegionChange", Unary<v1::ApplyRegionChangeRequest, v1::ApplyRegionChangeResponse>(
                                  &Stub::ApplyRegionChange,
                                  [] {
                                      v1::ApplyRegionChangeRequest request;
                                      request.set_request_id(NewId(kNow));
                                      request.set_region_code(kHere);
                                      return request;
                                  })},
        {"ChangeGroupMembers", Unary<v1::ChangeGroupMembersRequest, v1::ChangeGroupMembersResponse>(
                                   &Stub::ChangeGroupMembers,
                                   [this] {
                                       v1::ChangeGroupMembersRequest request;
                                       request.set_request_id(NewId(kNow));
                                       request.set_business_id(group_);
                                       request.add_added_business_ids(business_.business_id());
                                       return request;
                                   })},
        {"ListGroupMembers", Unary<v1::ListGroupMembersRequest, v1::ListGroupMembersResponse>(
                                 &Stub::ListGroupMembers,
                                 [this] {
                                     v1::ListGroupMembersRequest request;
                                     request.set_business_id(group_);
                                     return request;
                                 })},
        {"ExportBusinesses", Unary<v1::ExportBusinessesRequest, v1::ExportBusinessesResponse>(
                                 &Stub::ExportBusinesses,
                                 [] {
                                     v1::ExportBusinessesRequest request;
                                     request.mutable_selection()->set_region_code(kHere);
                                     return request;
                                 })},
        {"ListBusinesses", Unary<v1::ListBusinessesRequest, v1::ListBusinessesResponse>(
                               &Stub::ListBusinesses,
                               [] {
                                   v1::ListBusinessesRequest request;
                                   request.set_region_code(kHere);
                                   return request;
                               })},
    };
};

TEST_F(PolicyTest, DecidesWhoMayCallWhatAndWhere) {
    const auto* service =
        v1::RegisterBusinessRequest::descriptor()->file()->FindServiceByName("RegistrationService");
    ASSERT_NE(service, nullptr);
    std::vector<std::string> roles(std::begin(identity::role::kAll),
                                   std::end(identity::role::kAll));
    roles.emplace_back("superuser");  // Known to nobody.
    int granted = 0;
    for (int i = 0; i < service->method_count(); ++i) {
        const std::string name = service->method(i)->name();
        const std::string method = service->full_name() + "/" + name;
        ASSERT_TRUE(calls_by_name_.contains(name)) << "no call of " << name << " to test";
        const TryIt& call = calls_by_name_.at(name);
        for (const std::string& role : roles) {
            const auto scope = policy_.Admit(method, {"", {role}, {}});
            granted += scope ? 1 : 0;
            // Subjects, so that an owner's token is of this owner, and then of another.
            const std::string here = call(Token({role}, {kHere}, business_.owner_id()));
            const std::string elsewhere = call(Token({role}, {kElsewhere}, NewId(kNow)));
            const std::string what = role + " " + name;
            if (!scope) {
                EXPECT_EQ(here, "PERMISSION_DENIED ROLE_NOT_ALLOWED") << what;
                EXPECT_EQ(elsewhere, here) << what;
            } else if (name == "ApplyRegionChange") {  // Its scope: region_change_storage_test.cc
                EXPECT_EQ(
                    here + elsewhere,
                    "FAILED_PRECONDITION REGION_UNCHANGEDFAILED_PRECONDITION REGION_UNCHANGED");
            } else if (*scope == identity::Scope::kOwn && name == "ListBusinesses") {
                EXPECT_EQ(here + elsewhere, "OKOK") << what << ": of the second, nothing";
            } else {
                EXPECT_EQ(here, "OK") << what;
                EXPECT_THAT(elsewhere, ::testing::StartsWith("NOT_FOUND ")) << what;
            }
        }
        EXPECT_EQ(call(Token({}, {kHere})), "PERMISSION_DENIED ROLE_NOT_ALLOWED") << name;
        EXPECT_EQ(call(""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    }
    EXPECT_EQ(granted, 53);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::registration
