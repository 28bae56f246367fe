#include "services/registration/storage/import_unit_of_work.h"

#include <algorithm>
#include <stdexcept>

#include "bangkit/registration/v1/import_service.pb.h"
#include "libs/identity/policy.h"

namespace bangkit::registration {
namespace {

std::string IdOf(const auto& command) { return command.job_id; }

bool IsTheirs(const identity::Caller& caller, const ImportJob& job) {
    return job.creator.subject == caller.subject;
}

}  // namespace

bool SeesOnlyTheirOwn(const identity::Caller& caller) {
    return !caller.HasRole(identity::role::kAgency) && !caller.HasRole(identity::role::kProvince);
}

bool MaySee(const identity::Caller& caller, const ImportJob& job) {
    const bool is_in_scope = std::ranges::all_of(
        job.creator.regions,
        [&caller](const std::string& region) { return caller.Reaches(region); });
    return is_in_scope && (IsTheirs(caller, job) || !SeesOnlyTheirOwn(caller));
}

std::unexpected<Error> ImportJobNotFound() {
    return Refused(ErrorCode::kNotFound, "IMPORT_NOT_FOUND", "no such import");
}

std::string ImportUnitOfWork::Target(const Command& command) {
    return "import_job/" + std::visit([](const auto& each) { return IdOf(each); }, command);
}

void ImportUnitOfWork::Load(postgres::Transaction& transaction,
                            std::span<const Command* const> commands) {
    postgres::UuidArray ids;
    for (const Command* command : commands) {
        if (std::holds_alternative<CreateImportJob>(*command)) continue;
        ids.Add(std::visit([](const auto& each) { return IdOf(each); }, *command));
    }
    if (ids.size() > 0) {
        static const std::string kLockSql = "SELECT " + std::string(kImportColumns) +
                                            "  FROM import_jobs j WHERE job_id = ANY($1::uuid[])"
                                            " ORDER BY job_id FOR UPDATE";
        const postgres::Rows rows = transaction.Run(kLockSql, {ids});
        for (int i = 0; i < rows.size(); ++i) {
            StoredImport stored = ToStoredImport(rows, i);
            ImportJob job = stored.job;
            const std::string id = job.id;
            jobs_.emplace(id, Loaded{std::move(stored), std::move(job)});
        }
    }
    if (ids.size() == static_cast<std::int32_t>(commands.size())) return;
    const postgres::Rows open = transaction.Run(
        "SELECT subject, count(*) FROM import_jobs WHERE state < 4 GROUP BY subject");
    for (int i = 0; i < open.size(); ++i) open_jobs_[open.Text(i, 0)] = open.Int64(i, 1);
}

command::Outcome ImportUnitOfWork::Handle(const Pending& pending, Time) {
    return std::visit([&](const auto& command) { return Handle(command, pending); },
                      pending.command);
}

command::Outcome ImportUnitOfWork::Handle(const CreateImportJob& command, const Pending& pending) {
    const identity::Caller& caller = pending.caller;
    if (caller.regions.empty()) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "you have no region");
    }
    std::int64_t& open = open_jobs_[caller.subject];
    if (Result<void> decision = Decide(command, open); !decision) {
        return std::unexpected(std::move(decision.error()));
    }
    ++open;
    created_.push_back(
        {.command = command,
         .creator = {.subject = caller.subject, .roles = caller.roles, .regions = caller.regions},
         .traceparent = pending.traceparent});
    v1::CreateImportJobResponse response;
    response.set_job_id(command.job_id);
    return response.SerializeAsString();
}

command::Outcome ImportUnitOfWork::Handle(const UploadImportPiece& command,
                                          const Pending& pending) {
    const auto found = jobs_.find(command.job_id);
    if (found == jobs_.end() || !IsTheirs(pending.caller, found->second.job) ||
        !MaySee(pending.caller, found->second.job)) {
        return ImportJobNotFound();
    }
    ImportJob& job = found->second.job;
    const Result<PieceAccepted> piece = Decide(job, command, size_max_);
    if (!piece) return std::unexpected(piece.error());
    if (piece->ends_at > piece->begins_at) {
        AddPiece(found->second, piece->begins_at,
                 std::string_view(command.content).substr(static_cast<std::size_t>(piece->skip)));
    }
    job.bytes_accepted = piece->ends_at;
    if (piece->is_whole) job.state = ImportState::kWaiting;
    v1::UploadImportFileResponse response;
    response.set_bytes_accepted(job.bytes_accepted);
    return response.SerializeAsString();
}

