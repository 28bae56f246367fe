// Refunds: what was misused comes back as a whole, and the ledgers say so; money to the treasury,
// goods to their warehouse.
#include <gtest/gtest.h>

#include "libs/indonesia/format.h"
#include "services/aid/jobs/supervision/refund_deadlines.h"
#include "services/aid/tests/payment/payments_fixture.h"
#include "services/aid/tests/stock/goods_fixture.h"
#include "services/aid/tests/supervision/supervision_fixture.h"

namespace bangkit::aid {
namespace {

class RefundsTest : public Supervised<PaymentsTest> {
protected:
    std::string Paid() {
        const std::string id = Approved(program_, Known().id);
        Released(program_);
        EXPECT_EQ(Answer(Reference(id) + ",DIBAYAR,\n"), "1/0/0");
        return id;
    }
    v1::GetRefundCaseResponse Case(const std::string& refund_id) const {
        v1::GetRefundCaseRequest request;
        request.set_refund_id(refund_id);
        v1::GetRefundCaseResponse response;
        EXPECT_EQ(Ask(&SupervisionStub::GetRefundCase, request, response, province_), "OK");
        return response;
    }
    std::int64_t Cases(const std::string& token, v1::RefundState state) const {
        v1::ListRefundCasesRequest request;
        request.set_state(state);
        v1::ListRefundCasesResponse response;
        EXPECT_EQ(Ask(&SupervisionStub::ListRefundCases, request, response, token), "OK");
        return response.refunds_size();
    }

    const std::string program_ = Opened().program_id();
    const std::string budget_ = Allocated(Allocation(program_)).budget_id();
};

TEST_F(RefundsTest, MoneyComesBackInPartsAndIsReturnedWithTheLastOne) {
    const std::string id = Paid();
    EXPECT_EQ(Record(Planned(id), v1::VISIT_OUTCOME_MISUSED, supervisor_), "OK");
    const std::string refund = OpenedCase(id);
    EXPECT_EQ(Case(refund).refund().claimed_rupiah(), kEach);
    EXPECT_EQ(Repay(refund, kEach - 1, "STS/2026/1"), "OK");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_SUPERVISED);
    EXPECT_EQ(Rupiah("returned_rupiah"), 0) << "the ledger knows whole refunds";
    EXPECT_EQ(Repay(refund, 2, "STS/2026/2"), "FAILED_PRECONDITION AMOUNT_TOO_HIGH");
    EXPECT_EQ(Repay(refund, 1, "STS/2026/1"), "ALREADY_EXISTS RECEIPT_TAKEN");
    EXPECT_EQ(Repay(refund, 1, "STS/2026/2"), "OK");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_REFUNDED);
    EXPECT_EQ(Rupiah("returned_rupiah"), kEach);
    EXPECT_EQ(Rupiah("disbursed_rupiah"), 0);
    EXPECT_TRUE(Recounted(budget_).matches());
    const v1::GetRefundCaseResponse settled = Case(refund);
    EXPECT_EQ(settled.refund().state(), v1::REFUND_STATE_REPAID);
    EXPECT_EQ(settled.refund().repaid_rupiah(), kEach);
    ASSERT_EQ(settled.repayments_size(), 2);
    EXPECT_EQ(settled.repayments(1).amount_rupiah(), 1);
    EXPECT_EQ(Repay(refund, 1, "STS/2026/3"), "FAILED_PRECONDITION REFUND_DECIDED");
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.AidReturned'"), 1);
    EXPECT_EQ(Count("refund_cases r WHERE version <> (SELECT count(*) FROM outbox o"
                    "  WHERE o.aggregate_id = r.refund_id)"),
              0);
}

