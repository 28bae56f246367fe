// Who belongs to a group: as it is stored, shown, published, and kept apart from each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class GroupsTest : public ServerTest {
protected:
    std::string New(int number, common::v1::BusinessKind kind = common::v1::BUSINESS_KIND_UMKM,
                    const std::string& region = "36.74.05.1002") const {
        v1::RegisterBusinessRequest request = Registration(number);
        request.mutable_business()->set_kind(kind);
        request.mutable_business()->set_region_code(region);
        v1::RegisterBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::RegisterBusiness, request, response, province_)), "OK");
        return response.business().business_id();
    }
    std::string NewGroup(int number) const { return New(number, common::v1::BUSINESS_KIND_GROUP); }

    static v1::ChangeGroupMembersRequest Changing(const std::string& group,
                                                  const std::vector<std::string>& added,
                                                  const std::vector<std::string>& removed = {}) {
        v1::ChangeGroupMembersRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(group);
        for (const std::string& id : added) request.add_added_business_ids(id);
        for (const std::string& id : removed) request.add_removed_business_ids(id);
        return request;
    }
    std::string Change(const v1::ChangeGroupMembersRequest& request, const std::string& token,
                       v1::ChangeGroupMembersResponse* response = nullptr) const {
        v1::ChangeGroupMembersResponse answer;
        const grpc::Status status = Call(&Stub::ChangeGroupMembers, request, answer, token);
        if (response != nullptr) *response = std::move(answer);
        return Name(status);
    }
    std::string Change(const v1::ChangeGroupMembersRequest& request) const {
        return Change(request, officer_);
    }
    /// Ids, by pages of `size`.
    std::vector<std::string> Members(const std::string& group, const std::string& token,
                                     std::int32_t size = 0) const {
        v1::ListGroupMembersRequest request;
        request.set_business_id(group);
        request.set_page_size(size);
        std::vector<std::string> ids;
        do {
            v1::ListGroupMembersResponse page;
            EXPECT_EQ(Name(Call(&Stub::ListGroupMembers, request, page, token)), "OK");
            for (const v1::Business& member : page.businesses()) {
                ids.push_back(member.business_id());
            }
            request.set_page_token(page.next_page_token());
        } while (!request.page_token().empty());
        return ids;
    }
    std::vector<std::string> Members(const std::string& group) const {
        return Members(group, officer_);
    }

    const std::string province_ = Token({"province"}, {"36"}, "banten");
};

TEST_F(GroupsTest, MembersComeAndGo) {
    const std::string group = NewGroup(1), a = New(2), b = New(3), c = New(4);
    v1::ChangeGroupMembersResponse response;
    ASSERT_EQ(Change(Changing(group, {a, b}), officer_, &response), "OK");
    EXPECT_EQ(response.members(), 2);
    EXPECT_EQ(response.business().version(), 2);
    ASSERT_EQ(Change(Changing(group, {c}, {a}), officer_, &response), "OK");
    EXPECT_EQ(response.members(), 2);
    EXPECT_THAT(Members(group), UnorderedElementsAre(b, c));
    ASSERT_EQ(Change(Changing(group, {b}, {a}), officer_, &response), "OK");
    EXPECT_EQ(response.business().version(), 3) << "it was so already";
    EXPECT_EQ(Count("group_changes"), 2);
    EXPECT_EQ(Count("businesses WHERE version = 1"), 3) << "members are as they were";
}

TEST_F(GroupsTest, AMemberMayBeInSeveral) {
    const std::string one = NewGroup(1), two = NewGroup(2), member = New(3);
    ASSERT_EQ(Change(Changing(one, {member})), "OK");
    ASSERT_EQ(Change(Changing(two, {member})), "OK");
    ASSERT_EQ(Change(Changing(one, {}, {member})), "OK");
    EXPECT_THAT(Members(one), IsEmpty());
    EXPECT_THAT(Members(two), ElementsAre(member));
}

TEST_F(GroupsTest, PagesHaveEverybodyOnce) {
    const std::string group = NewGroup(1);
    std::vector<std::string> ids;
    for (int i = 2; i < 9; ++i) ids.push_back(New(i));
    ASSERT_EQ(Change(Changing(group, ids)), "OK");
    std::ranges::sort(ids);
    EXPECT_EQ(Members(group, officer_, 3), ids);
}

TEST_F(GroupsTest, OneEventTellsWhoCameAndWhoWent) {
    const std::string group = NewGroup(1), a = New(2), b = New(3);
    ASSERT_EQ(Change(Changing(group, {a})), "OK");
    ASSERT_EQ(Change(Changing(group, {b}, {a})), "OK");
    postgres::Connection connection(database_.owner_dsn());
    const postgres::Rows rows = connection.Run(
        "SELECT payload FROM outbox WHERE type LIKE '%.GroupMembersChanged' ORDER BY version");
    ASSERT_EQ(rows.size(), 2);
    v1::GroupMembersChanged event;
    ASSERT_TRUE(event.ParseFromString(rows.Text(1, 0)));
    EXPECT_EQ(event.business_id(), group);
    EXPECT_THAT(event.added_business_ids(), ElementsAre(b));
    EXPECT_THAT(event.removed_business_ids(), ElementsAre(a));
    EXPECT_EQ(event.members(), 1);
    EXPECT_EQ(event.statistics().kind(), common::v1::BUSINESS_KIND_GROUP);
}

