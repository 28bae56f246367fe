// Members of groups that are merged: nothing of a group is written for it, and nothing is lost.
#include <gmock/gmock.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/storage/group_queries.h"
#include "services/registration/tests/duplicate_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class MergedMembersTest : public DuplicatesTest {
protected:
    std::string New(int number, Kind kind = Kind::kUmkm) {
        RegisterBusiness command = Shop(number);
        command.profile.kind = kind;
        EXPECT_TRUE(Run(command));
        return command.business_id;
    }
    Outcome Change(const std::string& group, std::set<std::string> added,
                   std::set<std::string> removed = {}) {
        ChangeGroupMembers change;
        change.business_id = group;
        change.added = std::move(added);
        change.removed = std::move(removed);
        return Run(change);
    }
    std::vector<std::string> Members(const std::string& group) {
        const auto found = groups_.Members({.regions = {"36.74"}, .owner_id = ""}, group,
                                           "00000000-0000-0000-0000-000000000000", 100);
        std::vector<std::string> ids;
        for (const StoredBusiness& each : *found) ids.push_back(each.business.id);
        return ids;
    }
    std::int64_t Size(const Outcome& outcome) {
        v1::ChangeGroupMembersResponse response;
        EXPECT_TRUE(outcome && response.ParseFromString(*outcome));
        return response.members();
    }
    /// What the version of the group says that left.
    std::vector<std::string> Left(const std::string& group, std::int64_t version) const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows rows = connection.Run(
            "SELECT payload FROM outbox WHERE aggregate_id = $1::text::uuid"
            " AND version = $2::bigint",
            {group, postgres::Int64(version)});
        v1::GroupMembersChanged event;
        EXPECT_TRUE(event.ParseFromString(rows.Text(0, 0)));
        return {event.removed_business_ids().begin(), event.removed_business_ids().end()};
    }
    Outcome MakeGroup(const std::string& business_id) {
        UpdateBusiness update;
        update.business_id = business_id;
        update.details = {Detail::kKind};
        update.profile.kind = Kind::kGroup;
        return Run(update);
    }

    const GroupQueries groups_{reads_, queries_};
    const std::string group_ = New(1, Kind::kGroup);
    const std::string a_ = New(2), b_ = New(3), c_ = New(4);
};

TEST_F(MergedMembersTest, AreInTheGroupAsTheBusinessThatTheyLiveOnIn) {
    ASSERT_TRUE(Change(group_, {a_, b_}));
    ASSERT_TRUE(MergeTwo(c_, a_));
    EXPECT_THAT(Members(group_), UnorderedElementsAre(b_, c_));
    ASSERT_TRUE(MergeTwo(b_, c_));
    EXPECT_THAT(Members(group_), ElementsAre(b_)) << "once, in whichever way";
    EXPECT_EQ(Stored(group_).version, 2) << "nobody joined or left";
}

TEST_F(MergedMembersTest, AreThemselvesAgainInWhicheverOrderMergesAreUndone) {
    ASSERT_TRUE(Change(group_, {a_, b_}));
    ASSERT_TRUE(MergeTwo(c_, a_));
    ASSERT_TRUE(MergeTwo(c_, b_));
    EXPECT_THAT(Members(group_), ElementsAre(c_));
    ASSERT_TRUE(Undo(a_));
    EXPECT_THAT(Members(group_), UnorderedElementsAre(a_, c_)) << "for b";
    ASSERT_TRUE(Undo(b_));
    EXPECT_THAT(Members(group_), UnorderedElementsAre(a_, b_));
}

TEST_F(MergedMembersTest, LeaveWithTheBusinessThatTheyLiveOnIn) {
    ASSERT_TRUE(Change(group_, {a_, b_, c_}));
    ASSERT_TRUE(MergeTwo(c_, a_));
    EXPECT_EQ(Size(Change(group_, {c_})), 2) << "is in it already, once";
    EXPECT_EQ(Size(Change(group_, {}, {a_})), 2) << "is none of its own any more";
    EXPECT_EQ(Size(Change(group_, {}, {c_})), 1);
    EXPECT_THAT(Left(group_, 3), UnorderedElementsAre(a_, c_)) << "as they joined";
    ASSERT_TRUE(Undo(a_));
    EXPECT_THAT(Members(group_), ElementsAre(b_)) << "and come back by no undo";
}

TEST_F(MergedMembersTest, DoNotJoin) {
    ASSERT_TRUE(MergeTwo(c_, a_));
    EXPECT_EQ(ReasonOf(Change(group_, {a_})), "BUSINESS_MERGED");
    EXPECT_EQ(Size(Change(group_, {c_})), 1);
}

TEST_F(MergedMembersTest, LetTheSurvivorBeNoGroup) {
    ASSERT_TRUE(Change(group_, {a_}));
    ASSERT_TRUE(MergeTwo(c_, a_));
    ASSERT_TRUE(MergeTwo(b_, c_));
    EXPECT_EQ(ReasonOf(MakeGroup(b_)), "MEMBER_IS_GROUP");
    ASSERT_TRUE(Undo(c_));
    ASSERT_TRUE(MakeGroup(b_));
}

TEST_F(MergedMembersTest, OfAGroupAreMovedBeforeItIsMerged) {
    const std::string other = New(5, Kind::kGroup);
    ASSERT_TRUE(Change(group_, {a_}));
    EXPECT_EQ(ReasonOf(MergeTwo(other, group_)), "GROUP_HAS_MEMBERS");
    ASSERT_TRUE(Change(other, {a_}));
    ASSERT_TRUE(Change(group_, {}, {a_}));
    ASSERT_TRUE(MergeTwo(other, group_));
    EXPECT_THAT(Members(other), ElementsAre(a_));
    EXPECT_THAT(Members(group_), IsEmpty());
}

}  // namespace
}  // namespace bangkit::registration
