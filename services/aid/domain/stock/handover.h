#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/aid/domain/application/application.h"
#include "services/aid/domain/stock/stock.h"

namespace bangkit::aid {

// The numbers are stored and sent: never change one, only add.
enum class ReceiverKind { kOwner = 1, kRepresentative = 2 };

/// That somebody has got what they were approved for. Never changed.
struct Handover {
    std::string application_id;
    std::string warehouse_id;
    std::int64_t number = 0;  // 1, 2, 3 ... of the warehouse.
    std::string receipt;
    std::vector<Goods> goods;
    ReceiverKind receiver = ReceiverKind::kOwner;
    std::string by;
    Time at;
    bool operator==(const Handover&) const = default;
};

/// What is reserved for an application.
struct ReservedGoods {
    Warehouse warehouse;
    std::vector<Goods> goods;
};

/// By whom the goods are handed over, to whom, and what was shown for it.
struct HandoverContext {
    const std::string& actor;
    ReceiverKind receiver = ReceiverKind::kOwner;
    std::int64_t photos = 0;
    Time now;
};

/// What is reserved is handed over, all of it. PERMISSION_DENIED: MAKER_IS_CHECKER (the actor has
/// approved it). FAILED_PRECONDITION: APPLICATION_STATE_WRONG, GOODS_MISSING (nothing is reserved
/// for it), PHOTO_MISSING. NOT_FOUND: APPLICATION_NOT_FOUND.
Result<Handover> HandOver(const Application& application, const ReservedGoods& reserved,
                          const HandoverContext& context);

}  // namespace bangkit::aid
