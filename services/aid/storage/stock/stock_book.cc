#include "services/aid/storage/stock/stock_book.h"

#include <algorithm>
#include <utility>

#include "services/aid/domain/region.h"
#include "services/aid/storage/stock/stock_mapping.h"
#include "services/aid/storage/stock/stock_rows.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

/// The columns that postings change, for INSERT and UPDATE alike.
struct Columns {
    postgres::UuidArray ids;
    postgres::Int64Array versions, available, reserved, handed_over, received;
    postgres::TimeArray updated_at;

    void Add(const Stock& stock) {
        ids.Add(stock.id);
        versions.Add(stock.version);
        available.Add(stock.available);
        reserved.Add(stock.reserved);
        handed_over.Add(stock.handed_over);
        received.Add(stock.received);
        updated_at.Add(stock.updated_at);
    }
};

}  // namespace

void StockBook::Lock(Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return;
    static const std::string sql = "SELECT " + std::string(kStockColumns) +
                                   "  FROM stock s WHERE s.stock_id = ANY($1::uuid[])"
                                   " ORDER BY s.stock_id FOR UPDATE";
    Take(transaction.Run(sql, {ids}));
}

void StockBook::LockPlaces(Transaction& transaction, const postgres::UuidArray& warehouses,
                           const postgres::UuidArray& items) {
    if (warehouses.size() == 0) return;
    static const std::string sql = "SELECT " + std::string(kStockColumns) +
                                   "  FROM stock s"
                                   " WHERE (s.warehouse_id, s.item_id) IN ("
                                   "       SELECT u.warehouse, u.item"
                                   "         FROM unnest($1::uuid[], $2::uuid[])"
                                   "           AS u (warehouse, item))"
                                   " ORDER BY s.stock_id FOR UPDATE";
    Take(transaction.Run(sql, {warehouses, items}));
}

void StockBook::Take(const Rows& rows) {
    for (int i = 0; i < rows.size(); ++i) {
        Stock stock = ToStock(rows, i);
        const std::string id = stock.id;
        const std::int64_t saved = stock.version;
        entries_.try_emplace(id, std::move(stock), saved);
    }
}

const Stock* StockBook::Find(const std::string& stock_id) const {
    const auto found = entries_.find(stock_id);
    return found == entries_.end() ? nullptr : &found->second.stock;
}

const Stock* StockBook::FindOf(const std::string& warehouse_id, const std::string& item_id) const {
    const auto found = std::ranges::find_if(entries_, [&](const auto& each) {
        const Stock& stock = each.second.stock;
        return stock.warehouse_id == warehouse_id && stock.item_id == item_id;
    });
    return found == entries_.end() ? nullptr : &found->second.stock;
}

Shelves StockBook::Around(const std::string& region_code, const std::vector<Goods>& goods) const {
    Shelves shelves;
    for (const auto& [id, entry] : entries_) {
        const Stock& stock = entry.stock;
        const bool is_wanted = std::ranges::any_of(
            goods, [&](const Goods& each) { return each.item_id == stock.item_id; });
        if (is_wanted && LiesIn(region_code, stock.region_code)) shelves.push_back(stock);
    }
    return shelves;
}

Result<void> StockBook::Post(const Stock& stock, const StockOrder& order, const StockActor& actor) {
    const Result<StockPosting> posting = Draft(stock, order, actor.now);
    if (!posting) return std::unexpected(posting.error());
    Stock after = aid::Post(stock, *posting);
    const PublicEvent out = ToPublic(after, order, *posting);
    outbox_.Add({.aggregate_type = kStockAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = actor.traceparent});
    const std::string id = after.id;
    entries_[id].stock = std::move(after);
    postings_.push_back(*posting);
    posted_by_.Add(actor.subject);
    return {};
}

void StockBook::Save(Transaction& transaction) const {
    if (postings_.empty()) return;
    SaveStocks(transaction);
    InsertPostings(transaction);
    outbox_.Save(transaction);
}

void StockBook::SaveStocks(Transaction& transaction) const {
    Columns made, changed;
    postgres::UuidArray warehouses, items;
    postgres::TextArray regions;
    postgres::SmallintArray kinds, units;
    postgres::Int64Array saved_versions;
    for (const auto& [id, entry] : entries_) {
        const Stock& stock = entry.stock;
        if (stock.version == entry.saved_version) continue;
        if (entry.saved_version > 0) {
            changed.Add(stock);
            saved_versions.Add(entry.saved_version);
            continue;
        }
        made.Add(stock);
        warehouses.Add(stock.warehouse_id);
        items.Add(stock.item_id);
        regions.Add(stock.region_code);
        kinds.Add(stock.kind);
        units.Add(stock.unit);
    }
    if (made.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO stock (stock_id, version, warehouse_id, item_id, region_code, kind, unit,"
            "   available, reserved, handed_over, received, updated_at)"
            " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
            "        unnest($4::uuid[]), unnest($5::text[]), unnest($6::smallint[]),"
            "        unnest($7::smallint[]), unnest($8::bigint[]), unnest($9::bigint[]),"
            "        unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::timestamptz[])",
            {made.ids, made.versions, warehouses, items, regions, kinds, units, made.available,
             made.reserved, made.handed_over, made.received, made.updated_at});
    }
    if (changed.ids.size() == 0) return;
    transaction.QueueExact(
        changed.ids.size(),
        "UPDATE stock t"
        "   SET version = u.version, available = u.available, reserved = u.reserved,"
        "       handed_over = u.handed_over, received = u.received, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],"
        "              $6::bigint[], $7::bigint[], $8::timestamptz[])"
        "    AS u (id, saved_version, version, available, reserved, handed_over, received,"
        "          updated_at)"
        " WHERE t.stock_id = u.id AND t.version = u.saved_version",
        {changed.ids, saved_versions, changed.versions, changed.available, changed.reserved,
         changed.handed_over, changed.received, changed.updated_at});
}

void StockBook::InsertPostings(Transaction& transaction) const {
    postgres::UuidArray stocks, applications;
    postgres::Int64Array numbers, quantities, from_balances, to_balances;
    postgres::SmallintArray kinds, from_places, to_places;
    postgres::TextArray documents;
    postgres::TimeArray posted_at;
    for (const StockPosting& posting : postings_) {
        stocks.Add(posting.stock_id);
        numbers.Add(posting.number);
        kinds.Add(posting.kind);
        from_places.Add(posting.from);
        to_places.Add(posting.to);
        quantities.Add(posting.quantity);
        from_balances.Add(posting.from_balance);
        to_balances.Add(posting.to_balance);
        posting.application_id.empty() ? applications.AddNull()
                                       : applications.Add(posting.application_id);
        documents.Add(posting.document);
        posted_at.Add(posting.at);
    }
    transaction.Queue(
        "INSERT INTO stock_ledger (stock_id, number, kind, from_place, to_place, quantity,"
        "   from_balance, to_balance, application_id, document, posted_at, posted_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::smallint[]), unnest($5::smallint[]), unnest($6::bigint[]),"
        "        unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::uuid[]),"
        "        unnest($10::text[]), unnest($11::timestamptz[]), unnest($12::text[])",
        {stocks, numbers, kinds, from_places, to_places, quantities, from_balances, to_balances,
         applications, documents, posted_at, posted_by_});
}

}  // namespace bangkit::aid
