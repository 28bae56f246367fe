#include "services/aid/storage/stock/stock_unit_of_work.h"

#include <utility>

#include "services/aid/domain/region.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/stock/stock_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

std::string TargetOf(const CreateItem& command) { return "item/" + command.item.id; }
std::string TargetOf(const CreateWarehouse& command) { return "warehouse/" + command.warehouse.id; }
std::string TargetOf(const SetProgramGoods& command) { return "program/" + command.program_id; }
std::string TargetOf(const auto& command) { return "warehouse/" + command.warehouse_id; }

std::unexpected<Error> ItemNotFound() {
    return Refused(ErrorCode::kNotFound, "ITEM_NOT_FOUND", "no such item");
}

std::unexpected<Error> WarehouseNotFound() {
    return Refused(ErrorCode::kNotFound, "WAREHOUSE_NOT_FOUND", "no such warehouse");
}

std::unexpected<Error> RegionNotFound() {
    return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
}

}  // namespace

/// What the commands of a transaction are about.
struct StockUnitOfWork::Wanted {
    std::set<std::string> programs, items, warehouses;
    postgres::TextArray codes;
    postgres::UuidArray places, items_there;  // One of each a pair.

    void Add(const CreateItem&) {}
    void Add(const CreateWarehouse& command) { codes.Add(command.warehouse.code); }
    void Add(const SetProgramGoods& command) {
        programs.insert(command.program_id);
        for (const Goods& each : command.goods) items.insert(each.item_id);
    }
    void Add(const auto& command) {
        items.insert(command.item_id);
        warehouses.insert(command.warehouse_id);
        places.Add(command.warehouse_id);
        items_there.Add(command.item_id);
    }
};

std::string StockUnitOfWork::Target(const Command& command) {
    return std::visit([](const auto& each) { return TargetOf(each); }, command);
}

// Lock order: programmes by id, stock by id. Items never change, nor do warehouses but for the
// number of their last receipt.
void StockUnitOfWork::Load(postgres::Transaction& transaction,
                           std::span<const Command* const> commands) {
    Wanted wanted;
    for (const Command* command : commands) {
        std::visit([&wanted](const auto& each) { wanted.Add(each); }, *command);
    }
    for (Program& program : LockPrograms(transaction, Uuids(wanted.programs))) {
        const std::string id = program.id;
        goods_[id] = LoadProgramGoods(transaction, id);
        programs_.emplace(id, std::move(program));
    }
    for (Item& item : LoadItems(transaction, Uuids(wanted.items))) {
        const std::string id = item.id;
        items_.emplace(id, std::move(item));
    }
    for (Warehouse& warehouse : LoadWarehouses(transaction, Uuids(wanted.warehouses))) {
        const std::string id = warehouse.id;
        warehouses_.emplace(id, std::move(warehouse));
    }
    if (wanted.codes.size() > 0) {
        const postgres::Rows rows = transaction.Run(
            "SELECT code FROM warehouses WHERE code = ANY($1::text[])", {wanted.codes});
        for (int i = 0; i < rows.size(); ++i) taken_codes_.insert(rows.Text(i, 0));
    }
    book_.LockPlaces(transaction, wanted.places, wanted.items_there);
}

command::Outcome StockUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& command) { return Run(command, pending, now); },
                      pending.command);
}

command::Outcome StockUnitOfWork::Run(const CreateItem& command, const Pending& pending, Time now) {
    if (!pending.caller.Reaches(command.item.region_code)) return RegionNotFound();
    Item item = command.item;
    item.created_at = now;
    rows_.Add(item, pending.caller.subject);
    return CreatedAnswer(item);
}

command::Outcome StockUnitOfWork::Run(const CreateWarehouse& command, const Pending& pending,
                                      Time now) {
    if (!pending.caller.Reaches(command.warehouse.region_code)) return RegionNotFound();
    if (!taken_codes_.insert(command.warehouse.code).second) {
        return Refused(ErrorCode::kAlreadyExists, "WAREHOUSE_CODE_TAKEN",
                       "another warehouse has this code");
    }
    Warehouse warehouse = command.warehouse;
    warehouse.created_at = now;
    rows_.Add(warehouse, pending.caller.subject);
    return CreatedAnswer(warehouse);
}

