#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/storage/application/applications.h"
#include "services/aid/storage/application/claim_book.h"
#include "services/aid/storage/application/prior_grants.h"
#include "services/aid/storage/budget/ledger_book.h"
#include "services/aid/storage/document/enclosures.h"
#include "services/aid/storage/stock/goods_book.h"

namespace bangkit::aid {

/// Somebody looks at what is personal in it: nothing changes, and the audit trail says so.
struct InspectApplication {
    std::string document_id;  // Empty: at the surveys.
};

/// What somebody does to one application.
struct ApplicationCommand {
    std::string application_id;
    std::optional<std::int64_t> expected_version = {};  // From the etag.
    // Of the business that an application is started for, if registration had to be asked for it.
    std::optional<Business> registered = {};
    Enclosure enclosure = {};
    std::variant<StartApplication, StateFacts, AttachDocument, SubmitApplication, CheckDocuments,
                 RecordSurvey, ReturnApplication, ApproveApplication, RejectApplication,
                 ExpireCorrection, WithdrawApplication, CancelApplication, InspectApplication>
        deed;
};

/// Deeds with which something of the owner is kept.
template <typename Deed>
inline constexpr bool kEncloses =
    std::is_same_v<Deed, StateFacts> || std::is_same_v<Deed, AttachDocument> ||
    std::is_same_v<Deed, RecordSurvey>;

/// UNAVAILABLE with this reason: of the business nothing was heard here that the caller reaches, so
/// registration has to be asked. The same command with `registered` is decided.
inline constexpr std::string_view kBusinessUnknown = "BUSINESS_UNKNOWN";

/// One transaction of applications, with what they do to budgets and to double aid. Many that draw
/// on one budget fold into it one after the other.
class ApplicationUnitOfWork {
public:
    using Command = ApplicationCommand;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit ApplicationUnitOfWork(const crypto::KeyRing& keys) : enclosures_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    void LoadKnown(postgres::Transaction& transaction, const std::set<std::string>& business_ids);
    /// If a programme asks for them.
    void LoadCourses(postgres::Transaction& transaction);
    void AddClaimKeys(std::vector<ClaimKey>& keys, const Command& command,
                      const std::set<std::string>& claiming) const;
    void LoadEnclosures(postgres::Transaction& transaction,
                        std::span<const Command* const> commands);
    void LoadPriorGrants(postgres::Transaction& transaction,
                         std::span<const Command* const> commands);
    /// Where grants of before count, if the programme has a rule about them; nullopt: it has not,
    /// or nobody knows.
    std::optional<std::vector<ClaimKey>> PriorKeysOf(const Application& application) const;
    template <typename Deed>
    command::Outcome Run(const Deed& deed, const Pending& pending, Time now);
    command::Outcome Run(const InspectApplication& deed, const Pending& pending, Time now);
    Result<ApplicationEvent> DecideOn(const StateFacts& deed, const Application& application,
                                      const Pending& pending, Time now);
    Result<ApplicationEvent> DecideOn(const AttachDocument& deed, const Application& application,
                                      const Pending& pending, Time now) const;
    Result<ApplicationEvent> DecideOn(const StartApplication& deed, const Application& application,
                                      const Pending& pending, Time now) const;
    Result<ApplicationEvent> DecideOn(const ApproveApplication& deed,
                                      const Application& application, const Pending& pending,
                                      Time now) const;
    template <typename Deed>
    Result<ApplicationEvent> DecideOn(const Deed& deed, const Application& application,
                                      const Pending& pending, Time now) const;

    /// As if it were not there, if it is not in the caller's reach: one answer for both.
    Application Reached(const Pending& pending) const;
    /// What is known of the business, or of the one that it lives on in by now, and of what was
    /// granted to it.
    Facts KnownFacts(const Application& application) const;
    /// nullopt: the programme does not ask for courses.
    std::optional<std::set<std::int64_t>> CompletedTopics(const Application& application) const;
    /// Of what is decided on the owner's behalf or kept of them: they are there.
    Result<void> CheckNotErased(const Application& application) const;
    /// And nobody they are one with by now was given the same.
    Result<void> CheckOwner(const Application& application) const;
    /// What the event does to budgets, goods and double aid; nothing if it is refused.
    Result<void> Settle(const Application& before, const ApplicationEvent& event,
                        const Pending& pending, Time now);
    void Record(const Application& before, const Application& after, const ApplicationEvent& event,
                const Pending& pending);

    std::map<std::string, Program> programs_;
    Businesses businesses_;  // With their families.
    Businesses learned_;     // From registration itself.
    Tracked<Application> applications_;
    LedgerBook book_;
    ClaimBook claims_;
    GoodsBook goods_;
    std::map<std::string, std::set<std::int64_t>> completed_topics_;  // Of courses, by business.
    Enclosures enclosures_;
    PriorGrants prior_grants_;
    ApplicationHistory history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
