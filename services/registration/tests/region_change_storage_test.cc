// A region gets another code: its businesses keep their identity, and their history says which code
// held when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kMerauke = "91.01";     // Of Papua,
constexpr const char* kMeraukeNow = "93.01";  // and of Papua Selatan since 25 July 2022.

class RegionChangeTest : public ServerTest {
protected:
    /// As it was registered while the code was still there.
    std::string RegisterOfBefore(const std::string& region, int number) {
        RegisterBusiness command = RegistrationCommand(number);
        command.profile.region_code = region;
        EXPECT_TRUE(Run(command, Officer(region.substr(0, 2))));
        // Long before the change.
        database_.Execute(
            "UPDATE businesses SET registered_at = '2021-03-01' WHERE business_id = '" +
            command.business_id + "';" +
            "UPDATE condition_history SET valid_from = '2021-03-01', recorded_at = '2021-03-01';"
            "UPDATE scale_history SET valid_from = '2021-03-01', recorded_at = '2021-03-01'");
        return command.business_id;
    }
    std::string Apply(const std::string& region, const std::string& token,
                      v1::ApplyRegionChangeResponse* answer = nullptr,
                      const std::string& page_token = "",
                      const std::string& request_id = NewId(kNow)) const {
        v1::ApplyRegionChangeRequest request;
        request.set_request_id(request_id);
        request.set_region_code(region);
        request.set_page_token(page_token);
        v1::ApplyRegionChangeResponse response;
        const grpc::Status status = Call(&Stub::ApplyRegionChange, request, response, token);
        if (answer != nullptr) *answer = std::move(response);
        return Name(status);
    }
    std::string RegionOf(const std::string& id, const std::string& as_of = "") const {
        v1::GetBusinessRequest request;
        request.set_business_id(id);
        request.set_as_of(as_of);
        v1::GetBusinessResponse response;
        const grpc::Status status = Call(&Stub::GetBusiness, request, response, both_);
        return status.ok() ? response.business().region_code() : Name(status);
    }
    std::vector<std::string> ListOn(const std::string& day, const std::string& region,
                                    const std::string& token) const {
        v1::ListBusinessesRequest request;
        request.set_as_of(day);
        request.set_region_code(region);
        v1::ListBusinessesResponse response;
        EXPECT_EQ(Name(Call(&Stub::ListBusinesses, request, response, token)), "OK");
        std::vector<std::string> ids;
        for (const v1::Business& each : response.businesses()) ids.push_back(each.business_id());
        return ids;
    }

    /// As a constituency meeting stated it long before the change.
    std::string StateNeedOfBefore(const std::string& region) {
        const std::string id = NewId(kNow);
        database_.Execute(
            "INSERT INTO needs (need_id, version, source, constituency, held_on, topic,"
            "  region_code, beneficiaries, wrapped_key, text, status, stated_at, updated_at)"
            " VALUES ('" +
            id + "', 1, 3, 'DPRD-91/1', '2021-03-01', 10, '" + region +
            "', 30, '', '', 1, '2021-03-01', '2021-03-01')");
        return id;
    }

    const std::string papua_ = Token({"province"}, {"91"});
    const std::string south_ = Token({"province"}, {"93"});
    const std::string both_ = Token({"province"}, {"91", "93"});
};

TEST_F(RegionChangeTest, MovesBusinessesToTheirSuccessorsAndKeepsTheirIds) {
    const std::string village = RegisterOfBefore("91.01.01.2001", 1);
    const std::string renumbered = RegisterOfBefore("91.01.02.2003", 2);
    const std::string regency = RegisterOfBefore(kMerauke, 3);
    const std::string elsewhere = RegisterOfBefore("91.03", 4);
    v1::ApplyRegionChangeResponse answer;
    ASSERT_EQ(Apply(kMerauke, papua_, &answer), "OK");
    EXPECT_EQ(answer.moved(), 3);
    EXPECT_THAT(answer.undecided_business_ids(), IsEmpty());
    EXPECT_EQ(answer.next_page_token(), "");
    EXPECT_EQ(RegionOf(village), "93.01.01.2001");
    EXPECT_EQ(RegionOf(renumbered), "93.01.02.2002");
    EXPECT_EQ(RegionOf(regency), kMeraukeNow);
    EXPECT_EQ(RegionOf(elsewhere), "91.03");
    EXPECT_EQ(Count("audit_entries WHERE method = 'ApplyRegionChange' AND outcome = 'OK'"
                    " AND target = 'region/91.01'"),
              1);
}

