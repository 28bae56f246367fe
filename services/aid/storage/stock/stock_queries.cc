#include "services/aid/storage/stock/stock_queries.h"

#include <algorithm>
#include <stdexcept>

#include "services/aid/domain/region.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/stock/handovers.h"
#include "services/aid/storage/stock/stock_rows.h"
#include "services/aid/storage/training/entitlements.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kItemsSql = "SELECT " + std::string(kItemColumns) +
                              "  FROM items i WHERE i.item_id > $1::text::uuid"
                              " ORDER BY i.item_id LIMIT $2::bigint";

const std::string kWarehousesSql = "SELECT " + std::string(kWarehouseColumns) +
                                   "  FROM warehouses w WHERE w.warehouse_id > $1::text::uuid"
                                   " ORDER BY w.warehouse_id LIMIT $2::bigint";

constexpr std::string_view kWarehouseSql =
    "SELECT FROM warehouses WHERE warehouse_id = $1::text::uuid";

const std::string kStocksSql = "SELECT " + std::string(kStockColumns) +
                               "  FROM stock s"
                               " WHERE s.warehouse_id = $1::text::uuid"
                               "   AND s.item_id > $2::text::uuid"
                               " ORDER BY s.item_id LIMIT $3::bigint";

const std::string kStockSql =
    "SELECT " + std::string(kStockColumns) + " FROM stock s WHERE s.stock_id = $1::text::uuid";

constexpr std::string_view kPostingsSql =
    "SELECT l.stock_id, l.number, l.kind, l.from_place, l.to_place, l.quantity, l.from_balance,"
    "       l.to_balance, l.application_id::text, l.document, l.posted_at"
    "  FROM stock_ledger l"
    " WHERE l.stock_id = $1::text::uuid AND l.number > $2::bigint"
    " ORDER BY l.number LIMIT $3::bigint";

constexpr std::string_view kProgramSql = "SELECT FROM programs WHERE program_id = $1::text::uuid";

// A receipt is seen through its application.
constexpr std::string_view kHandoverSql =
    "SELECT h.application_id, h.warehouse_id, h.number, h.receipt, h.receiver_kind,"
    "       h.handed_over_by, h.handed_over_at, h.receiver, a.owner_id, k.wrapped_key"
    "  FROM applications a JOIN handovers h USING (application_id)"
    "  LEFT JOIN owner_keys k ON k.owner_id = a.owner_id"
    " WHERE a.application_id = $1::text::uuid";

// What left the warehouse with the receipt: the stock lies around the applicant, and is seen.
constexpr std::string_view kHandedOverSql =
    "SELECT s.item_id, l.quantity FROM stock_ledger l JOIN stock s USING (stock_id)"
    " WHERE l.application_id = $1::text::uuid AND l.kind = 5 ORDER BY s.item_id";

const std::string kEntitlementsSql =
    "SELECT " + std::string(kEntitlementColumns) +
    ", b.region_code FROM entitlements e JOIN businesses b USING (business_id)"
    " WHERE e.business_id = $1::text::uuid ORDER BY e.completed_at, e.enrolment_id";
constexpr int kRegionOfBusiness = 7;  // Behind the columns of an entitlement.

StockPosting ToPosting(const Rows& rows, int i) {
    return {.stock_id = rows.Uuid(i, 0),
            .number = rows.Int64(i, 1),
            .kind = static_cast<StockPostingKind>(rows.Int64(i, 2)),
            .from = static_cast<StockPlace>(rows.Int64(i, 3)),
            .to = static_cast<StockPlace>(rows.Int64(i, 4)),
            .quantity = rows.Int64(i, 5),
            .from_balance = rows.Int64(i, 6),
            .to_balance = rows.Int64(i, 7),
            .application_id = rows.Text(i, 8),
            .document = rows.Text(i, 9),
            .at = rows.Time(i, 10)};
}

std::string Opened(const crypto::KeyRing& keys, const Rows& rows) {
    if (rows.IsNull(0, 9)) return {};
    const Result<crypto::Key> key = OpenOwnerKey(keys, rows.Uuid(0, 8), rows.Bytes(0, 9));
    if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
    Result<std::string> receiver = OpenReceiver(*key, rows.Uuid(0, 0), rows.Bytes(0, 7));
    if (!receiver) throw std::runtime_error("a receiver: " + receiver.error().reason);
    return *std::move(receiver);
}

}  // namespace

