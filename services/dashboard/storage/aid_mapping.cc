#include "services/dashboard/storage/aid_mapping.h"

#include "bangkit/dashboard/v1/aid.pb.h"

namespace bangkit::dashboard {
namespace {

void Fill(v1::WaitingTime& out, const WaitingTime& time) {
    out.set_applications(time.applications);
    out.set_median_hours(time.median_hours);
    out.set_p90_hours(time.p90_hours);
}

template <typename Message>
void FillMoney(Message& out, const AidMoney& money) {
    out.set_allocated_rupiah(money.allocated);
    out.set_reserved_rupiah(money.reserved);
    out.set_disbursed_rupiah(money.disbursed);
    out.set_returned_rupiah(money.returned);
    out.set_recipients(money.recipients);
}

template <typename Message>
void FillTimes(Message& out, const WaitingTime& approval, const WaitingTime& payment) {
    if (approval.applications > 0) Fill(*out.mutable_approval(), approval);
    if (payment.applications > 0) Fill(*out.mutable_payment(), payment);
}

template <typename Message>
void FillCounts(Message& out, const std::vector<ProgramCount>& programs,
                const std::vector<ApplicationCount>& applications,
                const std::vector<RejectionCount>& rejections) {
    for (const ProgramCount& count : programs) {
        v1::ProgramCount& added = *out.add_programs();
        added.set_instrument(static_cast<common::v1::AidInstrument>(count.instrument));
        added.set_state(static_cast<common::v1::ProgramState>(count.state));
        added.set_programs(count.programs);
    }
    for (const ApplicationCount& count : applications) {
        v1::ApplicationCount& added = *out.add_applications();
        added.set_state(static_cast<aid::v1::ApplicationState>(count.state));
        added.set_applications(count.applications);
        added.set_rupiah(count.rupiah);
    }
    for (const RejectionCount& count : rejections) {
        v1::RejectionCount& added = *out.add_rejections();
        added.set_reason(static_cast<aid::v1::RejectionReason>(count.reason));
        added.set_applications(count.applications);
    }
}

}  // namespace

void Fill(v1::AidFigures& out, const AidFigures& figures) {
    FillCounts(out, figures.programs, figures.applications, figures.rejections);
    FillMoney(out, figures.money);
    FillTimes(out, figures.approval, figures.payment);
}

void Fill(v1::AidMonth& out, const AidMonth& month) {
    out.set_submitted(month.submitted);
    out.set_approved(month.approval.applications);
    out.set_rejected(month.rejected);
    out.set_paid(month.payment.applications);
    FillCounts(out, WithoutZeros(month.programs), WithoutZeros(month.applications),
               month.rejections);
    FillMoney(out, month.money);
    FillTimes(out, month.approval, month.payment);
}

}  // namespace bangkit::dashboard
