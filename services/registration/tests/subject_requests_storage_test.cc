// What people demand is done within 72 hours by the clock of the database, or somebody sees that it
// is not.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "services/registration/storage/subject_request_watch.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SubjectRequestsTest : public PersonalDataTest {
protected:
    std::string OpenedFor(int number, v1::SubjectRequestKind kind) const {
        return Opened(Registered(Registration(number)).business_id(), kind).subject_request_id();
    }
    void Age(const std::string& id, int hours) const {
        database_.Execute("UPDATE subject_requests SET requested_at = requested_at - interval '" +
                          std::to_string(hours) + " hours', due_at = due_at - interval '" +
                          std::to_string(hours) + " hours' WHERE subject_request_id = '" + id +
                          "'");
    }
    std::vector<std::string> DueWithin(int hours) const {
        v1::ListSubjectRequestsRequest request;
        request.set_due_within_hours(hours);
        std::vector<std::string> ids;
        for (const v1::SubjectRequest& each : List(request, agency_)) {
            ids.push_back(each.subject_request_id());
        }
        return ids;
    }
    v1::PersonalDataExport ExportOf(const std::string& id) const {
        std::vector<v1::ExportPersonalDataResponse> answers;
        EXPECT_EQ(Name(Export({id}, answers, agency_)), "OK");
        std::string document;
        for (const auto& answer : answers) document += answer.content();
        EXPECT_TRUE(!answers.empty() && answers.back().finished());
        v1::PersonalDataExport held;
        EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(document, &held).ok()) << document;
        return held;
    }
    std::string ExportError(const std::string& id, const std::string& token) const {
        std::vector<v1::ExportPersonalDataResponse> answers;
        EXPECT_EQ(Name(Export({id}, answers, token)), "OK");
        return status::FromProto(answers.at(0).error()).reason;
    }
};

TEST_F(SubjectRequestsTest, TheClockIsTheDatabasesAndRuns72Hours) {
    const v1::SubjectRequest opened =
        Opened(RegisterCanary().business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE);
    EXPECT_EQ(opened.due_at().seconds() - opened.requested_at().seconds(), 72 * 3600);
    EXPECT_FALSE(opened.overdue());
    // The clock of this process stands still in March, long before that of the database.
    EXPECT_EQ(Count("subject_requests WHERE requested_at BETWEEN now() - interval '10 minutes'"
                    " AND now() AND due_at = requested_at + interval '72 hours'"),
              1);
}

TEST_F(SubjectRequestsTest, WhatIsDueFirstIsAtTheTop) {
    const std::string fresh = OpenedFor(1, v1::SUBJECT_REQUEST_KIND_ACCESS);
    const std::string soon = OpenedFor(2, v1::SUBJECT_REQUEST_KIND_ERASURE);
    const std::string late = OpenedFor(3, v1::SUBJECT_REQUEST_KIND_ERASURE);
    Age(soon, 60);
    Age(late, 73);
    const auto all = List({}, agency_);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].subject_request_id(), late);
    EXPECT_TRUE(all[0].overdue());
    EXPECT_EQ(all[1].subject_request_id(), soon);
    EXPECT_FALSE(all[1].overdue());
    EXPECT_THAT(DueWithin(0), ElementsAre(late));
    EXPECT_THAT(DueWithin(24), ElementsAre(late, soon));
    EXPECT_THAT(DueWithin(72), ElementsAre(late, soon, fresh));
    ASSERT_EQ(Erase(late), "OK");
    EXPECT_THAT(DueWithin(0), IsEmpty());
}

TEST_F(SubjectRequestsTest, IsListedPageByPageForThoseWhoReachIt) {
    for (int number = 1; number <= 5; ++number) {
        OpenedFor(number, v1::SUBJECT_REQUEST_KIND_ACCESS);
    }
    v1::ListSubjectRequestsRequest request;
    request.set_page_size(2);
    std::set<std::string> seen;
    int pages = 0;
    do {
        v1::ListSubjectRequestsResponse page;
        ASSERT_EQ(
            Name(CallPersonalData(&PersonalDataStub::ListSubjectRequests, request, page, agency_)),
            "OK");
        for (const auto& each : page.subject_requests()) seen.insert(each.subject_request_id());
        request.set_page_token(page.next_page_token());
        ++pages;
    } while (!request.page_token().empty());
    EXPECT_EQ(seen.size(), 5U);
    EXPECT_EQ(pages, 3);
    EXPECT_THAT(List({}, Token({"agency"}, {"36.71"})), IsEmpty());
    EXPECT_EQ(List({}, Token({"province"}, {"36"})).size(), 5U);
}

