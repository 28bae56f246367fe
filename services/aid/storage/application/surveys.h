#pragma once

#include <string>
#include <string_view>

#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"

namespace bangkit::aid::v1 {
class Survey;
}

namespace bangkit::aid {

/// The visits of one transaction.
class SurveyBook {
public:
    /// `survey`: findings and photographs. `owner_key`: nullptr if it has none of them.
    void Add(const Application& application, const v1::Survey& survey, const std::string& surveyor,
             const crypto::Key* owner_key);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray applications_;
    postgres::Int64Array versions_;
    postgres::SmallintArray recommended_;
    postgres::BytesArray findings_;
    postgres::TimeArray surveyed_at_;
    postgres::TextArray surveyed_by_;
};

/// Adds what was sealed to the rest; nothing if `owner_key` is null, because it was destroyed.
/// kInternal "SEAL_BROKEN".
Result<void> OpenFindings(const crypto::Key* owner_key, const std::string& application_id,
                          std::string_view sealed, v1::Survey& survey);

}  // namespace bangkit::aid
