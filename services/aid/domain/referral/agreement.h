#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

// What a partner does for a programme. The numbers are stored and sent: never change one, only add.
enum class PartnerKind { kBank = 1, kLpdb = 2, kFinanceCompany = 3 };

inline constexpr int kAnswerDaysMax = 90;
inline constexpr int kYearlyRateMax = 5'000;
inline constexpr int kMonthsMax = 120;
/// A loan that comes with an award runs for a year.
inline constexpr int kAwardMonthsMax = 12;

struct Agreement {
    std::string id;
    std::int64_t version = 0;
    std::string program_id;
    std::string region_code;  // Of the programme.
    std::string partner_id;   // The subject of its tokens.
    PartnerKind partner_kind = PartnerKind::kBank;
    std::string partner_name;
    std::string document;  // What it rests on.
    int answer_days = 0;   // Working days until an answer is due.
    int yearly_rate = 0;   // Of loans: hundredths of a percent of what is owed. The agency pays it.
    int months_max = 0;
    bool is_ended = false;
    std::string made_by;
    Time made_at;
    std::optional<Time> ended_at;

    bool Exists() const { return version > 0; }
    bool operator==(const Agreement&) const = default;
};

// Commands.

struct MakeAgreement {
    std::string program_id;
    std::string partner_id;
    PartnerKind partner_kind = PartnerKind::kBank;
    std::string partner_name;
    std::string document;
    int answer_days = 0;
    int yearly_rate = 0;
    int months_max = 0;
};
struct EndAgreement {};

// Events.

struct AgreementMade {
    Agreement agreement;  // Without a version.
    Time at;
};
struct AgreementEnded {
    Time at;
};
using AgreementEvent = std::variant<AgreementMade, AgreementEnded>;

/// Whether applications for this go to partners: loans, restructurings and payment holidays.
bool IsForPartners(Instrument instrument);

/// FAILED_PRECONDITION: INSTRUMENT_WRONG, the programme has nothing for partners, or interest where
/// nothing is lent; MONTHS_TOO_MANY, of a loan that comes with an award.
Result<AgreementEvent> Decide(const MakeAgreement& command, const std::string& agreement_id,
                              const Program& program, const std::string& actor, Time now);
/// NOT_FOUND: AGREEMENT_NOT_FOUND. FAILED_PRECONDITION: AGREEMENT_ENDED.
Result<AgreementEvent> Decide(const Agreement& agreement, const EndAgreement& command, Time now);
Agreement Apply(Agreement agreement, const AgreementEvent& event);

}  // namespace bangkit::aid
