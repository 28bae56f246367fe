#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/aid/domain/application/application.h"
#include "services/aid/domain/stock/handover.h"
#include "services/aid/domain/stock/stock.h"
#include "services/aid/domain/training/entitlement.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Entitlement;
class Goods;
class Handover;
class Item;
class Stock;
class StockPosting;
class Warehouse;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kStockAggregate = "stock";

void Fill(v1::Item& out, const Item& item);
void Fill(v1::Warehouse& out, const Warehouse& warehouse);
void Fill(v1::Goods& out, const Goods& goods);
void Fill(v1::Stock& out, const Stock& stock);
void Fill(v1::StockPosting& out, const StockPosting& posting);
void Fill(v1::Handover& out, const Handover& handover);
void Fill(v1::Entitlement& out, const Entitlement& entitlement);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string CreatedAnswer(const Item& item);
std::string CreatedAnswer(const Warehouse& warehouse);
std::string GoodsSetAnswer(const std::string& program_id, const std::vector<Goods>& goods);
std::string ReceivedAnswer(const Stock& stock);
std::string CorrectedAnswer(const Stock& stock);
std::string HandedOverAnswer(const Handover& handover, const Application& application);

/// `after`: as the posting left the stock.
PublicEvent ToPublic(const Stock& after, const StockOrder& order, const StockPosting& posting);

}  // namespace bangkit::aid
