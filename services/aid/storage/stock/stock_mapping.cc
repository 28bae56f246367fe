#include "services/aid/storage/stock/stock_mapping.h"

#include <utility>

#include "bangkit/aid/v1/stock_events.pb.h"
#include "bangkit/aid/v1/stock_service.pb.h"
#include "services/aid/storage/application/application_mapping.h"

namespace bangkit::aid {
namespace {

void FillStatistics(v1::StockStatistics& out, const Stock& stock) {
    out.set_item_id(stock.item_id);
    out.set_warehouse_id(stock.warehouse_id);
    out.set_region_code(stock.region_code);
    out.set_unit(As<v1::GoodsUnit>(stock.unit));
    out.set_kind(As<v1::GoodsKind>(stock.kind));
    out.set_on_hand(stock.available + stock.reserved);
    out.set_reserved(stock.reserved);
    out.set_received(stock.received);
    out.set_handed_over(stock.handed_over);
}

// What a message says besides the statistics.
void FillRest(v1::StockReceived& out, const StockOrder& order) { out.set_quantity(order.quantity); }
void FillRest(v1::StockCorrected& out, const StockOrder& order) { out.set_change(order.quantity); }
void FillRest(auto& out, const StockOrder& order) {
    out.set_quantity(order.quantity);
    out.set_application_id(order.application_id);
    if constexpr (requires { out.set_business_id(order.business_id); }) {
        out.set_business_id(order.business_id);
    }
}

template <typename Message>
PublicEvent Publish(const Stock& after, const StockOrder& order, const StockPosting& posting) {
    Message out;
    out.set_stock_id(after.id);
    FillStatistics(*out.mutable_statistics(), after);
    Fill(*out.mutable_occurred_at(), posting.at);
    FillRest(out, order);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

template <typename Response>
std::string Answer(const Stock& stock) {
    Response response;
    Fill(*response.mutable_stock(), stock);
    response.set_position(PositionOf(kStockAggregate, stock.id, stock.version));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Item& out, const Item& item) {
    out.set_item_id(item.id);
    out.set_region_code(item.region_code);
    out.set_name(item.name);
    out.set_kind(As<v1::GoodsKind>(item.kind));
    out.set_unit(As<v1::GoodsUnit>(item.unit));
    Fill(*out.mutable_created_at(), item.created_at);
}

void Fill(v1::Warehouse& out, const Warehouse& warehouse) {
    out.set_warehouse_id(warehouse.id);
    out.set_code(warehouse.code);
    out.set_name(warehouse.name);
    out.set_region_code(warehouse.region_code);
    Fill(*out.mutable_created_at(), warehouse.created_at);
}

void Fill(v1::Goods& out, const Goods& goods) {
    out.set_item_id(goods.item_id);
    out.set_quantity(goods.quantity);
}

void Fill(v1::Stock& out, const Stock& stock) {
    out.set_stock_id(stock.id);
    out.set_version(stock.version);
    out.set_warehouse_id(stock.warehouse_id);
    out.set_item_id(stock.item_id);
    out.set_region_code(stock.region_code);
    out.set_kind(As<v1::GoodsKind>(stock.kind));
    out.set_unit(As<v1::GoodsUnit>(stock.unit));
    out.set_available(stock.available);
    out.set_reserved(stock.reserved);
    out.set_handed_over(stock.handed_over);
    out.set_received(stock.received);
    Fill(*out.mutable_updated_at(), stock.updated_at);
}

void Fill(v1::StockPosting& out, const StockPosting& posting) {
    out.set_number(posting.number);
    out.set_kind(As<v1::StockPostingKind>(posting.kind));
    out.set_from_place(As<v1::StockPlace>(posting.from));
    out.set_to_place(As<v1::StockPlace>(posting.to));
    out.set_quantity(posting.quantity);
    out.set_from_balance(posting.from_balance);
    out.set_to_balance(posting.to_balance);
    out.set_application_id(posting.application_id);
    out.set_document(posting.document);
    Fill(*out.mutable_posted_at(), posting.at);
}

void Fill(v1::Handover& out, const Handover& handover) {
    out.set_application_id(handover.application_id);
    out.set_warehouse_id(handover.warehouse_id);
    out.set_receipt(handover.receipt);
    for (const Goods& each : handover.goods) Fill(*out.add_goods(), each);
    out.set_handed_over_by(handover.by);
    Fill(*out.mutable_handed_over_at(), handover.at);
    out.set_receiver(As<v1::ReceiverKind>(handover.receiver));
}

void Fill(v1::Entitlement& out, const Entitlement& entitlement) {
    out.set_enrolment_id(entitlement.enrolment_id);
    out.set_business_id(entitlement.business_id);
    out.set_course_id(entitlement.course_id);
    out.set_topic(As<common::v1::NeedTopic>(entitlement.topic));
    Fill(*out.mutable_completed_at(), entitlement.completed_at);
    out.set_application_id(entitlement.taken_by);
}

std::string CreatedAnswer(const Item& item) {
    v1::CreateItemResponse response;
    Fill(*response.mutable_item(), item);
    return response.SerializeAsString();
}

std::string CreatedAnswer(const Warehouse& warehouse) {
    v1::CreateWarehouseResponse response;
    Fill(*response.mutable_warehouse(), warehouse);
    return response.SerializeAsString();
}

std::string GoodsSetAnswer(const std::string& program_id, const std::vector<Goods>& goods) {
    v1::SetProgramGoodsResponse response;
    response.set_program_id(program_id);
    for (const Goods& each : goods) Fill(*response.add_goods(), each);
    return response.SerializeAsString();
}

std::string ReceivedAnswer(const Stock& stock) { return Answer<v1::ReceiveStockResponse>(stock); }
std::string CorrectedAnswer(const Stock& stock) { return Answer<v1::CorrectStockResponse>(stock); }

std::string HandedOverAnswer(const Handover& handover, const Application& application) {
    v1::HandOverGoodsResponse response;
    Fill(*response.mutable_handover(), handover);
    Fill(*response.mutable_application(), application);
    response.set_position(PositionOf(kApplicationAggregate, application.id, application.version));
    return response.SerializeAsString();
}

PublicEvent ToPublic(const Stock& after, const StockOrder& order, const StockPosting& posting) {
    switch (order.kind) {
        case StockPostingKind::kReceipt: return Publish<v1::StockReceived>(after, order, posting);
        case StockPostingKind::kCorrection:
            return Publish<v1::StockCorrected>(after, order, posting);
        case StockPostingKind::kReservation:
            return Publish<v1::StockReserved>(after, order, posting);
        case StockPostingKind::kRelease: return Publish<v1::StockReleased>(after, order, posting);
        case StockPostingKind::kHandover:
            return Publish<v1::GoodsHandedOver>(after, order, posting);
        case StockPostingKind::kReturn: return Publish<v1::GoodsReturned>(after, order, posting);
    }
    std::unreachable();
}

}  // namespace bangkit::aid
