#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/program/program.h"
#include "services/aid/domain/stock/stock.h"
#include "services/aid/storage/stock/stock_book.h"
#include "services/aid/storage/stock/stock_rows.h"

namespace bangkit::aid {

struct CreateItem {
    Item item;  // Its id is made for this command, as of all that follow.
};
struct CreateWarehouse {
    Warehouse warehouse;
};
struct SetProgramGoods {
    std::string program_id;
    std::vector<Goods> goods;
};
struct ReceiveStock {
    std::string stock_id;  // Not used if the warehouse has had the item before.
    std::string warehouse_id;
    std::string item_id;
    std::int64_t quantity = 0;
    std::string document;
};
struct CorrectStock {
    std::string warehouse_id;
    std::string item_id;
    std::int64_t change = 0;
    std::string document;
};

using StockCommand =
    std::variant<CreateItem, CreateWarehouse, SetProgramGoods, ReceiveStock, CorrectStock>;

/// One transaction of what there is to give, and where.
class StockUnitOfWork {
public:
    using Command = StockCommand;
    using Pending = command::PendingCommand<Command>;

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Wanted;

    command::Outcome Run(const CreateItem& command, const Pending& pending, Time now);
    command::Outcome Run(const CreateWarehouse& command, const Pending& pending, Time now);
    command::Outcome Run(const SetProgramGoods& command, const Pending& pending, Time now);
    command::Outcome Run(const ReceiveStock& command, const Pending& pending, Time now);
    command::Outcome Run(const CorrectStock& command, const Pending& pending, Time now);

    /// nullptr if it is absent or out of the caller's reach: one answer for both.
    const Warehouse* ReachedWarehouse(const std::string& id, const Pending& pending) const;
    /// The item, if it may be used in the region.
    const Item* FindItem(const std::string& id, const std::string& region_code) const;

    std::map<std::string, Program> programs_;
    std::map<std::string, Item> items_;
    std::map<std::string, Warehouse> warehouses_;
    std::set<std::string> taken_codes_;                // Of warehouses.
    std::map<std::string, std::vector<Goods>> goods_;  // By programme: what was said before.
    std::map<std::string, std::vector<Goods>> said_;   // And in this transaction.
    NewGoodsRows rows_;
    StockBook book_;
};

}  // namespace bangkit::aid
