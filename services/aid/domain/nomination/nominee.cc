#include "services/aid/domain/nomination/nominee.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"
#include "libs/indonesia/working_days.h"

namespace bangkit::aid {
namespace {

using enum NomineeState;

bool IsIn(const Nominee& nominee, std::initializer_list<NomineeState> states) {
    return std::ranges::find(states, nominee.state) != states.end();
}

/// The agency still has to say whether it is valid.
bool IsAwaited(const Nominee& nominee) { return IsIn(nominee, {kNominated, kCorrected}); }

std::unexpected<Error> StateWrong() {
    return Refused(ErrorCode::kFailedPrecondition, "NOMINEE_STATE_WRONG",
                   "the state of the nomination does not allow it");
}
std::unexpected<Error> Contradicts() {
    return Refused(ErrorCode::kFailedPrecondition, "ANSWER_CONTRADICTS",
                   "it contradicts what was said before");
}

NomineeTurn Become(Nominee nominee, NomineeState state, Time now,
                   std::vector<NomineeStep> steps = {}) {
    nominee.state = state;
    nominee.due_at.reset();
    ++nominee.version;
    nominee.updated_at = now;
    return {.nominee = std::move(nominee), .steps = std::move(steps)};
}

NomineeTurn Unchanged(const Nominee& nominee) { return {.nominee = nominee}; }

void Find(Nominee& nominee, const std::set<RejectionReason>& reasons) {
    nominee.reasons = reasons;
    nominee.found.insert(reasons.begin(), reasons.end());
}

Result<NomineeTurn> OnValid(Nominee nominee, Time now) {
    if (IsIn(nominee, {kValid, kDetermined, kPaid, kClaimed, kGivenBack})) {
        return Unchanged(nominee);
    }
    if (!IsAwaited(nominee)) return Contradicts();
    nominee.reasons.clear();
    return Become(std::move(nominee), kValid, now);
}

Result<NomineeTurn> OnInvalid(Nominee nominee, const NominationBatch& batch,
                              const NominationAnswer& answer, Time now) {
    if (IsIn(nominee, {kReturned, kRejected, kWithdrawn})) return Unchanged(nominee);
    if (!IsAwaited(nominee)) return Contradicts();
    if (!batch.correct_until) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_WINDOW_MISSING",
                       "nobody has said until when it can be put right");
    }
    Find(nominee, answer.reasons);
    if (!HasOpenWindow(batch, indonesia::LocalDate(now))) {
        return Become(std::move(nominee), kRejected, now, {NomineeStep::kEnd});
    }
    NomineeTurn turn = Become(std::move(nominee), kReturned, now);
    turn.nominee.due_at = indonesia::EndOf(*batch.correct_until);
    return turn;
}

Result<NomineeTurn> OnRejected(Nominee nominee, const NominationAnswer& answer, Time now) {
    if (IsIn(nominee, {kRejected, kWithdrawn})) return Unchanged(nominee);
    if (IsIn(nominee, {kPaid, kClaimed, kGivenBack})) return Contradicts();
    Find(nominee, answer.reasons);
    return Become(std::move(nominee), kRejected, now, {NomineeStep::kEnd});
}

Result<NomineeTurn> OnDetermined(Nominee nominee, const NominationBatch& batch, Time now) {
    if (IsIn(nominee, {kDetermined, kPaid, kClaimed, kGivenBack})) return Unchanged(nominee);
    if (!IsAwaited(nominee) && nominee.state != kValid) return Contradicts();
    if (batch.decree.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "DECREE_MISSING",
                       "no decree of the agency is known");
    }
    nominee.reasons.clear();
    nominee.amount = batch.amount;
    nominee.decree = batch.decree;
    nominee.determined_at = now;
    return Become(std::move(nominee), kDetermined, now);
}

/// The money is with the bank, as an answer that comes late or in place of another one implies.
std::vector<NomineeStep> Pay(Nominee& nominee, Time now) {
    if (nominee.paid_at) return {};
    nominee.paid_at = now;
    return {NomineeStep::kPay};
}

Result<NomineeTurn> OnPaid(Nominee nominee, Time now) {
    if (IsIn(nominee, {kPaid, kClaimed, kGivenBack})) return Unchanged(nominee);
    if (nominee.state != kDetermined) return Contradicts();
    std::vector<NomineeStep> steps = Pay(nominee, now);
    return Become(std::move(nominee), kPaid, now, std::move(steps));
}

Result<NomineeTurn> OnClaimed(Nominee nominee, Time now) {
    if (nominee.claimed_at) return Unchanged(nominee);
    if (!IsIn(nominee, {kDetermined, kPaid})) return Contradicts();
    std::vector<NomineeStep> steps = Pay(nominee, now);
    nominee.claimed_at = now;
    return Become(std::move(nominee), kClaimed, now, std::move(steps));
}