TEST_F(RegionChangeTest, TheDayBeforeAnswersWithTheCodeOfBefore) {
    const std::string id = RegisterOfBefore("91.01.01.2001", 1);
    ASSERT_EQ(Apply(kMerauke, papua_), "OK");
    EXPECT_EQ(RegionOf(id, "2022-07-24"), "91.01.01.2001");
    EXPECT_EQ(RegionOf(id, "2022-07-25"), "93.01.01.2001");
    EXPECT_THAT(ListOn("2022-07-24", kMerauke, both_), ElementsAre(id));
    EXPECT_THAT(ListOn("2022-07-24", kMeraukeNow, both_), IsEmpty());
    EXPECT_THAT(ListOn("2022-07-25", kMeraukeNow, both_), ElementsAre(id));
    EXPECT_THAT(ListOn("2022-07-25", kMerauke, both_), IsEmpty());
    // Whoever has it now sees what it was, also without knowing the code of before.
    EXPECT_THAT(ListOn("2022-07-24", kMerauke, south_), ElementsAre(id));
    EXPECT_THAT(ListOn("2022-07-24", "", south_), ElementsAre(id));
    EXPECT_THAT(ListOn("2022-07-24", "", Token({"officer"}, {"93.01.01"})), ElementsAre(id));
    EXPECT_THAT(ListOn("2022-07-24", kMerauke, papua_), IsEmpty()) << "it is theirs no more";
}

TEST_F(RegionChangeTest, TheHistorySaysWhichCodeHeldUntilWhen) {
    const std::string id = RegisterOfBefore("91.01.01.2001", 1);
    ASSERT_EQ(Apply(kMerauke, papua_), "OK");
    v1::GetBusinessHistoryRequest request;
    request.set_business_id(id);
    v1::GetBusinessHistoryResponse response;
    ASSERT_EQ(Name(Call(&Stub::GetBusinessHistory, request, response, south_)), "OK");
    const v1::BusinessStatement& last = *response.statements().rbegin();
    EXPECT_EQ(last.valid_from(), "2022-07-25");
    EXPECT_EQ(last.details().region_code_before(), "91.01.01.2001");
    EXPECT_THAT(last.details().changed_fields(), ElementsAre("business.region_code"));
    EXPECT_EQ(last.recorded_by(), "budi");
}

TEST_F(RegionChangeTest, TellsOthersByAnEventOfTheBusiness) {
    const std::string id = RegisterOfBefore("91.01.01.2001", 1);
    ASSERT_EQ(Apply(kMerauke, papua_), "OK");
    EXPECT_EQ(Count("outbox WHERE aggregate_id = '" + id +
                    "' AND version = 2"
                    " AND type = 'bangkit.registration.v1.BusinessDetailsChanged'"
                    " AND position('93.01.01.2001'::bytea IN payload) > 0"),
              1);
}

