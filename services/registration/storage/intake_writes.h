#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "libs/postgres/connection.h"
#include "services/registration/domain/intake_commands.h"
#include "services/registration/storage/intake_keys.h"

namespace bangkit::registration {

/// A field of a business, or of an owner.
struct IntakeField {
    std::string subject_id;
    std::string field;  // As in an update mask, or condition@YYYY-MM-DD.
    auto operator<=>(const IntakeField&) const = default;
};

/// Where a stored write is.
struct IntakeWritePlace {
    IntakeField field;
    WriteId id;
    std::string business_id;
};

/// The histories of fields that devices have written to, of one transaction.
class IntakeWrites {
public:
    /// `keys` must outlive it, and have the keys of all subjects before their histories are loaded.
    explicit IntakeWrites(IntakeKeys& keys) : keys_(keys) {}

    void Load(postgres::Transaction& transaction, const std::set<std::string>& subject_ids);
    /// Of these that there are, by their ids.
    static std::map<std::string, IntakeWritePlace> Find(postgres::Transaction& transaction,
                                                        const std::set<std::string>& write_ids);

    /// Empty if no device has written to it.
    const FieldHistory& HistoryOf(const IntakeField& field) const;
    /// How much devices have written of it, in all fields.
    std::size_t CountOf(const std::string& subject_id) const;
    /// The history as a command leaves it. `stated_by`, `clock_suspect`: of its writes that are
    /// new.
    struct Author {
        std::string stated_by;
        bool clock_suspect = false;
    };
    void Put(const IntakeField& field, FieldHistory history,
             const std::map<WriteId, Author>& authors);
    /// Somebody has decided: the values that the history says are decided against, or this one for
    /// which it was.
    void Decided(const IntakeField& field, const std::string& decided_by,
                 const std::optional<WriteId>& taken);

    void Save(postgres::Transaction& transaction, Time now);

private:
    /// What a row has that may change.
    struct Mutable {
        std::int64_t version = 0;
        std::string blocked;
        bool is_open = false;
        bool is_decided = false;
        bool operator==(const Mutable&) const = default;
    };
    struct Row {
        std::string write_id;
        Mutable saved;
        bool is_new = false;
        Author author;  // Of a new one.
        bool is_taken = false;
    };
    struct Entry {
        FieldHistory history;
        std::map<WriteId, Row> rows;
        std::string decided_by;
        bool is_touched = false;
    };
    struct Inserts;
    struct Updates;

    IntakeKeys& keys_;
    std::map<IntakeField, Entry> entries_;
};

/// Where a sealed value belongs.
std::string IntakeValuePlace(const IntakeField& field, const WriteId& id);

/// As it is stored: the registry itself has device 0.
std::string StoredDeviceId(const std::string& device_id);
std::string FromStoredDeviceId(const std::string& stored);

}  // namespace bangkit::registration
