#include "services/aid/domain/referral/agreement.h"

#include <utility>

namespace bangkit::aid {
namespace {

void Fold(Agreement& agreement, const AgreementMade& event) {
    const std::int64_t version = agreement.version;
    agreement = event.agreement;
    agreement.version = version;
}
void Fold(Agreement& agreement, const AgreementEnded& event) {
    agreement.is_ended = true;
    agreement.ended_at = event.at;
}

}  // namespace

bool IsForPartners(Instrument instrument) {
    return IsLoan(instrument) || instrument == Instrument::kRestructuringReferral ||
           instrument == Instrument::kPaymentHolidayReferral;
}

Result<AgreementEvent> Decide(const MakeAgreement& command, const std::string& agreement_id,
                              const Program& program, const std::string& actor, Time now) {
    const Instrument instrument = program.terms.instrument;
    if (!IsForPartners(instrument) || (command.yearly_rate > 0 && !IsLoan(instrument))) {
        return Refused(ErrorCode::kFailedPrecondition, "INSTRUMENT_WRONG",
                       "this is nothing that a partner does for the programme");
    }
    if (instrument == Instrument::kAwardLoan && command.months_max > kAwardMonthsMax) {
        return Refused(ErrorCode::kFailedPrecondition, "MONTHS_TOO_MANY",
                       "a loan that comes with an award runs for at most a year");
    }
    Agreement made;
    made.id = agreement_id;
    made.program_id = program.id;
    made.region_code = program.terms.region_code;
    made.partner_id = command.partner_id;
    made.partner_kind = command.partner_kind;
    made.partner_name = command.partner_name;
    made.document = command.document;
    made.answer_days = command.answer_days;
    made.yearly_rate = command.yearly_rate;
    made.months_max = command.months_max;
    made.made_by = actor;
    made.made_at = now;
    return AgreementMade{.agreement = std::move(made), .at = now};
}

Result<AgreementEvent> Decide(const Agreement& agreement, const EndAgreement&, Time now) {
    if (!agreement.Exists()) {
        return Refused(ErrorCode::kNotFound, "AGREEMENT_NOT_FOUND", "no such agreement");
    }
    if (agreement.is_ended) {
        return Refused(ErrorCode::kFailedPrecondition, "AGREEMENT_ENDED",
                       "the agreement has ended");
    }
    return AgreementEnded{.at = now};
}

Agreement Apply(Agreement agreement, const AgreementEvent& event) {
    std::visit([&agreement](const auto& happened) { Fold(agreement, happened); }, event);
    ++agreement.version;
    return agreement;
}

}  // namespace bangkit::aid
