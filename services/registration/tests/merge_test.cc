// Who may live on in whom, until when that can be undone, and what people decide on pairs.
#include "services/registration/domain/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

Business Registered(const std::string& id) {
    RegisterBusiness command = RegistrationCommand(1);
    command.business_id = id;
    Business business;
    const Events events = *Decide({}, command, {.owner_id = "owner of " + id}, kNow);
    for (const Event& event : events) business = Apply(std::move(business), event);
    return business;
}

template <typename Decision>
std::string ReasonOf(const Decision& decision) {
    return decision ? "" : decision.error().reason;
}

Duplicate OpenPair() {
    Duplicate pair;
    pair.id = "p";
    pair.version = 1;
    return pair;
}

class Merging : public ::testing::Test {
protected:
    auto Decision(const Duplicate* found = nullptr) const {
        return Decide(surviving_, merged_, {.found = found}, command_, kNow);
    }
    /// Both, as the event leaves them.
    void Happens(const Event& event) {
        surviving_ = Apply(surviving_, event);
        merged_ = Apply(merged_, event);
    }

    Business surviving_ = Registered("a"), merged_ = Registered("b");
    MergeBusinesses command_{.merge_id = "m",
                             .surviving_id = "a",
                             .merged_id = "b",
                             .expected_surviving = {},
                             .expected_merged = {}};
    const Merge merge_{.id = "m",
                       .surviving_id = "a",
                       .merged_id = "b",
                       .merged_by = "dinas",
                       .merged_at = kNow,
                       .undo_until = kNow + std::chrono::days(30),
                       .undone_by = {},
                       .undone_at = {}};
};

TEST_F(Merging, IsAVersionOfBothAndChangesWhereOneOfThemLives) {
    Happens(*Decision());
    EXPECT_EQ(surviving_.version, 2);
    EXPECT_EQ(merged_.version, 2);
    EXPECT_EQ(surviving_.merged_into, "");
    EXPECT_EQ(merged_.merged_into, "a");
    EXPECT_EQ(merged_.owner_id, "owner of b") << "people are never merged";
}

TEST_F(Merging, IsUndoneWithinItsTime) {
    Happens(*Decision());
    const UndoMerge undo{.merged_id = "b", .expected_version = 2};
    EXPECT_EQ(ReasonOf(Decide(surviving_, merged_, &merge_, undo,
                              merge_.undo_until + std::chrono::seconds(1))),
              "UNDO_PERIOD_OVER");
    const auto decision = Decide(surviving_, merged_, &merge_, undo, merge_.undo_until);
    ASSERT_TRUE(decision);
    Happens(*decision);
    EXPECT_EQ(merged_.merged_into, "");
    EXPECT_EQ(merged_.version, 3);
    EXPECT_EQ(ReasonOf(Decide(surviving_, merged_, nullptr,
                              {.merged_id = "b", .expected_version = {}}, kNow)),
              "BUSINESS_NOT_MERGED");
}

TEST_F(Merging, IsUndoneInTheReverseOrder) {
    Happens(*Decision());
    surviving_.merged_into = "c";
    EXPECT_EQ(ReasonOf(Decide(surviving_, merged_, &merge_,
                              {.merged_id = "b", .expected_version = {}}, kNow)),
              "BUSINESS_MERGED");
}

TEST_F(Merging, IsOfTwoThatLive) {
    merged_.merged_into = "c";
    EXPECT_EQ(ReasonOf(Decision()), "BUSINESS_MERGED");
    merged_.merged_into.clear();
    surviving_.merged_into = "c";
    EXPECT_EQ(ReasonOf(Decision()), "BUSINESS_MERGED");
    surviving_ = Business{};
    EXPECT_EQ(ReasonOf(Decision()), "BUSINESS_NOT_FOUND");
}

TEST_F(Merging, IsOnlyOfWhatTheCallerHasSeen) {
    command_.expected_merged = 7;
    EXPECT_EQ(ReasonOf(Decision()), "ETAG_STALE");
    command_.expected_merged = {};
    command_.expected_surviving = 7;
    EXPECT_EQ(ReasonOf(Decision()), "ETAG_STALE");
}

TEST_F(Merging, LosesNoNumberInForce) {
    merged_.profile.nib = "1234567890123";
    EXPECT_EQ(ReasonOf(Decision()), "NIB_WOULD_BE_LOST");
    surviving_.profile.nib = "1234567890124";
    EXPECT_EQ(ReasonOf(Decision()), "NIB_WOULD_BE_LOST");
    merged_.profile.nib.clear();
    EXPECT_TRUE(Decision());
}

