#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/domain/stock/handover.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/stock/goods_book.h"
#include "services/aid/storage/stock/handovers.h"
#include "services/aid/storage/stock/stock_book.h"

namespace bangkit::aid {

struct HandOverGoods {
    ReceiverKind kind = ReceiverKind::kOwner;
    std::string receiver;  // bangkit.aid.v1.Receiver, serialized.
};
/// Somebody looks at who has taken the goods: nothing changes, and the audit trail says so.
struct InspectHandover {};

struct HandoverCommand {
    std::string application_id;
    std::variant<HandOverGoods, InspectHandover> deed;
};

/// One transaction of hand-overs, with what they do to applications, budgets and stock.
class HandoverUnitOfWork {
public:
    using Command = HandoverCommand;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit HandoverUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    void LockGoods(postgres::Transaction& transaction, const std::set<std::string>& handing);
    void LoadOwners(postgres::Transaction& transaction, const std::set<std::string>& handing);

    command::Outcome Run(const HandOverGoods& deed, const Pending& pending, Time now);
    command::Outcome Run(const InspectHandover& deed, const Pending& pending, Time now) const;

    /// As if it were not there, if it is not in the caller's reach: one answer for both.
    Application Reached(const Pending& pending) const;
    ReservedGoods ReservedFor(const std::string& application_id) const;
    void TakeOut(const Handover& handover, const Application& application, const Pending& pending,
                 Time now);

    Businesses businesses_;
    std::map<std::string, std::vector<StockShare>> reserved_;  // By application.
    std::map<std::string, Warehouse> warehouses_;
    std::map<std::string, std::int64_t> photos_;  // Of hand-overs, by application.
    std::set<std::string> doubled_;               // See FindDoubled().
    StockBook book_;
    ApplicationSteps steps_;
    OwnerKeys owner_keys_;
    HandoverRows rows_;
};

}  // namespace bangkit::aid
