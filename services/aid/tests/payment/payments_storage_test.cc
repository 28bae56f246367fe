// Payments over the wire: who is approved is paid once, and what does not arrive stays reserved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/payment/payments_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(PaymentsTest, GoFromApprovalToDisbursement) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 10 * kEach)).budget_id();
    const std::vector<std::string> ids = ManyApproved(program, 3);
    const v1::PaymentBatch batch = Batched(program);
    EXPECT_EQ(batch.payments(), 3);
    EXPECT_EQ(batch.total_rupiah(), 3 * kEach);
    EXPECT_EQ(batch.state(), v1::PAYMENT_BATCH_STATE_PROPOSED);
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_SCHEDULED);
    EXPECT_EQ(Release(batch.batch_id(), head_), "OK");
    const std::string file = File(batch.batch_id(), treasurer_);
    EXPECT_THAT(file, HasSubstr("<MsgId>" + Reference(batch.batch_id()) + "</MsgId>"));
    EXPECT_THAT(file, HasSubstr("<CtrlSum>" + std::to_string(3 * kEach) + "</CtrlSum>"));
    for (const std::string& id : ids) {
        EXPECT_THAT(file, HasSubstr("<EndToEndId>" + Reference(id) + "</EndToEndId>"));
    }
    EXPECT_EQ(Rupiah("disbursed_rupiah"), 0) << "a file is not yet a payment";
    EXPECT_EQ(Answer(Reference(ids[0]) + ",DIBAYAR,\n" + Reference(ids[1]) + ",DITERIMA,\n" +
                     Reference(ids[2]) + ",DITOLAK,AC04\n"),
              "3/0/0");
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(StateOf(ids[1]), v1::APPLICATION_STATE_SCHEDULED);
    EXPECT_EQ(StateOf(ids[2]), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(Rupiah("disbursed_rupiah"), kEach);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 2 * kEach);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.AidScheduled'"), 3);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.AidDisbursed'"), 1);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.DisbursementFailed'"), 1);
    ExpectSettled();
    ExpectClean(budget);
}

TEST_F(PaymentsTest, AreTriedAgainUnderTheSameReference) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, kEach)).budget_id();
    const std::string id = Approved(program, Known().id);
    Released(program);
    EXPECT_EQ(Answer(Reference(id) + ",DITOLAK,AC04\n"), "1/0/0");
    const std::string again = File(Released(program).batch_id(), treasurer_);
    EXPECT_THAT(again, HasSubstr("<InstrId>" + Reference(id) + "-2</InstrId><EndToEndId>" +
                                 Reference(id) + "</EndToEndId>"));
    EXPECT_EQ(Answer(Reference(id) + ",DIBAYAR,\n"), "1/0/0");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_DISBURSED);
    ExpectSettled();
    ExpectClean(budget);
}

TEST_F(PaymentsTest, GoBackToTheBudgetWhenTheyFailForGood) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, kEach)).budget_id();
    const std::string id = Approved(program, Known().id);
    Released(program);
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, id, province_),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG")
        << "it is on its way";
    EXPECT_EQ(Answer(Reference(id) + ",DITOLAK,AC04\n"), "1/0/0");
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, id, province_), "OK");
    EXPECT_EQ(Rupiah("available_rupiah"), kEach);
    EXPECT_EQ(Answer(Reference(id) + ",DIBAYAR,\n"), "1/0/0") << "the bank changes its mind";
    EXPECT_EQ(Count("payments WHERE is_disputed AND state = 4"), 1);
    EXPECT_EQ(Rupiah("disbursed_rupiah"), 0);
    ExpectClean(budget);
}

TEST_F(PaymentsTest, ThatComeBackAreTheTreasurys) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 2 * kEach)).budget_id();
    const std::vector<std::string> ids = ManyApproved(program, 2);
    Released(program);
    EXPECT_EQ(Answer(Reference(ids[0]) + ",DIBAYAR,\n" + Reference(ids[0]) +
                     ",DIKEMBALIKAN,AC04\n" + Reference(ids[1]) + ",DIKEMBALIKAN,AC04\n"),
              "3/0/0")
        << "one of them before it was said to be paid";
    for (const std::string& id : ids) EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_REFUNDED);
    EXPECT_EQ(Rupiah("returned_rupiah"), 2 * kEach);
    EXPECT_EQ(Answer(Reference(ids[1]) + ",DIBAYAR,\n"), "0/1/0");
    ExpectSettled();
    ExpectClean(budget);
}

