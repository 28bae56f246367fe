#include <google/protobuf/struct.pb.h>

#include <iostream>

#include "services/cli/command_line.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

struct VerifyOptions {
    std::chrono::seconds limit = std::chrono::minutes(1);
};

void PrintText(const Invariant& invariant, const Finding& finding) {
    const bool is_coloured = !finding.holds() && MayUseColour();
    std::cout << (is_coloured ? "\033[31m" : "") << (finding.holds() ? "ok       " : "VIOLATION")
              << (is_coloured ? "\033[0m" : "") << "  " << (invariant.number < 10 ? " " : "")
              << invariant.number << ' ' << invariant.name << "  (" << finding.Describe() << ")"
              << '\n'
              << std::flush;
}

void PrintJson(const Invariant& invariant, const Finding& finding) {
    google::protobuf::Struct line;
    auto& fields = *line.mutable_fields();
    fields["number"].set_number_value(invariant.number);
    fields["name"].set_string_value(invariant.name);
    fields["holds"].set_bool_value(finding.holds());
    fields["detail"].set_string_value(finding.Describe());
    std::cout << ToJson(line) << '\n' << std::flush;
}

int Verify(Session& session, const VerifyOptions& options) {
    System system(session);
    ProgressLine line;
    const std::string under_way = AwaitDrain(system, options.limit, line);
    if (!under_way.empty()) line.Say("not drained after the limit, waiting for " + under_way);
    bool all_hold = under_way.empty();
    for (const Invariant& invariant : AllInvariants()) {
        line.Show(invariant.name);
        const Finding finding = invariant.check(system);
        line.Clear();
        session.json() ? PrintJson(invariant, finding) : PrintText(invariant, finding);
        all_hold = all_hold && finding.holds();
    }
    return all_hold ? kOk : kFailed;
}

}  // namespace

void AddVerifyCommand(CommandLine& line) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command = line.app.add_subcommand(
        "verify",
        "Check what must hold whatever happens, in the databases, Kafka and Redis of a running "
        "installation to which nobody writes meanwhile");
    AddDurationOption(*command, "--limit", options->limit,
                      "How long to wait until all events are published, applied and shown; "
                      "default 60s");
    line.OnChosen(command, options, Verify);
}

}  // namespace bangkit::cli