TEST_F(RegionChangeTest, NeedsGoWithTheRegionAndTellOthers) {
    const std::string village = StateNeedOfBefore("91.01.01.2001");
    const std::string regency = StateNeedOfBefore(kMerauke);
    const std::string elsewhere = StateNeedOfBefore("91.03");
    v1::ApplyRegionChangeResponse answer;
    ASSERT_EQ(Apply(kMerauke, papua_, &answer), "OK");
    EXPECT_EQ(answer.moved(), 0);
    EXPECT_EQ(answer.moved_needs(), 2);
    const auto lies_in = [this](const std::string& id, const std::string& region) {
        return Count("needs WHERE need_id = '" + id + "' AND region_code = '" + region + "'");
    };
    EXPECT_EQ(lies_in(village, "93.01.01.2001"), 1);
    EXPECT_EQ(lies_in(regency, kMeraukeNow), 1);
    EXPECT_EQ(lies_in(elsewhere, "91.03"), 1);
    EXPECT_EQ(Count("need_history WHERE version = 2 AND status = 1 AND recorded_by = 'budi'"), 2);
    EXPECT_EQ(Count("outbox WHERE aggregate_type = 'need' AND aggregate_id = '" + village +
                    "' AND version = 2 AND type = 'bangkit.registration.v1.NeedMoved'"
                    " AND position('93.01.01.2001'::bytea IN payload) > 0"
                    " AND position('91.01.01.2001'::bytea IN payload) > 0"),
              1);
    ASSERT_EQ(Apply(kMerauke, papua_, &answer), "OK");
    EXPECT_EQ(answer.moved_needs(), 0);
}

TEST_F(RegionChangeTest, WhoeverLivesOnInAnotherGoesToo) {
    const std::string id = RegisterOfBefore("91.01.01.2001", 1);
    const std::string merged = RegisterOfBefore("91.01.01.2001", 2);
    database_.Execute("UPDATE businesses SET merged_into = '" + id + "' WHERE business_id = '" +
                      merged + "'");
    v1::ApplyRegionChangeResponse answer;
    ASSERT_EQ(Apply(kMerauke, papua_, &answer), "OK");
    EXPECT_EQ(answer.moved(), 2);
    EXPECT_EQ(Count("businesses WHERE region_code = '93.01.01.2001'"), 2);
    v1::GetBusinessRequest request;
    request.set_business_id(merged);
    v1::GetBusinessResponse response;
    ASSERT_EQ(Name(Call(&Stub::GetBusiness, request, response, south_)), "OK");
    EXPECT_EQ(response.business().business_id(), id);
    EXPECT_EQ(response.merged_business_id(), merged);
}

TEST_F(RegionChangeTest, AppliedAgainItFindsNothingLeft) {
    RegisterOfBefore("91.01.01.2001", 1);
    const std::string request_id = NewId(kNow);
    v1::ApplyRegionChangeResponse first, repeated, again;
    ASSERT_EQ(Apply(kMerauke, papua_, &first, "", request_id), "OK");
    ASSERT_EQ(Apply(kMerauke, papua_, &repeated, "", request_id), "OK");
    ASSERT_EQ(Apply(kMerauke, papua_, &again), "OK");
    EXPECT_EQ(first.moved(), 1);
    EXPECT_EQ(repeated.moved(), 1) << "the same answer";
    EXPECT_EQ(again.moved(), 0);
    EXPECT_EQ(Count("outbox WHERE version = 2"), 1);
}

TEST_F(RegionChangeTest, GoesOnWhereTheLastCallEnded) {
    const std::string first = RegisterOfBefore("91.01.01.2001", 1);
    database_.Execute(
        "INSERT INTO businesses SELECT (jsonb_populate_record(b, jsonb_build_object("
        "  'business_id', gen_random_uuid(), 'region_code', '91.01.04.2001'))).*"
        "  FROM businesses b, generate_series(1, 250)");
    StateNeedOfBefore("91.01.04.2001");
    database_.Execute(
        "INSERT INTO needs SELECT (jsonb_populate_record(n, jsonb_build_object("
        "  'need_id', gen_random_uuid()))).*"
        "  FROM needs n, generate_series(1, 449)");
    v1::ApplyRegionChangeResponse answer;
    ASSERT_EQ(Apply(kMerauke, papua_, &answer), "OK");
    EXPECT_EQ(answer.moved(), 200);
    EXPECT_EQ(answer.moved_needs(), 200);
    ASSERT_NE(answer.next_page_token(), "");
    ASSERT_EQ(Apply(kMerauke, papua_, &answer, answer.next_page_token()), "OK");
    EXPECT_EQ(answer.moved(), 51);
    EXPECT_EQ(answer.moved_needs(), 200);
    ASSERT_NE(answer.next_page_token(), "") << "there are more needs";
    ASSERT_EQ(Apply(kMerauke, papua_, &answer, answer.next_page_token()), "OK");
    EXPECT_EQ(answer.moved(), 0);
    EXPECT_EQ(answer.moved_needs(), 50);
    EXPECT_EQ(answer.next_page_token(), "");
    EXPECT_EQ(Count("businesses WHERE region_code LIKE '91.01%'"), 0);
    EXPECT_EQ(Count("needs WHERE region_code LIKE '91.01%'"), 0);
    EXPECT_EQ(RegionOf(first), "93.01.01.2001");
    for (const std::string& token : {std::string("x"), std::string("/"), std::string("91.01//"),
                                     "91.01/" + first, "91.02/" + first + "/" + first}) {
        EXPECT_EQ(Apply(kMerauke, papua_, &answer, token), "INVALID_ARGUMENT FIELDS_INVALID")
            << token;
    }
}

