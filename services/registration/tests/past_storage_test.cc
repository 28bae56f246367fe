// Businesses as they were on a day: late reports restate it, and what was believed before is not
// lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::days;

/// A business is registered on 10 March 2026 and in the weeks after it becomes dormant, grows, is
/// verified and moves.
class PastTest : public ServerTest {
protected:
    PastTest() {
        v1::RegisterBusinessRequest request = Registration(1);
        request.mutable_business()->set_condition_since("2026-02-01");
        request.mutable_business()->set_annual_sales_rupiah(1'000'000);
        business_ = Registered(request);
    }

    template <typename Request>
    Request Changing(const std::string& business_id) const {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_id);
        return request;
    }
    void Report(const std::string& since, common::v1::BusinessCondition condition) {
        auto request = Changing<v1::ReportConditionRequest>(business_.business_id());
        request.set_condition(condition);
        request.set_since(since);
        v1::ReportConditionResponse response;
        ASSERT_EQ(Name(Call(&Stub::ReportCondition, request, response, Now("officer"))), "OK");
    }
    void Verify() {
        auto request = Changing<v1::VerifyBusinessRequest>(business_.business_id());
        request.set_level(common::v1::VERIFICATION_LEVEL_FIELD);
        v1::VerifyBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::VerifyBusiness, request, response, Now("agency"))), "OK");
    }
    void Grow() {
        auto request = Changing<v1::UpdateBusinessRequest>(business_.business_id());
        request.mutable_update_mask()->add_paths("business.annual_sales_rupiah");
        request.mutable_business()->set_annual_sales_rupiah(3'000'000'000);
        v1::UpdateBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response, Now("officer"))), "OK");
    }
    void Move(const std::string& region) {
        auto request = Changing<v1::UpdateBusinessRequest>(business_.business_id());
        request.mutable_update_mask()->add_paths("business.region_code");
        request.mutable_business()->set_region_code(region);
        v1::UpdateBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response, Now("officer"))), "OK");
    }
    /// A token of the present day: the tests move the clock.
    std::string Now(const std::string& role, const std::string& region = "36") const {
        return Token({role}, {region});
    }

    /// "ACTIVE MICRO SELF 36.74.05.1002"; or why not.
    std::string On(const std::string& day, std::optional<Time> known_at = {}) const {
        v1::GetBusinessRequest request;
        request.set_business_id(business_.business_id());
        request.set_as_of(day);
        if (known_at) {
            request.mutable_known_at()->set_seconds(
                std::chrono::system_clock::to_time_t(*known_at));
        }
        v1::GetBusinessResponse response;
        const grpc::Status status = Call(&Stub::GetBusiness, request, response, Now("auditor"));
        if (!status.ok()) return Name(status);
        const v1::Business& found = response.business();
        EXPECT_EQ(found.etag().empty(), !day.empty()) << "nobody changes the past";
        return Word(common::v1::BusinessCondition_Name(found.condition())) + " " +
               Word(common::v1::BusinessScale_Name(found.scale())) + " " +
               Word(common::v1::VerificationLevel_Name(found.verification())) + " " +
               found.region_code();
    }
    /// "VERIFICATION_LEVEL_FIELD" is "FIELD".
    static std::string Word(const std::string& name) { return name.substr(name.rfind('_') + 1); }

    /// The ids of all pages.
    std::vector<std::string> List(v1::ListBusinessesRequest request,
                                  const std::string& token) const {
        std::vector<std::string> ids;
        do {
            v1::ListBusinessesResponse response;
            EXPECT_EQ(Name(Call(&Stub::ListBusinesses, request, response, token)), "OK");
            for (const v1::Business& each : response.businesses()) {
                ids.push_back(each.business_id());
            }
            request.set_page_token(response.next_page_token());
        } while (!request.page_token().empty());
        return ids;
    }
    std::vector<std::string> ListOn(const std::string& day, const std::string& region = "") const {
        v1::ListBusinessesRequest request;
        request.set_as_of(day);
        request.set_region_code(region);
        return List(request, Now("auditor"));
    }

    v1::Business business_;
};

