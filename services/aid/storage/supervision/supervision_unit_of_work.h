#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/stock/goods_book.h"
#include "services/aid/storage/stock/stock_book.h"
#include "services/aid/storage/supervision/refunds.h"
#include "services/aid/storage/supervision/visits.h"

namespace bangkit::aid {

inline constexpr int kVisitsMax = 2'500;

/// Of all that was given by a programme in a region and never visited.
struct PlanVisits {
    std::string region_code;
    Date planned_for;
    int most = kVisitsMax;
};
/// Somebody looks at the findings of a visit: nothing changes, and the audit trail says so.
struct InspectVisit {};

/// What somebody does about what became of aid.
struct SupervisionCommand {
    // Of PlanVisits a programme; of PlanVisit, CloseApplication and OpenRefundCase an application;
    // else the visit or the case itself.
    std::string id;
    std::optional<std::int64_t> expected_version = {};  // Of a visit or a case, for timers.
    std::string findings = {};  // Of RecordVisit: bangkit.aid.v1.SurveyFindings; empty: none.
    std::variant<PlanVisit, PlanVisits, RecordVisit, CancelVisit, ExpireVisit, InspectVisit,
                 CloseApplication, OpenRefundCase, RecordRepayment, TakeBackGoods, DropRefundCase,
                 ExpireRefund>
        deed;
};

/// One transaction of visits and refunds, with what they do to applications, budgets and stock.
class SupervisionUnitOfWork {
public:
    using Command = SupervisionCommand;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit SupervisionUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Wanted;

    static void FindApplications(postgres::Transaction& transaction, Wanted& wanted);
    void FindCandidates(postgres::Transaction& transaction,
                        std::span<const Command* const> commands);
    void LockPrograms(postgres::Transaction& transaction, const Wanted& wanted);
    void LockGoods(postgres::Transaction& transaction, const Wanted& wanted);
    void CountProofs(postgres::Transaction& transaction, const Wanted& wanted);
    void LoadOwnerKeys(postgres::Transaction& transaction, const Wanted& wanted);

    command::Outcome Run(const PlanVisit& deed, const Pending& pending, Time now);
    command::Outcome Run(const PlanVisits& deed, const Pending& pending, Time now);
    command::Outcome Run(const RecordVisit& deed, const Pending& pending, Time now);
    command::Outcome Run(const CancelVisit& deed, const Pending& pending, Time now);
    command::Outcome Run(const ExpireVisit& deed, const Pending& pending, Time now);
    command::Outcome Run(const InspectVisit& deed, const Pending& pending, Time now);
    command::Outcome Run(const CloseApplication& deed, const Pending& pending, Time now);
    command::Outcome Run(const OpenRefundCase& deed, const Pending& pending, Time now);
    command::Outcome Run(const RecordRepayment& deed, const Pending& pending, Time now);
    command::Outcome Run(const TakeBackGoods& deed, const Pending& pending, Time now);
    command::Outcome Run(const DropRefundCase& deed, const Pending& pending, Time now);
    command::Outcome Run(const ExpireRefund& deed, const Pending& pending, Time now);

    // As if they were not there, if they are not in the caller's reach: one answer for both.
    Application ReachedApplication(const std::string& id, const Pending& pending) const;
    Visit ReachedVisit(const Pending& pending) const;
    RefundCase ReachedRefund(const Pending& pending) const;

    bool HasPlanned(const std::string& application_id) const;
    bool HasOpenRefund(const std::string& application_id) const;
    ClosingContext ClosingContextOf(const std::string& application_id) const;

    const Visit& Record(const Visit& before, const VisitEvent& event, const Pending& pending);
    const RefundCase& Record(const RefundCase& before, const RefundEvent& event,
                             const Pending& pending);
    /// What is seen at a visit is sealed. FAILED_PRECONDITION: OWNER_ERASED.
    Result<void> Keep(const Visit& visit, const std::string& findings);

    Businesses businesses_;
    std::map<std::string, Program> programs_;
    // For PlanVisits, by programme and region.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> candidates_;
    std::map<std::string, std::vector<StockShare>> handed_over_;  // By application.
    std::map<std::string, std::int64_t> proofs_;                  // By application.
    ApplicationSteps steps_;
    StockBook book_;
    Tracked<Visit> visits_;
    std::map<std::string, std::set<std::string>> visits_of_;  // By application.
    Tracked<RefundCase> refunds_;
    std::map<std::string, std::set<std::string>> refunds_of_;  // By application.
    RepaymentRows repayments_;
    OwnerKeys owner_keys_;
    std::map<std::string, std::string> findings_;  // Sealed, by visit.
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
