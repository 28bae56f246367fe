#pragma once

#include <set>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/pending_command.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/storage/application/applications.h"
#include "services/aid/storage/application/claim_book.h"
#include "services/aid/storage/budget/ledger_book.h"

namespace bangkit::aid {

/// Approved applications in the hands of those who carry them out (a bank, an agency, a
/// warehouse): what becomes of them in one transaction, with what it does to budgets and to
/// double aid.
class ApplicationSteps {
public:
    struct Wanted {
        std::set<std::string> ids = {};
        std::set<std::string> moving = {};  // Of these: whose money may move.
        std::set<std::string> ending = {};  // And those that may end with nothing.
    };

    /// The budgets of those that move or end, then the applications: each by id. What is not there
    /// is left out.
    void Lock(postgres::Transaction& transaction, const Wanted& wanted);

    /// nullptr if it is not there. Holds until the next step.
    const Application* Find(const std::string& application_id) const {
        return applications_.Find(application_id);
    }

    /// Decides on the command and takes what follows from it. The refusals of Decide(), then
    /// nothing has changed.
    template <typename Command, typename Pending>
    Result<void> Take(const std::string& application_id, const Command& command,
                      const Pending& pending, Time now) {
        static const Application nobody{};
        static const Program none{};  // Neither it nor facts are asked for any more.
        static const Facts nothing{};
        const Application* application = applications_.Find(application_id);
        const Application& before = application == nullptr ? nobody : *application;
        const Result<ApplicationEvent> event = Decide(
            before, command,
            {.program = none, .facts = nothing, .actor = pending.caller.subject, .now = now});
        if (!event) return std::unexpected(event.error());
        return Record(before, *event, pending.caller.subject, pending.traceparent, now);
    }

    /// Posts to the budget of an application what its events do not say. The refusals of Draft().
    template <typename Pending>
    Result<void> Post(const std::string& application_id, PostingOrder order, const Pending& pending,
                      Time now) {
        const std::string& budget_id = applications_.Find(application_id)->budget_id;
        order.application_id = application_id;
        return book_.Post(budget_id, order, pending.caller.subject, now);
    }

    void Save(postgres::Transaction& transaction);

private:
    Result<void> Record(const Application& before, const ApplicationEvent& event,
                        const std::string& actor, const std::string& traceparent, Time now);

    Tracked<Application> applications_;
    LedgerBook book_;
    ClaimBook claims_;
    ApplicationHistory history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
