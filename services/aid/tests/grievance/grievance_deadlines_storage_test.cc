// What is late goes up to the province, once, by the clock of the database; and onto lists.
#include <thread>

#include "services/aid/tests/grievance/grievances_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GrievanceDeadlinesTest : public GrievancesTest {
protected:
    void SetDue(const std::string& at) const {
        database_.Execute("UPDATE grievances SET due_at = " + at + " WHERE due_at IS NOT NULL");
    }
};

TEST_F(GrievanceDeadlinesTest, TakeItUpToTheProvinceAndToItsList) {
    const std::string id = FiledId();
    Server server(*this);
    server.Look();
    v1::GetGrievanceResponse found = Now(id);
    EXPECT_EQ(found.grievance().level(), v1::GRIEVANCE_LEVEL_PROVINCE);
    EXPECT_TRUE(found.grievance().is_escalated());
    EXPECT_TRUE(found.grievance().is_overdue());
    EXPECT_EQ(Accept(id, city_), "PERMISSION_DENIED GRIEVANCE_ESCALATED");
    EXPECT_EQ(Accept(id, province_), "OK");
    EXPECT_EQ(Answer(id, province_), "OK");
    found = Now(id);
    EXPECT_FALSE(found.grievance().is_overdue());
    ASSERT_EQ(found.messages_size(), 2);
    EXPECT_EQ(found.messages(1).level(), v1::GRIEVANCE_LEVEL_PROVINCE);
    EXPECT_EQ(Count("audit_entries WHERE actor = 'bangkit-aid' AND method = 'PassDeadline'"
                    " AND outcome = 'OK' AND target = 'grievance/" +
                    id + "'"),
              1);
}

TEST_F(GrievanceDeadlinesTest, PassOnceHoweverManyServersLook) {
    constexpr int kMany = 200;
    for (int i = 0; i < kMany; ++i) FiledId();
    std::vector<std::jthread> servers;
    for (int i = 0; i < 3; ++i) {
        servers.emplace_back([this] {
            Server server(*this);
            while (Count("grievances WHERE level = 1") > 0) server.Look();
        });
    }
    servers.clear();
    EXPECT_EQ(Count("grievances WHERE level = 2 AND escalated_at IS NOT NULL AND version = 2"),
              kMany);
    EXPECT_EQ(Count("grievance_history WHERE kind = 5"), kMany);
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.GrievanceEscalated' AND version = 2"),
              kMany);
    EXPECT_EQ(Count("idempotency WHERE caller = 'bangkit-aid'"), kMany);
}

TEST_F(GrievanceDeadlinesTest, PassByNoClockButTheDatabases) {
    const std::string id = FiledId();
    SetDue("now() + interval '30 minutes'");
    for (const auto wrong_by : {std::chrono::hours(1), std::chrono::hours(-1)}) {
        Server server(*this, wrong_by);
        server.Look();
    }
    EXPECT_EQ(Now(id).grievance().level(), v1::GRIEVANCE_LEVEL_CITY);
    SetDue("now() - interval '1 minute'");
    Server slow(*this, -std::chrono::hours(1));
    slow.Look();
    EXPECT_EQ(Now(id).grievance().level(), v1::GRIEVANCE_LEVEL_PROVINCE);
    EXPECT_EQ(Count("grievances WHERE abs(extract(epoch FROM escalated_at - now())) > 600"), 0)
        << "and the next deadline is counted from there";
}

TEST_F(GrievanceDeadlinesTest, AreHeldByTheDatabaseToOneEscalationEach) {
    FiledId();
    Server server(*this);
    server.Look();
    EXPECT_THROW(database_.Execute("INSERT INTO grievance_history SELECT grievance_id, 9, kind,"
                                   " state, level, recorded_at, recorded_by FROM grievance_history"
                                   " WHERE kind = 5"),
                 postgres::SqlError);
}

