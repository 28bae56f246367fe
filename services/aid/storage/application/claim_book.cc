#include "services/aid/storage/application/claim_book.h"

#include <algorithm>
#include <tuple>

namespace bangkit::aid {

void ClaimBook::Load(postgres::Transaction& transaction, const std::vector<ClaimKey>& keys,
                     const std::vector<std::string>& application_ids) {
    if (keys.empty() && application_ids.empty()) return;
    postgres::TextArray groups, subjects;
    postgres::SmallintArray scopes;
    postgres::Int64Array years;
    postgres::UuidArray applications;
    for (const ClaimKey& key : keys) {
        groups.Add(key.group);
        scopes.Add(key.scope);
        subjects.Add(key.subject);
        years.Add(std::int64_t{key.year});
    }
    for (const std::string& id : application_ids) applications.Add(id);
    const postgres::Rows rows = transaction.Run(
        "SELECT c.group_code, c.scope, c.subject, c.year, c.place, c.application_id"
        "  FROM unnest($1::text[], $2::smallint[], $3::text[], $4::bigint[])"
        "    AS k (group_code, scope, subject, year)"
        "  JOIN aid_claims c ON c.group_code = k.group_code AND c.scope = k.scope"
        "   AND c.subject = k.subject AND c.year = k.year"
        " UNION"
        " SELECT group_code, scope, subject, year, place, application_id"
        "  FROM aid_claims WHERE application_id = ANY($5::uuid[])",
        {groups, scopes, subjects, years, applications});
    for (int i = 0; i < rows.size(); ++i) {
        const ClaimKey key{.group = rows.Text(i, 0),
                           .scope = static_cast<ExclusionScope>(rows.Int64(i, 1)),
                           .subject = rows.Text(i, 2),
                           .year = static_cast<int>(rows.Int64(i, 3))};
        Hold(key, static_cast<int>(rows.Int64(i, 4)), rows.Uuid(i, 5));
    }
}

Result<void> ClaimBook::Claim(const ProgramTerms& terms, const Applicant& applicant,
                              const std::string& application_id, const Kin& kin) {
    if (held_.contains(application_id)) return {};  // A correction of the same application.
    Result<std::vector<aid::Claim>> claims =
        DraftClaims(terms, applicant, application_id, taken_, kin);
    if (!claims) return std::unexpected(claims.error());
    for (aid::Claim& claim : *claims) {
        Hold(claim.key, claim.place, application_id);
        claimed_.push_back(std::move(claim));
    }
    return {};
}

void ClaimBook::Hold(const ClaimKey& key, int place, const std::string& application_id) {
    taken_[key].insert(place);
    held_[application_id].emplace_back(key, place);
}

Result<void> ClaimBook::CheckPlaces(const ProgramTerms& terms, const Applicant& applicant,
                                    const Kin& kin) const {
    if (kin.business_ids.empty()) return {};
    return aid::CheckPlaces(terms, applicant, taken_, kin);
}

void ClaimBook::Release(const std::string& application_id) {
    const auto held = held_.find(application_id);
    if (held == held_.end()) return;
    for (const auto& [key, place] : held->second) taken_[key].erase(place);
    held_.erase(held);
    const auto is_of_it = [&](const aid::Claim& claim) {
        return claim.application_id == application_id;
    };
    if (std::erase_if(claimed_, is_of_it) == 0) released_.push_back(application_id);
}

// What is given back goes first: somebody of the same transaction may have taken it.
void ClaimBook::Save(postgres::Transaction& transaction) const {
    if (!released_.empty()) {
        postgres::UuidArray applications;
        for (const std::string& id : released_) applications.Add(id);
        transaction.Queue("DELETE FROM aid_claims WHERE application_id = ANY($1::uuid[])",
                          {applications});
    }
    if (claimed_.empty()) return;
    // Two transactions that take the same places then wait for each other in one order only.
    std::vector<aid::Claim> sorted = claimed_;
    std::ranges::sort(sorted, {},
                      [](const aid::Claim& claim) { return std::tie(claim.key, claim.place); });
    postgres::TextArray groups, subjects;
    postgres::SmallintArray scopes, places, spans, limits;
    postgres::Int64Array years;
    postgres::UuidArray applications;
    for (const aid::Claim& claim : sorted) {
        groups.Add(claim.key.group);
        scopes.Add(claim.key.scope);
        subjects.Add(claim.key.subject);
        years.Add(std::int64_t{claim.key.year});
        places.Add(static_cast<std::int16_t>(claim.place));
        spans.Add(claim.exclusion.span);
        limits.Add(static_cast<std::int16_t>(claim.exclusion.limit));
        applications.Add(claim.application_id);
    }
    transaction.Queue(
        "INSERT INTO aid_claims (group_code, scope, subject, year, place, span, most,"
        "   application_id)"
        " SELECT unnest($1::text[]), unnest($2::smallint[]), unnest($3::text[]),"
        "        unnest($4::bigint[])::integer, unnest($5::smallint[]), unnest($6::smallint[]),"
        "        unnest($7::smallint[]), unnest($8::uuid[])",
        {groups, scopes, subjects, years, places, spans, limits, applications});
}

}  // namespace bangkit::aid
