#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <variant>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/storage/application/application_steps.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/nomination/nomination_mapping.h"
#include "services/aid/storage/nomination/nominations.h"
#include "services/aid/storage/nomination/nominee_records.h"

namespace bangkit::aid {

inline constexpr int kNomineesMax = 1'000;

// What somebody does with a list.
struct OpenNominationBatch {
    std::string program_id;
    std::string region_code;  // Whose applications are put into it.
    NominationScheme scheme = NominationScheme::kBpum2020;
};
struct AddNominees {
    int most = kNomineesMax;
};
struct SendNominationBatch {
    std::string letter;
};
struct OpenCorrectionWindow {
    Date until;
};
struct RecordDecree {
    std::string decree;
    Date decreed_on;
};
// What is done to one application, or said of it.
struct StateNomineeRecord {
    NominationScheme scheme = NominationScheme::kBpum2020;
    NomineeRecord record;
};
struct WithdrawNominee {};
struct TakeNominationAnswer {
    NominationAnswer answer;
};
/// By a timer.
struct ExpireNominee {
    std::int64_t expected_version = 0;
    Time now;  // By the database's clock.
};

struct NominationCommand {
    std::string batch_id;        // Of a list only.
    std::string application_id;  // Of one application only.
    std::variant<OpenNominationBatch, AddNominees, SendNominationBatch, OpenCorrectionWindow,
                 RecordDecree, StateNomineeRecord, WithdrawNominee, TakeNominationAnswer,
                 ExpireNominee>
        deed;
};

/// Deeds with a list that is there, and no more.
template <typename Deed>
inline constexpr bool kChangesBatch =
    std::is_same_v<Deed, SendNominationBatch> || std::is_same_v<Deed, OpenCorrectionWindow> ||
    std::is_same_v<Deed, RecordDecree>;

/// One transaction of nominations, with what they do to applications.
class NominationUnitOfWork {
public:
    using Command = NominationCommand;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit NominationUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    /// What the commands of a transaction are about.
    struct Wanted {
        std::set<std::string> batches;   // Lists.
        std::set<std::string> programs;  // Of which all lists are needed.
        std::set<std::string> growing;   // Lists that people are put into.
        std::set<std::string> leaving;   // Lists that are sent.
        std::set<std::string> stated;    // Applications of which a record is stated.
        std::set<std::string> nominees;  // Applications that are nominated.
        ApplicationSteps::Wanted steps;
        bool changes_batches = false;
    };
    /// For whom it is time.
    struct Candidates {
        std::set<std::string> ids;                     // Applications, as they were found.
        std::map<std::string, std::string> stated_by;  // Their records, once they are locked.
        std::int64_t without_record = 0;
    };

    static Wanted WantedBy(std::span<const Command* const> commands);
    void LoadOwners(postgres::Transaction& transaction, const std::set<std::string>& stated);
    void LoadCandidates(postgres::Transaction& transaction, const NominationBatch& batch);
    /// Who has stated the record of a candidate; nullptr if there is none for the scheme any more.
    const std::string* StaterOf(const std::string& application_id,
                                const NominationBatch& batch) const;

    command::Outcome Run(const OpenNominationBatch& deed, const Pending& pending, Time now);
    command::Outcome Run(const AddNominees& deed, const Pending& pending, Time now);
    command::Outcome Run(const SendNominationBatch& deed, const Pending& pending, Time now);
    command::Outcome Run(const OpenCorrectionWindow& deed, const Pending& pending, Time now);
    command::Outcome Run(const RecordDecree& deed, const Pending& pending, Time now);
    command::Outcome Run(const StateNomineeRecord& deed, const Pending& pending, Time now);
    command::Outcome Run(const WithdrawNominee& deed, const Pending& pending, Time now);
    command::Outcome Run(const TakeNominationAnswer& deed, const Pending& pending, Time now);
    command::Outcome Run(const ExpireNominee& deed, const Pending& pending, Time now);

    /// Takes a list as it is from now on.
    template <typename Answer>
    command::Outcome Keep(const Result<NominationBatch>& after, NominationBatchChange change,
                          const Pending& pending, Answer answer);
    /// Takes somebody as they are from now on, with what that does to the application.
    Result<void> Keep(const NomineeTurn& turn, const Pending& pending, Time now);
    void Record(const NominationBatch& after, NominationBatchChange change, const Pending& pending);
    void Record(const Nominee& after, const Pending& pending);

    bool NewNamesAreRefused(const NominationBatch& batch, Time now) const;
    // nullptr if it is absent or out of the caller's reach: one answer for both.
    const NominationBatch* ReachedBatch(const Pending& pending) const;
    const Nominee* ReachedNominee(const Pending& pending) const;

    std::map<std::string, Program> programs_;
    Businesses businesses_;
    std::map<std::string, Candidates> candidates_;  // By list.
    ApplicationSteps steps_;
    OwnerKeys owner_keys_;
    Tracked<NominationBatch> batches_;
    std::set<std::string> batch_ids_;  // Of those in batches_.
    std::set<std::string> outdated_;   // Lists in which somebody became one with somebody else.
    Tracked<Nominee> nominees_;
    StatedRecords records_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
