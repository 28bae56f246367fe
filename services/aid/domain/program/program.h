#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/budget/ledger.h"
#include "services/aid/domain/program/rules.h"

namespace bangkit::aid {

// A programme of aid. The numbers are those of bangkit.common.v1 and bangkit.aid.v1, stored and
// sent: never change one, only add.
enum class Instrument {
    kCashGrant = 1,
    kInKind = 2,
    kInterestFreeLoan = 3,
    kRestructuringReferral = 4,
    kPaymentHolidayReferral = 5,
    kExternalNomination = 6,
    kAwardLoan = 7
};
enum class FundingSource { kApbn = 1, kApbd = 2, kPartner = 3 };
enum class ProgramState { kDraft = 1, kOpen = 2, kPaused = 3, kClosed = 4, kSettled = 5 };
enum class DocumentKind {
    kIdentityCard = 1,
    kFamilyCard = 2,
    kBusinessPhoto = 3,
    kStampedStatement = 4,
    kBusinessPermit = 5,
    kProposal = 6,
    kBankAccount = 7,
    kCertificate = 8,
    kDeed = 9,
    // Of what is done with an application, not of a checklist.
    kSurveyPhoto = 10,
    kHandoverPhoto = 11,
    kVisitPhoto = 12,
    kProofOfUse = 13
};
enum class ApproverRole { kAgency = 1, kProvince = 2 };
enum class ExclusionScope { kOwner = 1, kHousehold = 2, kBusiness = 3 };
enum class ExclusionSpan { kFiscalYear = 1, kEver = 2 };

/// Whose applications end in a payment from the budget. Of the others only places are counted.
bool MovesMoney(Instrument instrument);
/// A bank lends the money; its interest is what comes from the budget.
bool IsLoan(Instrument instrument);

/// A document that an applicant brings along.
bool IsOfChecklist(DocumentKind kind);

/// Up to this amount these roles may approve.
struct ApprovalBand {
    std::int64_t up_to = 0;  // Rupiah.
    std::set<ApproverRole> roles;
    bool operator==(const ApprovalBand&) const = default;
};

/// One line of the matrix of what cannot be had together: programmes that name the same group
/// exclude each other, and a second grant of the same programme.
struct Exclusion {
    std::string group;  // "BPUM"
    ExclusionScope scope = ExclusionScope::kOwner;
    ExclusionSpan span = ExclusionSpan::kFiscalYear;
    int limit = 1;  // Grants that one subject may have.
    bool operator==(const Exclusion&) const = default;
};

struct ProgramTerms {
    std::string name;
    Instrument instrument = Instrument::kCashGrant;
    FundingSource funding_source = FundingSource::kApbd;
    int fiscal_year = 0;
    std::string region_code;
    Date opens_on;
    Date closes_on;
    // Rupiah: exactly as much of a grant, at most as much of a loan. If the instrument moves no
    // money here: what somebody else pays, or 0.
    std::int64_t amount = 0;
    std::set<DocumentKind> documents;
    std::vector<ApprovalBand> approval_bands;  // Smallest first; the last one covers `amount`.
    RuleSet rules;
    std::vector<Exclusion> exclusions;
    bool operator==(const ProgramTerms&) const = default;
};

struct Program {
    std::string id;
    std::int64_t version = 0;
    ProgramTerms terms;
    ProgramState state = ProgramState::kDraft;
    Time created_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
};

/// Whether the roles may approve as much. PERMISSION_DENIED, BAND_EXCEEDED.
Result<void> CheckMayApprove(const ProgramTerms& terms, std::int64_t amount,
                             const std::set<ApproverRole>& roles);

// Commands.

struct CreateProgram {
    std::string program_id;  // Made for this command.
    ProgramTerms terms;
};

struct ReplaceRules {
    std::string program_id;
    RuleSet rules;
    std::optional<std::int64_t> expected_version;  // From the etag.
};

struct OpenProgram {
    std::string program_id;
    std::optional<std::int64_t> expected_version;
};

struct PauseProgram {
    std::string program_id;
    std::optional<std::int64_t> expected_version;
};

struct CloseProgram {
    std::string program_id;
    std::optional<std::int64_t> expected_version;
};

struct SettleProgram {
    std::string program_id;
    std::optional<std::int64_t> expected_version;
};

struct AllocateBudget {
    std::string budget_id;  // Made for this command.
    std::string program_id;
    std::string region_code;
    std::int64_t amount = 0;
    std::optional<std::int64_t> quota;
    std::string document;
};

struct ReviseBudget {
    std::string budget_id;
    std::int64_t change = 0;
    std::optional<std::int64_t> quota;  // Unset: as it was.
    std::string document;
    std::optional<std::int64_t> expected_version;
};

using ProgramCommand = std::variant<CreateProgram, ReplaceRules, OpenProgram, PauseProgram,
                                    CloseProgram, SettleProgram, AllocateBudget, ReviseBudget>;

// Events.

struct ProgramCreated {
    std::string program_id;
    ProgramTerms terms;
    Time at;
    bool operator==(const ProgramCreated&) const = default;
};
struct RulesReplaced {
    RuleSet rules;
    Time at;
    bool operator==(const RulesReplaced&) const = default;
};
struct ProgramOpened {
    Time at;
    bool operator==(const ProgramOpened&) const = default;
};
struct ProgramPaused {
    Time at;
    bool operator==(const ProgramPaused&) const = default;
};
struct ProgramClosed {
    Time at;
    bool operator==(const ProgramClosed&) const = default;
};
struct ProgramSettled {
    Time at;
    bool operator==(const ProgramSettled&) const = default;
};
using ProgramEvent = std::variant<ProgramCreated, RulesReplaced, ProgramOpened, ProgramPaused,
                                  ProgramClosed, ProgramSettled>;

struct BudgetAllocated {
    std::string budget_id;
    std::string program_id;
    std::string region_code;
    std::optional<std::int64_t> quota;
    Posting posting;
    bool operator==(const BudgetAllocated&) const = default;
};
struct BudgetRevised {
    std::int64_t change = 0;
    std::optional<std::int64_t> quota;  // As it is now.
    Posting posting;
    bool operator==(const BudgetRevised&) const = default;
};
using BudgetEvent = std::variant<BudgetAllocated, BudgetRevised>;

/// `known`: what the groups that the terms name mean already, by whichever programme.
Result<ProgramEvent> Decide(const CreateProgram& command, const std::vector<Exclusion>& known,
                            Time now);
Result<ProgramEvent> Decide(const Program& program, const ReplaceRules& command, Time now);
Result<ProgramEvent> Decide(const Program& program, const OpenProgram& command, Time now);
Result<ProgramEvent> Decide(const Program& program, const PauseProgram& command, Time now);
Result<ProgramEvent> Decide(const Program& program, const CloseProgram& command, Time now);
/// `reserved`: rupiah in all budgets of the programme.
Result<ProgramEvent> Decide(const Program& program, const SettleProgram& command,
                            std::int64_t reserved, Time now);
Program Apply(Program program, const ProgramEvent& event);

/// `budget`: the one that the region has already.
Result<BudgetEvent> Decide(const Program& program, const Budget& budget,
                           const AllocateBudget& command, Time now);
Result<BudgetEvent> Decide(const Program& program, const Budget& budget,
                           const ReviseBudget& command, Time now);
Budget Apply(Budget budget, const BudgetEvent& event);

}  // namespace bangkit::aid
