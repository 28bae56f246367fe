#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

// Lists of people for agencies that decide and pay themselves. The numbers are those of
// bangkit.aid.v1, stored and sent: never change one, only add.
enum class NominationScheme { kBpum2020 = 1, kBpum2021 = 2, kPrakerja = 3 };
enum class NominationBatchState {
    kCollecting = 1,
    kSent = 2  // No new names.
};

struct NominationBatch {
    std::string id;
    std::int64_t version = 0;
    std::string program_id;
    std::string region_code;
    NominationScheme scheme = NominationScheme::kBpum2020;
    NominationBatchState state = NominationBatchState::kCollecting;
    std::int64_t nominees = 0;
    std::int64_t amount = 0;        // Rupiah that the agency gives to each.
    std::set<std::string> made_by;  // Who put somebody into it, or stated a record in it.
    std::string sent_by;
    std::string letter;
    std::optional<Date> correct_until;  // The last day of the last window, in Jakarta.
    std::string decree;                 // The last one.
    std::optional<Date> decreed_on;
    Time created_at;
    std::optional<Time> sent_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
    bool operator==(const NominationBatch&) const = default;
};

/// Today, what the agency found invalid can be put right.
bool HasOpenWindow(const NominationBatch& batch, Date today);

/// Whether new names are refused because of `other`, a list of the same programme or the same one.
bool RefusesNewNames(const NominationBatch& other, const NominationBatch& batch, Date today);

// How a list changes; each returns it as it is afterwards, and names nobody.

/// `batch`: with what was asked for. `new_names_refused`: by another list. FAILED_PRECONDITION:
/// NO_NOMINATION, NO_NEW_NAMES.
Result<NominationBatch> Open(NominationBatch batch, const Program& program, bool new_names_refused,
                             const std::string& actor, Time now);
/// That somebody may be put into it. FAILED_PRECONDITION, NO_NEW_NAMES.
Result<void> CheckTakesNames(const NominationBatch& batch, bool new_names_refused);
/// `nominees` were put into it, with records by `makers`.
NominationBatch Grown(NominationBatch batch, std::int64_t nominees,
                      const std::set<std::string>& makers, Time now);
/// FAILED_PRECONDITION: NOMINATION_STATE_WRONG, NOMINATION_EMPTY. PERMISSION_DENIED,
/// MAKER_IS_CHECKER.
Result<NominationBatch> Send(NominationBatch batch, std::string letter, const std::string& actor,
                             Time now);
/// FAILED_PRECONDITION: NOMINATION_STATE_WRONG, CORRECTION_WINDOW_OPEN, PERIOD_TOO_SHORT.
Result<NominationBatch> OpenWindow(NominationBatch batch, Date until, Time now);
/// FAILED_PRECONDITION, NOMINATION_STATE_WRONG.
Result<NominationBatch> Decree(NominationBatch batch, std::string decree, Date decreed_on,
                               Time now);

}  // namespace bangkit::aid
