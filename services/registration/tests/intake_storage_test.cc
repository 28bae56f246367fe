// What devices took down without network, through the command loop and over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/intake_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(IntakeTest, ADeviceRegistersABusinessAndGoesOnAboutIt) {
    v1::SubmitIntakeRequest edit = Submission(1, 2), report = Submission(1, 3);
    AboutLocal(edit, 1);
    SetAddress(edit, "Pasar Serpong");
    SetPhone(edit, "0812 3456 7890");
    AboutLocal(report, 1);
    SetCondition(report, common::v1::BUSINESS_CONDITION_DORMANT, "2026-03-01");
    const auto answers = Submit({NewBusiness(1, 1, 1), edit, report});
    ASSERT_THAT(answers, SizeIs(3));
    const std::string id = answers[0].receipt().business_id();
    for (const auto& answer : answers) {
        EXPECT_EQ(StatusOf(answer), "APPLIED");
        EXPECT_EQ(answer.receipt().business_id(), id);
        EXPECT_NE(answer.receipt().position(), "");
    }
    const StoredBusiness stored = Stored(id);
    EXPECT_EQ(stored.business.profile.address, "Pasar Serpong");
    EXPECT_EQ(stored.owner.phone, "+6281234567890");
    EXPECT_EQ(stored.business.condition_since, Day(3, 9)) << "the first of March came late";
    EXPECT_EQ(stored.business.profile.provenance.source, DataSource::kOffline);
    EXPECT_EQ(stored.business.profile.provenance.device_id, Device(1));
    EXPECT_THAT(Conflicts(), IsEmpty());
    EXPECT_EQ(Count("outbox"), 3);
}

TEST_F(IntakeTest, WhatComesBeforeItsBusinessWaitsForIt) {
    v1::SubmitIntakeRequest edit = Submission(1, 2);
    AboutLocal(edit, 1);
    SetAddress(edit, "Pasar Canaria");
    const auto waiting = Submit({edit}).at(0);
    EXPECT_EQ(StatusOf(waiting), "WAITING");
    EXPECT_THAT(Dump(database_), Not(HasSubstr("Canaria")));
    EXPECT_EQ(SubmitOne(edit), "WAITING");
    const auto registered = Submit({NewBusiness(1, 1, 1)}).at(0);
    EXPECT_EQ(StatusOf(registered), "APPLIED");
    EXPECT_EQ(waiting.receipt().business_id(), registered.receipt().business_id());
    EXPECT_EQ(AddressOf(registered.receipt().business_id()), "Pasar Canaria");
    const auto again = Submit({edit}).at(0);
    EXPECT_EQ(StatusOf(again), "APPLIED");
    EXPECT_TRUE(again.receipt().known_already());
    EXPECT_EQ(Count("intake_submissions WHERE content IS NOT NULL"), 0);
    EXPECT_EQ(Count("audit_entries WHERE method = 'UpdateBusiness' AND outcome = 'OK'"), 1);
}

TEST_F(IntakeTest, ASubmissionIsTakenInOnceForEver) {
    const v1::SubmitIntakeRequest request = NewBusiness(1, 1, 1);
    EXPECT_EQ(SubmitOne(request), "APPLIED");
    const auto again = Submit({request, request});
    for (const auto& answer : again) EXPECT_TRUE(answer.receipt().known_already());
    v1::SubmitIntakeRequest other = request;
    other.mutable_submission()->mutable_registration()->mutable_business()->set_name("Lain");
    EXPECT_EQ(SubmitOne(other), "REQUEST_ID_REUSED");
    EXPECT_EQ(Count("businesses"), 1);
    v1::SubmitIntakeRequest twice = request;
    twice.mutable_submission()->set_sequence(2);
    EXPECT_EQ(SubmitOne(twice), "BUSINESS_ALREADY_REGISTERED");
    EXPECT_EQ(Count("intake_submissions"), 1);
}

