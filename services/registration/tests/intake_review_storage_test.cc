// What devices say and the registry cannot take: a person decides, and how much that may be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/storage/duplicate_unit_of_work.h"
#include "services/registration/storage/intake_retention.h"
#include "services/registration/tests/intake_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class IntakeReviewTest : public IntakeTest {
protected:
    void MergeTwo(const std::string& surviving_id, const std::string& merged_id) {
        command::CommandLoop<DuplicateUnitOfWork> loop(
            {.dsn = database_.dsn(), .silence_max = {}}, LoopContext(),
            [this] { return DuplicateUnitOfWork(keys_, std::chrono::days(30)); });
        std::promise<Outcome> merged;
        loop.Submit({.caller = {.subject = "dinas", .roles = {"agency"}, .regions = {"36.74"}},
                     .method = "Test",
                     .request_id = {},
                     .fingerprint = {},
                     .command = MergeBusinesses{.merge_id = NewId(kNow),
                                                .surviving_id = surviving_id,
                                                .merged_id = merged_id,
                                                .expected_surviving = {},
                                                .expected_merged = {}},
                     .done = [&merged](const Outcome& outcome) { merged.set_value(outcome); }});
        ASSERT_EQ(ReasonOf(merged.get_future().get()), "");
    }
    /// Device `device` says, having seen nothing, that it is there.
    v1::SubmitIntakeRequest AddressFrom(int device, const std::string& business_id,
                                        const std::string& address) const {
        v1::SubmitIntakeRequest request = Submission(device, 1, device);
        About(request, business_id, "");
        SetAddress(request, address);
        return request;
    }
    void Wait(const std::string& since) const {
        database_.Execute("UPDATE intake_submissions SET received_at = now() - interval '" + since +
                          "'");
    }
};

TEST_F(IntakeReviewTest, WhatIsSaidOfAMergedBusinessIsDecidedForTheOneThatItLivesOnIn) {
    const v1::Business first = Registered(Registration(1)), second = Registered(Registration(2)),
                       third = Registered(Registration(3));
    MergeTwo(second.business_id(), first.business_id());
    MergeTwo(third.business_id(), second.business_id());
    v1::SubmitIntakeRequest report = Submission(2, 2, 2);
    About(report, first.business_id(), first.etag());
    SetCondition(report, common::v1::BUSINESS_CONDITION_DORMANT, "2026-03-01");
    const auto edited = Submit({AddressFrom(1, first.business_id(), "Blok A")}).at(0);
    EXPECT_EQ(StatusOf(edited), "SUPERSEDED");
    EXPECT_THAT(edited.receipt().conflicting_fields(), ElementsAre("business.address"));
    EXPECT_EQ(SubmitOne(report), "SUPERSEDED");
    EXPECT_EQ(AddressOf(third.business_id()), "");

    ASSERT_THAT(Conflicts(), SizeIs(2));
    while (!Conflicts().empty()) {
        const v1::IntakeConflict next = Conflicts().front();
        EXPECT_EQ(next.business_id(), first.business_id());
        EXPECT_EQ(next.blocked(), "BUSINESS_MERGED");
        EXPECT_EQ(next.etag(), EtagOf(Stored(third.business_id()).business.version));
        ASSERT_EQ(Resolve(next.conflict_id(), v1::INTAKE_DECISION_TAKE, agency_, next.etag()),
                  "OK");
    }
    EXPECT_EQ(AddressOf(third.business_id()), "Blok A");
    EXPECT_EQ(Count("condition_history WHERE condition = 3 AND valid_from = '2026-03-01'"
                    " AND business_id = '" +
                    third.business_id() + "'"),
              1);
}

TEST_F(IntakeReviewTest, PeopleAreNotMergedWithTheirBusinesses) {
    const v1::Business first = Registered(Registration(1)), second = Registered(Registration(2));
    MergeTwo(second.business_id(), first.business_id());
    v1::SubmitIntakeRequest edit = Submission(1, 1);
    About(edit, first.business_id(), first.etag());
    SetPhone(edit, "0812 1111 1111");
    EXPECT_EQ(SubmitOne(edit), "APPLIED");
    EXPECT_THAT(Conflicts(), IsEmpty());
    EXPECT_EQ(Stored(first.business_id()).owner.phone, "+6281211111111");
    EXPECT_EQ(Stored(second.business_id()).owner.phone, "");
}

TEST_F(IntakeReviewTest, WhatWasOpenWhenABusinessWasMergedIsDecidedForItsSurvivor) {
    const v1::Business first = Registered(Registration(1)), second = Registered(Registration(2));
    Submit({AddressFrom(1, first.business_id(), "Blok A"),
            AddressFrom(2, first.business_id(), "Blok B")});
    MergeTwo(second.business_id(), first.business_id());
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Resolve(Conflicts().front().conflict_id(), v1::INTAKE_DECISION_TAKE, agency_), "OK");
    EXPECT_EQ(AddressOf(second.business_id()), "Blok A");
    EXPECT_EQ(AddressOf(first.business_id()), "Blok B") << "is as it was when it was merged";
    EXPECT_THAT(Conflicts(), IsEmpty());
}

