#include "services/aid/api/stock/stock_checks.h"

#include <algorithm>
#include <set>

#include "libs/base/ids.h"
#include "services/aid/api/region_field.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;

constexpr std::size_t kNameMax = 100;
constexpr int kGoodsMax = 20;

std::vector<Goods> CheckGoods(FieldChecker& fields, const v1::SetProgramGoodsRequest& request) {
    fields.Require("goods", !request.goods().empty());
    if (request.goods_size() > kGoodsMax) {
        fields.Refuse("goods", "OUT_OF_RANGE", "must be at most 20");
    }
    std::vector<Goods> goods;
    std::set<std::string> items;
    for (int i = 0; i < std::min(request.goods_size(), kGoodsMax); ++i) {
        const v1::Goods& each = request.goods(i);
        const std::string at = "goods[" + std::to_string(i) + "]";
        Goods checked{
            .item_id = fields.Uuid(at + ".item_id", each.item_id()),
            .quantity = fields.Number(at + ".quantity", each.quantity(), 1, kQuantityMax)};
        if (!items.insert(checked.item_id).second) {
            fields.Refuse(at + ".item_id", "DUPLICATE", "was named before");
        }
        goods.push_back(std::move(checked));
    }
    return goods;
}

}  // namespace

Result<CheckedStock> StockChecks::Check(const v1::CreateItemRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CreateItem command{.item = {.id = NewId(clock_.Now()),
                                .region_code = RegionField(fields, regions_, request.region_code()),
                                .name = fields.Text("name", request.name(), kNameMax),
                                .kind = As<GoodsKind>(fields.Enum("kind", request.kind())),
                                .unit = As<GoodsUnit>(fields.Enum("unit", request.unit())),
                                .created_at = {}}};
    return Done<StockCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedStock> StockChecks::Check(const v1::CreateWarehouseRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CreateWarehouse command{
        .warehouse = {.id = NewId(clock_.Now()),
                      .code = fields.Take("code", ParseWarehouseCode(request.code())).value_or(""),
                      .name = fields.Text("name", request.name(), kNameMax),
                      .region_code = RegionField(fields, regions_, request.region_code()),
                      .created_at = {}}};
    return Done<StockCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedStock> StockChecks::Check(const v1::SetProgramGoodsRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    SetProgramGoods command{.program_id = fields.Uuid("program_id", request.program_id()),
                            .goods = CheckGoods(fields, request)};
    return Done<StockCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedStock> StockChecks::Check(const v1::ReceiveStockRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReceiveStock command{.stock_id = NewId(clock_.Now()),
                         .warehouse_id = fields.Uuid("warehouse_id", request.warehouse_id()),
                         .item_id = fields.Uuid("item_id", request.item_id()),
                         .quantity = fields.Number("quantity", request.quantity(), 1, kQuantityMax),
                         .document = fields.Reference("document", request.document())};
    return Done<StockCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedStock> StockChecks::Check(const v1::CorrectStockRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CorrectStock command{
        .warehouse_id = fields.Uuid("warehouse_id", request.warehouse_id()),
        .item_id = fields.Uuid("item_id", request.item_id()),
        .change = fields.Number("change", request.change(), -kQuantityMax, kQuantityMax),
        .document = fields.Reference("document", request.document())};
    fields.Require("change", command.change != 0);
    return Done<StockCommand>(fields, std::move(request_id), std::move(command));
}

Result<Checked<HandoverCommand>> StockChecks::Check(const v1::HandOverGoodsRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    std::string application_id = fields.Uuid("application_id", request.application_id());
    fields.Require("receiver", request.has_receiver());
    v1::Receiver receiver;
    if (request.has_receiver()) {
        receiver.set_kind(fields.Enum("receiver.kind", request.receiver().kind()));
        receiver.set_name(fields.Text("receiver.name", request.receiver().name(), kNameMax));
    }
    HandoverCommand command{.application_id = std::move(application_id),
                            .deed = HandOverGoods{.kind = As<ReceiverKind>(receiver.kind()),
                                                  .receiver = receiver.SerializeAsString()}};
    return Done<HandoverCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
