#include "services/aid/storage/stock/stock_rows.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

template <typename Row>
std::vector<Row> ToAll(const Rows& rows, Row (*to_row)(const Rows&, int)) {
    std::vector<Row> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(to_row(rows, i));
    return found;
}

}  // namespace

Item ToItem(const Rows& rows, int i) {
    return {.id = rows.Uuid(i, 0),
            .region_code = rows.Text(i, 1),
            .name = rows.Text(i, 2),
            .kind = static_cast<GoodsKind>(rows.Int64(i, 3)),
            .unit = static_cast<GoodsUnit>(rows.Int64(i, 4)),
            .created_at = rows.Time(i, 5)};
}

Warehouse ToWarehouse(const Rows& rows, int i) {
    return {.id = rows.Uuid(i, 0),
            .code = rows.Text(i, 1),
            .name = rows.Text(i, 2),
            .region_code = rows.Text(i, 3),
            .handovers = rows.Int64(i, 4),
            .created_at = rows.Time(i, 5)};
}

Stock ToStock(const Rows& rows, int i) {
    return {.id = rows.Uuid(i, 0),
            .version = rows.Int64(i, 1),
            .warehouse_id = rows.Uuid(i, 2),
            .item_id = rows.Uuid(i, 3),
            .region_code = rows.Text(i, 4),
            .kind = static_cast<GoodsKind>(rows.Int64(i, 5)),
            .unit = static_cast<GoodsUnit>(rows.Int64(i, 6)),
            .available = rows.Int64(i, 7),
            .reserved = rows.Int64(i, 8),
            .handed_over = rows.Int64(i, 9),
            .received = rows.Int64(i, 10),
            .updated_at = rows.Time(i, 11)};
}

std::vector<Item> LoadItems(Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return {};
    static const std::string sql =
        "SELECT " + std::string(kItemColumns) + " FROM items i WHERE i.item_id = ANY($1::uuid[])";
    return ToAll(transaction.Run(sql, {ids}), ToItem);
}

std::vector<Warehouse> LoadWarehouses(Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return {};
    static const std::string sql = "SELECT " + std::string(kWarehouseColumns) +
                                   " FROM warehouses w WHERE w.warehouse_id = ANY($1::uuid[])";
    return ToAll(transaction.Run(sql, {ids}), ToWarehouse);
}

std::vector<Warehouse> LockWarehouses(Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return {};
    static const std::string sql = "SELECT " + std::string(kWarehouseColumns) +
                                   "  FROM warehouses w WHERE w.warehouse_id = ANY($1::uuid[])"
                                   " ORDER BY w.warehouse_id FOR NO KEY UPDATE";
    return ToAll(transaction.Run(sql, {ids}), ToWarehouse);
}

void NewGoodsRows::Add(const Item& item, const std::string& created_by) {
    items_.push_back(item);
    items_by_.Add(created_by);
}

void NewGoodsRows::Add(const Warehouse& warehouse, const std::string& created_by) {
    warehouses_.push_back(warehouse);
    warehouses_by_.Add(created_by);
}

void NewGoodsRows::Save(Transaction& transaction) const {
    if (!items_.empty()) {
        postgres::UuidArray ids;
        postgres::TextArray regions, names;
        postgres::SmallintArray kinds, units;
        postgres::TimeArray created_at;
        for (const Item& item : items_) {
            ids.Add(item.id);
            regions.Add(item.region_code);
            names.Add(item.name);
            kinds.Add(item.kind);
            units.Add(item.unit);
            created_at.Add(item.created_at);
        }
        transaction.Queue(
            "INSERT INTO items (item_id, region_code, name, kind, unit, created_at, created_by)"
            " SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]),"
            "        unnest($4::smallint[]), unnest($5::smallint[]), unnest($6::timestamptz[]),"
            "        unnest($7::text[])",
            {ids, regions, names, kinds, units, created_at, items_by_});
    }
    if (warehouses_.empty()) return;
    postgres::UuidArray ids;
    postgres::TextArray codes, names, regions;
    postgres::TimeArray created_at;
    for (const Warehouse& warehouse : warehouses_) {
        ids.Add(warehouse.id);
        codes.Add(warehouse.code);
        names.Add(warehouse.name);
        regions.Add(warehouse.region_code);
        created_at.Add(warehouse.created_at);
    }
    transaction.Queue(
        "INSERT INTO warehouses (warehouse_id, code, name, region_code, handovers, created_at,"
        "   created_by)"
        " SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]), unnest($4::text[]),"
        "        0, unnest($5::timestamptz[]), unnest($6::text[])",
        {ids, codes, names, regions, created_at, warehouses_by_});
}

std::vector<Goods> LoadProgramGoods(Transaction& transaction, const std::string& program_id) {
    const Rows rows = transaction.Run(
        "SELECT item_id, quantity FROM program_goods"
        " WHERE program_id = $1::text::uuid ORDER BY item_id",
        {program_id});
    std::vector<Goods> goods;
    for (int i = 0; i < rows.size(); ++i) {
        goods.push_back({.item_id = rows.Uuid(i, 0), .quantity = rows.Int64(i, 1)});
    }
    return goods;
}

void SaveProgramGoods(Transaction& transaction, const std::string& program_id,
                      const std::vector<Goods>& goods) {
    postgres::UuidArray programs, items;
    postgres::Int64Array quantities;
    for (const Goods& each : goods) {
        programs.Add(program_id);
        items.Add(each.item_id);
        quantities.Add(each.quantity);
    }
    transaction.Queue(
        "INSERT INTO program_goods (program_id, item_id, quantity)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::bigint[])",
        {programs, items, quantities});
}

}  // namespace bangkit::aid
