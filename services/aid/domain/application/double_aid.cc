#include "services/aid/domain/application/double_aid.h"

#include <utility>

namespace bangkit::aid {
namespace {

const std::string& SubjectOf(const Applicant& applicant, ExclusionScope scope) {
    switch (scope) {
        case ExclusionScope::kOwner: return applicant.owner_id;
        case ExclusionScope::kHousehold: return applicant.household;
        case ExclusionScope::kBusiness: return applicant.business_id;
    }
    std::unreachable();
}

int FirstFree(const TakenPlaces& taken, const ClaimKey& key) {
    const auto found = taken.find(key);
    int place = 1;
    while (found != taken.end() && found->second.contains(place)) ++place;
    return place;
}

/// By the applicant and by all that are one with them.
int CountTaken(const TakenPlaces& taken, const ClaimKey& key, const Kin& kin) {
    std::size_t count = 0;
    const auto add = [&](const ClaimKey& each) {
        if (const auto found = taken.find(each); found != taken.end())
            count += found->second.size();
    };
    add(key);
    for (const ClaimKey& each : KinKeysOf(key, kin)) add(each);
    return static_cast<int>(count);
}

Error DoubleAid() {
    return {.code = ErrorCode::kFailedPrecondition,
            .reason = "DOUBLE_AID",
            .message = "something else was granted that excludes it"};
}

}  // namespace

Result<std::vector<ClaimKey>> ClaimKeysOf(const ProgramTerms& terms, const Applicant& applicant) {
    std::vector<ClaimKey> keys;
    for (const Exclusion& exclusion : terms.exclusions) {
        const std::string& subject = SubjectOf(applicant, exclusion.scope);
        if (subject.empty()) {
            return Refused(ErrorCode::kFailedPrecondition, "HOUSEHOLD_UNKNOWN",
                           "the programme counts by families, and that of the owner is not known");
        }
        const bool is_of_year = exclusion.span == ExclusionSpan::kFiscalYear;
        keys.push_back({.group = exclusion.group,
                        .scope = exclusion.scope,
                        .subject = subject,
                        .year = is_of_year ? terms.fiscal_year : 0});
    }
    return keys;
}

Kin KinOf(const Businesses& businesses, const Applicant& applicant) {
    Kin kin;
    for (const Business* business : FamilyOf(businesses, applicant.business_id)) {
        kin.business_ids.insert(business->id);
        if (business->owner_id != applicant.owner_id) kin.owner_ids.insert(business->owner_id);
    }
    return kin;
}

std::vector<ClaimKey> KinKeysOf(const ClaimKey& key, const Kin& kin) {
    std::vector<ClaimKey> keys;
    const auto add = [&](const std::set<std::string>& subjects) {
        for (const std::string& subject : subjects) {
            keys.push_back(key);
            keys.back().subject = subject;
        }
    };
    if (key.scope == ExclusionScope::kBusiness) add(kin.business_ids);
    if (key.scope == ExclusionScope::kOwner) add(kin.owner_ids);
    return keys;
}

Result<std::vector<Claim>> DraftClaims(const ProgramTerms& terms, const Applicant& applicant,
                                       const std::string& application_id, const TakenPlaces& taken,
                                       const Kin& kin) {
    Result<std::vector<ClaimKey>> keys = ClaimKeysOf(terms, applicant);
    if (!keys) return std::unexpected(keys.error());
    Error refusal = DoubleAid();
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const ClaimKey& key = (*keys)[i];
        const Exclusion& exclusion = terms.exclusions[i];
        if (CountTaken(taken, key, kin) >= exclusion.limit) {
            refusal.metadata[exclusion.group] = std::to_string(exclusion.limit);
        }
        claims.push_back({.key = key,
                          .exclusion = exclusion,
                          .place = FirstFree(taken, key),
                          .application_id = application_id});
    }
    if (!refusal.metadata.empty()) return std::unexpected(std::move(refusal));
    return claims;
}

Result<void> CheckPlaces(const ProgramTerms& terms, const Applicant& applicant,
                         const TakenPlaces& taken, const Kin& kin) {
    const Result<std::vector<ClaimKey>> keys = ClaimKeysOf(terms, applicant);
    if (!keys) return std::unexpected(keys.error());
    Error refusal = DoubleAid();
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const Exclusion& exclusion = terms.exclusions[i];
        if (CountTaken(taken, (*keys)[i], kin) > exclusion.limit) {
            refusal.metadata[exclusion.group] = std::to_string(exclusion.limit);
        }
    }
    if (!refusal.metadata.empty()) return std::unexpected(std::move(refusal));
    return {};
}

}  // namespace bangkit::aid
