#pragma once

#include "bangkit/aid/v1/payment_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/payment/bank_account_unit_of_work.h"
#include "services/aid/storage/payment/payment_unit_of_work.h"

namespace bangkit::aid {

using CheckedPayment = Checked<PaymentCommand>;

/// INVALID_ARGUMENT with all that is wrong.
class PaymentChecks {
public:
    /// Both must outlive it.
    PaymentChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<Checked<StateBankAccount>> Check(const v1::StateBankAccountRequest& request) const;
    Result<CheckedPayment> Check(const v1::CreatePaymentBatchRequest& request) const;
    Result<CheckedPayment> Check(const v1::ReleasePaymentBatchRequest& request) const;
    Result<CheckedPayment> Check(const v1::DissolvePaymentBatchRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
