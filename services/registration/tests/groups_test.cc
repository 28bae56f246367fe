#include "services/registration/domain/groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/domain/update.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ChangingMembers : public ::testing::Test {
protected:
    static Business OfKind(Kind kind) {
        RegisterBusiness command = RegistrationCommand(1);
        command.profile.kind = kind;
        return Apply({}, Decide({}, command, {.owner_id = "o"}, kNow)->front());
    }
    Result<Events> Decided(std::set<std::string> added, std::set<std::string> removed) const {
        ChangeGroupMembers command;
        command.added = std::move(added);
        command.removed = std::move(removed);
        return Decide(group_, command, facts_, kNow);
    }
    std::string Refusal(std::set<std::string> added, std::set<std::string> removed = {}) const {
        const Result<Events> decided = Decided(std::move(added), std::move(removed));
        return decided ? "" : decided.error().reason;
    }

    Business group_ = OfKind(Kind::kGroup);
    GroupFacts facts_{.members = {{"a", {"a"}}, {"b", {"b", "former"}}},
                      .groups = {"g"},
                      .merged = {"m"},
                      .unknown = {"u"},
                      .size = 5};
};

TEST_F(ChangingMembers, SaysWhoIsNewAndWhoIsGoneAndHowManyTheyAre) {
    const Events events = Decided({"b", "c", "d"}, {"a", "e"}).value();
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(std::get<MembersChanged>(events.front()),
              (MembersChanged{.added = {"c", "d"}, .removed = {"a"}, .members = 6, .at = kNow}));
    const Business after = Apply(group_, events.front());
    EXPECT_EQ(after.version, 2);
    EXPECT_EQ(after.profile, group_.profile);
}

TEST_F(ChangingMembers, TakesOutWhoeverLivesOnInAMember) {
    EXPECT_EQ(std::get<MembersChanged>(Decided({}, {"b"}).value().front()),
              (MembersChanged{.added = {}, .removed = {"b", "former"}, .members = 4, .at = kNow}));
}

TEST_F(ChangingMembers, ToWhatIsSoAlreadyIsNoChange) {
    EXPECT_THAT(Decided({"a", "b"}, {"c"}).value(), IsEmpty());
}

TEST_F(ChangingMembers, TakesNoGroupAndNobodyWhomTheCallerDoesNotReach) {
    EXPECT_EQ(Refusal({"g"}), "MEMBER_IS_GROUP");
    EXPECT_EQ(Refusal({"m"}), "BUSINESS_MERGED");
    EXPECT_EQ(Refusal({"u"}), "MEMBER_NOT_FOUND");
    EXPECT_EQ(Refusal({}, {"u"}), "") << "whoever is a member can be taken out";
}

TEST_F(ChangingMembers, IsForGroupsThatAreAsTheyWereRead) {
    for (const Kind kind : {Kind::kUmkm, Kind::kCooperative, Kind::kStreetVendor}) {
        group_ = OfKind(kind);
        EXPECT_EQ(Refusal({"c"}), "NOT_A_GROUP");
    }
    group_ = {};
    EXPECT_EQ(Refusal({"c"}), "BUSINESS_NOT_FOUND");
}

TEST_F(ChangingMembers, IsRefusedToWhoeverHasReadAnEarlierVersion) {
    ChangeGroupMembers command;
    command.added = {"c"};
    command.expected_version = 2;
    EXPECT_EQ(Decide(group_, command, facts_, kNow).error().reason, "ETAG_STALE");
}

TEST_F(ChangingMembers, AGroupWithMembersStaysOneAndAMemberBecomesNone) {
    UpdateBusiness update;
    update.details = {Detail::kKind};
    update.profile.kind = Kind::kUmkm;
    EXPECT_EQ(Decide(group_, update, {.is_in_groups = true}, kNow).error().reason,
              "GROUP_HAS_MEMBERS");
    EXPECT_TRUE(Decide(group_, update, {}, kNow));
    update.profile.kind = Kind::kGroup;
    EXPECT_EQ(Decide(OfKind(Kind::kUmkm), update, {.is_in_groups = true}, kNow).error().reason,
              "MEMBER_IS_GROUP");
    update.profile.kind = Kind::kStreetVendor;
    EXPECT_TRUE(Decide(OfKind(Kind::kUmkm), update, {.is_in_groups = true}, kNow));
}

}  // namespace
}  // namespace bangkit::registration
