#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "libs/indonesia/format.h"
#include "services/cli/command_line.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/import/send_file.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"
#include "services/cli/verify/system.h"

namespace bangkit::cli {
namespace {

using indonesia::FormatNumber;
using registration::v1::ImportProgress;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPauseMin{200};
constexpr std::chrono::milliseconds kPauseMax{5'000};

struct ImportOptions {
    std::string file;
    std::string error_file;
    std::size_t chunk_kib = 64;
    std::chrono::seconds retry_for = std::chrono::minutes(5);
    bool wait = false;
};

std::string RateOf(std::int64_t rows, SteadyClock::duration took) {
    const double seconds = std::max(0.001, std::chrono::duration<double>(took).count());
    return FormatNumber(static_cast<std::int64_t>(static_cast<double>(rows) / seconds));
}

std::string Describe(const ImportProgress& progress, std::uintmax_t file_size,
                     SteadyClock::duration took) {
    const double share = file_size == 0 ? 1.0
                                        : static_cast<double>(progress.bytes_received()) /
                                              static_cast<double>(file_size);
    return Bar(share) + " " + FormatNumber(progress.rows_read()) + " rows, " +
           FormatNumber(progress.failed()) + " failed, " + RateOf(progress.rows_read(), took) +
           " rows/s";
}

/// Sends the file until it has come to its end. Whatever an attempt has registered is unchanged in
/// the next one, so nothing is registered twice.
SentFile SendUntilDone(Session& session, const ImportOptions& options) {
    const std::uintmax_t size = std::filesystem::file_size(options.file);
    ProgressLine line;
    auto advanced_at = SteadyClock::now();
    std::int64_t furthest = 0;
    for (auto pause = kPauseMin;; pause = std::min(pause * 2, kPauseMax)) {
        const auto started_at = SteadyClock::now();
        SentFile sent = SendFile(session, options.file, options.chunk_kib << 10,
                                 [&](const ImportProgress& progress) {
                                     const auto now = SteadyClock::now();
                                     line.Show(Describe(progress, size, now - started_at));
                                     if (progress.rows_read() <= furthest) return;
                                     furthest = progress.rows_read();
                                     advanced_at = now;
                                 });
        if (!sent.error) return sent;
        const bool is_hopeless = SteadyClock::now() - advanced_at > options.retry_for;
        if (!sent.may_succeed_later || is_hopeless) throw CallFailed(*sent.error);
        if (advanced_at > started_at) pause = kPauseMin;
        line.Say("interrupted (" + sent.error->reason + "); sending the file again");
        std::this_thread::sleep_for(pause);
    }
}

void PrintCounts(Session& session, const SentFile& sent) {
    const ImportProgress& progress = sent.progress;
    if (session.json()) {
        std::cout << ToJson(progress) << '\n';
        return;
    }
    std::cout << FormatNumber(progress.rows_read())
              << " rows: " << FormatNumber(progress.registered()) << " registered, "
              << FormatNumber(progress.unchanged()) << " unchanged, "
              << FormatNumber(progress.failed()) << " failed\n";
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

int Import(Session& session, const ImportOptions& options) {
    if (!std::filesystem::is_regular_file(options.file)) {
        throw UsageError(options.file + " is not a file that can be read again after a failure");
    }
    const std::string errors =
        options.error_file.empty() ? options.file + ".errors.csv" : options.error_file;
    std::error_code absent;
    if (std::filesystem::equivalent(options.file, errors, absent)) {
        throw UsageError("--errors must not name the file that is imported");
    }
    const auto started_at = SteadyClock::now();
    const SentFile sent = SendUntilDone(session, options);
    PrintCounts(session, sent);
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - started_at);
    char seconds[16];
    std::snprintf(seconds, sizeof seconds, "%.1f", static_cast<double>(took.count()) / 1'000);
    std::cerr << "bangkit: " << seconds << " s, " << RateOf(sent.progress.rows_read(), took)
              << " rows/s\n";
    if (sent.warnings > 0) {
        std::cerr << "bangkit: " << FormatNumber(sent.warnings) << " rows have warnings\n";
    }
    if (options.wait) AwaitDashboards(session);
    if (sent.failures.empty()) return sent.progress.failed() == 0 ? kOk : kFailed;
    WriteErrorFile(options.file, errors, sent.failures);
    std::cerr << "bangkit: the failed rows are in " << errors << '\n';
    return kFailed;
}

}  // namespace

void AddImportCommand(CommandLine& line) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = line.app.add_subcommand(
        "import",
        "Register the rows of a CSV file. A row that is registered already is left unchanged, so a "
        "file may be sent again at any time");
    command->add_option("file", options->file, "CSV with a header, separated by , or ;")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--errors", options->error_file,
                        "File that gets the failed rows and what is wrong with them; "
                        "default: FILE.errors.csv. It is made only if there are any");
    command->add_option("--chunk", options->chunk_kib, "Size of the pieces that are sent, in KiB")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    AddDurationOption(*command, "--retry-for", options->retry_for,
                      "How long to go on trying while something is away; default 5m");
    command->add_flag(
        "--wait", options->wait,
        "Then wait until the dashboards show what was registered; needs the databases "
        "and Kafka, not only the services");
    line.OnChosen(command, options, Import);
}

}  // namespace bangkit::cli
