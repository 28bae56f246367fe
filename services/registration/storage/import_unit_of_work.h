#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/import_job.h"
#include "services/registration/storage/import_jobs.h"
#include "services/registration/storage/import_seal.h"

namespace bangkit::registration {

/// One transaction of callers with import jobs: new ones, pieces of files, cancellations. What the
/// rows do is no business of it: see ImportWorker.
class ImportUnitOfWork {
public:
    using Command = ImportCommand;
    using Pending = command::PendingCommand<Command>;

    /// `size_max`: bytes of a file. `keys` must outlive it.
    ImportUnitOfWork(const crypto::KeyRing& keys, std::int64_t size_max)
        : keys_(keys), size_max_(size_max) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Loaded {
        StoredImport stored;  // As it was.
        ImportJob job;        // As the commands left it.
    };
    struct Created {
        CreateImportJob command;
        ImportCreator creator;
        std::string traceparent;
    };

    command::Outcome Handle(const CreateImportJob& command, const Pending& pending);
    command::Outcome Handle(const UploadImportPiece& command, const Pending& pending);
    command::Outcome Handle(const CancelImportJob& command, const Pending& pending);
    void AddPiece(const Loaded& loaded, std::int64_t begins_at, std::string_view content);

    const crypto::KeyRing& keys_;
    const std::int64_t size_max_;
    std::map<std::string, Loaded> jobs_;             // By id.
    std::map<std::string, std::int64_t> open_jobs_;  // By subject.
    std::map<std::string, ImportSeal> seals_;        // By job id.
    std::vector<Created> created_;
    struct Pieces {
        postgres::UuidArray job_ids;
        postgres::Int64Array begins, ends;
        postgres::BytesArray contents;
    } pieces_;
};

/// Officers do; agencies and provinces see all jobs of their regions.
bool SeesOnlyTheirOwn(const identity::Caller& caller);
/// Whether the caller sees a job: all its regions lie in theirs, and it is their own or
/// they see others' too.
bool MaySee(const identity::Caller& caller, const ImportJob& job);
/// One answer for absent and not seen.
std::unexpected<Error> ImportJobNotFound();

}  // namespace bangkit::registration
