#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/application/double_aid.h"

namespace bangkit::aid {

/// The claims of one transaction: places taken by those who apply, and given back by those who get
/// nothing. Whoever claims the same place at the same time wins or loses the race for its key, and
/// is run again.
class ClaimBook {
public:
    /// What is taken at these keys, and by these applications.
    void Load(postgres::Transaction& transaction, const std::vector<ClaimKey>& keys,
              const std::vector<std::string>& application_ids);

    /// The refusals of DraftClaims(). Places that the application holds already count as its own.
    Result<void> Claim(const ProgramTerms& terms, const Applicant& applicant,
                       const std::string& application_id, const Kin& kin);
    /// Before something is given to one who has kin. The refusals of CheckPlaces().
    Result<void> CheckPlaces(const ProgramTerms& terms, const Applicant& applicant,
                             const Kin& kin) const;
    /// All places of the application, which was paid nothing.
    void Release(const std::string& application_id);

    void Save(postgres::Transaction& transaction) const;

private:
    void Hold(const ClaimKey& key, int place, const std::string& application_id);

    TakenPlaces taken_;
    std::map<std::string, std::vector<std::pair<ClaimKey, int>>> held_;  // By application.
    std::vector<aid::Claim> claimed_;
    std::vector<std::string> released_;
};

}  // namespace bangkit::aid