TEST_F(IntakeTest, ADeviceBelongsToWhoeverSubmitsFromItFirst) {
    EXPECT_EQ(SubmitOne(NewBusiness(1, 1, 1)), "APPLIED");
    const std::string other = Token({"officer"}, {"36.74"}, "wati");
    EXPECT_EQ(SubmitOne(NewBusiness(1, 2, 2), other), "DEVICE_OF_ANOTHER");
    EXPECT_EQ(SubmitOne(NewBusiness(2, 1, 2), other), "APPLIED");
}

TEST_F(IntakeTest, EndsWhereTheCallersRegionsEnd) {
    const v1::Business shop = Registered(Registration(1));
    const std::string elsewhere = Token({"officer"}, {"36.71"}, "lain");
    v1::SubmitIntakeRequest edit = Submission(1, 1), report = Submission(1, 2);
    About(edit, shop.business_id(), shop.etag());
    SetAddress(edit, "x");
    About(report, shop.business_id(), shop.etag());
    SetCondition(report, common::v1::BUSINESS_CONDITION_CLOSED, "2026-03-01");
    EXPECT_EQ(SubmitOne(edit, elsewhere), "BUSINESS_NOT_FOUND");
    EXPECT_EQ(SubmitOne(report, elsewhere), "BUSINESS_NOT_FOUND");
    EXPECT_EQ(SubmitOne(NewBusiness(1, 3, 2), elsewhere), "REGION_NOT_FOUND");
    EXPECT_EQ(Count("businesses"), 1);
    EXPECT_EQ(Count("intake_submissions"), 0) << "what was refused may be sent again";
    v1::SubmitIntakeRequest later = Submission(2, 1, 9);
    About(later, shop.business_id(), shop.etag());
    SetAddress(later, "y");
    EXPECT_EQ(SubmitOne(later), "APPLIED");
    EXPECT_EQ(SubmitOne(edit, elsewhere), "BUSINESS_NOT_FOUND") << "not even into review";
}

