// What devices say of people and of the numbers that only one can have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/storage/rekey.h"
#include "services/registration/tests/intake_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(IntakeTest, ANumberBelongsToWhoeverIsFirstAndTheNextIsInReview) {
    v1::RegisterBusinessRequest first = Registration(1);
    first.mutable_business()->set_nib("1234567890123");
    Registered(first);
    const v1::Business second = Registered(Registration(2));
    v1::SubmitIntakeRequest edit = Submission(1, 1);
    About(edit, second.business_id(), second.etag());
    SetNib(edit, "1234567890123");
    SetAddress(edit, "Blok A");
    const auto answer = Submit({edit}).at(0);
    EXPECT_EQ(StatusOf(answer), "APPLIED");
    EXPECT_THAT(answer.receipt().conflicting_fields(), ElementsAre("business.nib"));
    EXPECT_EQ(AddressOf(second.business_id()), "Blok A");
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Conflicts().front().blocked(), "NIB_ALREADY_REGISTERED");
    EXPECT_EQ(Resolve(Conflicts().front().conflict_id(), v1::INTAKE_DECISION_TAKE, agency_),
              "ALREADY_EXISTS NIB_ALREADY_REGISTERED");
    EXPECT_EQ(Resolve(Conflicts().front().conflict_id(), v1::INTAKE_DECISION_KEEP, agency_), "OK");
    EXPECT_THAT(Conflicts(), IsEmpty());
}

TEST_F(IntakeTest, ABusinessIsRegisteredAlthoughAnotherHasItsNumber) {
    v1::RegisterBusinessRequest first = Registration(1);
    first.mutable_business()->set_nib("1234567890123");
    Registered(first);
    v1::SubmitIntakeRequest second = NewBusiness(1, 1, 2);
    second.mutable_submission()->mutable_registration()->mutable_business()->set_nib(
        "1234567890123");
    const auto answer = Submit({second}).at(0);
    EXPECT_EQ(StatusOf(answer), "APPLIED");
    EXPECT_THAT(answer.receipt().conflicting_fields(), ElementsAre("business.nib"));
    EXPECT_EQ(Stored(answer.receipt().business_id()).business.profile.nib, "");
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Conflicts().front().other().business().nib(), "1234567890123");
    EXPECT_EQ(Count("identity_claims WHERE kind = 2"), 1);
}

TEST_F(IntakeTest, TwoDevicesThatMeetTheSamePersonMakeOneOwnerOfTwoBusinesses) {
    for (const bool swapped : {false, true}) {
        database_.Execute(
            "TRUNCATE businesses, owners, identity_claims, intake_submissions, intake_writes,"
            " intake_keys, condition_history, scale_history, detail_changes, outbox, owner_phones");
        v1::SubmitIntakeRequest one = NewBusiness(1, 1, 1, 1), two = NewBusiness(2, 1, 2, 2);
        for (auto* request : {&one, &two}) {
            v1::OwnerInput& owner =
                *request->mutable_submission()->mutable_registration()->mutable_owner();
            owner.set_nik(NikOf(7));
        }
        one.mutable_submission()->mutable_registration()->mutable_owner()->set_phone(
            "0812 1111 1111");
        two.mutable_submission()->mutable_registration()->mutable_owner()->set_name("Siti A.");
        if (swapped) std::swap(one, two);
        const auto answers = Submit({one, two});
        ASSERT_THAT(answers, SizeIs(2));
        EXPECT_THAT(answers[1].receipt().warnings(), ::testing::Contains("OWNER_KNOWN"));
        EXPECT_EQ(Count("owners"), 1);
        const StoredBusiness stored = Stored(answers[0].receipt().business_id());
        EXPECT_EQ(stored.owner.name, "Siti A.") << "was said last";
        EXPECT_EQ(stored.owner.phone, "+6281211111111") << "was said once";
        ASSERT_THAT(Conflicts(), SizeIs(1));
        EXPECT_EQ(Conflicts().front().other().owner().name(), "S*** A*****");
        EXPECT_EQ(Conflicts().front().present().owner().name(), "S*** A*");
    }
}

