#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "services/aid/domain/stock/handover.h"
#include "services/aid/domain/stock/stock.h"
#include "services/aid/domain/training/entitlement.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// A stock and some of its postings, as of one moment.
struct StockStatement {
    Stock stock;
    std::vector<StockPosting> postings;
};

/// A receipt, and who took the goods.
struct OpenedHandover {
    Handover handover;
    std::string receiver;  // bangkit.aid.v1.Receiver, serialized; empty: it was erased.
};

/// Reads, each in a transaction that says to row-level security who is looking.
class StockQueries {
public:
    /// Both must outlive it.
    StockQueries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    /// Up to `limit` behind that id.
    std::vector<Item> Items(const Viewer& viewer, const std::string& after,
                            std::int64_t limit) const;
    std::vector<Warehouse> Warehouses(const Viewer& viewer, const std::string& after,
                                      std::int64_t limit) const;
    /// Of a warehouse, up to `limit` behind that item; nullopt if the warehouse is not seen.
    std::optional<std::vector<Stock>> Stocks(const Viewer& viewer, const std::string& warehouse_id,
                                             const std::string& after, std::int64_t limit) const;
    /// Up to `limit` postings behind that number.
    std::optional<StockStatement> StatementOf(const Viewer& viewer, const std::string& stock_id,
                                              std::int64_t after, std::int64_t limit) const;
    /// nullopt if the programme is not seen.
    std::optional<std::vector<Goods>> ProgramGoods(const Viewer& viewer,
                                                   const std::string& program_id) const;
    /// Who looks is in the audit trail before: see InspectHandover.
    std::optional<OpenedHandover> FindHandover(const Viewer& viewer,
                                               const std::string& application_id) const;
    /// Of a business that is seen, the oldest first.
    std::vector<Entitlement> Entitlements(const Viewer& viewer,
                                          const std::string& business_id) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::aid
