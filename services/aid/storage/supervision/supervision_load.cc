// What a transaction of supervision needs, locked in the order of all of aid.
#include <utility>

#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/supervision/supervision_unit_of_work.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// What was given and never visited, the oldest first. Each is looked at again when it is locked.
constexpr std::string_view kCandidatesSql =
    "SELECT a.application_id FROM applications a"
    " WHERE a.program_id = $1::text::uuid AND a.state = 7"
    "   AND a.region_code >= $2::text AND a.region_code < $2::text || '/'"  // After '.'.
    "   AND NOT EXISTS (SELECT FROM visits v"
    "                    WHERE v.application_id = a.application_id AND v.state = 1)"
    " ORDER BY a.application_id LIMIT $3::bigint";

}  // namespace

/// What the commands of a transaction are about.
struct SupervisionUnitOfWork::Wanted {
    std::set<std::string> programs, visits, refunds;
    std::set<std::string> applications;  // All of them.
    std::set<std::string> moving;        // Whose money or goods may come back.
    std::set<std::string> looked_at;     // Of which all visits and cases count.
    std::set<std::string> closing;
    std::set<std::string> opening;             // Of which programme they are counts.
    std::set<std::string> seen;                // Visits with findings.
    std::set<std::string> repaid, taken_back;  // Cases.
    postgres::TextArray receipts;

    void Add(const SupervisionCommand& command) {
        std::visit([&](const auto& deed) { Take(deed, command); }, command.deed);
    }

private:
    void Look(const SupervisionCommand& command) {
        applications.insert(command.id);
        looked_at.insert(command.id);
    }
    void Take(const PlanVisit&, const SupervisionCommand& command) { Look(command); }
    void Take(const PlanVisits&, const SupervisionCommand& command) { programs.insert(command.id); }
    void Take(const CloseApplication&, const SupervisionCommand& command) {
        Look(command);
        closing.insert(command.id);
    }
    void Take(const OpenRefundCase&, const SupervisionCommand& command) {
        Look(command);
        opening.insert(command.id);
    }
    void Take(const RecordVisit&, const SupervisionCommand& command) {
        visits.insert(command.id);
        if (!command.findings.empty()) seen.insert(command.id);
    }
    void Take(const RecordRepayment& deed, const SupervisionCommand& command) {
        refunds.insert(command.id);
        repaid.insert(command.id);
        receipts.Add(deed.receipt);
    }
    void Take(const TakeBackGoods&, const SupervisionCommand& command) {
        refunds.insert(command.id);
        taken_back.insert(command.id);
    }
    void Take(const DropRefundCase&, const SupervisionCommand& command) {
        refunds.insert(command.id);
    }
    void Take(const ExpireRefund&, const SupervisionCommand& command) {
        refunds.insert(command.id);
    }
    void Take(const auto&, const SupervisionCommand& command) { visits.insert(command.id); }
};

// Lock order: businesses and programmes (shared), stock, budgets, applications, visits, refund
// cases, keys of owners (shared); each by id.
void SupervisionUnitOfWork::Load(Transaction& transaction,
                                 std::span<const Command* const> commands) {
    Wanted wanted;
    for (const Command* command : commands) wanted.Add(*command);
    FindApplications(transaction, wanted);
    LockPrograms(transaction, wanted);
    FindCandidates(transaction, commands);
    for (const auto& [place, ids] : candidates_) {
        wanted.applications.insert(ids.begin(), ids.end());
        wanted.looked_at.insert(ids.begin(), ids.end());
    }
    LockGoods(transaction, wanted);
    steps_.Lock(transaction, {.ids = wanted.applications, .moving = wanted.moving, .ending = {}});
    for (Visit& visit : LockVisits(transaction, Uuids(wanted.visits), Uuids(wanted.looked_at))) {
        visits_of_[visit.application_id].insert(visit.id);
        visits_.AddLoaded(std::move(visit));
    }
    for (RefundCase& refund :
         LockRefundCases(transaction, Uuids(wanted.refunds), Uuids(wanted.looked_at))) {
        refunds_of_[refund.application_id].insert(refund.id);
        refunds_.AddLoaded(std::move(refund));
    }
    repayments_.Load(transaction, wanted.receipts);
    CountProofs(transaction, wanted);
    LoadOwnerKeys(transaction, wanted);
}

