#include <algorithm>
#include <cstdio>
#include <iostream>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "libs/status/status.h"
#include "services/cli/command_line.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/import/job.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"
#include "services/cli/verify/system.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using indonesia::FormatNumber;
using namespace registration::v1;
using SteadyClock = std::chrono::steady_clock;

struct ImportOptions {
    std::string file;
    std::string error_file;
    std::size_t chunk_kib = 256;
    std::chrono::seconds retry_for = std::chrono::minutes(5);
    bool dry_run = false;
    bool wait = false;
};

struct JobOptions {
    std::string job;
    std::string output;
    bool all = false;
};

void PrintCounts(Session& session, const ImportJob& job) {
    if (session.json()) {
        std::cout << ToJson(job) << '\n';
        return;
    }
    std::cout << FormatNumber(job.rows_read()) << " rows: " << FormatNumber(job.registered())
              << (job.dry_run() ? " to be registered, " : " registered, ")
              << FormatNumber(job.unchanged()) << " unchanged, " << FormatNumber(job.failed())
              << " failed\n";
}

void PrintSpeed(const ImportJob& job, SteadyClock::duration took) {
    const double seconds = std::max(0.001, std::chrono::duration<double>(took).count());
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", seconds);
    const auto rate = static_cast<std::int64_t>(static_cast<double>(job.rows_read()) / seconds);
    std::cerr << "bangkit: " << text << " s, " << FormatNumber(rate) << " rows/s\n";
    if (job.warnings() > 0) {
        std::cerr << "bangkit: " << FormatNumber(job.warnings()) << " rows have warnings\n";
    }
}

/// Until what has been registered can be seen in the dashboards.
void AwaitDashboards(Session& session) {
    constexpr std::chrono::minutes kLimit{2};
    System system(session);
    ProgressLine line;
    const std::string under_way = AwaitDrain(system, kLimit, line);
    if (!under_way.empty())
        line.Say("the dashboards do not show all yet: waiting for " + under_way);
}

/// What came of a job that is over.
int ExitCodeOf(const ImportJob& job) {
    if (job.state() == IMPORT_JOB_STATE_CANCELLED) {
        std::cerr << "bangkit: the import was cancelled\n";
        return kFailed;
    }
    if (job.state() == IMPORT_JOB_STATE_FAILED) {
        throw CallFailed(status::FromProto(job.failure()));
    }
    return job.failed() == 0 ? kOk : kFailed;
}

std::string ErrorFileOf(const ImportOptions& options) {
    const std::string errors =
        options.error_file.empty() ? options.file + ".errors.csv" : options.error_file;
    std::error_code absent;
    if (std::filesystem::equivalent(options.file, errors, absent)) {
        throw UsageError("--errors must not name the file that is imported");
    }
    return errors;
}

int Import(Session& session, const ImportOptions& options) {
    if (!std::filesystem::is_regular_file(options.file)) {
        throw UsageError(options.file + " is not a file that can be read again after a failure");
    }
    const std::string errors = ErrorFileOf(options);
    const auto started_at = SteadyClock::now();
    const LocalFile file = InspectFile(options.file);
    ProgressLine line;
    Retry retry(options.retry_for, line);
    ImportRun run(session, file, options.dry_run, retry, line);
    const ImportJob begun = run.Begin();
    line.Say((begun.bytes_accepted() > 0 ? "going on with job " : "job ") + begun.job_id());
    run.Upload(begun.job_id(), options.chunk_kib << 10);
    const ImportJob job = run.Await(begun.job_id());
    line.Clear();
    PrintCounts(session, job);
    PrintSpeed(job, SteadyClock::now() - started_at);
    if (job.failed() > 0) {
        DownloadErrors(session, job.job_id(), errors, retry);
        std::cerr << "bangkit: the failed rows are in " << errors << '\n';
    }
    if (options.wait) AwaitDashboards(session);
    return ExitCodeOf(job);
}

std::string StateOf(const ImportJob& job) {
    return ImportJobState_Name(job.state()).substr(sizeof "IMPORT_JOB_STATE_" - 1);
}

int ShowStatus(Session& session, const JobOptions& options) {
    const ImportJob job = GetImportJob(session, options.job);
    if (session.json()) {
        std::cout << ToJson(job) << '\n';
        return kOk;
    }
    std::cout << job.file_name() << (job.dry_run() ? " (dry run): " : ": ") << StateOf(job) << ", "
              << job.percent_read() << " %\n";
    PrintCounts(session, job);
    if (job.state() == IMPORT_JOB_STATE_FAILED) {
        const Error failure = status::FromProto(job.failure());
        std::cout << failure.reason << ": " << failure.message << '\n';
    }
    return kOk;
}