TEST_F(PastTest, ShowsConditionScaleVerificationAndRegionAsTheyWereOnTheDay) {
    clock_.Advance(days(1));
    Report("2026-03-11", common::v1::BUSINESS_CONDITION_DORMANT);
    clock_.Advance(days(1));
    Grow();
    clock_.Advance(days(1));
    Verify();
    clock_.Advance(days(1));
    Move("36.74.01.1001");
    EXPECT_EQ(On("2026-03-09"), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(On("2026-03-10"), "ACTIVE MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-11"), "DORMANT MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-12"), "DORMANT SMALL DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-13"), "DORMANT SMALL FIELD 36.74.05.1002");
    EXPECT_EQ(On("2026-03-14"), "DORMANT SMALL FIELD 36.74.01.1001");
    EXPECT_EQ(On(""), On("2026-03-14"));
}

TEST_F(PastTest, ALateReportRestatesItAndLeavesWhatWasBelievedBefore) {
    clock_.Advance(days(10));
    const Time before = clock_.Now();
    clock_.Advance(days(1));
    Report("2026-03-15", common::v1::BUSINESS_CONDITION_AFFECTED);
    EXPECT_EQ(On("2026-03-16"), "AFFECTED MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-16", before), "ACTIVE MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-14"), "ACTIVE MICRO DECLARED 36.74.05.1002");

    clock_.Advance(days(1));  // Of a day in between, later still.
    Report("2026-03-12", common::v1::BUSINESS_CONDITION_DORMANT);
    EXPECT_EQ(On("2026-03-14"), "DORMANT MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-16"), "AFFECTED MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-14", clock_.Now() - days(1)), "ACTIVE MICRO DECLARED 36.74.05.1002");
}

TEST_F(PastTest, WhatNobodyKnewThenIsLeftOut) {
    clock_.Advance(days(2));
    Verify();
    Move("36.74.01");
    const Time knew_nothing = kNow - std::chrono::seconds(1);
    EXPECT_EQ(On("2026-03-12", knew_nothing), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(On("2026-03-12", kNow), "ACTIVE MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-12", clock_.Now()), "ACTIVE MICRO FIELD 36.74.01");
}

TEST_F(PastTest, AfterSeveralMovesItIsWhereItWasOnTheDay) {
    clock_.Advance(days(1));
    Move("36.74.01");
    clock_.Advance(days(1));
    Move("36.74.02");
    clock_.Advance(days(1));
    Move("36.74.05.1002");  // And back.
    EXPECT_EQ(On("2026-03-10"), "ACTIVE MICRO DECLARED 36.74.05.1002");
    EXPECT_EQ(On("2026-03-11"), "ACTIVE MICRO DECLARED 36.74.01");
    EXPECT_EQ(On("2026-03-12"), "ACTIVE MICRO DECLARED 36.74.02");
    EXPECT_EQ(On("2026-03-13"), "ACTIVE MICRO DECLARED 36.74.05.1002");
    const auto id = ElementsAre(business_.business_id());
    EXPECT_THAT(ListOn("2026-03-10", "36.74.05"), id);
    EXPECT_THAT(ListOn("2026-03-11", "36.74.01"), id);
    EXPECT_THAT(ListOn("2026-03-11", "36.74.05"), IsEmpty());
    EXPECT_THAT(ListOn("2026-03-12", "36.74.02"), id);
    EXPECT_THAT(ListOn("2026-03-13", "36.74.05"), id);
    EXPECT_THAT(ListOn("2026-03-13", "36.74.02"), IsEmpty());
}

TEST_F(PastTest, ListsThoseWhoWereRegisteredByThenEachOnceWhateverThePageSize) {
    std::vector<std::string> of_the_first_day{business_.business_id()};
    for (int i = 2; i <= 7; ++i) {
        of_the_first_day.push_back(Registered(Registration(i)).business_id());
    }
    std::ranges::sort(of_the_first_day);
    clock_.Advance(days(1));
    v1::RegisterBusinessResponse later;
    ASSERT_EQ(Name(Call(&Stub::RegisterBusiness, Registration(8), later, Now("officer"))), "OK");
    Move("36.74.01");  // The first in the list of today.
    EXPECT_THAT(ListOn("2026-03-09"), IsEmpty());
    EXPECT_THAT(ListOn("2026-03-11"), SizeIs(8));
    for (const int size : {1, 2, 3, 6, 7, 8}) {
        v1::ListBusinessesRequest request;
        request.set_as_of("2026-03-10");
        request.set_page_size(size);
        EXPECT_EQ(List(request, Now("auditor")), of_the_first_day) << size;
    }
}

