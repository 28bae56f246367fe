// Needs over the wire: who may do what where, what is stored, what others hear of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/registration/api/need_handler.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/tests/dump.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kWords = "Ibu Canaria minta mesin jahit";

class NeedsTest : public PersonalDataTest {
protected:
    using NeedStub = v1::NeedService::Stub;

    template <typename Request, typename Response>
    std::string CallNeeds(grpc::Status (NeedStub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                          const Request& request, Response& response,
                          const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        return Name((*needs_.*method)(&context, request, &response));
    }
    v1::StateNeedRequest OfOwner(const std::string& business_id) const {
        v1::StateNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_source(v1::NEED_SOURCE_OWNER);
        request.set_business_id(business_id);
        request.set_topic(common::v1::NEED_TOPIC_EQUIPMENT);
        request.set_text(kWords);
        return request;
    }
    v1::StateNeedRequest OfMeeting(const std::string& region = "36.74") const {
        v1::StateNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_source(v1::NEED_SOURCE_CONSTITUENCY_MEETING);
        request.mutable_meeting()->set_constituency("DPRD-36/1");
        request.mutable_meeting()->set_held_on("2026-03-01");
        request.set_topic(common::v1::NEED_TOPIC_MARKET);
        request.set_region_code(region);
        return request;
    }
    std::string State(const v1::StateNeedRequest& request, const std::string& token,
                      v1::Need* stated = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::StateNeedResponse response;
        std::string name = CallNeeds(&NeedStub::StateNeed, request, response, token);
        if (stated != nullptr) *stated = response.need();
        return name;
    }
    v1::Need Stated(const v1::StateNeedRequest& request) {
        v1::Need need;
        EXPECT_EQ(State(request, officer_, &need), "OK");
        return need;
    }
    std::string Verify(const std::string& id, const std::string& token,
                       const std::string& etag = "") const {
        v1::VerifyNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_need_id(id);
        request.set_etag(etag);
        v1::VerifyNeedResponse response;
        return CallNeeds(&NeedStub::VerifyNeed, request, response, token);
    }
    std::string Accommodate(const std::string& id, const std::string& token) const {
        v1::AccommodateNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_need_id(id);
        request.mutable_link()->set_kind(v1::NEED_LINK_KIND_PROGRAM);
        request.mutable_link()->set_id(NewId(kNow));
        v1::AccommodateNeedResponse response;
        return CallNeeds(&NeedStub::AccommodateNeed, request, response, token);
    }
    std::string Decline(const std::string& id, const std::string& token) const {
        v1::DeclineNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_need_id(id);
        request.set_reason(v1::NEED_DECLINE_REASON_NO_BUDGET);
        v1::DeclineNeedResponse response;
        return CallNeeds(&NeedStub::DeclineNeed, request, response, token);
    }
    std::string Get(const std::string& id, const std::string& token, v1::Need* need) const {
        v1::GetNeedRequest request;
        request.set_need_id(id);
        v1::GetNeedResponse response;
        std::string name = CallNeeds(&NeedStub::GetNeed, request, response, token);
        *need = response.need();
        return name;
    }
    v1::ListNeedsResponse List(const v1::ListNeedsRequest& request,
                               const std::string& token) const {
        v1::ListNeedsResponse response;
        EXPECT_EQ(CallNeeds(&NeedStub::ListNeeds, request, response, token), "OK");
        return response;
    }

    const indonesia::RegionHistory region_history_{Regions()};
    const NeedChecks need_checks_{.regions = region_history_, .clock = clock_};
    const NeedQueries need_queries_{reads_, keys_};
    NeedLoop need_loop_{{.dsn = database_.dsn(), .name = "needs", .silence_max = {}},
                        LoopContext(),
                        [this] { return NeedUnitOfWork(keys_); }};
    NeedHandler need_handler_{{.calls = calls_,
                               .loop = need_loop_,
                               .queries = need_queries_,
                               .keys = keys_,
                               .checks = need_checks_}};
    const rpc::Server need_server_{{.listen = "127.0.0.1:0"},
                                   {{v1::NeedService::service_full_name(), &need_handler_}},
                                   calls_};
    const std::unique_ptr<NeedStub> needs_ =
        v1::NeedService::NewStub(rpc::Connect("127.0.0.1:" + std::to_string(need_server_.port())));
    const std::string elsewhere_ = Token({"agency"}, {"36.71"}, "tetangga");
    const std::string council_ = Token({"council"}, {"36.74"}, "dewan");
};

TEST_F(NeedsTest, GoThroughTheirStatesAndEachIsPublishedOnce) {
    const v1::Business shop = Registered(Registration(1));
    const v1::Need need = Stated(OfOwner(shop.business_id()));
    EXPECT_EQ(need.region_code(), "36.74.05.1002");
    EXPECT_EQ(need.text(), "") << "answers that are stored hold nobody's words";
    EXPECT_EQ(Accommodate(need.need_id(), agency_), "FAILED_PRECONDITION NEED_STATUS_WRONG");
    EXPECT_EQ(Verify(need.need_id(), agency_, "7"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Verify(need.need_id(), agency_, need.etag()), "OK");
    EXPECT_EQ(Accommodate(need.need_id(), agency_), "OK");
    EXPECT_EQ(Decline(need.need_id(), agency_), "FAILED_PRECONDITION NEED_STATUS_WRONG");

    v1::Need now;
    EXPECT_EQ(Get(need.need_id(), officer_, &now), "OK");
    EXPECT_EQ(now.status(), common::v1::NEED_STATUS_ACCOMMODATED);
    EXPECT_EQ(now.link().kind(), v1::NEED_LINK_KIND_PROGRAM);
    EXPECT_EQ(now.text(), kWords);
    EXPECT_EQ(Count("outbox WHERE aggregate_type = 'need'"), 3);
    EXPECT_EQ(Count("need_history"), 3);
    EXPECT_EQ(Count("audit_entries WHERE target LIKE 'need/%' AND outcome = 'OK'"), 3);
}

TEST_F(NeedsTest, TheSameRequestAgainIsOneNeed) {
    const v1::StateNeedRequest request = OfMeeting();
    EXPECT_EQ(Stated(request).need_id(), Stated(request).need_id());
    EXPECT_EQ(Count("needs"), 1);
}

TEST_F(NeedsTest, AreInReachOfWhoReachesTheirRegion) {
    const v1::Business shop = Registered(Registration(1));
    EXPECT_EQ(State(OfOwner(shop.business_id()), Token({"officer"}, {"36.71"}, "lain")),
              "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(State(OfOwner(NewId(kNow)), officer_), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(State(OfMeeting("36.71"), officer_), "NOT_FOUND REGION_NOT_FOUND");
    const v1::Need need = Stated(OfOwner(shop.business_id()));
    v1::Need seen;
    EXPECT_EQ(Get(need.need_id(), elsewhere_, &seen), "NOT_FOUND NEED_NOT_FOUND");
    EXPECT_EQ(List({}, elsewhere_).needs_size(), 0);
    for (const std::string& answer :
         {Verify(need.need_id(), elsewhere_), Accommodate(need.need_id(), elsewhere_),
          Decline(need.need_id(), elsewhere_)}) {
        EXPECT_EQ(answer, "NOT_FOUND NEED_NOT_FOUND");
    }
    EXPECT_EQ(Count("needs WHERE status = 1"), 1);
}

TEST_F(NeedsTest, RolesDoWhatIsTheirs) {
    const v1::Business shop = Registered(Registration(1));
    const std::string owner = Token({"owner"}, {}, shop.owner_id());
    const std::string stranger = Token({"owner"}, {}, NewId(kNow));
    v1::Need need;
    EXPECT_EQ(State(OfOwner(shop.business_id()), owner, &need), "OK");
    EXPECT_EQ(State(OfOwner(shop.business_id()), stranger), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(State(OfMeeting(), owner), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(State(OfMeeting(), council_), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    for (const std::string& token : {owner, officer_, council_}) {
        EXPECT_EQ(Verify(need.need_id(), token), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
        EXPECT_EQ(Accommodate(need.need_id(), token), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
        EXPECT_EQ(Decline(need.need_id(), token), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    }
    v1::Need seen;
    EXPECT_EQ(Get(need.need_id(), owner, &seen), "OK");
    EXPECT_EQ(seen.text(), kWords);
    EXPECT_EQ(Get(need.need_id(), stranger, &seen), "NOT_FOUND NEED_NOT_FOUND");
    EXPECT_EQ(Get(need.need_id(), council_, &seen), "OK");
    EXPECT_EQ(seen.text(), "") << "words may tell of persons";
    EXPECT_EQ(List({}, owner).needs_size(), 1);
    EXPECT_EQ(List({}, stranger).needs_size(), 0);
}

// Whoever the table does not name ends at the gate; all that is behind it has tests of its own.
TEST_F(NeedsTest, AdmitARoleToAMethodOnlyIfATableLineSaysSo) {
    int granted = 0;
    const auto check = [&](const std::string& name, auto call) {
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted = policy_
                                        .Admit("bangkit.registration.v1.NeedService/" + name,
                                               {"", {std::string(role)}, {}})
                                        .has_value();
            granted += is_granted ? 1 : 0;
            const std::string answer = call(Token({std::string(role)}, {"36.74"}, NewId(kNow)));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(call(Token({})), "PERMISSION_DENIED ROLE_NOT_ALLOWED") << name;
        EXPECT_EQ(call(""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    };
    const auto unary = [this](auto method, const auto& request, auto response) {
        return [this, method, request, response](const std::string& token) mutable {
            return CallNeeds(method, request, response, token);
        };
    };
    check("StateNeed",
          unary(&NeedStub::StateNeed, v1::StateNeedRequest(), v1::StateNeedResponse()));
    check("GetNeed", unary(&NeedStub::GetNeed, v1::GetNeedRequest(), v1::GetNeedResponse()));
    check("ListNeeds",
          unary(&NeedStub::ListNeeds, v1::ListNeedsRequest(), v1::ListNeedsResponse()));
    check("VerifyNeed",
          unary(&NeedStub::VerifyNeed, v1::VerifyNeedRequest(), v1::VerifyNeedResponse()));
    check("AccommodateNeed", unary(&NeedStub::AccommodateNeed, v1::AccommodateNeedRequest(),
                                   v1::AccommodateNeedResponse()));
    check("DeclineNeed",
          unary(&NeedStub::DeclineNeed, v1::DeclineNeedRequest(), v1::DeclineNeedResponse()));
    const auto* service = v1::StateNeedRequest::descriptor()->file()->service(0);
    EXPECT_EQ(service->method_count(), 6) << "one of them is not looked at";
    EXPECT_EQ(granted, 22);  // Changes with the table, so that nobody widens it unseen.
}

TEST_F(NeedsTest, AreListedByWhatTheyAreAboutInPages) {
    for (int i = 0; i < 5; ++i) Stated(OfMeeting());
    v1::StateNeedRequest capital = OfMeeting("36.74.05");
    capital.set_topic(common::v1::NEED_TOPIC_CAPITAL);
    Stated(capital);
    v1::ListNeedsRequest request;
    request.set_topic(common::v1::NEED_TOPIC_MARKET);
    request.set_page_size(2);
    std::vector<std::string> ids;
    do {
        const v1::ListNeedsResponse page = List(request, agency_);
        for (const v1::Need& need : page.needs()) ids.push_back(need.need_id());
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_THAT(ids, SizeIs(5));
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    v1::ListNeedsRequest region;
    region.set_region_code("36.74.05");
    EXPECT_EQ(List(region, agency_).needs_size(), 1);
}

TEST_F(NeedsTest, WordsAreSealedAndGoWithTheirOwner) {
    const v1::Business shop = RegisterCanary();
    const v1::Need need = Stated(OfOwner(shop.business_id()));
    Stated(OfMeeting());
    EXPECT_THAT(Dump(database_), Not(HasSubstr("jahit")));
    EXPECT_THAT(Dump(database_), Not(HasSubstr(InHex("jahit"))));
    std::vector<v1::ExportPersonalDataResponse> pieces;
    const auto access = Opened(shop.business_id(), v1::SUBJECT_REQUEST_KIND_ACCESS);
    EXPECT_EQ(Name(Export({access.subject_request_id()}, pieces, agency_)), "OK");
    ASSERT_THAT(pieces, SizeIs(1));
    EXPECT_THAT(pieces.front().content(), HasSubstr(kWords));

    const auto erasure = Opened(shop.business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE);
    ASSERT_EQ(Erase(erasure.subject_request_id()), "OK");
    EXPECT_EQ(Count("needs WHERE wrapped_key <> ''"), 0);
    v1::Need seen;
    EXPECT_EQ(Get(need.need_id(), officer_, &seen), "OK");
    EXPECT_EQ(seen.text(), "");
    EXPECT_EQ(seen.topic(), common::v1::NEED_TOPIC_EQUIPMENT);
    EXPECT_EQ(State(OfOwner(shop.business_id()), officer_), "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(NeedsTest, WordsAreReadAfterTheMasterKeyWasChanged) {
    const v1::Business shop = Registered(Registration(1));
    const v1::Need need = Stated(OfOwner(shop.business_id()));
    const crypto::KeyRing next =
        crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                     " readonly" + "\nmaster 2 " + std::string(crypto::kDescending) + "\nhash 1 " +
                     std::string(crypto::kDescending) + "\n");
    postgres::Connection connection(database_.dsn());
    EXPECT_EQ(Rekey(connection, next, 10).kept, 1);
    EXPECT_EQ(Rekey(connection, next, 10).kept, 0);
    const NeedQueries queries(reads_, next);
    EXPECT_EQ(queries.Find({.regions = {"36.74"}, .owner_id = ""}, need.need_id())->text, kWords);
    EXPECT_EQ(Count("needs WHERE get_byte(wrapped_key, 0) = 2"), 1);
}

}  // namespace
}  // namespace bangkit::registration
