// What a transaction of payments needs, locked in the order of all of aid.
#include <utility>

#include "services/aid/storage/payment/payment_unit_of_work.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

void InsertAll(std::set<std::string>& ids, const Rows& rows) {
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
}

/// Of what a bank has not decided on yet.
Rows ApplicationsIn(Transaction& transaction, const std::set<std::string>& batch_ids) {
    return transaction.Run(
        "SELECT application_id FROM payments"
        " WHERE batch_id = ANY($1::uuid[]) AND state IN (1, 2)",
        {Uuids(batch_ids)});
}

Rows BatchesOf(Transaction& transaction, const std::set<std::string>& application_ids) {
    postgres::TextArray references;
    for (const std::string& id : application_ids) references.Add(ReferenceOf(id));
    return transaction.Run(
        "SELECT DISTINCT batch_id FROM payments WHERE reference = ANY($1::text[])", {references});
}

/// Those in which somebody was paid after all by an earlier attempt, became one with somebody who
/// gets the same, or was erased, since they were made.
Rows OutdatedOf(Transaction& transaction, const std::set<std::string>& batch_ids) {
    return transaction.Run(
        "SELECT DISTINCT p.batch_id FROM payments p JOIN applications a USING (application_id)"
        " WHERE p.batch_id = ANY($1::uuid[])"
        "   AND (a.state <> 6 OR is_doubled(p.application_id)"
        "        OR NOT EXISTS (SELECT FROM owner_keys k WHERE k.owner_id = p.owner_id))",
        {Uuids(batch_ids)});
}

// What is approved, with an account and a place in every group of the programme, and alone among
// those that it was merged with. Each is looked at again when it is locked.
constexpr std::string_view kCandidatesSql =
    "SELECT a.application_id FROM applications a JOIN bank_accounts b USING (business_id)"
    " WHERE a.program_id = $1::text::uuid AND a.state = 5"
    "   AND a.region_code >= $2::text AND a.region_code < $2::text || '/'"
    "   AND NOT EXISTS (SELECT FROM program_exclusions e"
    "                    WHERE e.program_id = a.program_id"
    "                      AND NOT EXISTS (SELECT FROM aid_claims c"
    "                                       WHERE c.application_id = a.application_id"
    "                                         AND c.group_code = e.group_code))"
    "   AND NOT is_doubled(a.application_id)"
    " ORDER BY a.application_id LIMIT $3::bigint";

constexpr std::string_view kWithoutAccountSql =
    "SELECT count(*) FROM applications a"
    " WHERE a.program_id = $1::text::uuid AND a.state = 5"
    "   AND a.region_code >= $2::text AND a.region_code < $2::text || '/'"
    "   AND NOT EXISTS (SELECT FROM bank_accounts b WHERE b.business_id = a.business_id)";

}  // namespace

// Lock order: programmes (shared), budgets, applications, batches, payments; each by id.
void PaymentUnitOfWork::Load(Transaction& transaction, std::span<const Command* const> commands) {
    std::set<std::string> programs, ids, moving, batches, to_empty, to_release;
    for (const Command* command : commands) {
        const auto* taken = std::get_if<TakeBankAnswer>(&command->deed);
        if (const auto* wanted = std::get_if<CreatePaymentBatch>(&command->deed)) {
            programs.insert(wanted->program_id);
        } else if (taken != nullptr && !taken->answer.reference.empty()) {
            if (auto id = IdOf(taken->answer.reference)) moving.insert(*std::move(id));
        } else {
            batches.insert(command->batch_id);
            const bool is_release = std::holds_alternative<ReleasePaymentBatch>(command->deed);
            (is_release ? to_release : to_empty).insert(command->batch_id);
        }
    }
    for (const Program& program :
         LockPrograms(transaction, Uuids(programs), RowLock::kAgainstChanges)) {
        program_regions_.emplace(program.id, program.terms.region_code);
    }
    for (const Command* command : commands) {
        const auto* wanted = std::get_if<CreatePaymentBatch>(&command->deed);
        if (wanted != nullptr) FindCandidates(transaction, command->batch_id, *wanted);
    }
    for (const auto& [batch_id, found] : candidates_) {
        ids.insert(found.applications.begin(), found.applications.end());
    }
    if (!to_empty.empty()) InsertAll(ids, ApplicationsIn(transaction, to_empty));
    ids.insert(moving.begin(), moving.end());
    steps_.Lock(transaction, {.ids = ids, .moving = moving, .ending = {}});
    // From here on nobody tries again to pay them.
    if (!moving.empty()) InsertAll(batches, BatchesOf(transaction, moving));
    batches_ = LockPaymentBatches(transaction, Uuids(batches));
    // From here on no answer changes what is in them.
    if (!to_release.empty()) InsertAll(outdated_, OutdatedOf(transaction, to_release));
    payments_ = LockPayments(transaction, ids);
    if (!candidates_.empty()) LoadAccountsOf(transaction, ids);
}

void PaymentUnitOfWork::FindCandidates(Transaction& transaction, const std::string& batch_id,
                                       const CreatePaymentBatch& wanted) {
    Candidates& found = candidates_[batch_id];
    InsertAll(found.applications,
              transaction.Run(kCandidatesSql, {wanted.program_id, wanted.region_code,
                                               Int64(std::int64_t{wanted.most})}));
    found.without_account =
        transaction.Run(kWithoutAccountSql, {wanted.program_id, wanted.region_code}).Int64(0, 0);
}

void PaymentUnitOfWork::LoadAccountsOf(Transaction& transaction,
                                       const std::set<std::string>& application_ids) {
    std::set<std::string> businesses, owners;
    for (const std::string& id : application_ids) {
        const Application* application = steps_.Find(id);
        if (application != nullptr) businesses.insert(application->applicant.business_id);
    }
    accounts_ = LoadAccounts(transaction, Uuids(businesses));
    for (const auto& [business_id, stated] : accounts_) owners.insert(stated.owner_id);
    owner_keys_.Load(transaction, Uuids(owners));
}

}  // namespace bangkit::aid