TEST_F(PaymentsTest, AreChangedByNothingThatIsSaidAgain) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program, 3 * kEach));
    const std::vector<std::string> ids = ManyApproved(program, 3);
    const v1::PaymentBatch batch = Released(program);
    const std::string file = File(batch.batch_id(), treasurer_);
    EXPECT_EQ(File(batch.batch_id(), treasurer_), file) << "the same bytes";
    const std::string answers = Reference(ids[0]) + ",DIBAYAR,\n" + Reference(ids[1]) +
                                ",DITOLAK,AC04\n" + Reference(ids[0]) + ",DIBAYAR,\n";
    EXPECT_EQ(Answer(answers), "2/1/0");
    EXPECT_EQ(Answer(answers), "0/3/0");
    EXPECT_EQ(Count("ledger WHERE kind = 5"), 1);
    EXPECT_EQ(Answer(Reference(ids[2]) + ",DITOLAK,AM05\n"), "1/0/0")
        << "a second instruction is refused because of the first one";
    EXPECT_EQ(StateOf(ids[2]), v1::APPLICATION_STATE_SCHEDULED);
    ExpectSettled();
}

TEST_F(PaymentsTest, AreReleasedBySomebodyElse) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Approved(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    std::string name;
    EXPECT_EQ(Release(batch, treasurer_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Release(batch, Token({"province"}, {"18"}, "petugas")),
              "PERMISSION_DENIED MAKER_IS_CHECKER")
        << "who stated the account";
    File(batch, treasurer_, &name);
    EXPECT_EQ(name, "FAILED_PRECONDITION BATCH_NOT_RELEASED");
    EXPECT_EQ(Release(batch, head_), "OK");
    EXPECT_EQ(Release(batch, head_), "FAILED_PRECONDITION BATCH_DECIDED");
    EXPECT_EQ(Dissolve(batch, head_), "FAILED_PRECONDITION BATCH_DECIDED");
}

TEST_F(PaymentsTest, OfADissolvedBatchGoIntoAnotherOne) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    EXPECT_EQ(Create(Creation(program), treasurer_), "FAILED_PRECONDITION NOTHING_TO_PAY");
    EXPECT_EQ(Answer(Reference(id) + ",DIBAYAR,\n"), "0/0/1") << "the bank cannot know of it";
    EXPECT_EQ(Dissolve(batch, treasurer_), "OK");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(Batched(program).payments(), 1);
    ExpectSettled();
}

TEST_F(PaymentsTest, AreNotSentAgainIfTheFirstAttemptIsPaidAfterAll) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 2 * kEach)).budget_id();
    const std::vector<std::string> ids = ManyApproved(program, 2);
    Released(program);
    EXPECT_EQ(Answer(Reference(ids[0]) + ",DITOLAK,AC04\n" + Reference(ids[1]) + ",DITOLAK,AC04\n"),
              "2/0/0");
    const std::string again = Batched(program).batch_id();
    EXPECT_EQ(Answer(Reference(ids[0]) + ",DIBAYAR,\n"), "1/0/0")
        << "of the first attempt, for the bank cannot know of another one";
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(Release(again, head_), "FAILED_PRECONDITION BATCH_OUTDATED");
    EXPECT_EQ(Dissolve(again, treasurer_), "OK");
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(StateOf(ids[1]), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(Released(program).payments(), 1);
    ExpectSettled();
    ExpectClean(budget);
}

TEST_F(PaymentsTest, AreNotSentIfTheirBusinessesHaveBecomeOneMeanwhile) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business survivor = Known(), merged = Known();
    Approved(program, survivor.id);
    Approved(program, merged.id);
    const std::string batch = Batched(program).batch_id();
    database_.Execute("UPDATE businesses SET merged_into = '" + survivor.id +
                      "' WHERE business_id = '" + merged.id + "'");
    EXPECT_EQ(Release(batch, head_), "FAILED_PRECONDITION BATCH_OUTDATED");
    EXPECT_EQ(Dissolve(batch, treasurer_), "OK");
    EXPECT_EQ(Create(Creation(program), treasurer_), "FAILED_PRECONDITION NOTHING_TO_PAY")
        << "people decide first who of them gets it";
}

