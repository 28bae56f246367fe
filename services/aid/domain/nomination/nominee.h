#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/nomination/nomination.h"

namespace bangkit::aid {

enum class NomineeState {
    kNominated = 1,  // The agency has said nothing.
    kValid = 2,
    kReturned = 3,   // To be put right.
    kCorrected = 4,  // To be validated again.
    kDetermined = 5,
    kPaid = 6,
    kClaimed = 7,
    kGivenBack = 8,
    kRejected = 9,
    kWithdrawn = 10
};

/// Somebody in a list, by their application, whose id it has.
struct Nominee {
    std::string id;
    std::int64_t version = 0;
    std::string batch_id;
    std::int64_t number = 0;  // In the list: 1, 2, 3 ...
    std::string program_id;
    std::string business_id;
    std::string owner_id;
    std::string region_code;
    NominationScheme scheme = NominationScheme::kBpum2020;
    NomineeState state = NomineeState::kNominated;
    int round = 1;                      // One more with every correction.
    std::set<RejectionReason> reasons;  // That the agency's last answer says.
    std::set<RejectionReason> found;    // That any of its answers has said.
    std::int64_t amount = 0;            // Rupiah, determined.
    std::string decree;                 // By which it was determined.
    std::optional<Time> due_at;         // While it is returned: the end of the last day.
    Time nominated_at;
    std::optional<Time> determined_at;  // These three stay, whatever becomes of it.
    std::optional<Time> paid_at;
    std::optional<Time> claimed_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
    bool operator==(const Nominee&) const = default;
};

enum class NominationAnswerKind {
    kValid = 1,
    kInvalid = 2,  // Can be put right.
    kRejected = 3,
    kDetermined = 4,
    kPaid = 5,
    kClaimed = 6,
    kGivenBack = 7
};

/// What an agency or its bank says of one, in its own time, and more than once.
struct NominationAnswer {
    NominationAnswerKind kind = NominationAnswerKind::kValid;
    std::string reference = {};               // The id without dashes.
    int round = 0;                            // 0: it does not say.
    std::set<RejectionReason> reasons = {};   // Some, of kInvalid and kRejected.
    std::optional<std::int64_t> amount = {};  // Rupiah, if it says so.
};

/// What is done to the application, in this order.
enum class NomineeStep {
    kPay,     // The money of somebody else has arrived.
    kRefund,  // And has gone back.
    kEnd      // It comes to nothing.
};

struct NomineeTurn {
    Nominee nominee;  // From now on.
    std::vector<NomineeStep> steps = {};
};

/// By an application that is approved, as the next one of the list.
Nominee Nominate(const Application& application, const NominationBatch& batch, std::int64_t number,
                 Time now);

/// What was wrong is put right, and goes to the agency as it is: not by who sent the list.
/// FAILED_PRECONDITION: NOMINEE_STATE_WRONG, CORRECTION_PERIOD_OVER. PERMISSION_DENIED,
/// MAKER_IS_CHECKER.
Result<Nominee> Correct(Nominee nominee, const NominationBatch& batch, const std::string& actor,
                        Time now);

/// What follows from an answer; nothing, if it says what is known, or speaks of what was put right
/// since. What is invalid is returned in an open window of its list, and rejected behind it.
/// FAILED_PRECONDITION: NOMINATION_STATE_WRONG, it was not sent; CORRECTION_WINDOW_MISSING;
/// DECREE_MISSING; AMOUNT_DIFFERS; ROUND_MISSING, what was put right since may be meant;
/// ANSWER_CONTRADICTS, what was said before.
Result<NomineeTurn> Settle(const Nominee& nominee, const NominationBatch& batch,
                           const NominationAnswer& answer, Time now);

/// Nobody has put it right in time. `now`: by the clock of the database. FAILED_PRECONDITION:
/// NOMINEE_STATE_WRONG, CORRECTION_PERIOD_RUNS.
Result<NomineeTurn> Expire(Nominee nominee, Time now);

/// FAILED_PRECONDITION, NOMINEE_STATE_WRONG: it is determined, or over.
Result<NomineeTurn> Withdraw(Nominee nominee, Time now);

}  // namespace bangkit::aid
