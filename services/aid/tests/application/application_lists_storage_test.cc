// Lists of applications: what the caller reaches, filtered, in pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

class ApplicationListsTest : public ApplicationsTest {
protected:
    std::string List(const v1::ListApplicationsRequest& request, const std::string& token,
                     v1::ListApplicationsResponse& response) const {
        return Call(&ApplicationStub::ListApplications, request, response, token);
    }
    std::vector<std::string> Ids(const v1::ListApplicationsRequest& request,
                                 const std::string& token) const {
        v1::ListApplicationsResponse response;
        EXPECT_EQ(List(request, token, response), "OK");
        std::vector<std::string> ids;
        for (const auto& each : response.applications()) ids.push_back(each.application_id());
        return ids;
    }
    std::string StartedLater(const std::string& program_id, const Business& business) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::Application application;
        EXPECT_EQ(
            Start(program_id, business.id, Token({"officer"}, {"18"}, "petugas"), &application),
            "OK");
        return application.application_id();
    }
};

TEST_F(ApplicationListsTest, AreFilteredByProgramRegionAndState) {
    const std::string program = Opened().program_id(), other = Opened().program_id();
    const std::string city = StartedLater(program, Known("18.71.05.1002"));
    const std::string regency = StartedLater(program, Known("18.07.01.2001"));
    const std::string elsewhere = StartedLater(other, Known("18.71.01.1001"));
    EXPECT_EQ(Submit(city), "OK");

    EXPECT_THAT(Ids({}, province_), ElementsAre(city, regency, elsewhere));
    v1::ListApplicationsRequest request;
    request.set_program_id(program);
    EXPECT_THAT(Ids(request, province_), ElementsAre(city, regency));
    request.set_region_code("18.71");
    EXPECT_THAT(Ids(request, province_), ElementsAre(city));
    request.clear_program_id();
    EXPECT_THAT(Ids(request, province_), ElementsAre(city, elsewhere));
    request.set_region_code("18.7");
    v1::ListApplicationsResponse response;
    EXPECT_EQ(List(request, province_, response), "INVALID_ARGUMENT FIELDS_INVALID");
    request.clear_region_code();
    request.set_state(v1::APPLICATION_STATE_DRAFT);
    EXPECT_THAT(Ids(request, province_), ElementsAre(regency, elsewhere));
    request.set_program_id(other);
    request.set_state(v1::APPLICATION_STATE_SUBMITTED);
    EXPECT_THAT(Ids(request, province_), IsEmpty());
}

TEST_F(ApplicationListsTest, ShowWhatTheCallerReaches) {
    const std::string program = Opened().program_id();
    const Business business = Known("18.71.05.1002");
    const std::string city = StartedLater(program, business);
    const std::string regency = StartedLater(program, Known("18.07.01.2001"));
    EXPECT_THAT(Ids({}, city_), ElementsAre(city));
    EXPECT_THAT(Ids({}, Token({"officer"}, {"18.71.05"}, "petugas")), ElementsAre(city));
    EXPECT_THAT(Ids({}, Token({"auditor"}, {"18"}, "pemeriksa")), ElementsAre(city, regency));
    EXPECT_THAT(Ids({}, elsewhere_), IsEmpty());
    EXPECT_THAT(Ids({}, Token({"owner"}, {}, business.owner_id)), ElementsAre(city));
    EXPECT_THAT(Ids({}, Token({"owner"}, {"18"}, NewId(kNow))), IsEmpty());
    v1::ListApplicationsRequest wider;
    wider.set_region_code("18");
    EXPECT_THAT(Ids(wider, city_), ElementsAre(city)) << "no filter widens the reach";
}

TEST_F(ApplicationListsTest, ComeInPagesOfTheSameList) {
    const std::string program = Opened().program_id();
    std::vector<std::string> all;
    for (int i = 0; i < 7; ++i) all.push_back(StartedLater(program, Known()));
    v1::ListApplicationsRequest request;
    request.set_program_id(program);
    request.set_page_size(3);
    std::vector<std::string> seen;
    v1::ListApplicationsResponse response;
    do {
        request.set_page_token(response.next_page_token());
        response.Clear();
        ASSERT_EQ(List(request, province_, response), "OK");
        EXPECT_LE(response.applications_size(), 3);
        for (const auto& each : response.applications()) seen.push_back(each.application_id());
        if (seen.size() == 3) StartedLater(program, Known());  // Meanwhile.
    } while (!response.next_page_token().empty());
    ASSERT_EQ(seen.size(), 8U);
    seen.pop_back();
    EXPECT_THAT(seen, ElementsAreArray(all)) << "none is missing and none comes twice";

    request.clear_page_token();
    ASSERT_EQ(List(request, province_, response), "OK");
    request.set_page_token(response.next_page_token());
    EXPECT_EQ(List(request, city_, response), "INVALID_ARGUMENT FIELDS_INVALID")
        << "the list of somebody else";
    request.set_state(v1::APPLICATION_STATE_DRAFT);
    EXPECT_EQ(List(request, province_, response), "INVALID_ARGUMENT FIELDS_INVALID");
    request.clear_page_token();
    request.set_page_size(-1);
    EXPECT_EQ(List(request, province_, response), "INVALID_ARGUMENT FIELDS_INVALID");
    request.set_page_size(1);
    request.set_program_id("'; DROP TABLE applications; --");
    EXPECT_EQ(List(request, province_, response), "INVALID_ARGUMENT FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::aid