TEST_F(GrievanceDeadlinesTest, OfTheProvinceMakeItOverdueAndOfTheReporterResolveIt) {
    const std::string silent = FiledId(), answered = FiledId();
    EXPECT_EQ(Accept(answered, city_), "OK");
    EXPECT_EQ(Answer(answered, city_), "OK");
    Server server(*this);
    server.Look();
    EXPECT_EQ(Now(answered).grievance().state(), v1::GRIEVANCE_STATE_RESOLVED);
    EXPECT_EQ(Now(answered).grievance().closing_reason(), v1::CLOSING_REASON_SILENCE);
    SetDue("now() - interval '1 second'");
    server.Look();
    server.Look();
    EXPECT_TRUE(Now(silent).grievance().is_overdue());
    EXPECT_FALSE(Now(silent).grievance().has_due_at());
    EXPECT_EQ(Count("grievance_history WHERE kind = 6"), 1);
    EXPECT_EQ(Accept(silent, province_), "OK");
    EXPECT_EQ(Count("grievances WHERE due_at IS NULL AND state < 4"), 0);
}

TEST_F(GrievanceDeadlinesTest, PutItOnTheListOfTheNextEvaluationMeeting) {
    const std::string late = FiledId();
    Server server(*this);
    server.Look();
    const std::string in_time = FiledId("18.71.01");
    v1::ListGrievancesRequest list = Of("18");
    list.set_only_to_be_evaluated(true);
    EXPECT_THAT(List(list, province_), ElementsAre(late));
    EXPECT_EQ(Evaluate(in_time, province_), "FAILED_PRECONDITION NOTHING_TO_EVALUATE");
    EXPECT_EQ(Evaluate(late, province_), "OK");
    EXPECT_THAT(List(list, province_), IsEmpty());
    EXPECT_EQ(Now(late).grievance().evaluated_on(), "2026-03-09");
}

TEST_F(GrievanceDeadlinesTest, AndStatesAreWhatListsSelectBy) {
    const std::string late = FiledId("18.71.05");
    Server server(*this);
    server.Look();
    const std::string open = FiledId("18.71.05"), closed = FiledId("18.71.01");
    EXPECT_EQ(Close(closed, city_), "OK");
    v1::ListGrievancesRequest list = Of("18.71");
    EXPECT_THAT(List(list, city_), ElementsAre(closed, late, open)) << "region by region";
    list.set_only_open(true);
    EXPECT_THAT(List(list, city_), ElementsAre(late, open));
    list.set_only_overdue(true);
    EXPECT_THAT(List(list, city_), ElementsAre(late));
    list = Of("18.71");
    list.set_state(v1::GRIEVANCE_STATE_ARCHIVED);
    EXPECT_THAT(List(list, city_), ElementsAre(closed));
    list = Of("18.71");
    list.set_service(v1::CONCERNED_SERVICE_TRAINING);
    EXPECT_THAT(List(list, city_), IsEmpty());
    list = Of("18.71");
    list.set_page_size(2);
    std::string next;
    EXPECT_THAT(List(list, city_, &next), ElementsAre(closed, late));
    list.set_page_token(next);
    EXPECT_THAT(List(list, city_, &next), ElementsAre(open));
    EXPECT_EQ(next, "");
    list.set_only_open(true);
    EXPECT_THAT(List(list, city_), ElementsAre("INVALID_ARGUMENT FIELDS_INVALID"))
        << "a token is of one list";
}

TEST_F(GrievanceDeadlinesTest, AreFoundAlongAnIndex) {
    postgres::Connection connection(database_.dsn());
    connection.RunScript(
        "SET bangkit.regions = '*'; SET enable_seqscan = off; SET enable_bitmapscan = off;"
        "SET plan_cache_mode = force_generic_plan;"
        "PREPARE due (timestamptz, uuid, bigint) AS " +
        timers::FindDue("grievances", "grievance_id"));
    const postgres::Rows plan = connection.Run(
        "EXPLAIN EXECUTE due ('2026-01-01', '00000000-0000-0000-0000-000000000000', 10)");
    std::string text;
    for (int i = 0; i < plan.size(); ++i) text += plan.Text(i, 0) + "\n";
    EXPECT_THAT(text, ::testing::HasSubstr("Index Scan using grievances_due"));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("Sort")));
}

}  // namespace
}  // namespace bangkit::aid