TEST_F(SubjectRequestsTest, PeopleDemandForThemselvesOnly) {
    const v1::Business own = RegisterCanary(), other = Registered(Registration(2));
    const std::string owner = Token({"owner"}, {},
                                    database_.Text("SELECT owner_id::text FROM "
                                                   "businesses WHERE business_id = '" +
                                                   own.business_id() + "'"));
    EXPECT_EQ(Open(own.business_id(), v1::SUBJECT_REQUEST_KIND_ACCESS, owner), "OK");
    EXPECT_EQ(Open(other.business_id(), v1::SUBJECT_REQUEST_KIND_ACCESS, owner),
              "NOT_FOUND BUSINESS_NOT_FOUND");
    OpenedFor(3, v1::SUBJECT_REQUEST_KIND_ACCESS);
    EXPECT_EQ(List({}, owner).size(), 1U);
    EXPECT_EQ(Open(own.business_id(), v1::SUBJECT_REQUEST_KIND_ACCESS, agency_),
              "ALREADY_EXISTS SUBJECT_REQUEST_OPEN");
}

TEST_F(SubjectRequestsTest, MetricsShowHowFarBehindTheClockIs) {
    OpenedFor(1, v1::SUBJECT_REQUEST_KIND_ACCESS);
    const std::string late = OpenedFor(2, v1::SUBJECT_REQUEST_KIND_ERASURE);
    Age(late, 80);
    SubjectRequestWatch watch(database_.dsn(), logger_, metrics_);
    watch.Look();
    std::string metrics = telemetry::Render(metrics_);
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_open{kind=\"access\"} 1"));
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_overdue{kind=\"access\"} 0"));
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_overdue{kind=\"erasure\"} 1"));
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_oldest_hours{kind=\"erasure\"} 80"));
    ASSERT_EQ(Erase(late), "OK");
    watch.Look();
    metrics = telemetry::Render(metrics_);
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_overdue{kind=\"erasure\"} 0"));
    EXPECT_THAT(metrics, HasSubstr("bangkit_subject_requests_oldest_hours{kind=\"erasure\"} 0"));
}

TEST_F(SubjectRequestsTest, ADocumentHoldsAllThatIsHeldOnThePerson) {
    const v1::Business business = RegisterCanary();
    ReportCondition report;
    report.business_id = business.business_id();
    report.condition = Condition::kAffected;
    report.since = kToday;
    ASSERT_TRUE(Run(report));
    v1::RevealOwnerRequest reveal;
    reveal.set_business_id(business.business_id());
    reveal.set_purpose(v1::DISCLOSURE_PURPOSE_SURVEY);
    reveal.set_case_reference("S-7");
    reveal.add_fields(v1::OWNER_FIELD_PHONE);
    v1::RevealOwnerResponse revealed;
    CallPersonalData(&PersonalDataStub::RevealOwner, reveal, revealed, officer_);
    reveal.set_purpose(v1::DISCLOSURE_PURPOSE_PAYMENT);
    CallPersonalData(&PersonalDataStub::RevealOwner, reveal, revealed, officer_);  // Refused.
    ASSERT_TRUE(Run(RegistrationCommand(9)));                                      // Somebody else.

    const std::string id =
        Opened(business.business_id(), v1::SUBJECT_REQUEST_KIND_ACCESS).subject_request_id();
    EXPECT_EQ(Close(id, v1::SUBJECT_REQUEST_REFUSAL_UNSPECIFIED),
              "FAILED_PRECONDITION NOT_EXPORTED");
    const v1::PersonalDataExport held = ExportOf(id);
    EXPECT_EQ(held.owner().nik(), CanaryNik());
    EXPECT_EQ(held.owner().name(), kCanaryName);
    EXPECT_EQ(held.owner().phone(), kCanaryPhone);
    EXPECT_EQ(held.owner().identity_card_address(), kCanaryAddress);
    ASSERT_EQ(held.businesses_size(), 1);
    EXPECT_EQ(held.businesses(0).name(), "Warung Canaria");
    EXPECT_EQ(held.businesses(0).nib(), kCanaryNib);
    EXPECT_EQ(held.businesses(0).npwp(), CanaryNik());
    ASSERT_EQ(held.businesses(0).statements_size(), 3);  // Two conditions and a scale.
    EXPECT_EQ(held.businesses(0).statements(1).values().at("condition"),
              "BUSINESS_CONDITION_AFFECTED");
    ASSERT_EQ(held.disclosures_size(), 2);
    EXPECT_EQ(held.disclosures(0).actor(), "budi");
    EXPECT_EQ(held.disclosures(0).case_reference(), "S-7");
    EXPECT_THAT(held.disclosures(0).fields(), ElementsAre(v1::OWNER_FIELD_PHONE));
    EXPECT_EQ(held.disclosures(1).actor(), "dinas");  // This document itself.
    std::vector<std::string> trail;
    for (const auto& entry : held.audit_trail())
        trail.push_back(entry.method() + " " + entry.outcome());
    EXPECT_THAT(trail, ElementsAre("RegisterBusiness OK", "Test OK", "RevealOwner OK",
                                   "RevealOwner PURPOSE_NOT_ALLOWED", "OpenSubjectRequest OK",
                                   "CloseSubjectRequest NOT_EXPORTED", "ExportPersonalData OK"));
    EXPECT_EQ(held.requests_size(), 1);
    EXPECT_EQ(Close(id, v1::SUBJECT_REQUEST_REFUSAL_UNSPECIFIED), "OK");
    EXPECT_EQ(ExportError(id, agency_), "SUBJECT_REQUEST_CLOSED");
}

