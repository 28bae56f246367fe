#pragma once

#include <memory>
#include <string>
#include <utility>

#include "bangkit/aid/v1/stock_service.grpc.pb.h"
#include "services/aid/domain/training/entitlement.h"
#include "services/aid/storage/training/entitlements.h"
#include "services/aid/tests/document/documents_fixture.h"

namespace bangkit::aid {

/// Programmes that give goods, and warehouses that have them.
class GoodsTest : public DocumentsTest {
protected:
    using StockStub = v1::StockService::Stub;

    static ProgramTerms InKind() {
        ProgramTerms terms = NoDocuments();
        terms.name = "Kain untuk masker";
        terms.instrument = Instrument::kInKind;
        terms.amount = 0;
        return terms;
    }
    /// For who has completed a course in making something, which is used up by it.
    static ProgramTerms ForTheTrained() {
        ProgramTerms terms = InKind();
        terms.exclusions.clear();
        terms.rules.rules.push_back({.code = "BELUM_PELATIHAN",
                                     .fact = Fact::kCompletedCourses,
                                     .test = RuleTest::kAnyOf,
                                     .numbers = {kProduction},
                                     .region_codes = {},
                                     .source = {}});
        return terms;
    }

    /// Any call of the service.
    template <typename Request, typename Response>
    std::string Ask(grpc::Status (StockStub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                    const Request& request, Response& response, const std::string& token) const {
        return Call(*stub_, method, request, response, token);
    }
    std::string MakeItem(const std::string& region, const std::string& token,
                         std::string* id = nullptr) const {
        v1::CreateItemRequest request;
        request.set_request_id(NewId(kNow));
        request.set_region_code(region);
        request.set_name("Kain katun");
        request.set_kind(v1::GOODS_KIND_TEXTILE);
        request.set_unit(v1::GOODS_UNIT_METRE);
        v1::CreateItemResponse response;
        std::string name = Ask(&StockStub::CreateItem, request, response, token);
        if (id != nullptr) *id = response.item().item_id();
        return name;
    }
    std::string MakeWarehouse(const std::string& code, const std::string& region,
                              const std::string& token, std::string* id = nullptr) const {
        v1::CreateWarehouseRequest request;
        request.set_request_id(NewId(kNow));
        request.set_code(code);
        request.set_name("Gudang " + code);
        request.set_region_code(region);
        v1::CreateWarehouseResponse response;
        std::string name = Ask(&StockStub::CreateWarehouse, request, response, token);
        if (id != nullptr) *id = response.warehouse().warehouse_id();
        return name;
    }
    std::string Receive(const std::string& warehouse, const std::string& item,
                        std::int64_t quantity, const std::string& token,
                        v1::Stock* stock = nullptr) const {
        v1::ReceiveStockRequest request;
        request.set_request_id(NewId(kNow));
        request.set_warehouse_id(warehouse);
        request.set_item_id(item);
        request.set_quantity(quantity);
        request.set_document("SJ-2026/7");
        v1::ReceiveStockResponse response;
        std::string name = Ask(&StockStub::ReceiveStock, request, response, token);
        if (stock != nullptr) *stock = response.stock();
        return name;
    }
    std::string Correct(const std::string& warehouse, const std::string& item, std::int64_t change,
                        const std::string& token) const {
        v1::CorrectStockRequest request;
        request.set_request_id(NewId(kNow));
        request.set_warehouse_id(warehouse);
        request.set_item_id(item);
        request.set_change(change);
        request.set_document("OPNAME/1");
        v1::CorrectStockResponse response;
        return Ask(&StockStub::CorrectStock, request, response, token);
    }
    std::string SetGoods(const std::string& program_id, const std::string& item,
                         std::int64_t quantity, const std::string& token) const {
        v1::SetProgramGoodsRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        v1::Goods& goods = *request.add_goods();
        goods.set_item_id(item);
        goods.set_quantity(quantity);
        v1::SetProgramGoodsResponse response;
        return Ask(&StockStub::SetProgramGoods, request, response, token);
    }

    std::string NewItem(const std::string& region = "18") const {
        std::string id;
        EXPECT_EQ(MakeItem(region, province_, &id), "OK");
        return id;
    }
    std::string NewWarehouse(const std::string& code, const std::string& region) const {
        std::string id;
        EXPECT_EQ(MakeWarehouse(code, region, province_, &id), "OK");
        return id;
    }
    /// A programme that is open, has places for everybody and gives each of them so much of it.
    std::string Giving(const std::string& item, std::int64_t quantity,
                       const ProgramTerms& terms = InKind()) {
        const std::string id = Created(terms).program_id();
        EXPECT_EQ(SetGoods(id, item, quantity, province_), "OK");
        EXPECT_EQ(Change(&ProgramStub::OpenProgram, id, province_), "OK");
        Allocated(Allocation(id, 0));
        return id;
    }
    std::string Approved(const std::string& program_id, const std::string& business_id) const {
        const std::string id = Surveyed(program_id, business_id);
        EXPECT_EQ(Approve(id, province_), "OK");
        return id;
    }
    std::string HandOver(const std::string& application_id, const std::string& token,
                         v1::HandOverGoodsResponse* handed_over = nullptr,
                         const std::string& request_id = NewId(kNow)) const {
        v1::HandOverGoodsRequest request;
        request.set_request_id(request_id);
        request.set_application_id(application_id);
        request.mutable_receiver()->set_kind(v1::RECEIVER_KIND_OWNER);
        request.mutable_receiver()->set_name(kReceiver);
        v1::HandOverGoodsResponse response;
        std::string name = Ask(&StockStub::HandOverGoods, request, response, token);
        if (handed_over != nullptr) *handed_over = std::move(response);
        return name;
    }
    void AttachPhoto(const std::string& application_id) const {
        Attached(application_id, v1::DOCUMENT_KIND_HANDOVER_PHOTO, content::Jpeg(8, 8));
    }
    /// With its photograph and its receipt.
    v1::Handover HandedOver(const std::string& application_id) const {
        AttachPhoto(application_id);
        v1::HandOverGoodsResponse response;
        EXPECT_EQ(HandOver(application_id, officer_, &response), "OK");
        return response.handover();
    }
    std::int64_t Quantity(const std::string& column, const std::string& warehouse) const {
        return database_.Count("SELECT coalesce(sum(" + column +
                               "), 0)::bigint FROM stock WHERE warehouse_id = '" + warehouse + "'");
    }
    /// As if training had told it.
    std::string Trained(const Business& business, std::int64_t topic = kProduction) const {
        Entitlement entitlement{.enrolment_id = NewId(kNow),
                                .business_id = business.id,
                                .owner_id = business.owner_id,
                                .course_id = NewId(kNow),
                                .topic = topic,
                                .completed_at = kNow,
                                .taken_by = {}};
        NewEntitlements entitlements;
        entitlements.Add(entitlement, business.region_code, kNow);
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        entitlements.Save(transaction);
        transaction.Commit();
        return entitlement.enrolment_id;
    }
    /// What holds of stock at any time, by its ledger alone.
    void ExpectStocktaking() const {
        EXPECT_EQ(
            Count("stock s WHERE (version, available, reserved, handed_over, received) <> (SELECT"
                  "  count(*), sum(CASE 2 WHEN to_place THEN quantity WHEN from_place THEN"
                  "  -quantity ELSE 0 END)::bigint, sum(CASE 3 WHEN to_place THEN quantity WHEN"
                  "  from_place THEN -quantity ELSE 0 END)::bigint, sum(CASE 4 WHEN to_place THEN"
                  "  quantity WHEN from_place THEN -quantity ELSE 0 END)::bigint,"
                  "  coalesce(sum(quantity) FILTER (WHERE kind = 1), 0)::bigint"
                  "  FROM stock_ledger l WHERE l.stock_id = s.stock_id)"),
            0)
            << "what is in a warehouse is what its postings add up to";
        EXPECT_EQ(
            Count("applications a WHERE state = 5 AND EXISTS (SELECT FROM program_goods g"
                  "  WHERE g.program_id = a.program_id"
                  "    AND g.quantity <> (SELECT coalesce(sum(CASE l.kind WHEN 3 THEN quantity"
                  "         WHEN 4 THEN -quantity ELSE 0 END), 0) FROM stock_ledger l"
                  "         JOIN stock s USING (stock_id) WHERE s.item_id = g.item_id"
                  "          AND l.application_id = a.application_id))"),
            0)
            << "who is approved has everything reserved";
        EXPECT_EQ(Count("handovers h WHERE number > (SELECT count(*) FROM handovers o"
                        "  WHERE o.warehouse_id = h.warehouse_id)"),
                  0)
            << "no number of a receipt is left out";
        EXPECT_EQ(Count("handovers h FULL JOIN (SELECT DISTINCT application_id FROM stock_ledger"
                        "  WHERE kind = 5) l USING (application_id)"
                        " WHERE h.receipt IS NULL OR l.application_id IS NULL"),
                  0)
            << "a receipt for all that was given, and for nothing else";
    }

    static constexpr std::int64_t kProduction = 5;  // bangkit.common.v1.NeedTopic
    static constexpr const char* kReceiver = "Penerima Contoh";
    const std::unique_ptr<StockStub> stub_ = v1::StockService::NewStub(channel());
};

class StockedTest : public GoodsTest {
protected:
    /// Ten metres in Lampung, of which each gets four.
    StockedTest() { EXPECT_EQ(Receive(warehouse_, item_, 10, province_), "OK"); }

    const std::string item_ = NewItem();
    const std::string warehouse_ = NewWarehouse("GDG-1", "18");
    const std::string program_ = Giving(item_, 4);
};

}  // namespace bangkit::aid