/// Of which applications visits and cases are: that never changes.
void SupervisionUnitOfWork::FindApplications(Transaction& transaction, Wanted& wanted) {
    if (!wanted.visits.empty()) {
        const Rows rows = transaction.Run(
            "SELECT visit_id, application_id FROM visits WHERE visit_id = ANY($1::uuid[])",
            {Uuids(wanted.visits)});
        for (int i = 0; i < rows.size(); ++i) wanted.applications.insert(rows.Uuid(i, 1));
    }
    if (wanted.refunds.empty()) return;
    const Rows rows = transaction.Run(
        "SELECT refund_id, application_id FROM refund_cases WHERE refund_id = ANY($1::uuid[])",
        {Uuids(wanted.refunds)});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string refund_id = rows.Uuid(i, 0), application_id = rows.Uuid(i, 1);
        wanted.applications.insert(application_id);
        const bool comes_back =
            wanted.repaid.contains(refund_id) || wanted.taken_back.contains(refund_id);
        if (comes_back) wanted.moving.insert(application_id);
    }
}

/// And the businesses, if something is kept of their owners.
void SupervisionUnitOfWork::LockPrograms(Transaction& transaction, const Wanted& wanted) {
    std::set<std::string> ids = wanted.programs, businesses;
    for (const ApplicationRoot& root : FindRoots(transaction, Uuids(wanted.applications))) {
        businesses.insert(root.business_id);
        if (wanted.opening.contains(root.id)) ids.insert(root.program_id);
    }
    if (!wanted.seen.empty()) {
        HoldBusinesses(transaction, Uuids(businesses));
        businesses_ = LoadBusinesses(transaction, Uuids(businesses));
    }
    for (Program& program : aid::LockPrograms(transaction, Uuids(ids), RowLock::kAgainstChanges)) {
        const std::string id = program.id;
        programs_.emplace(id, std::move(program));
    }
}

void SupervisionUnitOfWork::FindCandidates(Transaction& transaction,
                                           std::span<const Command* const> commands) {
    for (const Command* command : commands) {
        const auto* wanted = std::get_if<PlanVisits>(&command->deed);
        if (wanted == nullptr) continue;
        const Rows rows = transaction.Run(
            kCandidatesSql, {command->id, wanted->region_code, Int64(std::int64_t{kVisitsMax})});
        std::vector<std::string>& found = candidates_[{command->id, wanted->region_code}];
        found.clear();
        for (int i = 0; i < rows.size(); ++i) found.push_back(rows.Uuid(i, 0));
    }
}

void SupervisionUnitOfWork::LockGoods(Transaction& transaction, const Wanted& wanted) {
    if (wanted.taken_back.empty()) return;
    handed_over_ = LoadHandedOver(transaction, wanted.moving);
    std::set<std::string> stocks;
    for (const auto& [id, shares] : handed_over_) {
        for (const StockShare& share : shares) stocks.insert(share.stock_id);
    }
    book_.Lock(transaction, Uuids(stocks));
}

void SupervisionUnitOfWork::CountProofs(Transaction& transaction, const Wanted& wanted) {
    if (wanted.closing.empty()) return;
    const Rows rows = transaction.Run(
        "SELECT application_id, count(*) FROM documents"
        " WHERE application_id = ANY($1::uuid[]) AND kind = 13 GROUP BY application_id",
        {Uuids(wanted.closing)});
    for (int i = 0; i < rows.size(); ++i) proofs_[rows.Uuid(i, 0)] = rows.Int64(i, 1);
}

void SupervisionUnitOfWork::LoadOwnerKeys(Transaction& transaction, const Wanted& wanted) {
    std::set<std::string> owners;
    for (const std::string& id : wanted.seen) {
        if (const Visit* visit = visits_.Find(id)) owners.insert(visit->owner_id);
    }
    owner_keys_.Load(transaction, Uuids(owners));
}

}  // namespace bangkit::aid
