#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/domain/grievance/grievance.h"
#include "services/aid/storage/grievance/grievances.h"

namespace bangkit::aid {

/// Somebody looks who filed it: nothing changes, and the audit trail says so.
struct RevealReporter {};

/// What somebody does with one grievance.
struct GrievanceCommand {
    std::string grievance_id;
    std::optional<std::int64_t> expected_version = {};  // From the etag.
    bool is_of_reporter = false;  // Who has no regions, and may complain of any.
    GrievanceWords words = {};
    std::variant<FileGrievance, AcceptGrievance, AnswerGrievance, CloseGrievance, EvaluateGrievance,
                 ReplyToAnswer, PassDeadline, RevealReporter>
        deed;
};

/// One transaction of grievances.
class GrievanceUnitOfWork {
public:
    using Command = GrievanceCommand;
    using Pending = command::PendingCommand<Command>;

    /// Both must outlive it.
    GrievanceUnitOfWork(const crypto::KeyRing& keys, const indonesia::WorkingDays& calendar)
        : keys_(keys), calendar_(calendar) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    template <typename Deed>
    command::Outcome Run(const Deed& deed, const Pending& pending, Time now);
    command::Outcome Run(const RevealReporter& deed, const Pending& pending, Time now);
    Result<GrievanceEvent> DecideOn(const FileGrievance& deed, const Grievance& grievance,
                                    const Pending& pending, Time now) const;
    template <typename Deed>
    Result<GrievanceEvent> DecideOn(const Deed& deed, const Grievance& grievance,
                                    const Pending& pending, Time now) const;
    GrievanceContext ContextOf(const Pending& pending, Time now) const;

    /// As if it were not there, if it is not in the caller's reach: one answer for both. Whoever
    /// replies reaches it by its ticket.
    Grievance Reached(const Pending& pending) const;
    void KeepWords(const Grievance& grievance, const Pending& pending);

    const crypto::KeyRing& keys_;
    const indonesia::WorkingDays& calendar_;
    Businesses businesses_;  // Of those who file.
    Tracked<Grievance> grievances_;
    std::map<std::string, SealedGrievance> sealed_;
    GrievanceHistory history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
