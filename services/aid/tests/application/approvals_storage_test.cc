// Approvals over the wire: what is approved is reserved, once, and never more than there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/aid/storage/application/applications.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::Each;

class ApprovalsTest : public ApplicationsTest {};

TEST_F(ApprovalsTest, OfMoreThanTheBudgetJustAsManySucceed) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 20 * kEach + 1'673)).budget_id();
    const std::vector<std::string> ids = ManySurveyed(program, 30);
    std::vector<std::string> answers(ids.size());
    {
        std::vector<std::jthread> callers;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            callers.emplace_back([&, i] { answers[i] = Approve(ids[i], province_); });
        }
    }
    EXPECT_EQ(std::ranges::count(answers, "OK"), 20);
    EXPECT_EQ(std::ranges::count(answers, "FAILED_PRECONDITION BUDGET_EXHAUSTED"), 10);
    EXPECT_EQ(Recounted(budget).recounted().available_rupiah(), 1'673);
    ExpectClean(budget);
}

TEST_F(ApprovalsTest, AreApprovedByThousandsEachOnItsOwn) {
    const std::string program = Opened().program_id();
    v1::AllocateBudgetRequest allocation = Allocation(program, 1'000 * kEach);
    allocation.set_quota(18);
    const std::string budget = Allocated(allocation).budget_id();
    std::vector<std::string> ids = ManySurveyed(program, 20);
    ids.insert(ids.begin() + 3, NewId(kNow));                   // Nobody's.
    ids.insert(ids.begin() + 7, Started(program, Known().id));  // A draft.
    const auto lines = Approvals(ids);
    const std::vector<std::string> answers = BatchApprove(lines);
    EXPECT_EQ(answers.at(3), "APPLICATION_NOT_FOUND");
    EXPECT_EQ(answers.at(7), "APPLICATION_STATE_WRONG");
    EXPECT_EQ(std::ranges::count(answers, "OK"), 18);
    EXPECT_EQ(std::ranges::count(answers, "QUOTA_EXHAUSTED"), 2);
    EXPECT_EQ(BatchApprove(lines), answers) << "the same lines again get the same answers";
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 18);
    ExpectClean(budget);
}

TEST_F(ApprovalsTest, TwinsOfAnApprovalReserveOnce) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 10 * kEach)).budget_id();
    const v1::ApproveApplicationRequest request =
        Approvals({Surveyed(program, Known().id)}).front();
    std::vector<std::string> answers(50);
    {
        std::vector<std::jthread> callers;
        for (std::string& answer : answers) {
            callers.emplace_back([&] {
                v1::ApproveApplicationResponse response;
                answer = Call(&ApplicationStub::ApproveApplication, request, response, province_);
                answer += std::to_string(response.application().version());
            });
        }
    }
    EXPECT_THAT(answers, Each("OK5"));
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 1);
    ExpectClean(budget);
}

TEST_F(ApprovalsTest, AreNotApprovedByWhoEnteredOrSurveyedThem) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Surveyed(program, Known().id);
    for (const char* subject : {"petugas", "penyurvei"}) {
        EXPECT_EQ(Approve(id, Token({"province"}, {"18"}, subject)),
                  "PERMISSION_DENIED MAKER_IS_CHECKER");
    }
    EXPECT_EQ(Approve(id, city_), "PERMISSION_DENIED BAND_EXCEEDED");
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 0);
    EXPECT_EQ(Approve(id, province_), "OK");
    EXPECT_THROW(database_.Execute("UPDATE applications SET approved_by = 'penyurvei'"),
                 postgres::SqlError)
        << "the database does not take it either";
    EXPECT_THROW(database_.Execute("UPDATE applications SET approved_by = ''"), postgres::SqlError);
}

TEST_F(ApprovalsTest, OfARowThatIsNotWhatWasLoadedIsNotSaved) {
    const std::string id = Started(Opened().program_id(), Known().id);
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    postgres::UuidArray ids;
    ids.Add(id);
    Tracked<Application> applications;
    for (Application& each : LockApplications(transaction, ids)) {
        applications.AddLoaded(std::move(each));
    }
    transaction.Run("UPDATE applications SET version = version + 1");
    ++applications[id].version;
    SaveApplications(transaction, applications);
    try {
        transaction.Commit();
        FAIL() << "an update was lost";
    } catch (const postgres::SqlError& error) {
        EXPECT_TRUE(error.IsLostRace());
    }
}

TEST_F(ApprovalsTest, GiveBackWhatWasReservedWhenTheyEnd) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 2 * kEach)).budget_id();
    const std::vector<std::string> ids = ManySurveyed(program, 3);
    EXPECT_EQ(Approve(ids[0], province_), "OK");
    EXPECT_EQ(Approve(ids[1], province_), "OK");
    EXPECT_EQ(Approve(ids[2], province_), "FAILED_PRECONDITION BUDGET_EXHAUSTED");
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, ids[0], province_), "OK");
    EXPECT_EQ(Approve(ids[2], province_), "OK");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, ids[1], officer_), "OK");
    EXPECT_EQ(Recounted(budget).recounted_recipients(), 1);
    EXPECT_EQ(Count("aid_claims"), 1);
    ExpectClean(budget);
}

}  // namespace
}  // namespace bangkit::aid