TEST_F(GroupsTest, TheHistoryKeepsWhoCameAndWhoWent) {
    const std::string group = NewGroup(1), a = New(2);
    ASSERT_EQ(Change(Changing(group, {a})), "OK");
    ASSERT_EQ(Change(Changing(group, {}, {a})), "OK");
    v1::GetBusinessHistoryRequest request;
    request.set_business_id(group);
    v1::GetBusinessHistoryResponse history;
    ASSERT_EQ(Name(Call(&Stub::GetBusinessHistory, request, history)), "OK");
    std::vector<v1::GroupMembersStatement> stated;
    for (const v1::BusinessStatement& statement : history.statements()) {
        if (statement.has_members()) stated.push_back(statement.members());
    }
    ASSERT_THAT(stated, SizeIs(2));
    EXPECT_THAT(stated[0].added_business_ids(), ElementsAre(a));
    EXPECT_THAT(stated[1].removed_business_ids(), ElementsAre(a));
}

TEST_F(GroupsTest, AreOfBusinessesThatTheCallerReaches) {
    const std::string group = NewGroup(1), near = New(2);
    const std::string far = New(3, common::v1::BUSINESS_KIND_UMKM, "36.71.01.1001");
    EXPECT_EQ(Change(Changing(group, {near, far})), "NOT_FOUND MEMBER_NOT_FOUND");
    EXPECT_EQ(Change(Changing(group, {NewId(kNow)})), "NOT_FOUND MEMBER_NOT_FOUND");
    EXPECT_EQ(Change(Changing(far, {near})), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Count("group_members"), 0);
    ASSERT_EQ(Change(Changing(group, {near, far}), province_), "OK");
    EXPECT_THAT(Members(group), ElementsAre(near)) << "of an officer of Tangerang Selatan";
    EXPECT_THAT(Members(group, province_), SizeIs(2));
    v1::ListGroupMembersRequest request;
    request.set_business_id(group);
    v1::ListGroupMembersResponse page;
    EXPECT_EQ(Name(Call(&Stub::ListGroupMembers, request, page, Token({"officer"}, {"36.71"}))),
              "NOT_FOUND BUSINESS_NOT_FOUND");
    request.set_business_id(near);
    EXPECT_EQ(Name(Call(&Stub::ListGroupMembers, request, page)), "NOT_FOUND BUSINESS_NOT_FOUND")
        << "which is no group";
}

TEST_F(GroupsTest, HaveNoGroupsInThem) {
    const std::string group = NewGroup(1), other = NewGroup(2), member = New(3);
    EXPECT_EQ(Change(Changing(group, {other})), "FAILED_PRECONDITION MEMBER_IS_GROUP");
    EXPECT_EQ(Change(Changing(group, {group})), "FAILED_PRECONDITION MEMBER_IS_GROUP");
    EXPECT_EQ(Change(Changing(member, {group})), "FAILED_PRECONDITION NOT_A_GROUP");
    ASSERT_EQ(Change(Changing(group, {member})), "OK");
    v1::UpdateBusinessRequest update;
    update.set_request_id(NewId(kNow));
    update.set_business_id(member);
    update.mutable_update_mask()->add_paths("business.kind");
    update.mutable_business()->set_kind(common::v1::BUSINESS_KIND_GROUP);
    v1::UpdateBusinessResponse response;
    EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, update, response)),
              "FAILED_PRECONDITION MEMBER_IS_GROUP");
    update.set_request_id(NewId(kNow));
    update.set_business_id(group);
    update.mutable_business()->set_kind(common::v1::BUSINESS_KIND_UMKM);
    EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, update, response)),
              "FAILED_PRECONDITION GROUP_HAS_MEMBERS");
}

// One batch is one transaction: each command sees what those before it have done.
TEST_F(GroupsTest, InOneTransactionTheLastChangeCounts) {
    const std::string group = NewGroup(1), a = New(2), b = New(3);
    const auto command = [&](std::set<std::string> added, std::set<std::string> removed) {
        ChangeGroupMembers change;
        change.business_id = group;
        change.added = std::move(added);
        change.removed = std::move(removed);
        return Command(change);
    };
    const auto outcomes = RunTogether({command({a, b}, {}), command({}, {a}), command({a}, {b}),
                                       command({}, {b}), command({b}, {a})});
    for (const Outcome& outcome : outcomes) EXPECT_TRUE(outcome);
    EXPECT_THAT(Members(group), ElementsAre(b));
    EXPECT_EQ(Count("group_changes"), 4);
    EXPECT_EQ(Count("businesses WHERE version = 5"), 1);
}

TEST_F(GroupsTest, AreForOfficesAndOfficers) {
    const std::string group = NewGroup(1), member = New(2);
    for (const char* role : {"auditor", "owner", "council", "public"}) {
        EXPECT_EQ(Change(Changing(group, {member}), Token({role})),
                  "PERMISSION_DENIED ROLE_NOT_ALLOWED")
            << role;
    }
}

}  // namespace
}  // namespace bangkit::registration
