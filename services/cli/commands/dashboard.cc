#include <algorithm>
#include <iostream>
#include <map>

#include "bangkit/dashboard/v1/dashboard_service.grpc.pb.h"
#include "services/cli/command_line.h"
#include "services/cli/dashboard_text.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/rebuild.h"

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;

struct DashboardOptions {
    GetDashboardRequest request;
};

struct CompareOptions {
    std::vector<std::string> codes;
};

struct RegionsOptions {
    ListRegionsRequest request;
};

int ShowDashboard(Session& session, const DashboardOptions& options) {
    const GetDashboardResponse response =
        Call(session, session.StubOf<dashboard::v1::DashboardService>(),
             &DashboardService::Stub::GetDashboard, options.request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response);
    }
    return kOk;
}

int ShowComparison(Session& session, const CompareOptions& options) {
    CompareRegionsRequest request;
    for (const std::string& code : options.codes) request.add_region_codes(code);
    const CompareRegionsResponse response =
        Call(session, session.StubOf<dashboard::v1::DashboardService>(),
             &DashboardService::Stub::CompareRegions, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response);
    }
    return kOk;
}

int ShowRegions(Session& session, const RegionsOptions& options) {
    const ListRegionsResponse response =
        Call(session, session.StubOf<dashboard::v1::DashboardService>(),
             &DashboardService::Stub::ListRegions, options.request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response);
    }
    return kOk;
}

void AddRebuildCommand(CommandLine& line, CLI::App& dashboard) {
    auto options = std::make_shared<RebuildOptions>();
    CLI::App* command = dashboard.add_subcommand(
        "rebuild",
        "Empty the read model and build it again from the topics; meanwhile the last figures go on "
        "being served");
    AddDurationOption(*command, "--limit", options->limit,
                      "How long to wait until all is built; default 10m, 0s: do not wait");
    line.OnChosen(command, options, RebuildDashboard);
}

}  // namespace

void AddDashboardCommands(CommandLine& line) {
    auto options = std::make_shared<DashboardOptions>();
    CLI::App* command = line.app.add_subcommand("dashboard", "Show the figures of a region");
    command->add_option("code", *options->request.mutable_region_code(),
                        "Code of the region: 36, 36.74, 36.74.05 ...; ID: the whole country");
    command->add_option("--min-position", *options->request.mutable_min_position(),
                        "`position` of an answer: wait until that write is included");
    command->require_subcommand(0, 1);
    AddRebuildCommand(line, *command);
    command->callback([&line, command, options] {
        if (!command->get_subcommands().empty()) return;  // It speaks for itself.
        if (options->request.region_code().empty()) throw CLI::RequiredError("code");
        line.run = [options](Session& session) { return ShowDashboard(session, *options); };
    });

    auto compare_options = std::make_shared<CompareOptions>();
    CLI::App* compare =
        line.app.add_subcommand("compare", "Show the figures of several regions side by side");
    compare->add_option("codes", compare_options->codes, "Codes of 2 to 20 regions")->required();
    line.OnChosen(compare, compare_options, ShowComparison);

    auto regions_options = std::make_shared<RegionsOptions>();
    CLI::App* regions = line.app.add_subcommand(
        "regions", "List the regions directly inside one, with their numbers");
    regions->add_option("code", *regions_options->request.mutable_parent_code(),
                        "Code of the region; default: the provinces");
    line.OnChosen(regions, regions_options, ShowRegions);
}

}  // namespace bangkit::cli