TEST_F(IntakeTest, WhatIsInReviewShowsNobodysHealth) {
    const v1::Business shop = Registered(Registration(1));
    for (const int device : {1, 2}) {
        v1::SubmitIntakeRequest request = Submission(device, 1, device);
        About(request, shop.business_id(), shop.etag());
        v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
        edit.mutable_update_mask()->add_paths("owner.disability");
        edit.mutable_owner()->set_disability(device == 1 ? v1::DISABILITY_PHYSICAL
                                                         : v1::DISABILITY_MENTAL);
        EXPECT_EQ(SubmitOne(request), "APPLIED");
    }
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Conflicts().front().field(), "owner.disability");
    EXPECT_EQ(Conflicts().front().other().ShortDebugString(), "owner { }");
    EXPECT_EQ(Conflicts().front().present().ShortDebugString(), "owner { }");
}

TEST_F(IntakeTest, AnErasureTakesWhatDevicesSaidAndNoDeviceBringsAnybodyBack) {
    const v1::Business shop = RegisterCanary();
    v1::SubmitIntakeRequest early = Submission(1, 1, 1), late = Submission(2, 1, 2);
    for (auto* request : {&early, &late}) About(*request, shop.business_id(), shop.etag());
    SetPhone(early, "0812 0000 9001");
    SetAddress(early, "Rumah Canaria");
    SetPhone(late, "0812 0000 9002");
    Submit({early, late});
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_THAT(Dump(database_), Not(HasSubstr(InHex("9001"))));
    const auto erasure = Opened(shop.business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE);
    ASSERT_EQ(Erase(erasure.subject_request_id()), "OK");
    EXPECT_EQ(Count("intake_writes"), 0);
    EXPECT_EQ(Count("intake_keys"), 0);
    EXPECT_THAT(Conflicts(), IsEmpty());

    v1::SubmitIntakeRequest again = NewBusiness(1, 2, 5), edit = Submission(1, 3);
    again.mutable_submission()->mutable_registration()->mutable_owner()->set_nik(CanaryNik());
    EXPECT_EQ(SubmitOne(again), "OWNER_ERASED");
    About(edit, shop.business_id(), "");
    SetAddress(edit, "Rumah Canaria");
    EXPECT_EQ(SubmitOne(edit), "OWNER_ERASED");
    EXPECT_EQ(Count("intake_writes"), 0);
}

TEST_F(IntakeTest, WhatIsKeptIsReadAfterTheMasterKeyWasChanged) {
    const v1::Business shop = Registered(Registration(1));
    v1::SubmitIntakeRequest early = Submission(1, 1, 1), late = Submission(2, 1, 2),
                            waiting = Submission(2, 2, 3);
    for (auto* request : {&early, &late}) About(*request, shop.business_id(), shop.etag());
    SetAddress(early, "Blok A");
    SetAddress(late, "Blok B");
    AboutLocal(waiting, 3);
    SetAddress(waiting, "Blok C");
    Submit({early, late, waiting});
    const crypto::KeyRing next =
        crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                     " readonly" + "\nmaster 2 " + std::string(crypto::kDescending) + "\nhash 1 " +
                     std::string(crypto::kDescending) + "\n");
    postgres::Connection connection(database_.dsn());
    EXPECT_EQ(Rekey(connection, next, 10).kept, 2);
    EXPECT_EQ(Count("intake_keys WHERE get_byte(wrapped_key, 0) = 2"), 2);
    const Queries businesses(reads_, next);
    const IntakeQueries queries(reads_, next, businesses);
    const std::string first = "00000000-0000-0000-0000-000000000000";
    const auto conflicts = queries.List({.regions = {"36"}, .owner_id = ""}, "",
                                        {.business_id = first, .conflict_id = first}, 10);
    ASSERT_THAT(conflicts, SizeIs(1));
    EXPECT_EQ(conflicts.front().other().business().address(), "Blok A");
}

}  // namespace
}  // namespace bangkit::registration