TEST_F(PaymentsTest, AreNotReleasedIfNoFileCanBeMadeOfThem) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business erased = Known();
    Approved(program, erased.id);
    Approved(program, Known().id);
    const std::string batch = Batched(program).batch_id();
    database_.Execute("DELETE FROM owner_keys WHERE owner_id = '" + erased.owner_id + "'");
    EXPECT_EQ(Release(batch, head_), "FAILED_PRECONDITION BATCH_OUTDATED");
}

TEST_F(PaymentsTest, AreNotTakenBackByWhatWasSaidOfAnEarlierAttempt) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Approved(program, Known().id);
    Released(program);
    const std::string refused = Reference(id) + ",DITOLAK,AC04\n";
    EXPECT_EQ(Answer(refused), "1/0/0");
    Released(program);
    EXPECT_EQ(Answer(refused), "0/0/1") << "the same file again";
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_SCHEDULED);
    const Uploaded named =
        Upload("referensi,status,percobaan\n" + Reference(id) + ",DITOLAK,2\n", treasurer_);
    EXPECT_EQ(named.summary.changed(), 1);
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_APPROVED);
}

TEST_F(PaymentsTest, OfARefusedFileFailTogether) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::vector<std::string> ids = ManyApproved(program, 3);
    const v1::PaymentBatch batch = Released(program);
    EXPECT_EQ(Answer(Reference(ids[0]) + ",DIBAYAR,\n"), "1/0/0");
    const std::string report =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt>"
        "<OrgnlGrpInfAndSts><OrgnlMsgId>" +
        Reference(batch.batch_id()) +
        "</OrgnlMsgId><GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
        "</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>";
    EXPECT_EQ(Upload(report, treasurer_, 7).summary.changed(), 1);
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(StateOf(ids[1]), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(StateOf(ids[2]), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(Upload(report, treasurer_).summary.unchanged(), 1);
    ExpectSettled();
}

TEST_F(PaymentsTest, TwinsOfABatchAreOne) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    ManyApproved(program, 3);
    const v1::CreatePaymentBatchRequest request = Creation(program);
    std::vector<v1::CreatePaymentBatchResponse> answers(20);
    {
        std::vector<std::jthread> callers;
        for (auto& answer : answers) {
            callers.emplace_back([&] {
                EXPECT_EQ(Call(&PaymentStub::CreatePaymentBatch, request, answer, treasurer_),
                          "OK");
            });
        }
    }
    for (const auto& answer : answers) {
        EXPECT_EQ(answer.batch().batch_id(), answers[0].batch().batch_id());
    }
    EXPECT_EQ(Count("payment_batches"), 1);
    EXPECT_EQ(Count("payments"), 3);
}

TEST_F(PaymentsTest, AreListedAndCounted) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::vector<std::string> ids = ManyApproved(program, 5);
    v1::CreatePaymentBatchRequest some = Creation(program);
    some.set_payments_max(2);
    v1::CreatePaymentBatchResponse first;
    EXPECT_EQ(Create(some, treasurer_, &first), "OK");
    EXPECT_EQ(first.batch().payments(), 2);
    const v1::PaymentBatch second = Released(program);
    EXPECT_EQ(second.payments(), 3);
    EXPECT_EQ(Answer(Reference(ids[4]) + ",DIBAYAR,\n"), "1/0/0");

    v1::ListPaymentBatchesRequest list;
    list.set_program_id(program);
    list.set_page_size(1);
    std::vector<std::string> batches;
    do {
        v1::ListPaymentBatchesResponse page;
        ASSERT_EQ(Call(&PaymentStub::ListPaymentBatches, list, page, province_), "OK");
        for (const auto& batch : page.batches()) batches.push_back(batch.batch_id());
        list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    EXPECT_THAT(batches, ElementsAre(second.batch_id(), first.batch().batch_id()));

    v1::GetPaymentBatchRequest get;
    get.set_batch_id(second.batch_id());
    v1::GetPaymentBatchResponse found;
    EXPECT_EQ(Call(&PaymentStub::GetPaymentBatch, get, found, province_), "OK");
    EXPECT_EQ(found.counts().paid(), 1);
    EXPECT_EQ(found.counts().waiting(), 2);

    v1::ListPaymentsRequest payments;
    payments.set_batch_id(second.batch_id());
    payments.set_state(v1::PAYMENT_STATE_WAITING);
    v1::ListPaymentsResponse waiting;
    EXPECT_EQ(Call(&PaymentStub::ListPayments, payments, waiting, province_), "OK");
    ASSERT_EQ(waiting.payments_size(), 2);
    EXPECT_EQ(waiting.payments(0).application_id(), ids[2]);
}

