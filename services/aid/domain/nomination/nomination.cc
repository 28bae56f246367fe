#include "services/aid/domain/nomination/nomination.h"

#include <utility>

#include "libs/indonesia/format.h"
#include "services/aid/domain/region.h"

namespace bangkit::aid {
namespace {

using enum NominationBatchState;

std::unexpected<Error> NoNewNames() {
    return Refused(ErrorCode::kFailedPrecondition, "NO_NEW_NAMES",
                   "no new names are taken while what was sent is put right, or afterwards");
}

Result<void> CheckSent(const NominationBatch& batch) {
    if (batch.state == kSent) return {};
    return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_STATE_WRONG",
                   "the state of the list does not allow it");
}

NominationBatch Next(NominationBatch batch, Time now) {
    ++batch.version;
    batch.updated_at = now;
    return batch;
}

}  // namespace

bool HasOpenWindow(const NominationBatch& batch, Date today) {
    return batch.correct_until && today <= *batch.correct_until;
}

bool RefusesNewNames(const NominationBatch& other, const NominationBatch& batch, Date today) {
    return other.program_id == batch.program_id && HasOpenWindow(other, today) &&
           (LiesIn(other.region_code, batch.region_code) ||
            LiesIn(batch.region_code, other.region_code));
}

Result<NominationBatch> Open(NominationBatch batch, const Program& program, bool new_names_refused,
                             const std::string& actor, Time now) {
    if (program.terms.instrument != Instrument::kExternalNomination) {
        return Refused(ErrorCode::kFailedPrecondition, "NO_NOMINATION",
                       "the programme nominates nobody");
    }
    if (new_names_refused) return NoNewNames();
    batch.amount = program.terms.amount;
    batch.made_by = {actor};
    batch.created_at = now;
    return Next(std::move(batch), now);
}

Result<void> CheckTakesNames(const NominationBatch& batch, bool new_names_refused) {
    if (batch.state == kCollecting && !new_names_refused) return {};
    return NoNewNames();
}

NominationBatch Grown(NominationBatch batch, std::int64_t nominees,
                      const std::set<std::string>& makers, Time now) {
    batch.nominees += nominees;
    batch.made_by.insert(makers.begin(), makers.end());
    return Next(std::move(batch), now);
}

Result<NominationBatch> Send(NominationBatch batch, std::string letter, const std::string& actor,
                             Time now) {
    if (batch.made_by.contains(actor)) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who made a list or stated a record in it does not send it");
    }
    if (batch.state != kCollecting) {
        return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_STATE_WRONG",
                       "the list was sent before");
    }
    if (batch.nominees == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_EMPTY", "nobody is in the list");
    }
    batch.state = kSent;
    batch.sent_by = actor;
    batch.letter = std::move(letter);
    batch.sent_at = now;
    return Next(std::move(batch), now);
}

Result<NominationBatch> OpenWindow(NominationBatch batch, Date until, Time now) {
    if (const Result<void> sent = CheckSent(batch); !sent) return std::unexpected(sent.error());
    const Date today = indonesia::LocalDate(now);
    if (HasOpenWindow(batch, today)) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_WINDOW_OPEN",
                       "the window before is not over");
    }
    if (until <= today) {
        return Refused(ErrorCode::kFailedPrecondition, "PERIOD_TOO_SHORT",
                       "the last day for corrections must be after today");
    }
    batch.correct_until = until;
    return Next(std::move(batch), now);
}

Result<NominationBatch> Decree(NominationBatch batch, std::string decree, Date decreed_on,
                               Time now) {
    if (const Result<void> sent = CheckSent(batch); !sent) return std::unexpected(sent.error());
    batch.decree = std::move(decree);
    batch.decreed_on = decreed_on;
    return Next(std::move(batch), now);
}

}  // namespace bangkit::aid
