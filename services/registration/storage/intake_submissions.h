#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/identity/caller.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/intake_commands.h"
#include "services/registration/storage/intake_keys.h"

namespace bangkit::registration {

/// One transaction at a time merges, in whichever process: it ends with the transaction.
void LockIntake(postgres::Transaction& transaction);

/// A submission as it is remembered for ever, without what it said unless that is still needed.
struct KnownSubmission {
    WriteId id;
    std::string business_id;
    IntakeKind kind = IntakeKind::kRegistration;
    IntakeStatus status = IntakeStatus::kApplied;
    std::string fingerprint;
    Time captured_at;
    bool clock_suspect = false;
    identity::Caller caller;  // As of its arrival.
    std::string traceparent;
    std::string content;  // Of those that wait: opened.
};

/// The submissions of one transaction.
class IntakeSubmissions {
public:
    /// `keys` must outlive it.
    explicit IntakeSubmissions(IntakeKeys& keys) : keys_(keys) {}

    /// These, those that wait for these businesses, and whose the devices are. The keys of the
    /// businesses must have been loaded.
    void Load(postgres::Transaction& transaction, const std::set<WriteId>& ids,
              const std::set<std::string>& business_ids);

    /// nullptr: never seen.
    const KnownSubmission* Find(const WriteId& id) const;
    /// Those that wait, in the order of devices and their sequences.
    std::vector<KnownSubmission> WaitingFor(const std::string& business_id) const;
    std::size_t CountWaitingFor(const std::string& business_id) const;
    /// Empty: nobody's so far.
    std::string OwnerOf(const std::string& device_id) const;

    /// A new one, or one as it is by now.
    void Put(KnownSubmission submission);
    /// One that waited, as if it had never been sent.
    void Forget(const WriteId& id);
    void Save(postgres::Transaction& transaction, Time now);

private:
    struct Entry {
        KnownSubmission submission;
        bool is_new = false;
        bool is_changed = false;
        bool is_forgotten = false;
    };
    void LoadDevices(postgres::Transaction& transaction, const std::set<WriteId>& ids);
    static bool IsWaitingFor(const Entry& entry, const std::string& business_id);
    void SaveForgotten(postgres::Transaction& transaction) const;

    IntakeKeys& keys_;
    std::map<WriteId, Entry> entries_;
    std::map<std::string, std::string> owners_;  // By device.
};

}  // namespace bangkit::registration