TEST_F(PaymentsTest, WithoutAnAccountAreSaidToBeMissing) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Approved(program, Known().id);
    EXPECT_EQ(Approve(Surveyed(program, Known().id), province_), "OK");
    v1::CreatePaymentBatchResponse created;
    EXPECT_EQ(Create(Creation(program), treasurer_, &created), "OK");
    EXPECT_EQ(created.batch().payments(), 1);
    EXPECT_EQ(created.without_account(), 1);
}

TEST_F(PaymentsTest, OfOtherRegionsAreAsIfAbsent) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business business = Known();
    const std::string id = Approved(program, business.id);
    const std::string batch = Released(program).batch_id();
    std::string name;
    EXPECT_EQ(State(business.id, elsewhere_), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Create(Creation(program), elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Release(batch, elsewhere_), "NOT_FOUND BATCH_NOT_FOUND");
    EXPECT_EQ(Dissolve(batch, city_), "NOT_FOUND BATCH_NOT_FOUND") << "it is the province's";
    File(batch, elsewhere_, &name);
    EXPECT_EQ(name, "NOT_FOUND BATCH_NOT_FOUND");
    const Uploaded uploaded =
        Upload("referensi,status\n" + Reference(id) + ",DIBAYAR\n", elsewhere_);
    ASSERT_EQ(uploaded.lines.size(), 1U);
    EXPECT_EQ(status::FromProto(uploaded.lines[0].error()).reason, "PAYMENT_NOT_FOUND");
    v1::GetPaymentBatchRequest get;
    get.set_batch_id(batch);
    v1::GetPaymentBatchResponse found;
    EXPECT_EQ(Call(&PaymentStub::GetPaymentBatch, get, found, elsewhere_),
              "NOT_FOUND BATCH_NOT_FOUND");
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_SCHEDULED);
}

TEST_F(PaymentsTest, AreNotMadeOfWhatIsWrong) {
    const std::string program = Opened().program_id();
    const auto created = [&](auto change) {
        v1::CreatePaymentBatchRequest request = Creation(program);
        change(request);
        return Create(request, treasurer_);
    };
    const std::string invalid = "INVALID_ARGUMENT FIELDS_INVALID";
    EXPECT_EQ(created([](auto& request) { request.set_execute_on("2026-03-09"); }), invalid);
    EXPECT_EQ(created([](auto& request) { request.set_region_code("18.7"); }), invalid);
    EXPECT_EQ(created([](auto& request) { request.clear_payer(); }), invalid);
    EXPECT_EQ(created([](auto& request) { request.set_payments_max(2'501); }), invalid);
    EXPECT_EQ(created([](auto& request) { request.set_payments_max(-1); }), invalid);
    EXPECT_EQ(created([](auto& request) { request.mutable_payer()->set_bank_code("BRI"); }),
              invalid);
    EXPECT_EQ(created([](auto& request) { request.set_program_id(NewId(kNow)); }),
              "NOT_FOUND PROGRAM_NOT_FOUND");
    for (const char* file : {"", "\n\n", "nama,status\nA,DIBAYAR\n", "<a/>", "\x01\x02",
                             "<!DOCTYPE Document><Document/>"}) {
        EXPECT_EQ(Upload(file, treasurer_).status, "INVALID_ARGUMENT FILE_INVALID") << file;
    }
}

}  // namespace
}  // namespace bangkit::aid