TEST_F(PastTest, FiltersByWhatHeldOnTheDay) {
    clock_.Advance(days(1));
    Report("2026-03-11", common::v1::BUSINESS_CONDITION_DORMANT);
    Verify();
    Grow();
    const auto count = [&](const std::string& day, const auto& set) {
        v1::ListBusinessesRequest request;
        request.set_as_of(day);
        set(request);
        return List(request, Now("auditor")).size();
    };
    const auto dormant = [](auto& r) { r.set_condition(common::v1::BUSINESS_CONDITION_DORMANT); };
    const auto small = [](auto& r) { r.set_scale(common::v1::BUSINESS_SCALE_SMALL); };
    const auto field = [](auto& r) { r.set_verification(common::v1::VERIFICATION_LEVEL_FIELD); };
    const auto vendors = [](auto& r) { r.set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR); };
    EXPECT_EQ(
        count("2026-03-10", dormant) + count("2026-03-10", small) + count("2026-03-10", field), 0U);
    EXPECT_EQ(count("2026-03-11", dormant), 1U);
    EXPECT_EQ(count("2026-03-11", small), 1U);
    EXPECT_EQ(count("2026-03-11", field), 1U);
    EXPECT_EQ(count("2026-03-11", vendors), 0U);
}

TEST_F(PastTest, IsSeenByWhoReachesTheBusinessNow) {
    clock_.Advance(days(1));
    v1::ListBusinessesRequest request;
    request.set_as_of("2026-03-10");
    Move("36.74.01");
    EXPECT_THAT(List(request, Now("officer", "36.74.01")), IsEmpty()) << "it was elsewhere";
    EXPECT_THAT(List(request, Now("officer", "36.74.05")), IsEmpty()) << "it is elsewhere";
    EXPECT_THAT(List(request, Now("officer", "36.74")), ElementsAre(business_.business_id()));
    v1::GetBusinessRequest get;
    get.set_business_id(business_.business_id());
    get.set_as_of("2026-03-10");
    v1::GetBusinessResponse response;
    EXPECT_EQ(Name(Call(&Stub::GetBusiness, get, response, Now("officer", "36.74.05"))),
              "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Name(Call(&Stub::GetBusiness, get, response, Now("officer", "36.74.01"))), "OK");
}

TEST_F(PastTest, ShowsOwnersTheirOwn) {
    clock_.Advance(days(1));
    Move("36.74.01");
    v1::ListBusinessesRequest request;
    request.set_as_of("2026-03-10");
    const auto as_owner = [&](const std::string& owner_id) {
        return List(request, Token({"owner"}, {}, owner_id));
    };
    EXPECT_THAT(as_owner(business_.owner_id()), ElementsAre(business_.business_id()));
    EXPECT_THAT(as_owner(NewId(kNow)), IsEmpty());
    request.set_region_code("36.74.05");
    EXPECT_THAT(as_owner(business_.owner_id()), ElementsAre(business_.business_id()));
    request.set_region_code("36.74.01");
    EXPECT_THAT(as_owner(business_.owner_id()), IsEmpty());
    request.clear_region_code();
    request.set_as_of("2026-03-09");
    EXPECT_THAT(as_owner(business_.owner_id()), IsEmpty());
}

TEST_F(PastTest, RefusesWhatMakesNoSense) {
    EXPECT_EQ(On("2026-02-30"), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(On("yesterday"), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(On("", kNow), "INVALID_ARGUMENT FIELDS_INVALID") << "known_at is of a day";
}

}  // namespace
}  // namespace bangkit::registration
