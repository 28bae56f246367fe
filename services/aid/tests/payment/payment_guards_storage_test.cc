// Behind the service: what the database does not let happen to payments, whatever the service
// believes.
#include <gtest/gtest.h>

#include "services/aid/tests/payment/payments_fixture.h"

namespace bangkit::aid {
namespace {

class PaymentGuardsTest : public PaymentsTest {
protected:
    /// An attempt to pay the application from the batch, written by hand.
    std::string Insertion(const std::string& application_id, const std::string& batch_id,
                          int attempt = 2, std::int64_t rupiah = kEach) const {
        return "INSERT INTO payments (reference, attempt, application_id, owner_id, batch_id,"
               " number, amount_rupiah, payee, state, reason, is_disputed)"
               " SELECT '" +
               Reference(application_id) + "', " + std::to_string(attempt) +
               ", application_id, owner_id, '" + batch_id + "', 1000 + " + std::to_string(attempt) +
               ", " + std::to_string(rupiah) +
               ", 'x', 1, '', false FROM applications WHERE application_id = '" + application_id +
               "'";
    }
    void ExpectRefused(const std::string& sql) const {
        EXPECT_THROW(database_.Execute(sql), postgres::SqlError) << sql;
    }
};

TEST_F(PaymentGuardsTest, NobodyIsSentTwiceWhileTheBankMayPay) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    Released(program);
    Approved(program, Known().id);
    const std::string other = Batched(program).batch_id();
    ExpectRefused(Insertion(id, other));
    database_.Execute("UPDATE payments SET state = 2 WHERE reference = '" + Reference(id) + "'");
    ExpectRefused(Insertion(id, other));
    database_.Execute("UPDATE payments SET state = 4 WHERE reference = '" + Reference(id) + "'");
    ExpectRefused(Insertion(id, other, 1));
    database_.Execute(Insertion(id, other));
}

TEST_F(PaymentGuardsTest, NobodyIsPaidTwice) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    Released(program);
    Approved(program, Known().id);
    const std::string other = Batched(program).batch_id();
    database_.Execute("UPDATE payments SET state = 4 WHERE reference = '" + Reference(id) + "'");
    database_.Execute(Insertion(id, other));
    database_.Execute("UPDATE payments SET state = 3 WHERE attempt = 2");
    ExpectRefused("UPDATE payments SET state = 3 WHERE reference = '" + Reference(id) + "'");
}

TEST_F(PaymentGuardsTest, OnlyWhatIsApprovedIsSentAndJustAsMuch) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    const std::string draft = Started(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    database_.Execute("UPDATE payments SET state = 4");
    ExpectRefused(Insertion(draft, batch));
    ExpectRefused(Insertion(id, batch, 2, kEach + 1));
    ExpectRefused(Insertion(id, batch, 2, 0));
    ExpectRefused(
        "INSERT INTO payments SELECT reference || '0', 2, application_id, owner_id, batch_id,"
        " 7, amount_rupiah, payee, 1, '', false FROM payments");
    EXPECT_EQ(Release(batch, head_), "OK");
    ExpectRefused(Insertion(id, batch));  // Its file may have been sent.
}

TEST_F(PaymentGuardsTest, NobodyIsSentWithoutAPlaceInEveryGroup) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    database_.Execute("UPDATE payments SET state = 4");
    database_.Execute("DELETE FROM aid_claims");
    ExpectRefused(Insertion(id, batch));
}

TEST_F(PaymentGuardsTest, WhoLostTheirPlaceAreLeftOut) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::vector<std::string> ids = ManyApproved(program, 2);
    database_.Execute("DELETE FROM aid_claims WHERE application_id = '" + ids[0] + "'");
    EXPECT_EQ(Batched(program).payments(), 1);
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_APPROVED);
}

TEST_F(PaymentGuardsTest, WhatIsDecidedIsFinal) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Approved(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    ExpectRefused(
        "UPDATE payment_batches SET state = 2, decided_by = 'bendahara', decided_at = now()");
    ExpectRefused(
        "UPDATE payment_batches SET state = 2, decided_by = 'petugas', decided_at = now()");
    ExpectRefused("UPDATE payment_batches SET state = 2, decided_by = 'kepala'");
    ExpectRefused("DELETE FROM payments");
    ExpectRefused("TRUNCATE payments");
    ExpectRefused("DELETE FROM payment_batches");
    ExpectRefused("TRUNCATE payment_batches");
    EXPECT_EQ(Release(batch, head_), "OK");
    ExpectRefused("UPDATE payment_batches SET execute_on = '2026-04-01'");
    ExpectRefused("UPDATE payment_batches SET state = 3");
}

}  // namespace
}  // namespace bangkit::aid
