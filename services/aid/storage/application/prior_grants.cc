#include "services/aid/storage/application/prior_grants.h"

#include <algorithm>

namespace bangkit::aid {

void PriorGrants::Load(postgres::Transaction& transaction, const std::vector<ClaimKey>& keys) {
    if (keys.empty()) return;
    postgres::TextArray groups, subjects;
    postgres::SmallintArray scopes;
    for (const ClaimKey& key : keys) {
        groups.Add(key.group);
        scopes.Add(key.scope);
        subjects.Add(key.subject);
    }
    const postgres::Rows rows = transaction.Run(
        "SELECT DISTINCT c.group_code, c.scope, c.subject, c.application_id, p.fiscal_year"
        "  FROM unnest($1::text[], $2::smallint[], $3::text[]) AS k (group_code, scope, subject)"
        "  JOIN aid_claims c ON c.group_code = k.group_code AND c.scope = k.scope"
        "   AND c.subject = k.subject"
        "  JOIN applications a ON a.application_id = c.application_id AND a.state BETWEEN 5 AND 9"
        "  JOIN programs p ON p.program_id = a.program_id",
        {groups, scopes, subjects});
    for (int i = 0; i < rows.size(); ++i) {
        const Subject subject(rows.Text(i, 0), static_cast<ExclusionScope>(rows.Int64(i, 1)),
                              rows.Text(i, 2));
        granted_[subject][rows.Uuid(i, 3)] = static_cast<int>(rows.Int64(i, 4));
    }
}

void PriorGrants::AddTo(Facts& facts, const std::vector<ClaimKey>& keys, int fiscal_year,
                        const std::string& application_id) const {
    Years all;
    for (const ClaimKey& key : keys) {
        const auto found = granted_.find({key.group, key.scope, key.subject});
        if (found != granted_.end()) all.insert(found->second.begin(), found->second.end());
    }
    all.erase(application_id);
    facts.Set(Fact::kPriorGrants, std::ssize(all));
    facts.Set(Fact::kPriorGrantsInYear, std::ranges::count_if(all, [fiscal_year](const auto& each) {
                  return each.second == fiscal_year;
              }));
}

}  // namespace bangkit::aid
