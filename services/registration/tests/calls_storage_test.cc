// What a client of the service is told, call by call: the codes and reasons are a contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CallsTest : public ServerTest {
protected:
    v1::ReportConditionRequest Report(const std::string& business_id) const {
        v1::ReportConditionRequest report;
        report.set_request_id(NewId(kNow));
        report.set_business_id(business_id);
        report.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
        report.set_since("2026-03-01");
        return report;
    }
    grpc::Status Get(const std::string& id, const std::string& token,
                     v1::Business* found = nullptr) const {
        v1::GetBusinessRequest request;
        request.set_business_id(id);
        v1::GetBusinessResponse response;
        const grpc::Status status = Call(&Stub::GetBusiness, request, response, token);
        if (found != nullptr) *found = response.business();
        return status;
    }
    grpc::Status Get(const std::string& id, v1::Business* found = nullptr) const {
        return Get(id, officer_, found);
    }
};

TEST_F(CallsTest, AnswersWithoutPersonalDataAndShowsTheOwnerMasked) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_owner()->set_phone("081234567890");
    request.mutable_business()->set_npwp(NikOf(1));
    request.mutable_business()->set_nib("1234567890123");
    request.mutable_business()->set_start_date("2020-02-29");
    v1::RegisterBusinessResponse response;
    ASSERT_EQ(Name(Register(request, response)), "OK");
    const v1::Business& answered = response.business();
    EXPECT_TRUE(answered.name().empty() && answered.address().empty() && answered.nib().empty() &&
                answered.npwp().empty() && !answered.has_owner());
    EXPECT_EQ(answered.version(), 1);
    EXPECT_FALSE(response.position().empty());

    v1::Business found;
    ASSERT_EQ(Name(Get(answered.business_id(), &found)), "OK");
    EXPECT_EQ(found.name(), "Warung 1");
    EXPECT_EQ(found.nib(), "1234567890123");
    EXPECT_EQ(found.start_date(), "2020-02-29");
    EXPECT_EQ(found.npwp(), "3674********0001");
    EXPECT_EQ(found.owner().masked_nik(), "3674********0001");
    EXPECT_EQ(found.owner().masked_name(), "S*** A*****");
    EXPECT_EQ(found.owner().masked_phone(), "0812-****-7890");
}

TEST_F(CallsTest, RefuseBadRequestsFieldByField) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.clear_request_id();
    request.mutable_owner()->set_nik("1");
    v1::RegisterBusinessResponse response;
    const grpc::Status status = Register(request, response);
    EXPECT_EQ(Name(status), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(rpc::FromStatus(status).fields.size(), 2U);
    EXPECT_EQ(Count("audit_entries"), 0);

    v1::GetBusinessRequest get;
    get.set_business_id("' OR 1=1 --");
    v1::GetBusinessResponse got;
    EXPECT_EQ(Name(Call(&Stub::GetBusiness, get, got)), "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(CallsTest, RepeatTheFirstAnswerToTheSameRequestAndRefuseAnotherUnderItsId) {
    v1::RegisterBusinessRequest request = Registration(1);
    v1::RegisterBusinessResponse first, again;
    ASSERT_EQ(Name(Register(request, first)), "OK");
    ASSERT_EQ(Name(Register(request, again)), "OK");
    EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
    request.mutable_business()->set_name("Another");
    EXPECT_EQ(Name(Register(request, again)), "FAILED_PRECONDITION REQUEST_ID_REUSED");
    v1::ReportConditionRequest report = Report(first.business().business_id());
    report.set_request_id(request.request_id());
    v1::ReportConditionResponse reported;
    EXPECT_EQ(Name(Call(&Stub::ReportCondition, report, reported)),
              "FAILED_PRECONDITION REQUEST_ID_REUSED");
    EXPECT_EQ(Count("businesses"), 1);
}

TEST_F(CallsTest, HaveOneEffectForFiftyTwinsAtOnce) {
    const v1::RegisterBusinessRequest request = Registration(1);
    std::vector<std::string> answers(50);
    {
        std::vector<std::jthread> clients;
        for (std::string& answer : answers) {
            clients.emplace_back([&] {
                v1::RegisterBusinessResponse response;
                answer = Name(Register(request, response)) + response.SerializeAsString();
            });
        }
    }
    EXPECT_EQ(std::set(answers.begin(), answers.end()).size(), 1U);
    EXPECT_THAT(answers.front(), ::testing::StartsWith("OK"));
    EXPECT_EQ(Count("businesses"), 1);
    EXPECT_EQ(Count("idempotency"), 1);
}

TEST_F(CallsTest, RefuseWhatIsRegisteredAlready) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_business()->set_nib("1234567890123");
    const std::string id = Registered(request).business_id();

    v1::RegisterBusinessRequest same_nik = Registration(1);
    v1::RegisterBusinessResponse response;
    grpc::Status status = Register(same_nik, response);
    EXPECT_EQ(Name(status), "ALREADY_EXISTS NIK_ALREADY_REGISTERED");
    EXPECT_EQ(rpc::FromStatus(status).metadata.at("business_id"), id);

    v1::RegisterBusinessRequest same_nib = Registration(2);
    same_nib.mutable_business()->set_nib("1234567890123");
    EXPECT_EQ(Name(Register(same_nib, response)), "ALREADY_EXISTS NIB_ALREADY_REGISTERED");

    // Somebody of another region learns that the NIK is known, and nothing more.
    same_nik = Registration(1);
    same_nik.mutable_business()->set_region_code("36.71");
    status = Call(&Stub::RegisterBusiness, same_nik, response, Token({"officer"}, {"36.71"}));
    EXPECT_EQ(Name(status), "ALREADY_EXISTS NIK_ALREADY_REGISTERED");
    EXPECT_THAT(status.error_details(), Not(HasSubstr(id)));
}