TEST_F(Merging, MakesNobodysShopACooperative) {
    surviving_.profile.kind = Kind::kCooperative;
    EXPECT_EQ(ReasonOf(Decision()), "KINDS_DIFFER");
    surviving_.profile.kind = Kind::kStreetVendor;
    EXPECT_TRUE(Decision());
}

TEST_F(Merging, PutsNoGroupIntoAGroupAndNoMembersNowhere) {
    surviving_.profile.kind = Kind::kGroup;
    merged_.profile.kind = Kind::kCooperative;
    EXPECT_EQ(ReasonOf(Decision()), "KINDS_DIFFER");
    std::swap(surviving_.profile.kind, merged_.profile.kind);
    EXPECT_EQ(ReasonOf(Decision()), "KINDS_DIFFER");
    surviving_.profile.kind = Kind::kGroup;
    EXPECT_TRUE(Decision());
    EXPECT_EQ(ReasonOf(Decide(surviving_, merged_, {.merged_has_members = true}, command_, kNow)),
              "GROUP_HAS_MEMBERS");
}

TEST_F(Merging, ClosesNoBusiness) {
    surviving_.condition = Condition::kClosed;
    EXPECT_EQ(ReasonOf(Decision()), "BUSINESS_CLOSED");
    merged_.condition = Condition::kClosed;
    EXPECT_TRUE(Decision());
}

TEST_F(Merging, OfARejectedPairNeedsSomebodyWhoConfirmsIt) {
    Duplicate pair = *Decide(OpenPair(), RejectDuplicate{"p", {}}, "dinas", kNow);
    EXPECT_EQ(ReasonOf(Decision(&pair)), "DUPLICATE_REJECTED");
    pair = *Decide(pair, ConfirmDuplicate{"p", {}}, "dinas", kNow);
    EXPECT_TRUE(Decision(&pair));
}

TEST_F(Merging, LeavesNothingToChange) {
    Happens(*Decision());
    EXPECT_EQ(ReasonOf(Decide(merged_, ReportCondition{}, kNow)), "BUSINESS_MERGED");
    EXPECT_EQ(ReasonOf(Decide(merged_, VerifyBusiness{}, kNow)), "BUSINESS_MERGED");
    EXPECT_TRUE(Decide(surviving_, VerifyBusiness{}, kNow));
}

TEST(Reviewing, KeepsWhoDecidedWhatAndWhen) {
    const Duplicate open = OpenPair();
    const Duplicate confirmed = *Decide(open, ConfirmDuplicate{"p", 1}, "dinas", kNow);
    EXPECT_EQ(confirmed.state, DuplicateState::kConfirmed);
    EXPECT_EQ(confirmed.version, 2);
    EXPECT_EQ(confirmed.decided_by, "dinas");
    EXPECT_EQ(confirmed.decided_at, kNow);
    EXPECT_EQ(ReasonOf(Decide(confirmed, RejectDuplicate{"p", 1}, "dinas", kNow)), "ETAG_STALE");
    EXPECT_EQ(Decide(confirmed, RejectDuplicate{"p", 2}, "dinas", kNow)->state,
              DuplicateState::kRejected)
        << "people may change their minds";
}

TEST(Reviewing, AssignsWhatIsOpen) {
    const Duplicate open = OpenPair();
    EXPECT_EQ(Decide(open, AssignDuplicate{"p", "budi", 1})->assignee, "budi");
    const Duplicate rejected = *Decide(open, RejectDuplicate{"p", {}}, "dinas", kNow);
    EXPECT_EQ(ReasonOf(Decide(rejected, AssignDuplicate{"p", "budi", {}})), "DUPLICATE_DECIDED");
}

TEST(Reviewing, OfAMergedPairWaitsForTheUndo) {
    const Duplicate merged = Merged(OpenPair(), "dinas", kNow);
    EXPECT_EQ(ReasonOf(Decide(merged, RejectDuplicate{"p", {}}, "dinas", kNow)),
              "DUPLICATE_MERGED");
    EXPECT_EQ(Reopened(merged, "dinas", kNow).state, DuplicateState::kOpen);
}

}  // namespace
}  // namespace bangkit::registration
