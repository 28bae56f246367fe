#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/nomination/nominee.h"
#include "services/aid/storage/program/programs.h"

namespace bangkit::aid {

/// Of a row of `nomination_batches b`, in the order that ToNominationBatch() reads them.
inline constexpr std::string_view kNominationBatchColumns =
    "b.batch_id, b.version, b.program_id, b.region_code, b.scheme, b.state, b.nominees,"
    " b.amount_rupiah, b.made_by, b.sent_by, b.letter, b.correct_until, b.decree, b.decreed_on,"
    " b.created_at, b.sent_at, b.updated_at";
NominationBatch ToNominationBatch(const postgres::Rows& rows, int i);

/// Of a row of `nominees n`, in the order that ToNominee() reads them.
inline constexpr std::string_view kNomineeColumns =
    "n.application_id, n.version, n.batch_id, n.number, n.program_id, n.business_id, n.owner_id,"
    " n.region_code, n.scheme, n.state, n.round, n.reasons, n.ever_reasons, n.amount_rupiah,"
    " n.decree, n.due_at, n.nominated_at, n.determined_at, n.paid_at, n.claimed_at, n.updated_at";
inline constexpr int kNomineeColumnCount = 21;
Nominee ToNominee(const postgres::Rows& rows, int i);

/// These, and all of these programmes, in id order; ids not found are left out.
std::vector<NominationBatch> LockNominationBatches(postgres::Transaction& transaction,
                                                   const std::set<std::string>& batch_ids,
                                                   const std::set<std::string>& program_ids,
                                                   RowLock lock);

/// Locks in id order; those who are not nominated are left out.
std::vector<Nominee> LockNominees(postgres::Transaction& transaction,
                                  const std::set<std::string>& application_ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SaveNominations(postgres::Transaction& transaction, const Tracked<NominationBatch>& batches,
                     const Tracked<Nominee>& nominees);

}  // namespace bangkit::aid
