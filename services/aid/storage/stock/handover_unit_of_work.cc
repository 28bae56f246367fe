#include "services/aid/storage/stock/handover_unit_of_work.h"

#include <stdexcept>
#include <utility>

#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/application/doubled.h"
#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/stock/stock_mapping.h"
#include "services/aid/storage/stock/stock_rows.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

std::unexpected<Error> ApplicationNotFound() {
    return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
}

/// Of steps that were looked at before.
void Expect(const Result<void>& done) {
    if (!done) throw std::logic_error("a step of a hand-over: " + done.error().reason);
}

}  // namespace

std::string HandoverUnitOfWork::Target(const Command& command) {
    return std::string(kApplicationAggregate) + "/" + command.application_id;
}

// Lock order: businesses (shared), warehouses, stock, budgets, applications, keys of owners
// (shared); each by id.
void HandoverUnitOfWork::Load(Transaction& transaction, std::span<const Command* const> commands) {
    std::set<std::string> ids, handing, businesses;
    for (const Command* command : commands) {
        ids.insert(command->application_id);
        const bool hands_over = std::holds_alternative<HandOverGoods>(command->deed);
        if (hands_over) handing.insert(command->application_id);
    }
    for (const ApplicationRoot& root : FindRoots(transaction, Uuids(handing))) {
        businesses.insert(root.business_id);
    }
    HoldBusinesses(transaction, Uuids(businesses));
    businesses_ = LoadBusinesses(transaction, Uuids(businesses));
    LockGoods(transaction, handing);
    steps_.Lock(transaction, {.ids = ids, .moving = handing, .ending = {}});
    LoadOwners(transaction, handing);
    doubled_ = FindDoubled(transaction, handing);
}

void HandoverUnitOfWork::LockGoods(Transaction& transaction, const std::set<std::string>& handing) {
    if (handing.empty()) return;
    reserved_ = LoadReserved(transaction, handing);
    std::set<std::string> stocks, warehouses;
    for (const auto& [id, shares] : reserved_) {
        for (const StockShare& share : shares) stocks.insert(share.stock_id);
    }
    const Rows rows =
        transaction.Run("SELECT DISTINCT warehouse_id FROM stock WHERE stock_id = ANY($1::uuid[])",
                        {Uuids(stocks)});
    for (int i = 0; i < rows.size(); ++i) warehouses.insert(rows.Uuid(i, 0));
    for (Warehouse& warehouse : LockWarehouses(transaction, Uuids(warehouses))) {
        const std::string id = warehouse.id;
        warehouses_.emplace(id, std::move(warehouse));
    }
    book_.Lock(transaction, Uuids(stocks));
}

void HandoverUnitOfWork::LoadOwners(Transaction& transaction,
                                    const std::set<std::string>& handing) {
    if (handing.empty()) return;
    const Rows rows = transaction.Run(
        "SELECT application_id, count(*) FROM documents"
        " WHERE application_id = ANY($1::uuid[]) AND kind = 11 GROUP BY application_id",
        {Uuids(handing)});
    for (int i = 0; i < rows.size(); ++i) photos_[rows.Uuid(i, 0)] = rows.Int64(i, 1);
    std::set<std::string> owners;
    for (const std::string& id : handing) {
        const Application* application = steps_.Find(id);
        if (application != nullptr) owners.insert(application->applicant.owner_id);
    }
    owner_keys_.Load(transaction, Uuids(owners));
}

command::Outcome HandoverUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome HandoverUnitOfWork::Run(const HandOverGoods& deed, const Pending& pending,
                                         Time now) {
    const Application application = Reached(pending);
    const auto business = businesses_.find(application.applicant.business_id);
    if (business != businesses_.end() && business->second.owner_is_erased) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the personal data of the owner was destroyed");
    }
    const auto photos = photos_.find(application.id);
    const Result<Handover> handover =
        HandOver(application, ReservedFor(application.id),
                 {.actor = pending.caller.subject,
                  .receiver = deed.kind,
                  .photos = photos == photos_.end() ? 0 : photos->second,
                  .now = now});
    if (!handover) return std::unexpected(handover.error());
    if (doubled_.contains(application.id)) return Doubled();
    TakeOut(*handover, application, pending, now);
    Expect(steps_.Take(application.id, SchedulePayment{.payment_reference = handover->receipt},
                       pending, now));
    Expect(steps_.Take(application.id, ConfirmPayment{}, pending, now));
    rows_.Add(*handover, owner_keys_.FindOrMake(application.applicant.owner_id), deed.receiver);
    return HandedOverAnswer(*handover, *steps_.Find(application.id));
}

command::Outcome HandoverUnitOfWork::Run(const InspectHandover&, const Pending& pending,
                                         Time) const {
    if (Reached(pending).Exists()) return "";
    return ApplicationNotFound();
}

void HandoverUnitOfWork::TakeOut(const Handover& handover, const Application& application,
                                 const Pending& pending, Time now) {
    for (const StockShare& share : reserved_.at(application.id)) {
        Expect(book_.Post(
            *book_.Find(share.stock_id),
            {.kind = StockPostingKind::kHandover,
             .quantity = share.quantity,
             .application_id = application.id,
             .business_id = application.applicant.business_id,
             .document = handover.receipt},
            {.subject = pending.caller.subject, .traceparent = pending.traceparent, .now = now}));
    }
    warehouses_.at(handover.warehouse_id).handovers = handover.number;
}

Application HandoverUnitOfWork::Reached(const Pending& pending) const {
    const Application* application = steps_.Find(pending.command.application_id);
    const bool is_there =
        application != nullptr && pending.caller.Reaches(application->applicant.region_code);
    return is_there ? *application : Application{};
}

ReservedGoods HandoverUnitOfWork::ReservedFor(const std::string& application_id) const {
    ReservedGoods reserved;
    const auto found = reserved_.find(application_id);
    if (found == reserved_.end()) return reserved;
    for (const StockShare& share : found->second) {
        const Stock* stock = book_.Find(share.stock_id);
        reserved.warehouse = warehouses_.at(stock->warehouse_id);
        reserved.goods.push_back({.item_id = stock->item_id, .quantity = share.quantity});
    }
    return reserved;
}

// Its application and the ledger first: a receipt is refused without them, and so are goods without
// a receipt.
void HandoverUnitOfWork::Save(Transaction& transaction) {
    steps_.Save(transaction);
    owner_keys_.Save(transaction);
    rows_.Save(transaction);
    book_.Save(transaction);
}

}  // namespace bangkit::aid
