// Visits: planned of what was given, made by others than who gave it, and overdue once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/indonesia/format.h"
#include "services/aid/jobs/supervision/visit_deadlines.h"
#include "services/aid/storage/business/erasure.h"
#include "services/aid/tests/stock/goods_fixture.h"
#include "services/aid/tests/supervision/supervision_fixture.h"

namespace bangkit::aid {
namespace {

class VisitsTest : public Supervised<GoodsTest> {
protected:
    using Supervised<GoodsTest>::Ask;
    using GoodsTest::Ask;

    VisitsTest() { EXPECT_EQ(Receive(warehouse_, item_, 1'000, province_), "OK"); }

    std::string Given(const Business& business) const {
        const std::string id = Approved(program_, business.id);
        HandedOver(id);
        return id;
    }
    std::string Given() { return Given(Known()); }
    v1::ApplicationState StateOf(const std::string& id) const {
        v1::Application application;
        EXPECT_EQ(Get(id, Token({"province"}), &application), "OK");
        return application.state();
    }
    std::vector<v1::Visit> Visits(const std::string& token, v1::VisitState state,
                                  const std::string& application_id = "") const {
        v1::ListVisitsRequest request;
        request.set_state(state);
        request.set_application_id(application_id);
        request.set_page_size(2);
        std::vector<v1::Visit> visits;
        for (;;) {
            v1::ListVisitsResponse response;
            EXPECT_EQ(Ask(&SupervisionStub::ListVisits, request, response, token), "OK");
            visits.insert(visits.end(), response.visits().begin(), response.visits().end());
            if (response.next_page_token().empty()) return visits;
            request.set_page_token(response.next_page_token());
        }
    }
    void ProveUse(const std::string& application_id) const {
        Attached(application_id, v1::DOCUMENT_KIND_PROOF_OF_USE, content::Jpeg(8, 8));
    }

    const std::string item_ = NewItem();
    const std::string warehouse_ = NewWarehouse("GDG-1", "18");
    const std::string program_ = Giving(item_, 1);
};

TEST_F(VisitsTest, AidThatDidWhatItWasForIsClosed) {
    const std::string id = Given();
    EXPECT_EQ(Close(id, province_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    const std::string visit = Planned(id);
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, supervisor_), "OK");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_SUPERVISED);
    EXPECT_EQ(Close(id, province_), "FAILED_PRECONDITION PROOF_MISSING");
    ProveUse(id);
    const std::string another = Planned(id);
    EXPECT_EQ(Close(id, province_), "FAILED_PRECONDITION VISIT_PLANNED");
    EXPECT_EQ(Record(another, v1::VISIT_OUTCOME_NOBODY_MET, supervisor_), "OK");
    EXPECT_EQ(Close(id, elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(Close(id, province_), "OK");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_CLOSED);
    EXPECT_EQ(Open(id, province_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    EXPECT_EQ(Count("visits v WHERE version <> (SELECT count(*) FROM outbox o"
                    "  WHERE o.aggregate_id = v.visit_id)"),
              0);
    EXPECT_EQ(Count("applications a WHERE version <> (SELECT count(*) FROM application_history h"
                    "  WHERE h.application_id = a.application_id)"),
              0);
}

TEST_F(VisitsTest, TheLastVisitCounts) {
    const std::string id = Given();
    ProveUse(id);
    EXPECT_EQ(Record(Planned(id), v1::VISIT_OUTCOME_NOT_USED, supervisor_), "OK");
    EXPECT_EQ(Close(id, province_), "FAILED_PRECONDITION NOT_USED_AS_INTENDED");
    clock_.Advance(std::chrono::minutes(1));
    EXPECT_EQ(Record(Planned(id), v1::VISIT_OUTCOME_AS_INTENDED, supervisor_), "OK");
    EXPECT_EQ(Close(id, province_), "OK");
}

TEST_F(VisitsTest, WhoEnteredOrApprovedItDoesNotSuperviseIt) {
    const std::string id = Given();
    const std::string visit = Planned(id);
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, officer_),
              "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, province_),
              "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, elsewhere_),
              "NOT_FOUND VISIT_NOT_FOUND");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_UNSPECIFIED, supervisor_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    // The database says so too.
    const std::string seen =
        "UPDATE visits SET state = 2, outcome = 1, visited_at = now(),"
        " visited_by = '";
    EXPECT_THROW(database_.Execute(seen + "petugas'"), postgres::SqlError);
    EXPECT_THROW(database_.Execute(seen + "dinas'"), postgres::SqlError);
    EXPECT_NO_THROW(database_.Execute(seen + "pengawas'"));
    EXPECT_THROW(database_.Execute("UPDATE visits SET outcome = 4"), postgres::SqlError);
    EXPECT_THROW(database_.Execute("DELETE FROM visits"), postgres::SqlError);
}

TEST_F(VisitsTest, OneIsPlannedAtATimeOfWhatWasGiven) {
    EXPECT_EQ(Plan(Approved(program_, Known().id), province_),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    const std::string id = Given();
    EXPECT_EQ(Plan(id, province_, nullptr, "2026-03-09"), "FAILED_PRECONDITION DATE_IN_PAST");
    EXPECT_EQ(Plan(id, elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
    const std::string visit = Planned(id);
    EXPECT_EQ(Plan(id, province_), "FAILED_PRECONDITION VISIT_PLANNED");
    EXPECT_THROW(database_.Execute("INSERT INTO visits SELECT gen_random_uuid(), 1,"
                                   " application_id, program_id, business_id, owner_id,"
                                   " region_code, 1, planned_for, planned_by, planned_at, NULL, '',"
                                   " '', NULL, false, now() FROM visits"),
                 postgres::SqlError);
    v1::CancelVisitRequest request;
    request.set_request_id(NewId(kNow));
    request.set_visit_id(visit);
    v1::CancelVisitResponse response;
    EXPECT_EQ(Ask(&SupervisionStub::CancelVisit, request, response, province_), "OK");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, supervisor_),
              "FAILED_PRECONDITION VISIT_DECIDED");
    EXPECT_EQ(Plan(id, province_), "OK");
}

TEST_F(VisitsTest, APlanIsOfAllThatNobodyHasSeen) {
    std::int64_t planned = 0;
    EXPECT_EQ(PlanAll(program_, &planned), "FAILED_PRECONDITION NOTHING_TO_VISIT");
    const std::string seen = Given(), waits = Given();
    for (int i = 0; i < 3; ++i) Given();
    Approved(program_, Known().id);
    EXPECT_EQ(Record(Planned(seen), v1::VISIT_OUTCOME_PARTLY, supervisor_), "OK");
    Planned(waits);
    EXPECT_EQ(PlanAll(program_, &planned, "18", 2), "OK");
    EXPECT_EQ(planned, 2);
    EXPECT_EQ(PlanAll(program_, &planned, "18.71"), "OK");
    EXPECT_EQ(planned, 1);
    EXPECT_EQ(PlanAll(program_, &planned), "FAILED_PRECONDITION NOTHING_TO_VISIT");
    EXPECT_EQ(PlanAll(program_, &planned, "36"), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Visits(province_, v1::VISIT_STATE_PLANNED).size(), 4U);
    EXPECT_EQ(Visits(province_, v1::VISIT_STATE_VISITED).size(), 1U);
    EXPECT_EQ(Visits(city_, v1::VISIT_STATE_UNSPECIFIED).size(), 5U);
    EXPECT_EQ(Visits(province_, v1::VISIT_STATE_UNSPECIFIED, waits).size(), 1U);
    EXPECT_EQ(Visits(elsewhere_, v1::VISIT_STATE_UNSPECIFIED).size(), 0U);
}

TEST_F(VisitsTest, WhatWasSeenIsSealedAndItsReadersAreOnRecord) {
    const Business business = Known();
    const std::string visit = Planned(Given(business));
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, supervisor_, "rumah bercat hijau"),
              "OK");
    EXPECT_EQ(Count("visits WHERE position('hijau'::bytea in findings) > 0"), 0);
    EXPECT_EQ(Count("outbox WHERE position('hijau'::bytea in payload) > 0"), 0);
    v1::GetVisitRequest request;
    request.set_visit_id(visit);
    v1::GetVisitResponse response, nothing, erased;
    EXPECT_EQ(Ask(&SupervisionStub::GetVisit, request, response, city_), "OK");
    EXPECT_EQ(response.visit().findings().note(), "rumah bercat hijau");
    EXPECT_EQ(Count("audit_entries WHERE method = 'GetVisit' AND actor = 'kota'"), 1);
    EXPECT_EQ(Ask(&SupervisionStub::GetVisit, request, nothing, elsewhere_),
              "NOT_FOUND VISIT_NOT_FOUND");
    {
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        EraseOwners(transaction, {business.owner_id});
        transaction.Commit();
    }
    EXPECT_EQ(Ask(&SupervisionStub::GetVisit, request, erased, city_), "OK");
    EXPECT_FALSE(erased.visit().has_findings());
    EXPECT_EQ(erased.visit().outcome(), v1::VISIT_OUTCOME_AS_INTENDED);
}

TEST_F(VisitsTest, OfAnErasedOwnerNothingIsKept) {
    const Business business = Known();
    const std::string visit = Planned(Given(business));
    database_.Execute("UPDATE businesses SET owner_is_erased = true WHERE business_id = '" +
                      business.id + "'");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, supervisor_, "rumah"),
              "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(Record(visit, v1::VISIT_OUTCOME_AS_INTENDED, supervisor_), "OK");
}

TEST_F(VisitsTest, ThoseThatNobodyMadeInTimeAreOverdueOnce) {
    const std::string late = Planned(Given());
    const std::string in_time = Planned(
        Given(),
        indonesia::FormatDate(indonesia::LocalDate(SystemClock().Now()) + std::chrono::days(3)));
    FireTwice(VisitDeadlines);
    EXPECT_EQ(Count("visits WHERE is_overdue AND visit_id = '" + late + "'"), 1);
    EXPECT_EQ(Count("visits WHERE is_overdue"), 1) << "not " << in_time;
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.VisitOverdue'"), 1);
    EXPECT_EQ(Record(late, v1::VISIT_OUTCOME_AS_INTENDED, Token({"officer"}, {"18"}, "pengawas")),
              "OK");
    EXPECT_EQ(Count("visits WHERE is_overdue"), 0);
}

}  // namespace
}  // namespace bangkit::aid
