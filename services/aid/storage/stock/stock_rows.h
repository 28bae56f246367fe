#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/stock/stock.h"

namespace bangkit::aid {

/// Of a row of `items i`, in the order that ToItem() reads them.
inline constexpr std::string_view kItemColumns =
    "i.item_id, i.region_code, i.name, i.kind, i.unit, i.created_at";
Item ToItem(const postgres::Rows& rows, int i);

/// Of a row of `warehouses w`, in the order that ToWarehouse() reads them.
inline constexpr std::string_view kWarehouseColumns =
    "w.warehouse_id, w.code, w.name, w.region_code, w.handovers, w.created_at";
Warehouse ToWarehouse(const postgres::Rows& rows, int i);

/// Of a row of `stock s`, in the order that ToStock() reads them.
inline constexpr std::string_view kStockColumns =
    "s.stock_id, s.version, s.warehouse_id, s.item_id, s.region_code, s.kind, s.unit, s.available,"
    " s.reserved, s.handed_over, s.received, s.updated_at";
Stock ToStock(const postgres::Rows& rows, int i);

std::vector<Item> LoadItems(postgres::Transaction& transaction, const postgres::UuidArray& ids);
std::vector<Warehouse> LoadWarehouses(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids);
/// In id order: nobody else gives out the next number of a receipt meanwhile.
std::vector<Warehouse> LockWarehouses(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids);

/// Items and warehouses that are made in one transaction.
class NewGoodsRows {
public:
    void Add(const Item& item, const std::string& created_by);
    void Add(const Warehouse& warehouse, const std::string& created_by);
    void Save(postgres::Transaction& transaction) const;

private:
    std::vector<Item> items_;
    std::vector<Warehouse> warehouses_;
    postgres::TextArray items_by_, warehouses_by_;
};

/// What each recipient of a programme gets, in the order of items.
std::vector<Goods> LoadProgramGoods(postgres::Transaction& transaction,
                                    const std::string& program_id);
void SaveProgramGoods(postgres::Transaction& transaction, const std::string& program_id,
                      const std::vector<Goods>& goods);

}  // namespace bangkit::aid