int ListJobs(Session& session, const JobOptions& options) {
    ListImportJobsRequest request;
    Table table(
        {Table::kLeft, Table::kLeft, Table::kRight, Table::kRight, Table::kRight, Table::kLeft});
    do {
        const ListImportJobsResponse page =
            Call(session, session.StubOf<registration::v1::ImportService>(),
                 &ImportService::Stub::ListImportJobs, request);
        if (session.json()) std::cout << ToJson(page) << '\n';
        for (const ImportJob& job : page.jobs()) {
            table.Add({job.job_id(), StateOf(job), FormatNumber(job.registered()),
                       FormatNumber(job.unchanged()), FormatNumber(job.failed()), job.file_name()});
        }
        request.set_page_token(page.next_page_token());
    } while (options.all && !request.page_token().empty());
    if (!session.json()) table.Print(std::cout);
    return kOk;
}

int CancelJob(Session& session, const JobOptions& options) {
    CancelImportJobRequest request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_job_id(options.job);
    Call(session, session.StubOf<registration::v1::ImportService>(),
         &ImportService::Stub::CancelImportJob, request);
    return kOk;
}

int ShowErrors(Session& session, const JobOptions& options) {
    ProgressLine line;
    Retry retry(std::chrono::seconds(0), line);
    DownloadErrors(session, options.job, options.output, retry);
    return kOk;
}

template <typename Action>
CLI::App* AddJobCommand(CommandLine& line, CLI::App& import, const std::string& name,
                        const std::string& help, std::shared_ptr<JobOptions> options,
                        Action action) {
    CLI::App* command = import.add_subcommand(name, help);
    if (name != "list") {
        command->add_option("job", options->job, "Id of the job")->required();
    }
    line.OnChosen(command, std::move(options), action);
    return command;
}

void AddJobCommands(CommandLine& line, CLI::App& import) {
    const auto options = std::make_shared<JobOptions>();
    AddJobCommand(line, import, "status", "Show how far a job is", options, ShowStatus);
    AddJobCommand(line, import, "list",
                  "List jobs, the newest first: registered, unchanged, failed", options, ListJobs)
        ->add_flag("--all", options->all, "All pages, one after the other");
    AddJobCommand(line, import, "cancel", "End a job; rows that are registered stay registered",
                  options, CancelJob);
    AddJobCommand(line, import, "errors",
                  "Print the failed rows of a job and what is wrong with them, as CSV. Corrected, "
                  "the file can be imported as it is",
                  options, ShowErrors)
        ->add_option("--output", options->output,
                     "File (.csv or .xlsx) that gets them, readable by you alone");
}

}  // namespace

void AddImportCommand(CommandLine& line) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = line.app.add_subcommand(
        "import",
        "Register the rows of a CSV file or an Excel workbook. It is uploaded first; whatever is "
        "interrupted goes on "
        "where it was, also when the command is run again. A row that is registered already is "
        "left unchanged");
    command
        ->add_option("file", options->file,
                     "CSV with a header, separated by `,`, `;` or tabs; or XLSX")
        ->check(CLI::ExistingFile);
    command->add_flag("--dry-run", options->dry_run,
                      "Check every row as if it were registered, and change nothing");
    command->add_option("--errors", options->error_file,
                        "File (.csv or .xlsx) that gets the failed rows and what is wrong with "
                        "them; default: FILE.errors.csv. It is made only if there are any");
    command->add_option("--chunk", options->chunk_kib, "Size of the pieces that are sent, in KiB")
        ->check(CLI::Range(4, 256))
        ->capture_default_str();
    AddDurationOption(*command, "--retry-for", options->retry_for,
                      "How long to go on trying while something is away; default 5m");
    command->add_flag(
        "--wait", options->wait,
        "Then wait until the dashboards show what was registered; needs the databases "
        "and Kafka, not only the services");
    command->require_subcommand(0, 1);
    AddJobCommands(line, *command);
    command->callback([&line, command, options] {
        if (!command->get_subcommands().empty()) return;  // It speaks for itself.
        if (options->file.empty()) throw CLI::RequiredError("file");
        line.run = [options](Session& session) { return Import(session, *options); };
    });
}

}  // namespace bangkit::cli
