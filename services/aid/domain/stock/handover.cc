#include "services/aid/domain/stock/handover.h"

namespace bangkit::aid {

Result<Handover> HandOver(const Application& application, const ReservedGoods& reserved,
                          const HandoverContext& context) {
    if (!application.Exists()) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    if (application.state != ApplicationState::kApproved) {
        return Refused(ErrorCode::kFailedPrecondition, "APPLICATION_STATE_WRONG",
                       "the state of the application does not allow it");
    }
    if (reserved.goods.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "GOODS_MISSING",
                       "nothing is reserved for the application");
    }
    if (application.approved_by == context.actor) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who approved an application does not hand over its goods");
    }
    if (context.photos == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "PHOTO_MISSING",
                       "there is no photograph of the hand-over");
    }
    const std::int64_t number = reserved.warehouse.handovers + 1;
    return Handover{.application_id = application.id,
                    .warehouse_id = reserved.warehouse.id,
                    .number = number,
                    .receipt = ReceiptOf(reserved.warehouse, number, context.now),
                    .goods = reserved.goods,
                    .receiver = context.receiver,
                    .by = context.actor,
                    .at = context.now};
}

}  // namespace bangkit::aid