TEST_F(RefundsTest, OneCaseAtATimeOfWhatWasPaid) {
    EXPECT_EQ(Open(Approved(program_, Known().id), province_),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    const std::string id = Paid();
    EXPECT_EQ(Open(id, elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
    const std::string refund = OpenedCase(id);
    EXPECT_EQ(Open(id, province_), "FAILED_PRECONDITION REFUND_OPEN");
    EXPECT_EQ(Repay(refund, 0, "STS/1"), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(TakeBack(refund, officer_), "FAILED_PRECONDITION REFUND_OF_MONEY");
    EXPECT_EQ(Drop(refund, province_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Drop(refund, head_), "OK");
    EXPECT_EQ(Drop(refund, head_), "FAILED_PRECONDITION REFUND_DECIDED");
    EXPECT_EQ(Rupiah("returned_rupiah"), 0);
    const std::string again = OpenedCase(id);
    EXPECT_EQ(Repay(again, 1, "STS/1"), "OK");
    EXPECT_EQ(Drop(again, head_), "FAILED_PRECONDITION REPAYMENT_BEGUN");
    EXPECT_EQ(Cases(province_, v1::REFUND_STATE_UNSPECIFIED), 2);
    EXPECT_EQ(Cases(province_, v1::REFUND_STATE_DROPPED), 1);
    EXPECT_EQ(Cases(elsewhere_, v1::REFUND_STATE_UNSPECIFIED), 0);
}

TEST_F(RefundsTest, WhatTheBankHasReturnedIsNotPaidBackAsWell) {
    const std::string id = Paid();
    const std::string refund = OpenedCase(id);
    EXPECT_EQ(Answer(Reference(id) + ",DIKEMBALIKAN,AC04\n"), "1/0/0");
    EXPECT_EQ(Repay(refund, kEach, "STS/1"), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    EXPECT_EQ(Count("repayments"), 0);
    EXPECT_EQ(Count("ledger WHERE kind = 6"), 1);
    EXPECT_EQ(Drop(refund, head_), "OK");
}

TEST_F(RefundsTest, WhatTheBankHasReturnedToOneWhoHadBegunToRepayIsNotAskedForAnyMore) {
    const std::string id = Paid();
    const std::string refund = OpenedCase(id);
    EXPECT_EQ(Repay(refund, 1, "STS/1"), "OK");
    EXPECT_THROW(database_.Execute("UPDATE refund_cases SET state = 3, decided_by = 'kepala',"
                                   " decided_at = now()"),
                 postgres::SqlError);
    EXPECT_EQ(Answer(Reference(id) + ",DIKEMBALIKAN,AC04\n"), "1/0/0");
    EXPECT_EQ(Drop(refund, province_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Drop(refund, head_), "OK");
    EXPECT_EQ(Case(refund).refund().repaid_rupiah(), 1)
        << "what was repaid besides stays on record";
    EXPECT_EQ(Rupiah("returned_rupiah"), kEach);
}

TEST_F(RefundsTest, WhatIsNotBackByItsLastDayIsOverdueOnce) {
    const std::string late = OpenedCase(Paid());
    const std::string in_time = OpenedCase(
        Paid(),
        indonesia::FormatDate(indonesia::LocalDate(SystemClock().Now()) + std::chrono::days(3)));
    EXPECT_EQ(Repay(late, 1, "STS/1"), "OK");
    FireTwice(RefundDeadlines);
    EXPECT_EQ(Count("refund_cases WHERE is_overdue AND refund_id = '" + late + "'"), 1);
    EXPECT_EQ(Count("refund_cases WHERE is_overdue"), 1) << "not " << in_time;
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.RefundOverdue'"), 1);
    EXPECT_TRUE(Case(late).refund().is_overdue());
    EXPECT_EQ(Repay(late, 1, "STS/2"), "OK") << "it may come back all the same";
    FireTwice(RefundDeadlines);
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.RefundOverdue'"), 1);
    EXPECT_EQ(Repay(late, kEach - 2, "STS/3"), "OK");
    EXPECT_EQ(Count("refund_cases WHERE is_overdue"), 0);
}

TEST_F(RefundsTest, TheDatabaseSettlesNothingThatIsNotBack) {
    const std::string id = Paid();
    const std::string refund = OpenedCase(id);
    const auto expect_refused = [this](const std::string& sql) {
        EXPECT_THROW(database_.Execute(sql), postgres::SqlError) << sql;
    };
    const std::string settle =
        "UPDATE refund_cases SET state = 2, decided_by = 'x',"
        " decided_at = now(), repaid_rupiah = ";
    expect_refused(settle + "claimed_rupiah");  // No receipt.
    expect_refused(settle + "0");
    expect_refused(settle + "claimed_rupiah + 1");
    database_.Execute(
        "INSERT INTO repayments SELECT 'STS/9', refund_id, claimed_rupiah, now(), 'x'"
        " FROM refund_cases");
    expect_refused(settle + "claimed_rupiah");  // Not in the ledger.
    expect_refused("UPDATE repayments SET amount_rupiah = 1");
    expect_refused("DELETE FROM repayments");
    expect_refused(
        "INSERT INTO repayments SELECT 'STS/9', refund_id, 1, now(), 'x'"
        " FROM refund_cases");
    expect_refused("UPDATE refund_cases SET state = 3, decided_by = opened_by, decided_at = now()");
    expect_refused("DELETE FROM refund_cases");
    EXPECT_EQ(Drop(refund, head_), "OK");
    expect_refused("UPDATE refund_cases SET state = 1, decided_by = '', decided_at = NULL");
}

class GoodsRefundsTest : public Supervised<GoodsTest> {
protected:
    GoodsRefundsTest() { EXPECT_EQ(Receive(warehouse_, item_, 10, province_), "OK"); }

    const std::string item_ = NewItem();
    const std::string warehouse_ = NewWarehouse("GDG-1", "18");
    const std::string program_ = Giving(item_, 4);
};

TEST_F(GoodsRefundsTest, GoodsComeBackIntoTheirWarehouse) {
    const std::string id = Approved(program_, Known().id);
    HandedOver(id);
    const std::string refund = OpenedCase(id);
    EXPECT_EQ(Repay(refund, 1, "STS/1"), "FAILED_PRECONDITION REFUND_OF_GOODS");
    EXPECT_EQ(TakeBack(refund, elsewhere_), "NOT_FOUND REFUND_NOT_FOUND");
    EXPECT_EQ(TakeBack(refund, officer_), "OK");
    EXPECT_EQ(TakeBack(refund, officer_), "FAILED_PRECONDITION REFUND_DECIDED");
    EXPECT_EQ(Quantity("available", warehouse_), 10);
    EXPECT_EQ(Quantity("handed_over", warehouse_), 0);
    v1::Application application;
    EXPECT_EQ(Get(id, province_, &application), "OK");
    EXPECT_EQ(application.state(), v1::APPLICATION_STATE_REFUNDED);
    EXPECT_EQ(Count("stock_ledger WHERE kind = 6 AND document = 'BA-KEMBALI/1'"), 1);
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.GoodsReturned'"), 1);
    ExpectStocktaking();
}

}  // namespace
}  // namespace bangkit::aid