command::Outcome StockUnitOfWork::Run(const SetProgramGoods& command, const Pending& pending,
                                      Time) {
    const auto program = programs_.find(command.program_id);
    if (program == programs_.end() || !pending.caller.Reaches(program->second.terms.region_code)) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    for (const Goods& each : command.goods) {
        if (FindItem(each.item_id, program->second.terms.region_code) == nullptr) {
            return ItemNotFound();
        }
    }
    if (program->second.terms.instrument != Instrument::kInKind) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_NOT_IN_KIND",
                       "the programme gives no goods");
    }
    if (program->second.state != ProgramState::kDraft) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_STATE_WRONG",
                       "the state of the programme does not allow it");
    }
    std::vector<Goods>& known = goods_[command.program_id];
    if (!known.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_GOODS_SET",
                       "it was said before what the programme gives");
    }
    known = command.goods;
    said_[command.program_id] = command.goods;
    return GoodsSetAnswer(command.program_id, command.goods);
}

command::Outcome StockUnitOfWork::Run(const ReceiveStock& command, const Pending& pending,
                                      Time now) {
    const Warehouse* warehouse = ReachedWarehouse(command.warehouse_id, pending);
    if (warehouse == nullptr) return WarehouseNotFound();
    const Item* item = FindItem(command.item_id, warehouse->region_code);
    if (item == nullptr) return ItemNotFound();
    const Stock* known = book_.FindOf(warehouse->id, item->id);
    Stock stock;
    if (known != nullptr) {
        stock = *known;
    } else {
        stock.id = command.stock_id;
        stock.warehouse_id = warehouse->id;
        stock.item_id = item->id;
        stock.region_code = warehouse->region_code;
        stock.kind = item->kind;
        stock.unit = item->unit;
    }
    const Result<void> posted = book_.Post(
        stock,
        {.kind = StockPostingKind::kReceipt,
         .quantity = command.quantity,
         .document = command.document},
        {.subject = pending.caller.subject, .traceparent = pending.traceparent, .now = now});
    if (!posted) return std::unexpected(posted.error());
    return ReceivedAnswer(*book_.Find(stock.id));
}

command::Outcome StockUnitOfWork::Run(const CorrectStock& command, const Pending& pending,
                                      Time now) {
    const Warehouse* warehouse = ReachedWarehouse(command.warehouse_id, pending);
    if (warehouse == nullptr) return WarehouseNotFound();
    const Stock* stock = book_.FindOf(command.warehouse_id, command.item_id);
    if (stock == nullptr) return ItemNotFound();
    const std::string id = stock->id;
    const Result<void> posted = book_.Post(
        *stock,
        {.kind = StockPostingKind::kCorrection,
         .quantity = command.change,
         .document = command.document},
        {.subject = pending.caller.subject, .traceparent = pending.traceparent, .now = now});
    if (!posted) return std::unexpected(posted.error());
    return CorrectedAnswer(*book_.Find(id));
}

const Warehouse* StockUnitOfWork::ReachedWarehouse(const std::string& id,
                                                   const Pending& pending) const {
    const auto found = warehouses_.find(id);
    const bool is_there =
        found != warehouses_.end() && pending.caller.Reaches(found->second.region_code);
    return is_there ? &found->second : nullptr;
}

const Item* StockUnitOfWork::FindItem(const std::string& id, const std::string& region_code) const {
    const auto found = items_.find(id);
    const bool is_there = found != items_.end() && LiesIn(region_code, found->second.region_code);
    return is_there ? &found->second : nullptr;
}

void StockUnitOfWork::Save(postgres::Transaction& transaction) {
    rows_.Save(transaction);
    for (const auto& [program_id, goods] : said_) {
        SaveProgramGoods(transaction, program_id, goods);
    }
    book_.Save(transaction);
}

}  // namespace bangkit::aid