TEST_F(SubjectRequestsTest, ADocumentIsMadeWithoutReadingTheAuditTrailOfEverybody) {
    const std::string request = OpenedFor(1, v1::SUBJECT_REQUEST_KIND_ACCESS);
    database_.Execute(
        "INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id,"
        "                           traceparent)"
        " SELECT now(), 'siti', 'officer', 'RegisterBusiness', 'business/' || gen_random_uuid(),"
        "        'OK', '', '' FROM generate_series(1, 20000);"
        "ANALYZE audit_entries");
    const std::string scans =
        "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'audit_entries'";
    const std::int64_t before = database_.Count(scans);

    EXPECT_GT(ExportOf(request).audit_trail_size(), 0);

    EXPECT_TRUE(bangkit::testing::Eventually([&] {  // The server counts when a connection ends.
        return database_.Count(
                   "SELECT idx_scan FROM pg_stat_user_indexes"
                   " WHERE indexrelname = 'audit_entries_by_target'") > 0;
    }));
    EXPECT_EQ(database_.Count(scans), before);
}

TEST_F(SubjectRequestsTest, ADocumentHoldsTheRowsOfFilesThatCouldNotBeRegistered) {
    const std::string id = RegisterCanary().business_id();
    const std::string job =
        Uploaded(kHeader + RowOf(9) + BadRowOf(CanaryNik()) + BadRowOf(NikOf(2)));
    Work();
    ASSERT_EQ(Summary(job), "1/0/2 DONE");
    const v1::PersonalDataExport held =
        ExportOf(Opened(id, v1::SUBJECT_REQUEST_KIND_ACCESS).subject_request_id());
    ASSERT_EQ(held.failed_import_rows_size(), 1);  // The other one is somebody else's.
    EXPECT_EQ(held.failed_import_rows(0).import_job_id(), job);
    EXPECT_EQ(held.failed_import_rows(0).row(), 2);
    EXPECT_THAT(held.failed_import_rows(0).line(), HasSubstr(kCanaryName));
}

TEST_F(SubjectRequestsTest, ADocumentIsForOpenAccessRequestsInTheCallersReach) {
    const std::string access = OpenedFor(1, v1::SUBJECT_REQUEST_KIND_ACCESS);
    const std::string erasure = OpenedFor(2, v1::SUBJECT_REQUEST_KIND_ERASURE);
    EXPECT_EQ(ExportError(erasure, agency_), "SUBJECT_REQUEST_KIND_WRONG");
    EXPECT_EQ(ExportError(access, Token({"agency"}, {"36.71"})), "SUBJECT_REQUEST_NOT_FOUND");
    EXPECT_EQ(ExportError("", agency_), "FIELDS_INVALID");
    EXPECT_EQ(Count("disclosures"), 0);
    EXPECT_EQ(Count("audit_entries WHERE method = 'ExportPersonalData' AND outcome <> 'OK'"), 2);
}

TEST_F(SubjectRequestsTest, NoDocumentLeavesWithoutItsTrace) {
    const std::string access = OpenedFor(1, v1::SUBJECT_REQUEST_KIND_ACCESS);
    database_.Execute("REVOKE INSERT ON disclosures FROM bangkit_runtime");
    EXPECT_EQ(ExportError(access, agency_), "INTERNAL");
}

TEST_F(SubjectRequestsTest, TheTraceCannotBeRewritten) {
    for (const std::string sql :
         {"DELETE FROM disclosures", "UPDATE disclosures SET actor = ''", "DELETE FROM erasures",
          "UPDATE erasures SET erased_by = ''", "DELETE FROM erased_niks",
          "UPDATE erased_niks SET erased_at = now()", "DELETE FROM subject_requests"}) {
        postgres::Connection connection(database_.dsn());
        EXPECT_THROW(connection.RunScript(sql), postgres::SqlError) << sql;
    }
}

}  // namespace
}  // namespace bangkit::registration
