// What a transaction of nominations needs, locked in the order of all of aid.
#include <algorithm>
#include <utility>

#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/nomination/nomination_unit_of_work.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// What is approved, with a record for the scheme of the list and a place in every group of the
// programme, and alone among those that it was merged with. Each is looked at again when it is
// locked.
constexpr std::string_view kCandidatesSql =
    "SELECT application_id"
    "  FROM (SELECT a.application_id FROM applications a JOIN nominee_records r"
    "            ON r.application_id = a.application_id AND r.scheme = $3::bigint"
    "         WHERE a.program_id = $1::text::uuid AND a.state = 5"
    "           AND a.region_code >= $2::text AND a.region_code < $2::text || '/'"
    "           AND NOT EXISTS (SELECT FROM program_exclusions e"
    "                            WHERE e.program_id = a.program_id"
    "                              AND NOT EXISTS (SELECT FROM aid_claims c"
    "                                               WHERE c.application_id = a.application_id"
    "                                                 AND c.group_code = e.group_code))"
    "         ORDER BY a.application_id OFFSET 0) ready"
    " WHERE NOT is_doubled(application_id)"  // Of no more of them than are wanted.
    " LIMIT $4::bigint";

// Who states a record locks the application.
constexpr std::string_view kStatersSql =
    "SELECT application_id, stated_by FROM nominee_records"
    " WHERE application_id = ANY($1::uuid[]) AND scheme = $2::bigint";

constexpr std::string_view kWithoutRecordSql =
    "SELECT count(*) FROM applications a"
    " WHERE a.program_id = $1::text::uuid AND a.state = 5"
    "   AND a.region_code >= $2::text AND a.region_code < $2::text || '/'"
    "   AND NOT EXISTS (SELECT FROM nominee_records r"
    "                    WHERE r.application_id = a.application_id AND r.scheme = $3::bigint)";

/// For whom it is time.
std::set<std::string> FindCandidates(Transaction& transaction, const NominationBatch& batch) {
    const std::string scheme = Int64(static_cast<std::int64_t>(batch.scheme));
    const std::string most = Int64(std::int64_t{kNomineesMax});
    const Rows rows =
        transaction.Run(kCandidatesSql, {batch.program_id, batch.region_code, scheme, most});
    std::set<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
    return ids;
}

/// What never changes of these lists, read without a lock.
std::vector<NominationBatch> FindBatches(Transaction& transaction,
                                         const std::set<std::string>& ids) {
    std::vector<NominationBatch> batches;
    if (ids.empty()) return batches;
    static const std::string sql = "SELECT " + std::string(kNominationBatchColumns) +
                                   "  FROM nomination_batches b"
                                   " WHERE b.batch_id = ANY($1::uuid[])";
    const Rows rows = transaction.Run(sql, {Uuids(ids)});
    for (int i = 0; i < rows.size(); ++i) batches.push_back(ToNominationBatch(rows, i));
    return batches;
}

/// The lists that these are in, which never changes.
void AddBatchesOf(Transaction& transaction, const std::set<std::string>& nominees,
                  std::set<std::string>& batches) {
    if (nominees.empty()) return;
    const Rows rows = transaction.Run(
        "SELECT DISTINCT batch_id FROM nominees WHERE application_id = ANY($1::uuid[])",
        {Uuids(nominees)});
    for (int i = 0; i < rows.size(); ++i) batches.insert(rows.Uuid(i, 0));
}

/// Those in which somebody has become one with somebody who gets the same, since they were put into
/// them.
std::set<std::string> OutdatedOf(Transaction& transaction, const std::set<std::string>& batches) {
    std::set<std::string> outdated;
    if (batches.empty()) return outdated;
    const Rows rows = transaction.Run(
        "SELECT DISTINCT batch_id FROM nominees"
        " WHERE batch_id = ANY($1::uuid[]) AND state = 1 AND is_doubled(application_id)",
        {Uuids(batches)});
    for (int i = 0; i < rows.size(); ++i) outdated.insert(rows.Uuid(i, 0));
    return outdated;
}

}  // namespace