// Whoever the table does not name ends at the gate; all that is behind it has tests of its own.
TEST_F(IntakeTest, AdmitARoleToAMethodOnlyIfATableLineSaysSo) {
    int granted = 0;
    const auto check = [&](const std::string& name, auto call) {
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted = policy_
                                        .Admit("bangkit.registration.v1.IntakeService/" + name,
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
    check("SubmitIntake", [this](const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        const auto stream = intake_->SubmitIntake(&context);
        stream->WritesDone();
        v1::SubmitIntakeResponse response;
        while (stream->Read(&response)) {
        }
        return Name(stream->Finish());
    });
    check("ListIntakeConflicts", [this](const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        v1::ListIntakeConflictsResponse response;
        return Name(intake_->ListIntakeConflicts(&context, {}, &response));
    });
    check("ResolveIntakeConflict", [this](const std::string& token) {
        return Resolve("", v1::INTAKE_DECISION_KEEP, token);
    });
    EXPECT_EQ(granted, 9);  // Changes with the table, so that nobody widens it unseen.
}

TEST_F(IntakeTest, ConflictsAreInReviewAndSomebodyDecides) {
    const v1::Business shop = Registered(Registration(1));
    v1::SubmitIntakeRequest early = Submission(1, 1, 1), late = Submission(2, 1, 2);
    for (auto* request : {&early, &late}) About(*request, shop.business_id(), shop.etag());
    SetAddress(early, "Blok A");
    SetAddress(late, "Blok B");
    EXPECT_EQ(SubmitOne(late), "APPLIED");
    const auto superseded = Submit({early}).at(0);
    EXPECT_EQ(StatusOf(superseded), "SUPERSEDED");
    EXPECT_THAT(superseded.receipt().conflicting_fields(), ElementsAre("business.address"));
    EXPECT_EQ(AddressOf(shop.business_id()), "Blok B");

    ASSERT_THAT(Conflicts(), SizeIs(1));
    const v1::IntakeConflict conflict = Conflicts().front();
    EXPECT_EQ(conflict.present().business().address(), "Blok B");
    EXPECT_EQ(conflict.other().business().address(), "Blok A");
    EXPECT_EQ(conflict.device_id(), Device(1));
    EXPECT_EQ(conflict.stated_by(), "budi");
    EXPECT_THAT(Conflicts(Token({"agency"}, {"36.71"}, "lain")), IsEmpty());
    const std::string& id = conflict.conflict_id();
    for (const auto decision : {v1::INTAKE_DECISION_TAKE, v1::INTAKE_DECISION_KEEP}) {
        EXPECT_EQ(Resolve(id, decision, Token({"agency"}, {"36.71"}, "lain")),
                  "NOT_FOUND CONFLICT_NOT_FOUND");
    }
    EXPECT_EQ(Resolve(id, v1::INTAKE_DECISION_TAKE, officer_),
              "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    EXPECT_EQ(Resolve(id, v1::INTAKE_DECISION_TAKE, agency_, "1"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Resolve(id, v1::INTAKE_DECISION_TAKE, agency_, conflict.etag()), "OK");
    EXPECT_EQ(AddressOf(shop.business_id()), "Blok A");
    EXPECT_THAT(Conflicts(), IsEmpty());
    EXPECT_EQ(Resolve(id, v1::INTAKE_DECISION_KEEP, agency_),
              "FAILED_PRECONDITION CONFLICT_CLOSED");
    EXPECT_EQ(Count("intake_writes WHERE decided_by = 'dinas' AND decision = 2"), 1);
    EXPECT_EQ(Count("detail_changes WHERE changed_by = 'dinas'"), 1);
}

TEST_F(IntakeTest, WhatWasKeptDoesNotComeBack) {
    const v1::Business shop = Registered(Registration(1));
    v1::SubmitIntakeRequest early = Submission(1, 1, 1), late = Submission(2, 1, 2),
                            later = Submission(3, 1, 3);
    for (auto* request : {&early, &late, &later}) {
        About(*request, shop.business_id(), shop.etag());
    }
    SetAddress(early, "Blok A");
    SetAddress(late, "Blok B");
    SetAddress(later, "Blok C");
    Submit({early, late});
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Resolve(Conflicts().front().conflict_id(), v1::INTAKE_DECISION_KEEP, agency_), "OK");
    EXPECT_THAT(Conflicts(), IsEmpty());
    EXPECT_EQ(SubmitOne(later), "APPLIED");
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Conflicts().front().other().business().address(), "Blok B");
}

TEST_F(IntakeTest, WhatADeskSaidMeanwhileIsInReviewToo) {
    const v1::Business shop = Registered(Registration(1));
    UpdateBusiness desk;
    desk.business_id = shop.business_id();
    desk.details = {Detail::kAddress};
    desk.profile.address = "Dari loket";
    ASSERT_TRUE(Run(desk));
    clock_.Advance(std::chrono::hours(1));
    v1::SubmitIntakeRequest edit = Submission(1, 1);
    Fill(*edit.mutable_submission()->mutable_captured_at(), clock_.Now());
    About(edit, shop.business_id(), shop.etag());  // Of before the desk.
    SetAddress(edit, "Dari lapangan");
    EXPECT_EQ(SubmitOne(edit), "APPLIED");
    EXPECT_EQ(AddressOf(shop.business_id()), "Dari lapangan");
    ASSERT_THAT(Conflicts(), SizeIs(1));
    EXPECT_EQ(Conflicts().front().other().business().address(), "Dari loket");
    EXPECT_EQ(Conflicts().front().device_id(), "");

    v1::SubmitIntakeRequest synchronised = Submission(1, 2);
    Fill(*synchronised.mutable_submission()->mutable_captured_at(), clock_.Now());
    About(synchronised, shop.business_id(), Conflicts().front().etag());
    SetAddress(synchronised, "Sudah dilihat");
    EXPECT_EQ(SubmitOne(synchronised), "APPLIED");
    EXPECT_THAT(Conflicts(), SizeIs(1)) << "and nothing new";
}

TEST_F(IntakeTest, ReportsOfTheSameDayAreMergedAndTheLatestDayIsHowItIs) {
    const v1::Business shop = Registered(Registration(1));
    const auto report = [&](int device, int minute, common::v1::BusinessCondition condition,
                            const std::string& since) {
        v1::SubmitIntakeRequest request = Submission(device, minute + 1, minute);
        About(request, shop.business_id(), shop.etag());
        SetCondition(request, condition, since);
        return request;
    };
    using namespace common::v1;
    EXPECT_EQ(SubmitOne(report(1, 3, BUSINESS_CONDITION_CLOSED, "2026-03-10")), "APPLIED");
    EXPECT_EQ(SubmitOne(report(2, 2, BUSINESS_CONDITION_DORMANT, "2026-03-10")), "SUPERSEDED");
    EXPECT_EQ(SubmitOne(report(3, 9, BUSINESS_CONDITION_AFFECTED, "2026-02-01")), "APPLIED");
    EXPECT_EQ(Stored(shop.business_id()).business.condition, Condition::kClosed);
    std::vector<std::string> fields;
    for (const auto& conflict : Conflicts()) fields.push_back(conflict.field());
    EXPECT_THAT(fields, ::testing::Each("condition@2026-03-10"));
    EXPECT_EQ(Conflicts().front().present().condition().condition(), BUSINESS_CONDITION_CLOSED);
    clock_.Advance(std::chrono::hours(48));
    EXPECT_EQ(SubmitOne(report(3, 20, BUSINESS_CONDITION_ACTIVE, "2026-03-11")), "APPLIED")
        << "it is open again, whoever closed it";
    EXPECT_EQ(Stored(shop.business_id()).business.condition, Condition::kActive);
}

TEST_F(IntakeTest, AWrongClockIsSaid) {
    v1::SubmitIntakeRequest ahead = NewBusiness(1, 1, 1), never = NewBusiness(1, 2, 2);
    Fill(*ahead.mutable_submission()->mutable_captured_at(), kNow + std::chrono::hours(24));
    never.mutable_submission()->mutable_captured_at()->set_seconds(17);
    for (const auto& answer : Submit({ahead, never})) {
        EXPECT_EQ(StatusOf(answer), "APPLIED");
        EXPECT_TRUE(answer.receipt().clock_suspect());
    }
    EXPECT_EQ(Count("intake_submissions WHERE clock_suspect"), 2);
}

TEST_F(IntakeTest, AClockThatIsALittleAheadAtMidnightSaysNothingOfTomorrow) {
    clock_.Advance(std::chrono::hours(14) + std::chrono::minutes(58));  // 23:58 in Jakarta.
    v1::SubmitIntakeRequest request = NewBusiness(1, 1, 1);
    Fill(*request.mutable_submission()->mutable_captured_at(),
         clock_.Now() + std::chrono::minutes(4));
    EXPECT_EQ(SubmitOne(request), "APPLIED");
    EXPECT_EQ(Count("condition_history WHERE valid_from = '2026-03-10'"), 1);
}

TEST_F(IntakeTest, WhatCannotBeTakenIsRefusedFieldByField) {
    v1::SubmitIntakeRequest request = NewBusiness(1, 0, 1);
    request.mutable_submission()->set_business_id(NewId(kNow));
    const auto answer = Submit({request, v1::SubmitIntakeRequest()});
    const Error error = status::FromProto(answer.at(0).error());
    std::vector<std::string> wrong;
    for (const auto& each : error.fields) wrong.push_back(each.field + " " + each.reason);
    EXPECT_THAT(wrong, ElementsAre("submission.sequence OUT_OF_RANGE",
                                   "submission.business_id NOT_OF_SOURCE"));
    EXPECT_EQ(StatusOf(answer.at(1)), "FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::registration
