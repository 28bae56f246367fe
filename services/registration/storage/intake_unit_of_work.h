#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/intake_commands.h"
#include "services/registration/storage/intake_keys.h"
#include "services/registration/storage/intake_origins.h"
#include "services/registration/storage/intake_submissions.h"
#include "services/registration/storage/intake_writes.h"
#include "services/registration/storage/registration_unit_of_work.h"

namespace bangkit::registration {

/// What devices may leave here. Each submission is compared with what is there already, so this
/// bounds the work that any of them can make.
struct IntakeLimits {
    std::size_t writes = 2'000;  // Of one business, or of one owner.
    std::size_t waiting = 200;   // For one business that is still to come.
};

/// One transaction of the offline intake: merges what arrives field by field, and has the registry
/// carry out what follows from that, as if somebody had asked for it at a desk. One such
/// transaction at a time, in whichever process, so that no two of them merge the same field.
class IntakeUnitOfWork {
public:
    using Command = IntakeCommand;
    using Pending = command::PendingCommand<Command>;

    explicit IntakeUnitOfWork(const crypto::KeyRing& keys, IntakeLimits limits = {})
        : limits_(limits),
          registry_(keys),
          erased_(keys),
          keys_(keys),
          submissions_(keys_),
          writes_(keys_) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Context {
        const identity::Caller& caller;
        const std::string& traceparent;
        Time now;
    };
    /// What became of a report or an edit.
    struct Merged {
        IntakeStatus status = IntakeStatus::kApplied;
        std::vector<std::string> conflicts;
    };
    /// What a merge is about to do to the histories.
    struct Staged {
        IntakeField field;
        FieldHistory history;
        std::string before;  // What the registry has.
        WriteId present;     // Which write is to hold.
        std::map<WriteId, IntakeWrites::Author> authors;
    };

    /// All that the registry may be asked for by these commands.
    std::vector<registration::Command> Wanted(std::span<const Command* const> commands) const;
    /// Which business a decision changes: the one that a merged business lives on in, but for what
    /// is its owner's.
    std::string TargetOf(const IntakeWritePlace& place) const;
    void LoadKnownOwners(postgres::Transaction& transaction,
                         const std::vector<registration::Command>& wanted,
                         const std::set<std::string>& loaded);

    command::Outcome Handle(const SubmitIntake& command, const Context& context);
    command::Outcome Handle(const ResolveIntakeConflict& command, const Context& context);

    /// The answer to a submission that was accepted before; a refusal if this is another one.
    command::Outcome Repeated(const KnownSubmission& known, const SubmitIntake& command) const;
    command::Outcome Register(const SubmitIntake& command, const Context& context);
    /// Carries out what waited for the business.
    void Release(const std::string& business_id, const Context& context);
    Result<Merged> Merge(const SubmitIntake& command, const Context& context);
    Result<Merged> MergeEdit(const Business& business, const SubmitIntake& command,
                             const UpdateBusiness& update, const Context& context);
    Result<void> CheckRoom(const std::string& subject_id) const;
    Result<void> CheckEdit(const Business& business, const UpdateBusiness& update,
                           const Context& context) const;
    Result<Merged> MergeReport(const Business& business, const SubmitIntake& command,
                               const ReportCondition& report, const Context& context);
    /// What a registration says of an owner who is known already.
    Result<Merged> MergeOwner(const Business& business, const SubmitIntake& command,
                              const RegisterBusiness& stated, const Context& context);

    /// A NIB in it that another business has: stays out of the registry, and is in review.
    Result<Merged> MergeNib(const Business& business, const SubmitIntake& command,
                            const RegisterBusiness& stated, const Context& context);
    /// Who stated it, before somebody else registers the same owner and says nothing of it.
    void KeepOrigin(const Business& business, Detail detail);
    Staged StageDetail(const Business& business, const SubmitIntake& command, Detail detail,
                       const std::string& value, const Context& context) const;
    /// Has the registry take the values that are to hold, and keeps the histories. What it refuses
    /// is in review.
    Result<void> Apply(const Business& business, std::map<Detail, Staged>& staged,
                       const Context& context);
    /// The same of the report that is to hold since a day.
    Result<void> Apply(const Business& business, Date since, const FieldWrite& now,
                       FieldHistory& history, const Context& context);
    std::string PresentValueOf(const Business& business, Detail detail) const;
    /// Has the registry carry it out; with an audit entry if it does.
    command::Outcome CarryOut(registration::Command command, const std::string& method,
                              const std::string& business_id, const Context& context);
    void Remember(const SubmitIntake& command, IntakeStatus status, const Context& context);
    std::string Receipt(const SubmitIntake& command, const Merged& merged,
                        const std::vector<std::string>& warnings) const;

    const IntakeLimits limits_;
    RegistrationUnitOfWork registry_;
    ErasedNiks erased_;
    IntakeKeys keys_;
    IntakeSubmissions submissions_;
    IntakeWrites writes_;
    IntakeOrigins origins_;
    std::map<std::string, IntakeWritePlace> conflicts_;  // By conflict id.
    command::Audit audit_;                               // Of what the registry carried out.
    Time now_{};
};

}  // namespace bangkit::registration
