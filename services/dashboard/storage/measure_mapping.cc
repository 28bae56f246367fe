#include "services/dashboard/storage/measure_mapping.h"

#include <map>
#include <set>
#include <utility>

#include "bangkit/dashboard/v1/dashboard.pb.h"

namespace bangkit::dashboard {
namespace {

using enum Measure;
using common::v1::AidInstrument;

bool HasAny(const MeasureFigures& figures, Measure first, Measure last) {
    const auto found = figures.now.lower_bound({.measure = first, .kind = 0, .detail = 0});
    return found != figures.now.end() && found->first.measure <= last;
}

/// The kinds that occur in it.
std::set<int> KindsOf(const MeasureFigures& figures, Measure measure) {
    std::set<int> kinds;
    ForEach(figures.now, measure, [&](const MeasureKey& key, auto) { kinds.insert(key.kind); });
    return kinds;
}

/// `mutable_time()`: where it goes, if anybody waited.
template <typename MutableTime>
void FillTime(const WaitingTime& time, MutableTime mutable_time) {
    if (time.applications == 0) return;
    v1::WaitingTime& out = mutable_time();
    out.set_applications(time.applications);
    out.set_median_hours(time.median_hours);
    out.set_p90_hours(time.p90_hours);
}

void FillGoods(v1::Dashboard& out, const MeasureFigures& figures) {
    std::map<std::pair<int, std::int64_t>, v1::GoodsCount> goods;
    const auto take = [&](Measure measure, void (v1::GoodsCount::*set)(std::int64_t)) {
        ForEach(figures.now, measure, [&](const MeasureKey& key, std::int64_t quantity) {
            (goods[{key.kind, key.detail}].*set)(quantity);
        });
    };
    take(kGoodsOnHand, &v1::GoodsCount::set_on_hand);
    take(kGoodsReserved, &v1::GoodsCount::set_reserved);
    take(kGoodsReceived, &v1::GoodsCount::set_received);
    take(kGoodsHandedOver, &v1::GoodsCount::set_handed_over);
    for (auto& [what, count] : goods) {
        count.set_kind(static_cast<aid::v1::GoodsKind>(what.first));
        count.set_unit(static_cast<aid::v1::GoodsUnit>(what.second));
        *out.add_goods() = std::move(count);
    }
}

void FillLoans(v1::LoanFigures& out, const MeasureFigures& figures) {
    ForEach(figures.now, kLoans, [&](MeasureKey key, std::int64_t loans) {
        key.measure = kLoanPrincipal;
        v1::LoanCount& count = *out.add_loans();
        count.set_instrument(static_cast<AidInstrument>(key.kind));
        count.set_state(static_cast<aid::v1::LoanState>(key.detail));
        count.set_loans(loans);
        count.set_principal_rupiah(ValueOf(figures.now, key));
    });
    out.set_repaid_rupiah(SumOf(figures.now, kLoanRepaid));
    out.set_subsidy_rupiah(SumOf(figures.now, kLoanSubsidy));
    out.set_subsidy_reserved_rupiah(SumOf(figures.now, kLoanSubsidyReserved));
    FillTime(figures.Waited(kHoursToLoan), [&] -> auto& { return *out.mutable_grant(); });
}

void FillReferrals(v1::ReferralFigures& out, const MeasureFigures& figures) {
    ForEach(figures.now, kReferrals, [&](const MeasureKey& key, std::int64_t referrals) {
        v1::ReferralCount& count = *out.add_referrals();
        count.set_instrument(static_cast<AidInstrument>(key.kind));
        count.set_state(static_cast<aid::v1::ReferralState>(key.detail));
        count.set_referrals(referrals);
    });
    ForEach(figures.now, kRestructurings, [&](const MeasureKey& key, std::int64_t referrals) {
        v1::RestructuringCount& count = *out.add_restructurings();
        count.set_form(static_cast<aid::v1::RestructuringForm>(key.kind));
        count.set_state(static_cast<aid::v1::ReferralState>(key.detail));
        count.set_referrals(referrals);
    });
    for (const int instrument : KindsOf(figures, kReferrals)) {
        v1::PartnerAnswers& answers = *out.add_answers();
        answers.set_instrument(static_cast<AidInstrument>(instrument));
        answers.set_silent(SumOf(figures.now, kReferralsSilent, instrument));
        answers.set_escalated(SumOf(figures.now, kReferralsEscalated, instrument));
        FillTime(figures.Waited(kHoursToReferralAnswer, instrument),
                 [&] -> auto& { return *answers.mutable_answer(); });
    }
}

void FillNominations(v1::NominationFigures& out, int scheme, const MeasureFigures& figures) {
    out.set_scheme(static_cast<aid::v1::NominationScheme>(scheme));
    ForEach(figures.now, kNominees, [&](MeasureKey key, std::int64_t nominees) {
        if (key.kind != scheme) return;
        key.measure = kNomineeRupiah;
        v1::NomineeCount& count = *out.add_nominees();
        count.set_state(static_cast<aid::v1::NomineeState>(key.detail));
        count.set_nominees(nominees);
        count.set_rupiah(ValueOf(figures.now, key));
    });
    ForEach(figures.now, kNomineeReasons, [&](const MeasureKey& key, std::int64_t nominees) {
        if (key.kind != scheme) return;
        v1::NomineeReasonCount& count = *out.add_reasons();
        count.set_reason(static_cast<aid::v1::RejectionReason>(key.detail));
        count.set_nominees(nominees);
    });
    const auto reached = [&](NomineeStage stage) {
        return ValueOf(figures.now, {.measure = kNomineesReached,
                                     .kind = scheme,
                                     .detail = static_cast<std::int64_t>(stage)});
    };
    out.set_nominated(reached(NomineeStage::kNominated));
    out.set_determined(reached(NomineeStage::kDetermined));
    out.set_paid(reached(NomineeStage::kPaid));
    out.set_claimed(reached(NomineeStage::kClaimed));
    FillTime(figures.Waited(kHoursToDetermination, scheme),
             [&] -> auto& { return *out.mutable_determination(); });
}

void FillSupervision(v1::SupervisionFigures& out, const MeasureFigures& figures) {
    ForEach(figures.now, kVisits, [&](const MeasureKey& key, std::int64_t visits) {
        v1::VisitCount& count = *out.add_visits();
        count.set_state(static_cast<aid::v1::VisitState>(key.detail));
        count.set_visits(visits);
    });
    ForEach(figures.now, kFindings, [&](const MeasureKey& key, std::int64_t visits) {
        v1::OutcomeCount& count = *out.add_outcomes();
        count.set_outcome(static_cast<aid::v1::VisitOutcome>(key.detail));
        count.set_visits(visits);
    });
    out.set_overdue_visits(SumOf(figures.now, kVisitsOverdue));
    ForEach(figures.now, kRefunds, [&](MeasureKey key, std::int64_t cases) {
        v1::RefundCount& count = *out.add_refunds();
        count.set_state(static_cast<aid::v1::RefundState>(key.detail));
        count.set_cases(cases);
        key.measure = kRefundClaimed;
        count.set_claimed_rupiah(ValueOf(figures.now, key));
        key.measure = kRefundRepaid;
        count.set_repaid_rupiah(ValueOf(figures.now, key));
    });
    out.set_overdue_refunds(SumOf(figures.now, kRefundsOverdue));
}

void FillGrievances(v1::GrievanceFigures& out, const MeasureFigures& figures) {
    const auto fill_times = [&](auto& message, int of_class) {
        FillTime(figures.Waited(kHoursToFirstAnswer, of_class),
                 [&] -> auto& { return *message.mutable_first_answer(); });
        FillTime(figures.Waited(kHoursToResolution, of_class),
                 [&] -> auto& { return *message.mutable_resolution(); });
    };
    ForEach(figures.now, kGrievances, [&](const MeasureKey& key, std::int64_t grievances) {
        v1::GrievanceCount& count = *out.add_grievances();
        count.set_class_(static_cast<aid::v1::GrievanceClass>(key.kind));
        count.set_state(static_cast<aid::v1::GrievanceState>(key.detail));
        count.set_grievances(grievances);
    });
    ForEach(figures.now, kGrievancesOpen, [&](const MeasureKey& key, std::int64_t grievances) {
        v1::OpenGrievances& open = *out.add_open();
        open.set_service(static_cast<aid::v1::ConcernedService>(key.kind));
        open.set_grievances(grievances);
    });
    out.set_overdue(SumOf(figures.now, kGrievancesOverdue));
    out.set_escalated(SumOf(figures.now, kGrievancesEscalated));
    fill_times(out, 0);
    for (const int of_class : KindsOf(figures, kGrievances)) {
        if (of_class == 0) continue;  // Of those without a first answer.
        v1::GrievanceAnswers& answers = *out.add_answers();
        answers.set_class_(static_cast<aid::v1::GrievanceClass>(of_class));
        answers.set_overdue(SumOf(figures.now, kGrievancesOverdue, of_class));
        answers.set_escalated(SumOf(figures.now, kGrievancesEscalated, of_class));
        fill_times(answers, of_class);
    }
}

/// How many have come so far, of all kinds.
std::int64_t Reached(const Measures& measures, NomineeStage stage) {
    std::int64_t sum = 0;
    ForEach(measures, kNomineesReached, [&](const MeasureKey& key, std::int64_t nominees) {
        if (key.detail == static_cast<std::int64_t>(stage)) sum += nominees;
    });
    return sum;
}

}  // namespace

void Fill(v1::Dashboard& out, const MeasureFigures& figures) {
    FillGoods(out, figures);
    if (HasAny(figures, kLoans, kLoanSubsidyReserved)) FillLoans(*out.mutable_loans(), figures);
    if (HasAny(figures, kReferrals, kReferralsEscalated)) {
        FillReferrals(*out.mutable_referrals(), figures);
    }
    for (const int scheme : KindsOf(figures, kNominees)) {
        FillNominations(*out.add_nominations(), scheme, figures);
    }
    if (HasAny(figures, kRefunds, kVisitsOverdue)) {
        FillSupervision(*out.mutable_supervision(), figures);
    }
    if (HasAny(figures, kGrievances, kGrievancesEscalated)) {
        FillGrievances(*out.mutable_grievances(), figures);
    }
}

// A loan, a referral and a grievance are counted once and then only change: what is more is new.
void Fill(v1::InstrumentMonth& out, const MeasureMonth& month) {
    const Measures& changes = month.changes;
    out.set_loans_granted(SumOf(changes, kLoans));
    out.set_subsidy_rupiah(SumOf(changes, kLoanSubsidy));
    out.set_referrals_sent(SumOf(changes, kReferrals));
    out.set_referrals_answered(SumOf(changes, kHoursToReferralAnswer));
    out.set_nominees_determined(Reached(changes, NomineeStage::kDetermined));
    out.set_nominees_paid(Reached(changes, NomineeStage::kPaid));
    out.set_refunded_rupiah(SumOf(changes, kRefundRepaid));
    out.set_grievances_filed(SumOf(changes, kGrievances));
    out.set_grievances_answered(SumOf(changes, kHoursToFirstAnswer));
    out.set_grievances_escalated(SumOf(changes, kGrievancesEscalated));
    out.set_grievances_open(SumOf(month.at_end, kGrievancesOpen));
    out.set_grievances_overdue(SumOf(month.at_end, kGrievancesOverdue));
}

}  // namespace bangkit::dashboard
