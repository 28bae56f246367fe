#pragma once

#include "bangkit/aid/v1/grievance_events.pb.h"
#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/nomination_events.pb.h"
#include "bangkit/aid/v1/referral_events.pb.h"
#include "bangkit/aid/v1/stock_events.pb.h"
#include "bangkit/aid/v1/supervision_events.pb.h"
#include "services/dashboard/tests/published_aid.h"

namespace bangkit::dashboard {

/// One of the aggregates that count as measures: what it says is changed by the test between its
/// events.
template <typename Statistics>
class PublishedThing : public PublishedAid {
public:
    PublishedThing(std::string type, Statistics statistics)
        : PublishedAid(std::move(type)), statistics_(std::move(statistics)) {
        if (statistics_.region_code().empty()) statistics_.set_region_code(kLampungVillage);
    }

    Statistics& statistics() { return statistics_; }
    template <typename Event>
    kafka::Record Says(Time at = kMay2022) {
        Event event;
        *event.mutable_statistics() = statistics_;
        Fill(*event.mutable_occurred_at(), at);
        return Record(event);
    }

private:
    Statistics statistics_;
};

inline PublishedThing<aid::v1::StockStatistics> ClothInStock(std::int64_t received) {
    aid::v1::StockStatistics stock;
    stock.set_region_code("18.71");
    stock.set_kind(aid::v1::GOODS_KIND_TEXTILE);
    stock.set_unit(aid::v1::GOODS_UNIT_METRE);
    stock.set_on_hand(received);
    stock.set_received(received);
    return {"stock", stock};
}

inline PublishedThing<aid::v1::LoanStatistics> GrantedLoan(std::int64_t principal, Time requested,
                                                           Time granted) {
    aid::v1::LoanStatistics loan;
    loan.set_instrument(common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
    loan.set_state(aid::v1::LOAN_STATE_RUNNING);
    loan.set_principal_rupiah(principal);
    Fill(*loan.mutable_requested_at(), requested);
    Fill(*loan.mutable_granted_at(), granted);
    return {"loan", loan};
}

inline PublishedThing<aid::v1::ReferralStatistics> SentReferral(
    common::v1::AidInstrument instrument, Time sent) {
    aid::v1::ReferralStatistics referral;
    referral.set_instrument(instrument);
    referral.set_state(aid::v1::REFERRAL_STATE_SENT);
    if (instrument == common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL) {
        referral.set_form(aid::v1::RESTRUCTURING_FORM_TENOR_EXTENSION);
    }
    Fill(*referral.mutable_sent_at(), sent);
    return {"referral", referral};
}

inline PublishedThing<aid::v1::NomineeStatistics> NominatedFor(aid::v1::NominationScheme scheme,
                                                               Time nominated) {
    aid::v1::NomineeStatistics nominee;
    nominee.set_scheme(scheme);
    nominee.set_state(aid::v1::NOMINEE_STATE_NOMINATED);
    Fill(*nominee.mutable_nominated_at(), nominated);
    return {"nominee", nominee};
}

inline PublishedThing<aid::v1::RefundStatistics> OpenRefund(std::int64_t claimed) {
    aid::v1::RefundStatistics refund;
    refund.set_state(aid::v1::REFUND_STATE_OPEN);
    refund.set_claimed_rupiah(claimed);
    return {"refund", refund};
}

inline PublishedThing<aid::v1::VisitStatistics> PlannedVisit() {
    aid::v1::VisitStatistics visit;
    visit.set_state(aid::v1::VISIT_STATE_PLANNED);
    return {"visit", visit};
}

inline PublishedThing<aid::v1::GrievanceStatistics> FiledGrievance(Time filed) {
    aid::v1::GrievanceStatistics grievance;
    grievance.set_service(aid::v1::CONCERNED_SERVICE_AID);
    grievance.set_topic(aid::v1::GRIEVANCE_TOPIC_SLOW);
    grievance.set_state(aid::v1::GRIEVANCE_STATE_FILED);
    grievance.set_level(aid::v1::GRIEVANCE_LEVEL_CITY);
    Fill(*grievance.mutable_filed_at(), filed);
    return {"grievance", grievance};
}

}  // namespace bangkit::dashboard
