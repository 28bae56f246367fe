// Who files, answers, follows and sees a grievance, and what is kept of it.
#include "libs/crypto/tests/key_file.h"
#include "services/aid/api/grievance/public_filings.h"
#include "services/aid/storage/business/erasure.h"
#include "services/aid/storage/grievance/grievance_queries.h"
#include "services/aid/storage/key_versions.h"
#include "services/aid/storage/rekey.h"
#include "services/aid/tests/grievance/grievances_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST_F(GrievancesTest, IsFollowedByWhoeverHasTheTicket) {
    v1::FileGrievanceResponse filed;
    ASSERT_EQ(File(OwnFiling(), public_, &filed), "OK");
    const std::string id = filed.grievance().grievance_id();
    EXPECT_EQ(filed.grievance().state(), v1::GRIEVANCE_STATE_FILED);
    EXPECT_EQ(filed.grievance().channel(), v1::GRIEVANCE_CHANNEL_WEB);
    ASSERT_EQ(Accept(id, city_), "OK");
    ASSERT_EQ(Answer(id, city_), "OK");
    v1::FollowGrievanceResponse found;
    ASSERT_EQ(Follow(filed.ticket_number(), &found), "OK");
    EXPECT_EQ(found.grievance().state(), v1::GRIEVANCE_STATE_ANSWERED);
    EXPECT_EQ(found.grievance().text(), "") << "whoever finds the ticket reads no complaint";
    ASSERT_THAT(found.messages(), SizeIs(2));
    EXPECT_EQ(found.messages(1).text(), kAnswer);
    EXPECT_THAT(found.steps(), SizeIs(3));
    EXPECT_EQ(Follow("0000-0000-0000", &found), "NOT_FOUND TICKET_NOT_FOUND");
    EXPECT_EQ(Follow("0000", &found), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Reply(filed, "0000-0000-0000", true), "NOT_FOUND TICKET_NOT_FOUND");
    EXPECT_EQ(Reply(filed, filed.ticket_number(), false), "OK");
    EXPECT_EQ(Now(id).grievance().state(), v1::GRIEVANCE_STATE_ACCEPTED);
    ASSERT_EQ(Answer(id, city_), "OK");
    EXPECT_EQ(Reply(filed, filed.ticket_number(), true), "OK");
    EXPECT_EQ(Now(id).grievance().closing_reason(), v1::CLOSING_REASON_CONFIRMED);
}

TEST_F(GrievancesTest, IsFiledOnceHoweverOftenItIsSent) {
    const v1::FileGrievanceRequest request = OwnFiling();
    v1::FileGrievanceResponse first, second;
    EXPECT_EQ(File(request, public_, &first), "OK");
    EXPECT_EQ(File(request, public_, &second), "OK");
    EXPECT_EQ(first.ticket_number(), second.ticket_number());
    EXPECT_EQ(Count("grievances"), 1);
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.GrievanceFiled'"), 1);
}