TEST_F(IntakeReviewTest, WhatTheRegistryRefusesIsInReviewWheneverItArrives) {
    for (const bool is_early : {false, true}) {
        const int number = is_early ? 1 : 2;
        v1::SubmitIntakeRequest edit = Submission(number, 2);
        AboutLocal(edit, number);
        SetAddress(edit, "Blok A");
        v1::IntakeEdit& what = *edit.mutable_submission()->mutable_edit();
        what.mutable_update_mask()->add_paths("business.street_vendor");
        what.mutable_business()->mutable_street_vendor()->set_place("Pasar Serpong");
        if (is_early) {
            EXPECT_EQ(SubmitOne(edit), "WAITING");
        }
        Submit({NewBusiness(number, 1, number)});
        EXPECT_EQ(SubmitOne(edit), "SUPERSEDED");
    }
    ASSERT_THAT(Conflicts(), SizeIs(4));
    for (const v1::IntakeConflict& each : Conflicts()) {
        EXPECT_EQ(each.blocked(), "DETAILS_NOT_OF_KIND");
    }
}

TEST_F(IntakeReviewTest, WhatIsOutOfReachWhenItsTurnComesIsAsIfItHadNotBeenSent) {
    v1::SubmitIntakeRequest edit = Submission(1, 2);
    AboutLocal(edit, 1);
    SetAddress(edit, "Blok A");
    const std::string elsewhere = Token({"officer"}, {"36.71"});
    EXPECT_EQ(SubmitOne(edit, elsewhere), "WAITING");
    EXPECT_EQ(SubmitOne(NewBusiness(1, 1, 1)), "APPLIED");
    EXPECT_EQ(Count("intake_submissions"), 1);
    EXPECT_EQ(SubmitOne(edit, elsewhere), "BUSINESS_NOT_FOUND");
    EXPECT_EQ(SubmitOne(edit), "APPLIED");
}

TEST_F(IntakeReviewTest, AreBounded) {
    limits_ = {.writes = 2, .waiting = 2};
    std::vector<v1::SubmitIntakeRequest> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.push_back(Submission(1, 2 + i));
        AboutLocal(waiting.back(), 1);
        SetPhone(waiting.back(), "0812 0000 900" + std::to_string(i));
    }
    std::vector<std::string> answers;
    for (const auto& answer : Submit(waiting)) answers.push_back(StatusOf(answer));
    EXPECT_THAT(answers, ElementsAre("WAITING", "WAITING", "TOO_MANY_WAITING"));
    const auto shop = Submit({NewBusiness(1, 1, 1)}).at(0).receipt();
    EXPECT_EQ(SubmitOne(waiting[0]), "APPLIED") << "what is known is answered as ever";
    EXPECT_EQ(SubmitOne(waiting[2]), "TOO_MANY_WRITES");
    EXPECT_EQ(SubmitOne(AddressFrom(2, shop.business_id(), "Blok A")), "APPLIED")
        << "another field";

    v1::SubmitIntakeRequest again = NewBusiness(2, 2, 2, 9);
    *again.mutable_submission()->mutable_registration()->mutable_owner() = Registration(1).owner();
    EXPECT_EQ(SubmitOne(again), "TOO_MANY_WRITES") << "of the same person";
}

TEST_F(IntakeReviewTest, WhatWaitsInVainIsForgottenWithItsKeyAndMayBeSentAgain) {
    v1::SubmitIntakeRequest edit = Submission(1, 2), other = Submission(1, 3);
    AboutLocal(edit, 1);
    SetAddress(edit, "Blok A");
    AboutLocal(other, 2);
    SetAddress(other, "Blok B");
    EXPECT_EQ(SubmitOne(edit), "WAITING");
    Wait("91 days");
    EXPECT_EQ(SubmitOne(other), "WAITING");
    database_.Execute("UPDATE intake_submissions SET received_at = now() WHERE sequence = 3");
    postgres::Connection connection(database_.dsn());
    EXPECT_EQ(ForgetWhatWaitsInVain(connection, 10), 1);
    EXPECT_EQ(ForgetWhatWaitsInVain(connection, 10), 0);
    EXPECT_EQ(Count("intake_submissions"), 1);
    EXPECT_EQ(Count("intake_keys"), 1);
    EXPECT_EQ(SubmitOne(edit), "WAITING");
    EXPECT_EQ(SubmitOne(NewBusiness(1, 1, 1)), "APPLIED");
    Wait("91 days");
    EXPECT_EQ(ForgetWhatWaitsInVain(connection, 10), 1) << "what was taken in stays";
    EXPECT_EQ(Count("intake_submissions"), 2);
}

}  // namespace
}  // namespace bangkit::registration
