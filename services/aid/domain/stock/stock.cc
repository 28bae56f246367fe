#include "services/aid/domain/stock/stock.h"

#include <algorithm>
#include <map>
#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using enum StockPlace;

struct Way {
    StockPlace from;
    StockPlace to;
};

/// Where the goods of a posting come from and go to.
Way WayOf(const StockOrder& order) {
    switch (order.kind) {
        case StockPostingKind::kReceipt: return {kOutside, kAvailable};
        case StockPostingKind::kCorrection:
            return order.quantity < 0 ? Way{kAvailable, kOutside} : Way{kOutside, kAvailable};
        case StockPostingKind::kReservation: return {kAvailable, kReserved};
        case StockPostingKind::kRelease: return {kReserved, kAvailable};
        case StockPostingKind::kHandover: return {kReserved, kHandedOver};
        case StockPostingKind::kReturn: return {kHandedOver, kAvailable};
    }
    std::unreachable();
}

void Add(Stock& stock, StockPlace place, std::int64_t quantity) {
    switch (place) {
        case kOutside: break;  // Has what is in all others, with a minus.
        case kAvailable: stock.available += quantity; break;
        case kReserved: stock.reserved += quantity; break;
        case kHandedOver: stock.handed_over += quantity; break;
    }
}

std::unexpected<Error> Exhausted() {
    return Refused(ErrorCode::kFailedPrecondition, "STOCK_EXHAUSTED",
                   "there are not as many goods");
}

}  // namespace

std::int64_t BalanceOf(const Stock& stock, StockPlace place) {
    switch (place) {
        case kOutside: return -stock.total();
        case kAvailable: return stock.available;
        case kReserved: return stock.reserved;
        case kHandedOver: return stock.handed_over;
    }
    std::unreachable();
}

Result<StockPosting> Draft(const Stock& stock, const StockOrder& order, Time now) {
    const bool may_be_less = order.kind == StockPostingKind::kCorrection;
    const bool is_less = order.quantity < 0 && may_be_less;
    if (order.quantity < -kQuantityMax || order.quantity > kQuantityMax || order.quantity == 0 ||
        (order.quantity < 0 && !may_be_less)) {
        return Refused(ErrorCode::kInvalidArgument, "OUT_OF_RANGE", "no such quantity is posted");
    }
    const Way way = WayOf(order);
    const std::int64_t quantity = is_less ? -order.quantity : order.quantity;
    if (way.from == kOutside && stock.total() + quantity > kQuantityMax) {
        return Refused(ErrorCode::kFailedPrecondition, "STOCK_TOO_LARGE",
                       "a stock cannot hold as much");
    }
    if (way.from != kOutside && BalanceOf(stock, way.from) < quantity) return Exhausted();
    return StockPosting{.stock_id = stock.id,
                        .number = stock.version + 1,
                        .kind = order.kind,
                        .from = way.from,
                        .to = way.to,
                        .quantity = quantity,
                        .from_balance = BalanceOf(stock, way.from) - quantity,
                        .to_balance = BalanceOf(stock, way.to) + quantity,
                        .application_id = order.application_id,
                        .document = order.document,
                        .at = now};
}

Stock Post(Stock stock, const StockPosting& posting) {
    Add(stock, posting.from, -posting.quantity);
    Add(stock, posting.to, posting.quantity);
    if (posting.kind == StockPostingKind::kReceipt) stock.received += posting.quantity;
    stock.version = posting.number;
    stock.updated_at = posting.at;
    return stock;
}

Result<std::string> ChooseWarehouse(const std::vector<Goods>& goods, const Shelves& shelves) {
    if (goods.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "GOODS_MISSING",
                       "it is not said which goods the programme gives");
    }
    std::map<std::string, std::vector<const Stock*>> warehouses;
    for (const Stock& stock : shelves) warehouses[stock.warehouse_id].push_back(&stock);
    const auto has_all = [&](const std::vector<const Stock*>& held) {
        return std::ranges::all_of(goods, [&](const Goods& wanted) {
            return std::ranges::any_of(held, [&](const Stock* stock) {
                return stock->item_id == wanted.item_id && stock->available >= wanted.quantity;
            });
        });
    };
    const std::string* chosen = nullptr;
    std::size_t size = 0;  // Of the code of its region: the longer, the smaller it is.
    for (const auto& [id, held] : warehouses) {
        if (!has_all(held)) continue;
        const std::size_t of_this = held.front()->region_code.size();
        if (chosen != nullptr && of_this <= size) continue;
        chosen = &id;
        size = of_this;
    }
    if (chosen == nullptr) return Exhausted();
    return *chosen;
}

std::string ReceiptOf(const Warehouse& warehouse, std::int64_t number, Time now) {
    const std::string year = indonesia::FormatDate(indonesia::LocalDate(now)).substr(0, 4);
    constexpr std::size_t kDigits = 6;
    const std::string digits = std::to_string(number);
    const std::string zeros(digits.size() < kDigits ? kDigits - digits.size() : 0, '0');
    return "BAST/" + warehouse.code + "/" + year + "/" + zeros + digits;
}

Result<std::string> ParseWarehouseCode(const std::string& text) {
    constexpr std::size_t kMin = 2, kMax = 16;
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_allowed = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
    };
    const bool is_code = text.size() >= kMin && text.size() <= kMax &&
                         std::ranges::all_of(text, is_allowed) &&
                         std::ranges::any_of(text, is_letter);
    if (is_code) return text;
    return Refused(ErrorCode::kInvalidArgument, "WAREHOUSE_CODE_INVALID",
                   "must have 2 to 16 capital letters, digits and -");
}

}  // namespace bangkit::aid