std::vector<Item> StockQueries::Items(const Viewer& viewer, const std::string& after,
                                      std::int64_t limit) const {
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kItemsSql, {after, most});
    });
    std::vector<Item> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToItem(rows, i));
    return found;
}

std::vector<Warehouse> StockQueries::Warehouses(const Viewer& viewer, const std::string& after,
                                                std::int64_t limit) const {
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kWarehousesSql, {after, most});
    });
    std::vector<Warehouse> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToWarehouse(rows, i));
    return found;
}

std::optional<std::vector<Stock>> StockQueries::Stocks(const Viewer& viewer,
                                                       const std::string& warehouse_id,
                                                       const std::string& after,
                                                       std::int64_t limit) const {
    const std::string most = Int64(limit);
    using Found = std::optional<std::vector<Stock>>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        if (transaction.Run(kWarehouseSql, {warehouse_id}).size() == 0) return std::nullopt;
        const Rows rows = transaction.Run(kStocksSql, {warehouse_id, after, most});
        std::vector<Stock> found;
        for (int i = 0; i < rows.size(); ++i) found.push_back(ToStock(rows, i));
        return found;
    });
}

std::optional<StockStatement> StockQueries::StatementOf(const Viewer& viewer,
                                                        const std::string& stock_id,
                                                        std::int64_t after,
                                                        std::int64_t limit) const {
    const std::string first = Int64(after), most = Int64(limit);
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> std::optional<StockStatement> {
        // Row-level security holds for the stock; its postings are as secret as it is.
        const Rows stocks = transaction.Run(kStockSql, {stock_id});
        if (stocks.size() == 0) return std::nullopt;
        StockStatement statement{.stock = ToStock(stocks, 0), .postings = {}};
        const Rows rows = transaction.Run(kPostingsSql, {stock_id, first, most});
        for (int i = 0; i < rows.size(); ++i) statement.postings.push_back(ToPosting(rows, i));
        return statement;
    });
}

std::optional<std::vector<Goods>> StockQueries::ProgramGoods(const Viewer& viewer,
                                                             const std::string& program_id) const {
    using Found = std::optional<std::vector<Goods>>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        if (transaction.Run(kProgramSql, {program_id}).size() == 0) return std::nullopt;
        return LoadProgramGoods(transaction, program_id);
    });
}

std::optional<OpenedHandover> StockQueries::FindHandover(const Viewer& viewer,
                                                         const std::string& application_id) const {
    using Found = std::optional<OpenedHandover>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        const Rows rows = transaction.Run(kHandoverSql, {application_id});
        if (rows.size() == 0) return std::nullopt;
        OpenedHandover found{.handover = {.application_id = rows.Uuid(0, 0),
                                          .warehouse_id = rows.Uuid(0, 1),
                                          .number = rows.Int64(0, 2),
                                          .receipt = rows.Text(0, 3),
                                          .goods = {},
                                          .receiver = static_cast<ReceiverKind>(rows.Int64(0, 4)),
                                          .by = rows.Text(0, 5),
                                          .at = rows.Time(0, 6)},
                             .receiver = Opened(keys_, rows)};
        const Rows goods = transaction.Run(kHandedOverSql, {application_id});
        for (int i = 0; i < goods.size(); ++i) {
            found.handover.goods.push_back(
                {.item_id = goods.Uuid(i, 0), .quantity = goods.Int64(i, 1)});
        }
        return found;
    });
}

std::vector<Entitlement> StockQueries::Entitlements(const Viewer& viewer,
                                                    const std::string& business_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kEntitlementsSql, {business_id});
    });
    std::vector<Entitlement> found;
    for (int i = 0; i < rows.size(); ++i) {
        Entitlement entitlement = ToEntitlement(rows, i);
        const std::string region_code = rows.Text(i, kRegionOfBusiness);
        const bool is_seen = entitlement.owner_id == viewer.owner_id ||
                             std::ranges::any_of(viewer.regions, [&](const std::string& region) {
                                 return LiesIn(region_code, region);
                             });
        if (is_seen) found.push_back(std::move(entitlement));
    }
    return found;
}

}  // namespace bangkit::aid
