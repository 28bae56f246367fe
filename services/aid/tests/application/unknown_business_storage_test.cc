// A business of which nothing was heard yet is asked of registration; known ones never are.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "libs/testing/eventually.h"
#include "services/aid/tests/application/applications_fixture.h"
#include "services/aid/tests/business/fake_registration.h"

namespace bangkit::aid {
namespace {

class UnknownBusinessTest : public ApplicationsTest {
protected:
    registration::v1::Business Registered(std::int64_t version = 3) const {
        registration::v1::Business business;
        business.set_business_id(NewId(kNow));
        business.set_version(version);
        business.set_owner_id(NewId(kNow));
        business.set_kind(common::v1::BUSINESS_KIND_UMKM);
        business.set_name("Warung Contoh");
        business.set_region_code("18.71.05.1002");
        business.set_kbli("47112");
        business.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
        business.set_verification(common::v1::VERIFICATION_LEVEL_DOCUMENT);
        business.mutable_owner()->set_masked_name("S*** A******");
        return business;
    }
};

TEST_F(UnknownBusinessTest, IsAskedOfRegistrationInTheNameOfWhoeverApplies) {
    const std::string program = Opened().program_id();
    const registration::v1::Business business = Registered();
    registration_->Add(business);
    v1::Application application;
    EXPECT_EQ(Start(program, business.business_id(), officer_, &application), "OK");
    EXPECT_EQ(application.owner_id(), business.owner_id());
    EXPECT_EQ(registration_->authorization(), "Bearer " + officer_);
    EXPECT_EQ(Count("businesses WHERE version = 3 AND kbli_division = 47 AND verification = 2"), 1)
        << "it is known from now on";
    EXPECT_EQ(Do(&ApplicationStub::SubmitApplication, application.application_id(), officer_),
              "OK");
    EXPECT_EQ(Start(program, business.business_id(), officer_), "OK");
    EXPECT_EQ(registration_->calls(), 1);
}

TEST_F(UnknownBusinessTest, KnownOnesAreNeverAskedForAndAreServedWhileRegistrationIsDown) {
    const std::string program = Opened().program_id();
    const std::string known = Known().id;
    EXPECT_EQ(Start(program, known, officer_), "OK");
    EXPECT_EQ(registration_->calls(), 0);
    registration_->Stop();
    EXPECT_EQ(Start(program, known, officer_), "OK");
}

TEST_F(UnknownBusinessTest, ARequestThatWasRefusedForAnOutageSucceedsUnderTheSameIdAfterwards) {
    v1::StartApplicationRequest request;
    request.set_request_id(NewId(kNow));
    request.set_program_id(Opened().program_id());
    const registration::v1::Business business = Registered();
    registration_->Add(business);
    request.set_business_id(business.business_id());
    v1::StartApplicationResponse response, again;
    registration_->Stop();
    for (int i = 0; i < 10; ++i) {  // Also when nobody asks any more.
        EXPECT_EQ(Call(&ApplicationStub::StartApplication, request, response, officer_),
                  "UNAVAILABLE REGISTRATION_UNREACHABLE");
    }
    EXPECT_EQ(Count("applications"), 0);
    registration_->StartAgain();
    EXPECT_TRUE(testing::Eventually([&] {
        return Call(&ApplicationStub::StartApplication, request, response, officer_) == "OK";
    })) << "the breaker and the connection come back by themselves";
    EXPECT_EQ(Call(&ApplicationStub::StartApplication, request, again, officer_), "OK");
    EXPECT_EQ(again.application().application_id(), response.application().application_id());
    EXPECT_EQ(Count("applications"), 1);
}

TEST_F(UnknownBusinessTest, ARegistrationThatSaysNothingKeepsNobodyBeyondTheirDeadline) {
    const std::string program = Opened().program_id();
    const registration::v1::Business business = Registered();
    registration_->Add(business);
    registration_->SetSilent(true);
    EXPECT_EQ(Start(program, business.business_id(), officer_),
              "UNAVAILABLE REGISTRATION_UNREACHABLE");
    EXPECT_GE(registration_->calls(), 1);
    registration_->SetSilent(false);
    EXPECT_EQ(Start(program, business.business_id(), officer_), "OK");
}

TEST_F(UnknownBusinessTest, AbsentAndOutOfReachLookTheSame) {
    const std::string program = Opened().program_id();
    EXPECT_EQ(Start(program, NewId(kNow), officer_), "NOT_FOUND BUSINESS_NOT_FOUND");
    const std::string elsewhere = Token({"officer"}, {"18.72"}, "tetangga");
    const std::string known = Known().id;
    const int calls = registration_->calls();
    EXPECT_EQ(Start(program, known, elsewhere), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(registration_->calls(), calls + 1) << "also in the time that it takes";
    registration_->Add([&] {
        registration::v1::Business business = Registered();
        business.set_business_id(known);
        business.set_version(1);
        return business;
    }());
    EXPECT_EQ(Start(program, known, elsewhere), "NOT_FOUND BUSINESS_NOT_FOUND")
        << "whatever registration says";
}

TEST_F(UnknownBusinessTest, MergedAndErasedOnesCannotApply) {
    const std::string program = Opened().program_id();
    const registration::v1::Business survivor = Registered();
    registration::v1::GetBusinessResponse merged;
    *merged.mutable_business() = survivor;
    const std::string merged_id = NewId(kNow);
    merged.set_merged_business_id(merged_id);
    registration_->Add(merged_id, merged);
    EXPECT_EQ(Start(program, merged_id, officer_), "FAILED_PRECONDITION BUSINESS_MERGED");
    registration::v1::Business erased = Registered();
    erased.mutable_owner()->set_erased(true);
    registration_->Add(erased);
    EXPECT_EQ(Start(program, erased.business_id(), officer_), "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(Count("applications"), 0);
}

TEST_F(UnknownBusinessTest, TwinsOfAStartAreOneApplication) {
    v1::StartApplicationRequest request;
    request.set_request_id(NewId(kNow));
    request.set_program_id(Opened().program_id());
    const registration::v1::Business business = Registered();
    registration_->Add(business);
    request.set_business_id(business.business_id());
    std::vector<std::string> answers(20);
    {
        std::vector<std::jthread> callers;
        for (std::string& answer : answers) {
            callers.emplace_back([&] {
                v1::StartApplicationResponse response;
                const std::string name =
                    Call(&ApplicationStub::StartApplication, request, response, officer_);
                answer = name + response.application().application_id();
            });
        }
    }
    for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
    EXPECT_TRUE(answers.front().starts_with("OK"));
    EXPECT_EQ(Count("applications"), 1);
}

}  // namespace
}  // namespace bangkit::aid