Result<NomineeTurn> OnGivenBack(Nominee nominee, Time now) {
    if (nominee.state == kGivenBack) return Unchanged(nominee);
    if (!IsIn(nominee, {kDetermined, kPaid, kClaimed})) return Contradicts();
    std::vector<NomineeStep> steps = Pay(nominee, now);
    steps.push_back(NomineeStep::kRefund);
    return Become(std::move(nominee), kGivenBack, now, std::move(steps));
}

/// Validation is of what was sent: it says nothing of what was put right since.
bool IsOfValidation(NominationAnswerKind kind) {
    return kind == NominationAnswerKind::kValid || kind == NominationAnswerKind::kInvalid ||
           kind == NominationAnswerKind::kRejected;
}

/// What was said of a round before, and is said again, takes nothing back that was put right since.
bool MayBeOfAnEarlierRound(const Nominee& nominee, const NominationAnswer& answer) {
    const bool takes_back = answer.kind == NominationAnswerKind::kInvalid ||
                            answer.kind == NominationAnswerKind::kRejected;
    return nominee.round > 1 && takes_back && answer.round == 0;
}

Result<NomineeTurn> TurnOf(const Nominee& nominee, const NominationBatch& batch,
                           const NominationAnswer& answer, Time now) {
    switch (answer.kind) {
        case NominationAnswerKind::kValid: return OnValid(nominee, now);
        case NominationAnswerKind::kInvalid: return OnInvalid(nominee, batch, answer, now);
        case NominationAnswerKind::kRejected: return OnRejected(nominee, answer, now);
        case NominationAnswerKind::kDetermined: return OnDetermined(nominee, batch, now);
        case NominationAnswerKind::kPaid: return OnPaid(nominee, now);
        case NominationAnswerKind::kClaimed: return OnClaimed(nominee, now);
        case NominationAnswerKind::kGivenBack: return OnGivenBack(nominee, now);
    }
    std::unreachable();
}

}  // namespace

Nominee Nominate(const Application& application, const NominationBatch& batch, std::int64_t number,
                 Time now) {
    Nominee nominee;
    nominee.id = application.id;
    nominee.version = 1;
    nominee.batch_id = batch.id;
    nominee.number = number;
    nominee.program_id = application.program_id;
    nominee.business_id = application.applicant.business_id;
    nominee.owner_id = application.applicant.owner_id;
    nominee.region_code = application.applicant.region_code;
    nominee.scheme = batch.scheme;
    nominee.nominated_at = now;
    nominee.updated_at = now;
    return nominee;
}

Result<Nominee> Correct(Nominee nominee, const NominationBatch& batch, const std::string& actor,
                        Time now) {
    if (batch.sent_by == actor) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who sent a list puts nothing right in it");
    }
    if (nominee.state != kReturned) return StateWrong();
    if (now >= *nominee.due_at) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_PERIOD_OVER",
                       "the last day for corrections is over");
    }
    ++nominee.round;
    return Become(std::move(nominee), kCorrected, now).nominee;
}

Result<NomineeTurn> Settle(const Nominee& nominee, const NominationBatch& batch,
                           const NominationAnswer& answer, Time now) {
    if (batch.state != NominationBatchState::kSent) {
        return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_STATE_WRONG",
                       "the agency cannot know of it");
    }
    if (answer.round > nominee.round) return Contradicts();
    const bool is_late = answer.round != 0 && answer.round < nominee.round;
    if (is_late && IsOfValidation(answer.kind)) return Unchanged(nominee);
    if (answer.amount && *answer.amount != batch.amount) {
        return Refused(ErrorCode::kFailedPrecondition, "AMOUNT_DIFFERS",
                       "the agency speaks of another amount");
    }
    Result<NomineeTurn> turn = TurnOf(nominee, batch, answer, now);
    const bool changes = turn && turn->nominee != nominee;
    if (changes && MayBeOfAnEarlierRound(nominee, answer)) {
        return Refused(ErrorCode::kFailedPrecondition, "ROUND_MISSING",
                       "the answer does not say of which round it is");
    }
    return turn;
}

Result<NomineeTurn> Expire(Nominee nominee, Time now) {
    if (nominee.state != kReturned) return StateWrong();
    if (now < *nominee.due_at) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_PERIOD_RUNS",
                       "the last day for corrections is not over");
    }
    nominee.reasons.insert(RejectionReason::kNotCorrected);
    return Become(std::move(nominee), kRejected, now, {NomineeStep::kEnd});
}

Result<NomineeTurn> Withdraw(Nominee nominee, Time now) {
    if (!IsIn(nominee, {kNominated, kValid, kReturned, kCorrected})) return StateWrong();
    return Become(std::move(nominee), kWithdrawn, now, {NomineeStep::kEnd});
}

}  // namespace bangkit::aid
