#pragma once

#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/referral/agreement.h"

namespace bangkit::aid {

/// Of a row of `agreements g`, in the order that ToAgreement() reads them.
inline constexpr std::string_view kAgreementColumns =
    "g.agreement_id, g.version, g.program_id, g.region_code, g.partner_id, g.partner_kind,"
    " g.partner_name, g.document, g.answer_days, g.yearly_rate, g.months_max, g.is_ended,"
    " g.made_by, g.made_at, g.ended_at";
Agreement ToAgreement(const postgres::Rows& rows, int i);

/// Locks in id order, against changes only: others may hand over under the same one. Ids not found
/// are left out.
std::vector<Agreement> HoldAgreements(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids);
/// The same, to change them.
std::vector<Agreement> LockAgreements(postgres::Transaction& transaction,
                                      const postgres::UuidArray& ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveAgreements(postgres::Transaction& transaction, const Tracked<Agreement>& agreements);

}  // namespace bangkit::aid
