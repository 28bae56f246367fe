#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "bangkit/dashboard/v1/dashboard_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/command_line.h"
#include "services/cli/dashboard_text.h"
#include "services/cli/demo/scenario.h"
#include "services/cli/failure.h"
#include "services/cli/import/job.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;
using indonesia::FormatNumber;

constexpr std::chrono::minutes kRetryFor{5};
constexpr std::chrono::minutes kShownWithin{2};
constexpr std::chrono::milliseconds kLookAgain{200};
constexpr std::size_t kPiece = std::size_t{256} << 10;

struct RunOptions {
    std::string scenario;
};

/// Gone when it goes, whatever happened to it.
class TemporaryFile {
public:
    TemporaryFile() {
        std::string name = (std::filesystem::temp_directory_path() / "bangkit-XXXXXX.csv").string();
        const int descriptor = ::mkstemps(name.data(), 4);  // ".csv"
        if (descriptor < 0) throw UsageError("cannot make a temporary file");
        ::close(descriptor);
        path_ = name;
    }
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void ImportDemo(Session& session, const DemoOptions& options) {
    const TemporaryFile file;
    {
        std::ofstream out(file.path(), std::ios::binary);
        WriteDemoFile(out, options, session.regions());
        if (!out.flush()) throw UsageError("cannot write " + file.path().string());
    }
    const LocalFile local = InspectFile(file.path());
    ProgressLine line;
    Retry retry(kRetryFor, line);
    ImportRun run(session, local, false, retry, line);
    const auto job = run.Begin();
    run.Upload(job.job_id(), kPiece);
    const auto done = run.Await(job.job_id());
    line.Clear();
    std::cerr << "bangkit: " << FormatNumber(done.registered()) << " registered, "
              << FormatNumber(done.unchanged()) << " unchanged, " << FormatNumber(done.failed())
              << " failed\n";
}

GetDashboardResponse DashboardOf(Session& session, const std::string& region_code) {
    GetDashboardRequest request;
    request.set_region_code(region_code);
    return Call(session, session.StubOf<dashboard::v1::DashboardService>(),
                &DashboardService::Stub::GetDashboard, request);
}

bool ShowsAll(const Scenario& scenario, const Dashboard& dashboard) {
    return std::ranges::all_of(scenario.figures, [&dashboard](const ExpectedFigure& figure) {
        return figure.shown(dashboard) == figure.expected;
    });
}

/// As soon as it shows what it should, or when it should have.
GetDashboardResponse Await(Session& session, const Scenario& scenario) {
    const auto until = std::chrono::steady_clock::now() + kShownWithin;
    for (;;) {
        GetDashboardResponse response = DashboardOf(session, scenario.file.region_code);
        const bool is_over = std::chrono::steady_clock::now() > until;
        if (is_over || ShowsAll(scenario, response.dashboard())) return response;
        std::this_thread::sleep_for(kLookAgain);
    }
}

/// The regions directly inside, with what is counted in them.
std::int64_t PrintParts(Session& session, const Scenario& scenario) {
    ListRegionsRequest request;
    request.set_parent_code(scenario.file.region_code);
    const ListRegionsResponse parts =
        Call(session, session.StubOf<dashboard::v1::DashboardService>(),
             &DashboardService::Stub::ListRegions, request);
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kRight, Table::kRight,
                 Table::kRight, Table::kRight});
    table.Add({"kode", "wilayah", "usaha", "pesan kirim", "blank spot", "penerima", "disalurkan"});
    for (const RegionSummary& part : parts.regions()) {
        const Dashboard dashboard = DashboardOf(session, part.region_code()).dashboard();
        table.Add({part.region_code(), part.region_name(), FormatNumber(dashboard.businesses()),
                   FormatNumber(CountOf(dashboard, BUSINESS_MARK_ORDER_AND_DELIVER)),
                   BlankSpotShare(dashboard), FormatNumber(dashboard.aid().recipients()),
                   FormatNumber(dashboard.aid().disbursed_rupiah())});
    }
    std::cout << '\n';
    table.Print(std::cout);
    return parts.regions_size();
}

int Run(Session& session, const RunOptions& options) {
    const Scenario& scenario = *FindScenario(options.scenario);
    ImportDemo(session, scenario.file);
    if (scenario.then != nullptr) {
        ProgressLine line;
        scenario.then(session, line);
    }
    const GetDashboardResponse response = Await(session, scenario);
    const Dashboard& dashboard = response.dashboard();
    std::cout << dashboard.region_name() << " (" << dashboard.region_code() << ")\n\n";
    Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kLeft});
    for (const ExpectedFigure& figure : scenario.figures) {
        const std::int64_t shown = figure.shown(dashboard);
        table.Add({std::string(figure.name), FormatNumber(figure.expected), FormatNumber(shown),
                   shown == figure.expected ? "" : "BERBEDA"});
    }
    table.Print(std::cout);
    const bool has_parts = PrintParts(session, scenario) == scenario.parts;
    return has_parts && ShowsAll(scenario, dashboard) ? kOk : kFailed;
}

}  // namespace

void AddDemoRunCommand(CommandLine& line, CLI::App& demo) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* command = demo.add_subcommand(
        "run",
        "Register a scenario through the public interface, and compare the dashboard with the "
        "figures that are known of it");
    std::vector<std::string> names;
    for (const Scenario& scenario : Scenarios()) names.emplace_back(scenario.name);
    command->add_option("scenario", options->scenario, "bekasi, lampung, bandarlampung ...")
        ->required()
        ->check(CLI::IsMember(names));
    line.OnChosen(command, options, Run);
}

}  // namespace bangkit::cli
