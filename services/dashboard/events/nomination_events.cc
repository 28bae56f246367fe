#include "services/dashboard/events/nomination_events.h"

#include "bangkit/aid/v1/nomination_events.pb.h"

namespace bangkit::dashboard {
namespace {

using namespace aid::v1;

Result<Measures> CountNominee(const NomineeStatistics& nominee) {
    Counter counter;
    counter.Check(nominee.scheme(), NominationScheme_IsValid, "the scheme");
    counter.Check(nominee.state(), NomineeState_IsValid, "the state");
    const int scheme = nominee.scheme();
    counter.Add(Measure::kNominees, scheme, nominee.state());
    counter.Add(Measure::kNomineeRupiah, scheme, nominee.state(), nominee.amount_rupiah());
    for (const int reason : nominee.reasons()) {
        counter.Check(reason, aid::v1::RejectionReason_IsValid, "a reason");
        counter.Add(Measure::kNomineeReasons, scheme, reason);
    }
    const auto reach = [&](NomineeStage stage, bool is_reached) {
        counter.Add(Measure::kNomineesReached, scheme, static_cast<std::int64_t>(stage),
                    is_reached);
    };
    reach(NomineeStage::kNominated, true);
    reach(NomineeStage::kDetermined, nominee.has_determined_at());
    reach(NomineeStage::kPaid, nominee.has_paid_at());
    reach(NomineeStage::kClaimed, nominee.has_claimed_at());
    if (nominee.has_determined_at()) {
        counter.AddHours(Measure::kHoursToDetermination, scheme, nominee.nominated_at(),
                         nominee.determined_at());
    }
    return counter.Done();
}

}  // namespace

MeasuredParsers NomineeParsers() {
    return ParsersOf<CountNominee, NomineeNominated, NomineeValidated, NomineeReturned,
                     NomineeCorrected, NomineeRejected, NomineeWithdrawn, NomineeDetermined,
                     NomineePaid, NomineeClaimed, NomineeGivenBack>();
}

}  // namespace bangkit::dashboard
