#include "services/cli/import/job.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "services/cli/table_output.h"

namespace bangkit::cli {
namespace {

using indonesia::FormatNumber;
using namespace registration::v1;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookAgainMin{50};
constexpr std::chrono::milliseconds kLookAgainMax{500};
constexpr std::int32_t kJobsLookedAt = 200;

bool IsOpen(const ImportJob& job) {
    return job.state() == IMPORT_JOB_STATE_UPLOADING || job.state() == IMPORT_JOB_STATE_WAITING ||
           job.state() == IMPORT_JOB_STATE_RUNNING;
}

double Share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string Describe(const ImportJob& job, SteadyClock::duration took) {
    const double seconds = std::max(0.001, std::chrono::duration<double>(took).count());
    const auto rate = static_cast<std::int64_t>(static_cast<double>(job.rows_read()) / seconds);
    return Bar(Share(job.percent_read(), 100)) + " " + FormatNumber(job.rows_read()) + " rows, " +
           FormatNumber(job.failed()) + " failed, " + FormatNumber(rate) + " rows/s";
}

}  // namespace

ImportJob GetImportJob(Session& session, const std::string& job_id) {
    GetImportJobRequest request;
    request.set_job_id(job_id);
    return Call(session, session.StubOf<registration::v1::ImportService>(),
                &ImportService::Stub::GetImportJob, request)
        .job();
}

ImportJob ImportRun::Begin() {
    ListImportJobsRequest mine;
    mine.set_page_size(kJobsLookedAt);
    mine.set_own_only(true);
    const ListImportJobsResponse jobs = retry_.Until([&] {
        return Call(session_, session_.StubOf<registration::v1::ImportService>(),
                    &ImportService::Stub::ListImportJobs, mine);
    });
    for (const ImportJob& job : jobs.jobs()) {
        if (IsOpen(job) && job.sha256() == file_.sha256 && job.dry_run() == is_dry_run_) return job;
    }
    CreateImportJobRequest request;
    request.set_request_id(NewId(session_.clock().Now()));
    request.set_file_name(file_.path.filename().string());
    request.set_format(file_.is_workbook ? IMPORT_FILE_FORMAT_XLSX : IMPORT_FILE_FORMAT_CSV);
    request.set_dry_run(is_dry_run_);
    request.set_size_bytes(file_.size);
    request.set_sha256(file_.sha256);
    const CreateImportJobResponse created = retry_.Until([&] {
        return Call(session_, session_.StubOf<registration::v1::ImportService>(),
                    &ImportService::Stub::CreateImportJob, request);
    });
    ImportJob job;
    job.set_job_id(created.job_id());
    return job;
}

void ImportRun::Upload(const std::string& job_id, std::size_t piece) {
    for (;;) {
        const ImportJob job = retry_.Until([&] { return GetImportJob(session_, job_id); });
        if (job.state() != IMPORT_JOB_STATE_UPLOADING) return;
        const auto on_accepted = [&](std::int64_t bytes) {
            retry_.Advanced();
            line_.Show(Bar(Share(bytes, file_.size)) + " uploading");
        };
        const std::optional<Error> error =
            UploadFile(session_, job_id, file_, job.bytes_accepted(), piece, on_accepted);
        if (!error) return;
        // Somebody else may upload the same file to the same job: look again how far it is.
        if (error->reason != "PIECE_LEAVES_GAP" && error->reason != "UPLOAD_FINISHED") {
            retry_.Failed(*error);
        }
    }
}

ImportJob ImportRun::Await(const std::string& job_id) {
    const auto started_at = SteadyClock::now();
    for (auto pause = kLookAgainMin;; pause = std::min(pause * 2, kLookAgainMax)) {
        ImportJob job = retry_.Until([&] { return GetImportJob(session_, job_id); });
        if (!IsOpen(job)) return job;
        line_.Show(Describe(job, SteadyClock::now() - started_at));
        std::this_thread::sleep_for(pause);
    }
}

void DownloadErrors(Session& session, const std::string& job_id,
                    const std::filesystem::path& target, Retry& retry) {
    const std::unique_ptr<TableOutput> output = OpenTableOutput(target);
    DownloadImportErrorsRequest request;
    request.set_job_id(job_id);
    do {
        const DownloadImportErrorsResponse page = retry.Until([&] {
            return Call(session, session.StubOf<registration::v1::ImportService>(),
                        &ImportService::Stub::DownloadImportErrors, request);
        });
        output->Add(page.content());
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    output->Close();
}

}  // namespace bangkit::cli
