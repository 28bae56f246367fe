#include "services/dashboard/events/goods_events.h"

#include "bangkit/aid/v1/stock_events.pb.h"

namespace bangkit::dashboard {
namespace {

using namespace aid::v1;

Result<Measures> CountStock(const StockStatistics& stock) {
    Counter counter;
    counter.Check(stock.kind(), GoodsKind_IsValid, "the kind of goods");
    counter.Check(stock.unit(), GoodsUnit_IsValid, "the unit");
    const auto add = [&](Measure measure, std::int64_t quantity) {
        counter.Add(measure, stock.kind(), stock.unit(), quantity);
    };
    add(Measure::kGoodsOnHand, stock.on_hand());
    add(Measure::kGoodsReserved, stock.reserved());
    add(Measure::kGoodsReceived, stock.received());
    add(Measure::kGoodsHandedOver, stock.handed_over());
    return counter.Done();
}

}  // namespace

MeasuredParsers StockParsers() {
    return ParsersOf<CountStock, StockReceived, StockCorrected, StockReserved, StockReleased,
                     GoodsHandedOver, GoodsReturned>();
}

}  // namespace bangkit::dashboard