command::Outcome ImportUnitOfWork::Handle(const CancelImportJob& command, const Pending& pending) {
    const auto found = jobs_.find(command.job_id);
    if (found == jobs_.end() || !MaySee(pending.caller, found->second.job)) {
        return ImportJobNotFound();
    }
    const Result<bool> decision = Decide(found->second.job, command);
    if (!decision) return std::unexpected(decision.error());
    found->second.job.state = ImportState::kCancelled;
    return v1::CancelImportJobResponse().SerializeAsString();
}

void ImportUnitOfWork::AddPiece(const Loaded& loaded, std::int64_t begins_at,
                                std::string_view content) {
    const std::string& id = loaded.job.id;
    if (!seals_.contains(id)) {
        Result<ImportSeal> seal = ImportSeal::Unwrap(keys_, id, loaded.stored.wrapped_key);
        if (!seal) throw std::runtime_error("the key of an import: " + seal.error().reason);
        seals_.emplace(id, *std::move(seal));
    }
    pieces_.job_ids.Add(id);
    pieces_.begins.Add(begins_at);
    pieces_.ends.Add(begins_at + std::ssize(content));
    pieces_.contents.Add(seals_.at(id).SealPiece(ImportPart::kUploaded, begins_at, content));
}

void ImportUnitOfWork::Save(postgres::Transaction& transaction) {
    for (const Created& each : created_) {
        const ImportFile& file = each.command.file;
        transaction.Queue(
            "INSERT INTO import_jobs (job_id, subject, roles, regions, file_name, format, dry_run,"
            "   stated_size, stated_sha256, traceparent, wrapped_key, state, created_at, "
            "updated_at)"
            " VALUES ($1::text::uuid, $2::text, $3::text, $4::text, $5::text, $6::bigint,"
            "   $7::bigint = 1,"
            "   nullif($8::bigint, -1), nullif($9::bytea, ''), $10::text, $11::bytea, 1, now(),"
            "   now())",
            {each.command.job_id, each.creator.subject, JoinedByComma(each.creator.roles),
             JoinedByComma(each.creator.regions), file.name,
             postgres::Int64(static_cast<std::int64_t>(file.format)),
             postgres::Int64(file.dry_run ? 1 : 0), postgres::Int64(file.size.value_or(-1)),
             file.sha256, each.traceparent, ImportSeal::New(each.command.job_id).Wrap(keys_)});
    }
    if (pieces_.begins.size() > 0) {
        transaction.Queue(
            "INSERT INTO import_pieces (job_id, part, begins_at, ends_at, content)"
            " SELECT job_id, 1, begins_at, ends_at, content"
            "   FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[])"
            "     AS u (job_id, begins_at, ends_at, content)",
            {pieces_.job_ids, pieces_.begins, pieces_.ends, pieces_.contents});
    }
    for (const auto& [id, loaded] : jobs_) {
        const ImportJob& was = loaded.stored.job;
        const ImportJob& is = loaded.job;
        if (was.state == is.state && was.bytes_accepted == is.bytes_accepted) continue;
        // A CSV file is read as it was uploaded.
        transaction.QueueExact(
            1,
            "UPDATE import_jobs"
            "   SET state = $4::bigint, bytes_accepted = $5::bigint, updated_at = now(),"
            "       table_bytes = CASE WHEN format = 1 AND $4 = 2 THEN $5 ELSE table_bytes END,"
            "       finished_at = CASE WHEN $4 >= 4 THEN now() END,"
            "       wrapped_key = CASE WHEN $4 < 4 OR failed > 0 THEN wrapped_key END"
            " WHERE job_id = $1::text::uuid AND state = $2::bigint AND bytes_accepted = $3::bigint",
            {id, postgres::Int64(static_cast<std::int64_t>(was.state)),
             postgres::Int64(was.bytes_accepted),
             postgres::Int64(static_cast<std::int64_t>(is.state)),
             postgres::Int64(is.bytes_accepted)});
        if (is.IsOpen()) continue;
        transaction.Queue("DELETE FROM import_pieces WHERE job_id = $1::text::uuid", {id});
        transaction.Queue("DELETE FROM import_dry_claims WHERE job_id = $1::text::uuid", {id});
    }
}

}  // namespace bangkit::registration
