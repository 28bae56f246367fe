#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/indonesia/working_days.h"
#include "libs/messaging/outbox.h"
#include "services/aid/domain/referral/referral.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/referral/referrals.h"

namespace bangkit::aid {

/// What somebody does with an agreement or a referral, or a partner says of one.
struct ReferralCommand {
    std::string id;  // Of the agreement or the referral; made for this command if it is new.
    std::optional<std::int64_t> expected_version = {};  // From the etag.
    bool is_of_file = false;                            // A line of many.
    std::variant<MakeAgreement, EndAgreement, ReferApplication, AnswerReferral, EscalateReferral,
                 EndReferral>
        deed;
};

/// True if what was handed to this partner is the caller's.
bool IsOfPartner(const identity::Caller& caller, std::string_view partner_id);

/// One transaction of agreements and referrals, with what partners' answers do to applications.
class ReferralUnitOfWork {
public:
    using Command = ReferralCommand;
    using Pending = command::PendingCommand<Command>;

    /// `calendar` must outlive it.
    explicit ReferralUnitOfWork(const indonesia::WorkingDays& calendar) : calendar_(calendar) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    command::Outcome Run(const MakeAgreement& deed, const Pending& pending, Time now);
    command::Outcome Run(const EndAgreement& deed, const Pending& pending, Time now);
    command::Outcome Run(const ReferApplication& deed, const Pending& pending, Time now);
    command::Outcome Run(const AnswerReferral& deed, const Pending& pending, Time now);
    command::Outcome Run(const EscalateReferral& deed, const Pending& pending, Time now);
    command::Outcome Run(const EndReferral& deed, const Pending& pending, Time now);

    /// As if it were not there, if it is not in the caller's reach: one answer for both.
    Referral Reached(const Pending& pending) const;
    /// ABORTED if it has changed since the caller read it.
    Result<void> CheckVersion(const Pending& pending, std::int64_t version) const;
    const Application& ApplicationOf(const std::string& application_id) const;
    void TakeStep(const Referral& before, const ReferralEvent& event, const Pending& pending,
                  Time now);
    const Agreement& Record(const AgreementEvent& event, const Pending& pending);
    const Referral& Record(const ReferralEvent& event, const Pending& pending);

    const indonesia::WorkingDays& calendar_;
    std::map<std::string, Program> programs_;
    std::set<std::string> with_partners_;  // Applications, as these.
    std::set<std::string> doubled_;
    ApplicationSteps steps_;
    Tracked<Agreement> agreements_;
    Tracked<Referral> referrals_;
    ReferralHistory history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
