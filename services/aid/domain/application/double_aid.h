#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/base/result.h"
#include "services/aid/domain/application/applicant.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

// Double aid. The matrix of what cannot be had together is kept as claims: an application that is
// submitted takes a place in each group that its programme names, for the owner, the household or
// the business, in a year or for ever. Where all places are taken, it cannot be submitted.

/// Where the places of one subject are.
struct ClaimKey {
    std::string group;
    ExclusionScope scope = ExclusionScope::kOwner;
    std::string subject;  // An id, or of a household a keyed hash.
    int year = 0;         // 0: in all years together.
    auto operator<=>(const ClaimKey&) const = default;
};

/// A place that an application has taken.
struct Claim {
    ClaimKey key;
    Exclusion exclusion;
    int place = 1;  // 1 to the limit of the group.
    std::string application_id;
    bool operator==(const Claim&) const = default;
};

/// Who is one with an applicant by now, because their businesses were merged. What they were given,
/// the applicant was.
struct Kin {
    std::set<std::string> business_ids;
    std::set<std::string> owner_ids;  // Without the applicant's.
};
Kin KinOf(const Businesses& businesses, const Applicant& applicant);

/// One for each exclusion of the terms, in their order. FAILED_PRECONDITION, HOUSEHOLD_UNKNOWN.
Result<std::vector<ClaimKey>> ClaimKeysOf(const ProgramTerms& terms, const Applicant& applicant);
/// Where places of the same group count too.
std::vector<ClaimKey> KinKeysOf(const ClaimKey& key, const Kin& kin);

using TakenPlaces = std::map<ClaimKey, std::set<int>>;

/// The first free place at each key. FAILED_PRECONDITION, DOUBLE_AID with the groups that have
/// none.
Result<std::vector<Claim>> DraftClaims(const ProgramTerms& terms, const Applicant& applicant,
                                       const std::string& application_id, const TakenPlaces& taken,
                                       const Kin& kin = {});

/// Whether there is a place for all that were taken before their businesses were merged.
/// FAILED_PRECONDITION, DOUBLE_AID: who of them gets it has to be decided first.
Result<void> CheckPlaces(const ProgramTerms& terms, const Applicant& applicant,
                         const TakenPlaces& taken, const Kin& kin);

}  // namespace bangkit::aid