TEST_F(RegionChangeTest, IsForThoseWhoGiveARegionAwayAndThoseWhoGetIt) {
    RegisterOfBefore("91.01.01.2001", 1);
    RegisterOfBefore("91.16", 2);
    EXPECT_EQ(Apply(kMerauke, Token({"province"}, {"36"})), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(Apply(kMerauke, Token({"province"}, {"93.02"})), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(Apply(kMerauke, Token({"agency"}, {"91"})), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    EXPECT_EQ(Count("businesses WHERE region_code LIKE '91%'"), 2);
    EXPECT_EQ(Apply(kMerauke, south_), "OK");
    EXPECT_EQ(Apply("91.16", papua_), "OK");
    EXPECT_EQ(Count("businesses WHERE region_code LIKE '93%'"), 2);
}

TEST_F(RegionChangeTest, RefusesRegionsThatHaveNotChanged) {
    EXPECT_EQ(Apply("93.01", south_), "FAILED_PRECONDITION REGION_UNCHANGED");
    EXPECT_EQ(Apply("36.74", Token({"province"}, {"36"})), "FAILED_PRECONDITION REGION_UNCHANGED");
    EXPECT_EQ(Apply("97", south_), "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(RegionChangeTest, WhatItsOwnerDemandsGoesWithTheBusiness) {
    const std::string id = RegisterOfBefore("91.01.01.2001", 1);
    const auto stub = v1::PersonalDataService::NewStub(channel_);
    v1::OpenSubjectRequestRequest request;
    request.set_request_id(NewId(kNow));
    request.set_business_id(id);
    request.set_kind(v1::SUBJECT_REQUEST_KIND_ACCESS);
    request.set_case_reference("PDP/2026/0031");
    v1::OpenSubjectRequestResponse opened;
    grpc::ClientContext context;
    rpc::Prepare(context, papua_, std::chrono::seconds(20));
    ASSERT_TRUE(stub->OpenSubjectRequest(&context, request, &opened).ok());
    ASSERT_EQ(Apply(kMerauke, papua_), "OK");
    EXPECT_EQ(Count("subject_requests WHERE state = 1 AND region_code = '93.01.01.2001'"), 1);
}

TEST_F(RegionChangeTest, ARegistrationWithTheCodeOfBeforeIsOneOfTheSuccessor) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_business()->set_region_code("91.01.02.2003");
    v1::RegisterBusinessResponse response;
    ASSERT_EQ(Name(Call(&Stub::RegisterBusiness, request, response, south_)), "OK");
    EXPECT_EQ(response.business().region_code(), "93.01.02.2002");
    EXPECT_THAT(response.warnings(), ElementsAre("REGION_REPLACED"));
    request.set_request_id(NewId(kNow));
    request.mutable_business()->set_region_code("91.01.99");
    EXPECT_EQ(Name(Call(&Stub::RegisterBusiness, request, response, south_)),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::registration
