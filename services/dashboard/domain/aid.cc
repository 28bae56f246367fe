#include "services/dashboard/domain/aid.h"

namespace bangkit::dashboard {

bool IsReserved(ApplicationState state) {
    return state == ApplicationState::kApproved || state == ApplicationState::kScheduled;
}

bool IsDisbursed(ApplicationState state) {
    return state == ApplicationState::kDisbursed || state == ApplicationState::kSupervised ||
           state == ApplicationState::kClosed;
}

bool IsReturned(ApplicationState state) { return state == ApplicationState::kRefunded; }

}  // namespace bangkit::dashboard