TEST_F(GrievancesTest, IsCheckedWholeBeforeItIsTaken) {
    const auto reasons = [this](const v1::FileGrievanceRequest& request, const std::string& token) {
        return File(request, token);
    };
    v1::FileGrievanceRequest request = OwnFiling();
    request.set_channel(v1::GRIEVANCE_CHANNEL_LAPOR);
    EXPECT_EQ(reasons(request, public_), "INVALID_ARGUMENT FIELDS_INVALID")
        << "not for them to say";
    request = OwnFiling();
    request.set_received_on("2026-03-09");
    EXPECT_EQ(reasons(request, public_), "INVALID_ARGUMENT FIELDS_INVALID");
    request = OwnFiling();
    request.clear_region_code();
    EXPECT_EQ(reasons(request, public_), "INVALID_ARGUMENT FIELDS_INVALID")
        << "whose matter is it?";
    request = Filing();
    request.set_received_on("2026-01-01");
    EXPECT_EQ(reasons(request, officer_), "INVALID_ARGUMENT FIELDS_INVALID") << "too long ago";
    request = Filing();
    request.mutable_reporter()->set_email("no address");
    EXPECT_EQ(reasons(request, officer_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(reasons(Filing("36.74"), officer_), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(reasons(Filing(), Token({"officer"}, {})), "NOT_FOUND REGION_NOT_FOUND")
        << "whoever has no region is no reporter";
    EXPECT_EQ(reasons(OwnFiling(), Token({"owner"}, {}, NewId(kNow))),
              "INVALID_ARGUMENT FIELDS_INVALID")
        << "what is found by no business would outlive the owner's data";
    EXPECT_EQ(Close(FiledId(), city_, v1::CLOSING_REASON_SILENCE),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(GrievancesTest, HasLinesAsLettersDo) {
    v1::FileGrievanceRequest request = Filing();
    request.set_text("\n Yth. Bapak Wali Kota,\r\n\r\nBantuan belum cair. \n");
    v1::FileGrievanceResponse filed;
    ASSERT_EQ(File(request, officer_, &filed), "OK");
    EXPECT_EQ(Now(filed.grievance().grievance_id()).grievance().text(),
              "Yth. Bapak Wali Kota,\n\nBantuan belum cair.");
    request = Filing();
    for (const auto text : {"\n", "merah\x1b[31m", "a\tb"}) {
        request.set_text(text);
        EXPECT_EQ(File(request, officer_), "INVALID_ARGUMENT FIELDS_INVALID") << text;
    }
}

TEST_F(GrievancesTest, WithoutAnAccountAreNotManyAtOnce) {
    const auto file = [this](const std::string& region, const std::string& token) {
        v1::FileGrievanceRequest request = OwnFiling();
        request.set_region_code(region);
        return File(request, token);
    };
    for (int i = 0; i < PublicFilings::kAtOnce; ++i) ASSERT_EQ(file("18.71.05", public_), "OK");
    EXPECT_EQ(file("18.71.01", public_), "RESOURCE_EXHAUSTED TOO_MANY_GRIEVANCES");
    EXPECT_EQ(file("18.72", public_), "OK") << "other cities go on";
    FiledId();  // And officers.
    v1::FileGrievanceRequest request = OwnFiling();
    const Business business = Known();
    request.set_business_id(business.id);
    EXPECT_EQ(File(request, Token({"owner"}, {}, business.owner_id)), "OK") << "and owners";
    clock_.Advance(PublicFilings::kForEach);
    EXPECT_EQ(file("18.71", public_), "OK");
    EXPECT_EQ(file("18.71", public_), "RESOURCE_EXHAUSTED TOO_MANY_GRIEVANCES");
}

TEST_F(GrievancesTest, IsCountedFromTheDayOnWhichItCame) {
    v1::FileGrievanceRequest request = Filing();
    request.set_received_on("2026-03-05");  // A Thursday.
    v1::FileGrievanceResponse filed;
    ASSERT_EQ(File(request, officer_, &filed), "OK");
    EXPECT_EQ(filed.grievance().received_on(), "2026-03-05");
    EXPECT_EQ(database_.Text("SELECT (due_at AT TIME ZONE 'Asia/Jakarta')::text FROM grievances"),
              "2026-03-11 00:00:00")
        << "the end of the third working day";
}

TEST_F(GrievancesTest, LiesInTheScopeOfItsRegion) {
    const std::string id = FiledId();
    const std::string not_found = "NOT_FOUND GRIEVANCE_NOT_FOUND";
    EXPECT_EQ(Get(id, elsewhere_), not_found);
    EXPECT_EQ(Accept(id, elsewhere_), not_found);
    EXPECT_EQ(Reveal(id, elsewhere_), not_found);
    EXPECT_EQ(Get(NewId(kNow), city_), not_found) << "as if it were not there";
    EXPECT_THAT(List(Of("18.71"), elsewhere_), ElementsAre("NOT_FOUND REGION_NOT_FOUND"));
    EXPECT_THAT(List(Of("18.71"), city_), ElementsAre(id));
    EXPECT_THAT(List(Of("18"), city_), ElementsAre("NOT_FOUND REGION_NOT_FOUND"));
    EXPECT_EQ(Accept(id, city_, "7"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Accept(id, city_, "1"), "OK");
}

TEST_F(GrievancesTest, ShowsItsWordsToThoseWhoAnswerIt) {
    const std::string id = FiledId();
    for (const auto role : {"officer", "council", "auditor"}) {
        v1::GetGrievanceResponse found;
        EXPECT_EQ(Get(id, Token({role}, {"18.71"}), &found), "OK") << role;
        EXPECT_EQ(found.grievance().text(), "") << role;
    }
    v1::GetGrievanceResponse found;
    EXPECT_EQ(Get(id, city_, &found), "OK");
    EXPECT_EQ(found.grievance().text(), kText);
}

TEST_F(GrievancesTest, OfAnOwnerIsTheirsToSee) {
    const Business business = Known(), other = Known();
    const std::string owner = Token({"owner"}, {}, business.owner_id);
    v1::FileGrievanceRequest request = OwnFiling();
    request.clear_region_code();
    request.set_business_id(business.id);
    v1::FileGrievanceResponse filed;
    ASSERT_EQ(File(request, owner, &filed), "OK");
    EXPECT_EQ(filed.grievance().region_code(), business.region_code) << "where the business is";
    const std::string id = filed.grievance().grievance_id();
    FiledId();
    EXPECT_THAT(List({}, owner), ElementsAre(id));
    v1::GetGrievanceResponse found;
    EXPECT_EQ(Get(id, owner, &found), "OK");
    EXPECT_EQ(found.grievance().text(), kText);
    EXPECT_EQ(Get(id, Token({"owner"}, {}, other.owner_id)), "NOT_FOUND GRIEVANCE_NOT_FOUND");
    request.set_request_id(NewId(kNow));
    request.set_business_id(other.id);
    EXPECT_EQ(File(request, owner), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(File(request, public_), "NOT_FOUND BUSINESS_NOT_FOUND");
}

TEST_F(GrievancesTest, NamesAHiddenReporterToTheProvinceAlone) {
    const Business business = Known();
    v1::FileGrievanceRequest request = Filing();
    request.set_is_hidden(true);
    request.set_business_id(business.id);
    request.set_subject_id(NewId(kNow));  // An application of theirs.
    v1::FileGrievanceResponse hidden;
    ASSERT_EQ(File(request, officer_, &hidden), "OK");
    const std::string id = hidden.grievance().grievance_id();
    v1::GetGrievanceResponse found;
    EXPECT_EQ(Get(id, city_, &found), "OK");
    EXPECT_EQ(found.grievance().business_id(), "") << "it would say whose words these are";
    EXPECT_EQ(found.grievance().subject_id(), "") << "and so would this";
    EXPECT_EQ(Now(id).grievance().business_id(), business.id);
    EXPECT_EQ(Now(id).grievance().subject_id(), request.subject_id());
    EXPECT_EQ(Reveal(id, city_), "PERMISSION_DENIED REPORTER_HIDDEN");
    v1::Reporter reporter;
    EXPECT_EQ(Reveal(id, province_, &reporter), "OK");
    EXPECT_EQ(reporter.name(), kReporter);
    EXPECT_EQ(reporter.phone(), "+6281234567890");
    EXPECT_EQ(Reveal(FiledId(), city_), "OK") << "another one does not hide";
    EXPECT_EQ(Count("audit_entries WHERE method LIKE '%RevealReporter' AND target = 'grievance/" +
                    id + "'"),
              2)
        << "both looks are on record";
    request = Filing();
    request.clear_reporter();
    v1::FileGrievanceResponse anonymous;
    ASSERT_EQ(File(request, officer_, &anonymous), "OK");
    EXPECT_EQ(Reveal(anonymous.grievance().grievance_id(), province_),
              "FAILED_PRECONDITION REPORTER_UNKNOWN");
}

TEST_F(GrievancesTest, LeavesNobodysWordsInEventsRepliesTrailsOrPlainRows) {
    const v1::FileGrievanceResponse filed = Filed();
    const std::string id = filed.grievance().grievance_id();
    EXPECT_EQ(Accept(id, city_), "OK");
    EXPECT_EQ(Answer(id, city_), "OK");
    EXPECT_EQ(Reveal(id, city_), "OK");
    for (const auto table : {"outbox", "idempotency", "audit_entries", "grievances",
                             "grievance_history", "grievance_messages"}) {
        EXPECT_EQ(Count(std::string(table) +
                        " t WHERE t::text LIKE '%RAHASIA%'"
                        " OR t::text LIKE '%' || encode('RAHASIA'::bytea, 'hex') || '%'"),
                  0)
            << table;
    }
}

TEST_F(GrievancesTest, LosesItsWordsWithTheOwner) {
    const Business business = Known();
    v1::FileGrievanceRequest request = Filing();
    request.set_business_id(business.id);
    v1::FileGrievanceResponse filed;
    ASSERT_EQ(File(request, officer_, &filed), "OK");
    const std::string id = filed.grievance().grievance_id(), other = FiledId();
    EXPECT_EQ(Accept(id, city_), "OK");
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    transaction.Run("SELECT set_config('bangkit.regions', '*', true)");
    EraseOwners(transaction, {business.owner_id});
    transaction.Commit();
    EXPECT_EQ(Now(id).grievance().text(), "");
    EXPECT_EQ(Now(id).messages(0).text(), "");
    EXPECT_EQ(Reveal(id, province_), "FAILED_PRECONDITION REPORTER_UNKNOWN");
    EXPECT_EQ(Answer(id, city_), "OK") << "it still has to come to an end";
    EXPECT_EQ(Now(id).messages(1).text(), "") << "nothing new is kept";
    EXPECT_EQ(Now(other).grievance().text(), kText);
}

TEST_F(GrievancesTest, OfWhoWasErasedIsNotTaken) {
    const Business business = Known();
    database_.Execute("UPDATE businesses SET owner_is_erased = true");
    v1::FileGrievanceRequest request = Filing();
    request.set_business_id(business.id);
    EXPECT_EQ(File(request, officer_), "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(GrievancesTest, IsForgottenSomeTimeAfterItsEnd) {
    const std::string old = FiledId(), late = FiledId(), open = FiledId();
    EXPECT_EQ(Close(old, city_), "OK");
    EXPECT_EQ(Close(late, city_), "OK");
    database_.Execute(
        "UPDATE grievances SET resolved_at = now() - interval '366 days'"
        " WHERE grievance_id = '" +
        old + "'");
    database_.Execute(
        "UPDATE grievances SET resolved_at = now() - interval '364 days'"
        " WHERE grievance_id = '" +
        late + "'");
    postgres::Connection connection(database_.dsn());
    EXPECT_EQ(ForgetOldGrievances(connection, std::chrono::days(365), 10), 1);
    EXPECT_EQ(ForgetOldGrievances(connection, std::chrono::days(365), 10), 0);
    EXPECT_EQ(Now(old).grievance().text(), "");
    EXPECT_EQ(Now(late).grievance().text(), kText);
    EXPECT_EQ(Now(open).grievance().text(), kText);
}

TEST_F(GrievancesTest, StaysReadableWhenTheMasterKeyChanges) {
    const std::string id = FiledId();
    EXPECT_EQ(Accept(id, city_), "OK");
    const crypto::KeyRing both =
        crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                     " readonly\nmaster 2 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nhash 1 " +
                     std::string(crypto::kDescending) + "\n");
    postgres::Connection owner(database_.owner_dsn()), connection(database_.dsn());
    EXPECT_FALSE(RetireKey(owner, crypto::KeyPurpose::kMaster, 1)) << "it is needed";
    EXPECT_THAT(WhatNeedsKey(connection, crypto::KeyPurpose::kMaster, 1), SizeIs(1));
    EXPECT_EQ(Rekey(connection, both, 2).rewrapped, 1);
    postgres::Pool reads(database_.dsn(), "SET statement_timeout = '5s'");
    const auto found = GrievanceQueries(reads, both).Find({.regions = {"18"}}, id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, kText);
    EXPECT_EQ(found->messages.at(0).text, "Kami periksa dahulu.");
    EXPECT_TRUE(RetireKey(owner, crypto::KeyPurpose::kMaster, 1));
    EXPECT_NE(File(Filing(), officer_), "OK") << "this process was not restarted";
}

}  // namespace
}  // namespace bangkit::aid
