#pragma once

#include "bangkit/aid/v1/stock_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/stock/handover_unit_of_work.h"
#include "services/aid/storage/stock/stock_unit_of_work.h"

namespace bangkit::aid {

using CheckedStock = Checked<StockCommand>;

/// INVALID_ARGUMENT with all that is wrong.
class StockChecks {
public:
    /// Both must outlive it.
    StockChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<CheckedStock> Check(const v1::CreateItemRequest& request) const;
    Result<CheckedStock> Check(const v1::CreateWarehouseRequest& request) const;
    Result<CheckedStock> Check(const v1::SetProgramGoodsRequest& request) const;
    Result<CheckedStock> Check(const v1::ReceiveStockRequest& request) const;
    Result<CheckedStock> Check(const v1::CorrectStockRequest& request) const;
    Result<Checked<HandoverCommand>> Check(const v1::HandOverGoodsRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
