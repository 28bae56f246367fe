// Goods are handed over against a receipt, by another than who approved it; who took them is
// sealed.
#include <gtest/gtest.h>

#include "services/aid/storage/business/erasure.h"
#include "services/aid/tests/stock/goods_fixture.h"

namespace bangkit::aid {
namespace {

using HandoversTest = StockedTest;

TEST_F(HandoversTest, AHandOverIsShownByAPhotographAndMadeByAnother) {
    const std::string id = Approved(program_, Known().id);
    EXPECT_EQ(HandOver(id, officer_), "FAILED_PRECONDITION PHOTO_MISSING");
    AttachPhoto(id);
    EXPECT_EQ(HandOver(id, province_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(HandOver(id, elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(HandOver(NewId(kNow), officer_), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(HandOver(Surveyed(program_, Known().id), officer_),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    const std::string request = NewId(kNow);
    v1::HandOverGoodsResponse first, again;
    EXPECT_EQ(HandOver(id, officer_, &first, request), "OK");
    EXPECT_EQ(HandOver(id, officer_, &again, request), "OK");
    EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
    EXPECT_EQ(HandOver(id, officer_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    EXPECT_EQ(Count("handovers"), 1);
    ExpectStocktaking();
}

TEST_F(HandoversTest, PhotographsOfAHandOverAreNoPartOfAnApplication) {
    const std::string draft = Started(program_, Known().id);
    v1::AttachDocumentResponse response;
    EXPECT_EQ(Attach(Header(draft, v1::DOCUMENT_KIND_HANDOVER_PHOTO), content::Jpeg(8, 8), officer_,
                     &response),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    const std::string id = Approved(program_, Known().id);
    EXPECT_EQ(Attach(Header(id, v1::DOCUMENT_KIND_IDENTITY_CARD), content::Jpeg(8, 8), officer_,
                     &response),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    // Whoever approved it may show what became of it, and has entered nothing by that.
    EXPECT_EQ(Attach(Header(id, v1::DOCUMENT_KIND_HANDOVER_PHOTO), content::Jpeg(8, 8), province_,
                     &response),
              "OK");
    EXPECT_EQ(response.application().documents_size(), 0);
}

TEST_F(HandoversTest, WhoHasTakenTheGoodsIsSealedAndItsReadersAreOnRecord) {
    const Business business = Known();
    const std::string id = Approved(program_, business.id);
    HandedOver(id);
    EXPECT_EQ(
        Count("handovers WHERE position('" + std::string(kReceiver) + "'::bytea in receiver) > 0"),
        0);
    EXPECT_EQ(
        Count("idempotency WHERE position('" + std::string(kReceiver) + "'::bytea in reply) > 0"),
        0);
    v1::GetHandoverRequest request;
    request.set_application_id(id);
    v1::GetHandoverResponse response;
    EXPECT_EQ(Ask(&StockStub::GetHandover, request, response, city_), "OK");
    EXPECT_EQ(response.receiver().name(), kReceiver);
    EXPECT_EQ(response.handover().goods(0).quantity(), 4);
    EXPECT_EQ(Count("audit_entries WHERE method = 'GetHandover' AND actor = 'kota'"), 1);
    v1::GetHandoverResponse nothing;
    EXPECT_EQ(Ask(&StockStub::GetHandover, request, nothing, elsewhere_),
              "NOT_FOUND APPLICATION_NOT_FOUND");
    {
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        EraseOwners(transaction, {business.owner_id});
        transaction.Commit();
    }
    v1::GetHandoverResponse erased;
    EXPECT_EQ(Ask(&StockStub::GetHandover, request, erased, city_), "OK");
    EXPECT_FALSE(erased.has_receiver());
    EXPECT_EQ(erased.handover().receipt(), response.handover().receipt());
}

TEST_F(HandoversTest, NothingIsHandedOverToAnErasedOwner) {
    const Business business = Known();
    const std::string id = Approved(program_, business.id);
    AttachPhoto(id);
    // As if it had happened at the same moment.
    database_.Execute("UPDATE businesses SET owner_is_erased = true WHERE business_id = '" +
                      business.id + "'");
    EXPECT_EQ(HandOver(id, officer_), "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(HandoversTest, OfTwoThatBecameOneOneGetsGoods) {
    const Business survivor = Known(), merged = Known();
    const std::string id = Approved(program_, survivor.id);
    const std::string other = Approved(program_, merged.id);
    AttachPhoto(id);
    AttachPhoto(other);
    database_.Execute("UPDATE businesses SET merged_into = '" + survivor.id +
                      "' WHERE business_id = '" + merged.id + "'");
    EXPECT_EQ(HandOver(id, officer_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(HandOver(other, officer_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, other, province_), "OK")
        << "people decide who";
    EXPECT_EQ(HandOver(id, officer_), "OK");
    ExpectStocktaking();
}

TEST_F(HandoversTest, TheDatabaseKeepsStockAboveZeroAndItsLedgerAsItIs) {
    const std::string id = Approved(program_, Known().id);
    const auto expect_refused = [this](const std::string& sql) {
        EXPECT_THROW(database_.Execute(sql), postgres::SqlError) << sql;
    };
    for (const std::string place : {"available", "reserved", "handed_over"}) {
        expect_refused("UPDATE stock SET " + place + " = -1");
    }
    expect_refused("UPDATE stock_ledger SET quantity = 1");
    expect_refused("DELETE FROM stock_ledger");
    expect_refused("TRUNCATE stock_ledger");
    expect_refused("DELETE FROM stock");
    const std::string posting = "INSERT INTO stock_ledger SELECT stock_id, number + 100, ";
    const std::string rest =
        ", application_id, 'BAST/GDG-1/2026/000001', now(), 'x'"
        " FROM stock_ledger WHERE kind = 3";
    expect_refused(posting + "5, 3, 4, quantity, 0, 4" + rest);   // Without a receipt.
    expect_refused(posting + "4, 2, 3, quantity, 0, 4" + rest);   // A way that is none.
    expect_refused(posting + "4, 3, 2, quantity, -1, 4" + rest);  // Overdrawn.
    expect_refused(posting + "3, 2, 3, quantity, 0, 4" + rest);   // Reserved a second time.
    const std::string receipt = "INSERT INTO handovers VALUES ('" + id + "', '" + warehouse_ +
                                "', 1, 'BAST/GDG-1/2026/000001', 1, 'sealed', now(), 'petugas')";
    expect_refused(receipt);  // It is approved, and not in the ledger.
    HandedOver(id);
    expect_refused(posting + "5, 3, 4, quantity, 0, 4" + rest);  // A second time.
    expect_refused("UPDATE handovers SET receipt = 'x'");
    expect_refused("DELETE FROM handovers");
    expect_refused("TRUNCATE handovers");
}

TEST_F(HandoversTest, TheDatabaseAsksForAnotherPersonToHandOver) {
    const std::string id = Approved(program_, Known().id);
    database_.Execute("UPDATE applications SET state = 7 WHERE application_id = '" + id + "'");
    const std::string in_ledger =
        "INSERT INTO ledger SELECT budget_id, number + 1, 5, 3, 4, 0, 0,"
        " 0, 0, application_id, '', now(), 'x' FROM ledger WHERE kind = 3";
    database_.Execute(in_ledger);
    const auto receipt = [&](const std::string& by) {
        return "INSERT INTO handovers VALUES ('" + id + "', '" + warehouse_ +
               "', 1, 'BAST/GDG-1/2026/000001', 1, 'sealed', now(), '" + by + "')";
    };
    EXPECT_THROW(database_.Execute(receipt("dinas")), postgres::SqlError);
    EXPECT_NO_THROW(database_.Execute(receipt("petugas")));
}

TEST_F(HandoversTest, TheDatabaseGivesNothingToTwoThatBecameOne) {
    const Business survivor = Known(), merged = Known();
    const std::string id = Approved(program_, survivor.id);
    Approved(program_, merged.id);
    database_.Execute("UPDATE applications SET state = 7 WHERE application_id = '" + id + "'");
    database_.Execute(
        "INSERT INTO ledger SELECT budget_id, number + 100, 5, 3, 4, 0, 0, 0, 0, application_id,"
        " '', now(), 'x' FROM ledger WHERE kind = 3 AND application_id = '" +
        id + "'");
    const std::string receipt = "INSERT INTO handovers VALUES ('" + id + "', '" + warehouse_ +
                                "', 1, 'BAST/GDG-1/2026/000001', 1, 'sealed', now(), 'petugas')";
    const auto merge = [&](const std::string& into) {
        database_.Execute("UPDATE businesses SET merged_into = " + into + " WHERE business_id = '" +
                          merged.id + "'");
    };
    merge("'" + survivor.id + "'");
    EXPECT_THROW(database_.Execute(receipt), postgres::SqlError);
    merge("NULL");
    EXPECT_NO_THROW(database_.Execute(receipt));
}

}  // namespace
}  // namespace bangkit::aid
