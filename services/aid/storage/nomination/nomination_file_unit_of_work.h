#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/nomination/nominations.h"
#include "services/aid/storage/nomination/nominee_records.h"

namespace bangkit::aid {

/// A part of the list for the agency: of those whom it has not answered. It is personal.
struct NominationFilePage {
    struct Line {
        Nominee nominee;
        NomineeRecord record;
    };
    NominationBatch batch;
    std::vector<Line> lines;
    bool is_first = false;
    std::optional<std::int64_t> next;  // The number behind which the next page begins.
};

/// Commands although they change nothing: that somebody has seen a page is on record before it
/// leaves. Their outcomes are not stored.
struct ReadNominationFile {
    std::string batch_id;
    std::int64_t after = 0;  // The number of the last line of the page before.
    /// A serialized response.
    std::function<std::string(const NominationFilePage&)> answer;
};

class NominationFileUnitOfWork {
public:
    using Command = ReadNominationFile;
    using Pending = command::PendingCommand<Command>;

    /// `keys` must outlive it.
    explicit NominationFileUnitOfWork(const crypto::KeyRing& keys) : owner_keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now) const;
    void Save(postgres::Transaction&) {}

private:
    struct SealedLine {
        Nominee nominee;
        std::string record;  // Empty: it was erased.
    };
    using Place = std::pair<std::string, std::int64_t>;

    void LoadPage(postgres::Transaction& transaction, const Command& command);

    std::map<std::string, NominationBatch> batches_;
    std::map<Place, std::vector<SealedLine>> pages_;
    OwnerKeys owner_keys_;
};

}  // namespace bangkit::aid