NominationUnitOfWork::Wanted NominationUnitOfWork::WantedBy(
    std::span<const Command* const> commands) {
    Wanted wanted;
    for (const Command* command : commands) {
        const std::string& id = command->application_id;
        if (const auto* opened = std::get_if<OpenNominationBatch>(&command->deed)) {
            wanted.programs.insert(opened->program_id);
            wanted.changes_batches = true;
        } else if (!command->batch_id.empty()) {
            wanted.batches.insert(command->batch_id);
            wanted.changes_batches = true;
            if (std::holds_alternative<AddNominees>(command->deed)) {
                wanted.growing.insert(command->batch_id);
            }
            if (std::holds_alternative<SendNominationBatch>(command->deed)) {
                wanted.leaving.insert(command->batch_id);
            }
        } else {
            wanted.nominees.insert(id);
        }
        if (std::holds_alternative<StateNomineeRecord>(command->deed)) {
            wanted.stated.insert(id);
            wanted.steps.ids.insert(id);
        } else if (const auto* taken = std::get_if<TakeNominationAnswer>(&command->deed)) {
            using enum NominationAnswerKind;
            const NominationAnswerKind kind = taken->answer.kind;
            if (kind == kInvalid || kind == kRejected) wanted.steps.ending.insert(id);
            if (kind == kPaid || kind == kClaimed || kind == kGivenBack) {
                wanted.steps.moving.insert(id);
            }
        } else if (command->batch_id.empty() && !id.empty()) {  // Withdrawn or expired.
            wanted.steps.ending.insert(id);
        }
    }
    return wanted;
}

// Lock order: businesses and programmes (shared), budgets, applications, keys of owners (shared),
// lists, nominees; each by id.
void NominationUnitOfWork::Load(Transaction& transaction,
                                std::span<const Command* const> commands) {
    Wanted wanted = WantedBy(commands);
    LoadOwners(transaction, wanted.stated);
    for (Program& program :
         LockPrograms(transaction, Uuids(wanted.programs), RowLock::kAgainstChanges)) {
        const std::string id = program.id;
        programs_.emplace(id, std::move(program));
    }
    const std::vector<NominationBatch> growing = FindBatches(transaction, wanted.growing);
    for (const NominationBatch& batch : growing) {
        const std::set<std::string> found = FindCandidates(transaction, batch);
        wanted.programs.insert(batch.program_id);
        wanted.steps.ids.insert(found.begin(), found.end());
        candidates_[batch.id].ids = found;
    }
    steps_.Lock(transaction, wanted.steps);
    for (const NominationBatch& batch : growing) LoadCandidates(transaction, batch);
    std::set<std::string> owners;
    for (const std::string& id : wanted.stated) {
        const Application* application = steps_.Find(id);
        if (application != nullptr) owners.insert(application->applicant.owner_id);
    }
    owner_keys_.Load(transaction, Uuids(owners));
    AddBatchesOf(transaction, wanted.nominees, wanted.batches);
    const RowLock lock = wanted.changes_batches ? RowLock::kForChange : RowLock::kAgainstChanges;
    for (NominationBatch& batch :
         LockNominationBatches(transaction, wanted.batches, wanted.programs, lock)) {
        batch_ids_.insert(batch.id);
        batches_.AddLoaded(std::move(batch));
    }
    outdated_ = OutdatedOf(transaction, wanted.leaving);
    for (Nominee& nominee : LockNominees(transaction, wanted.nominees)) {
        if (!batch_ids_.contains(nominee.batch_id)) continue;  // Put into it this very moment.
        nominees_.AddLoaded(std::move(nominee));
    }
}

/// An erasure waits until the end, and then destroys what is stated here too.
void NominationUnitOfWork::LoadOwners(Transaction& transaction,
                                      const std::set<std::string>& stated) {
    if (stated.empty()) return;
    std::set<std::string> businesses;
    for (const ApplicationRoot& root : FindRoots(transaction, Uuids(stated))) {
        businesses.insert(root.business_id);
    }
    HoldBusinesses(transaction, Uuids(businesses));
    businesses_ = LoadBusinesses(transaction, Uuids(businesses));
}

void NominationUnitOfWork::LoadCandidates(Transaction& transaction, const NominationBatch& batch) {
    Candidates& candidates = candidates_[batch.id];
    const std::string scheme = Int64(static_cast<std::int64_t>(batch.scheme));
    const Rows rows = transaction.Run(kStatersSql, {Uuids(candidates.ids), scheme});
    for (int i = 0; i < rows.size(); ++i) {
        candidates.stated_by.emplace(rows.Uuid(i, 0), rows.Text(i, 1));
    }
    candidates.without_record =
        transaction.Run(kWithoutRecordSql, {batch.program_id, batch.region_code, scheme})
            .Int64(0, 0);
}

}  // namespace bangkit::aid