TEST_F(CallsTest, AnswerForABusinessOfAnotherRegionAsForOneThatIsAbsent) {
    const std::string id = Registered(Registration(1)).business_id();
    const std::string absent = NewId(kNow);
    const std::string elsewhere = Token({"agency", "owner"}, {"36.71"});
    const auto bytes = [](const grpc::Status& status) {
        return std::to_string(status.error_code()) + status.error_message() +
               status.error_details();
    };
    EXPECT_EQ(Name(Get(id, elsewhere)), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(bytes(Get(id, elsewhere)), bytes(Get(absent, elsewhere)));

    v1::ReportConditionResponse response;
    const auto report = [&](const std::string& business_id) {
        return bytes(Call(&Stub::ReportCondition, Report(business_id), response, elsewhere));
    };
    EXPECT_THAT(report(id), HasSubstr("no such business"));
    EXPECT_EQ(report(id), report(absent));

    const auto register_in = [&](const std::string& region) {
        v1::RegisterBusinessRequest request = Registration(2);
        request.mutable_business()->set_region_code(region);
        v1::RegisterBusinessResponse registered;
        return Name(Call(&Stub::RegisterBusiness, request, registered, elsewhere));
    };
    EXPECT_EQ(register_in("36.74"), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(register_in("36.71"), "OK");
    EXPECT_EQ(Count("audit_entries WHERE outcome LIKE '%NOT_FOUND'"), 4);
}

TEST_F(CallsTest, ReportAndRefuseByEtagAndState) {
    const v1::Business business = Registered(Registration(1));
    v1::ReportConditionRequest report = Report(business.business_id());
    report.set_since("2026-03-10");
    report.set_etag(business.etag());
    v1::ReportConditionResponse response;
    ASSERT_EQ(Name(Call(&Stub::ReportCondition, report, response)), "OK");
    EXPECT_EQ(response.business().condition(), common::v1::BUSINESS_CONDITION_AFFECTED);
    EXPECT_NE(response.business().etag(), business.etag());
    report.set_request_id(NewId(kNow));
    EXPECT_EQ(Name(Call(&Stub::ReportCondition, report, response)), "ABORTED ETAG_STALE");

    v1::ReportConditionRequest closed = Report(business.business_id());
    closed.set_condition(common::v1::BUSINESS_CONDITION_CLOSED);
    closed.set_since("2026-03-10");
    ASSERT_EQ(Name(Call(&Stub::ReportCondition, closed, response)), "OK");
    clock_.Advance(std::chrono::hours(24));
    v1::ReportConditionRequest reopened = Report(business.business_id());
    reopened.set_since("2026-03-11");
    EXPECT_EQ(Name(Call(&Stub::ReportCondition, reopened, response, Token({"officer"}))),
              "FAILED_PRECONDITION BUSINESS_CLOSED");
}

TEST_F(CallsTest, CutOffByADeadlineHaveOneEffectAfterARetry) {
    const v1::RegisterBusinessRequest request = Registration(1);
    for (int i = 0; i < 20; ++i) {
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::milliseconds(1));
        v1::RegisterBusinessResponse response;
        stub_->RegisterBusiness(&context, request, &response);
    }
    v1::RegisterBusinessResponse response;
    EXPECT_EQ(Name(Register(request, response)), "OK");
    EXPECT_EQ(Count("businesses"), 1);
    EXPECT_EQ(Count("outbox"), 1);
}

TEST_F(CallsTest, OfOwnersWhoseSubjectIsNoOwnerFindNothing) {
    const std::string id = Registered(Registration(1)).business_id();
    const std::string token = Token({"owner"}, {}, "siti@example.id");
    v1::ListBusinessesResponse response;
    EXPECT_EQ(Name(Get(id, token)), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Name(Call(&Stub::ListBusinesses, v1::ListBusinessesRequest(), response, token)),
              "OK");
    EXPECT_EQ(response.businesses_size(), 0);
}

}  // namespace
}  // namespace bangkit::registration
