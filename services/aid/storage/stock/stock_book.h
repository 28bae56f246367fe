#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/stock/stock.h"

namespace bangkit::aid {

/// Who posts something.
struct StockActor {
    const std::string& subject;
    const std::string& traceparent;
    Time now;
};

/// The stocks of one transaction, and what is posted to them. However many postings there are, a
/// stock is written once.
class StockBook {
public:
    /// In id order; those that are not there are left out.
    void Lock(postgres::Transaction& transaction, const postgres::UuidArray& ids);
    /// By warehouse and item, one of each a pair.
    void LockPlaces(postgres::Transaction& transaction, const postgres::UuidArray& warehouses,
                    const postgres::UuidArray& items);

    /// nullptr if it is not there.
    const Stock* Find(const std::string& stock_id) const;
    const Stock* FindOf(const std::string& warehouse_id, const std::string& item_id) const;
    /// Of these items in warehouses around a region.
    Shelves Around(const std::string& region_code, const std::vector<Goods>& goods) const;

    /// Drafts the posting and records it, with its event. The refusals of Draft(). A `stock` that
    /// is not there yet begins with it.
    Result<void> Post(const Stock& stock, const StockOrder& order, const StockActor& actor);

    /// Fails as a lost race if a stock is no longer what was locked.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Entry {
        Stock stock;
        std::int64_t saved_version = 0;
    };

    void Take(const postgres::Rows& rows);
    void SaveStocks(postgres::Transaction& transaction) const;
    void InsertPostings(postgres::Transaction& transaction) const;

    std::map<std::string, Entry> entries_;
    std::vector<StockPosting> postings_;  // In the order in which they were recorded.
    postgres::TextArray posted_by_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
