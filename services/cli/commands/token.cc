#include <iostream>

#include "services/cli/command_line.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/tokens.h"

namespace bangkit::cli {
namespace {

struct TokenOptions {
    identity::Caller caller{.subject = "developer", .roles = {}, .regions = {}};
    std::chrono::seconds lifetime = kTokenLifetimeMax;
    std::chrono::seconds age{};
};

int PrintToken(Session& session, const TokenOptions& options) {
    if (options.lifetime > kTokenLifetimeMax || options.lifetime.count() == 0) {
        throw UsageError("a token lives for 1 second to 12 hours");
    }
    std::cout << Mint(session, options.caller, options.lifetime, options.age) << '\n';
    return kOk;
}

}  // namespace

void AddTokenCommand(CommandLine& line) {
    auto options = std::make_shared<TokenOptions>();
    CLI::App* command = line.app.add_subcommand(
        "token", "Print a bearer token of the local installation (development only)");
    command
        ->add_option("--role", options->caller.roles,
                     "Roles: public, owner, officer, agency, province, council, auditor ...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->required();
    command
        ->add_option("--region", options->caller.regions,
                     "Regions that it reaches, with all that lies in them: 36.74,18")
        ->delimiter(',');
    command
        ->add_option("--subject", options->caller.subject,
                     "Who it speaks for; for role owner, the owner's id")
        ->capture_default_str();
    AddDurationOption(*command, "--lifetime", options->lifetime,
                      "How long it is good; default 12h");
    AddDurationOption(*command, "--age", options->age,
                      "As if it had been issued so long ago; for tests of expiry and wrong clocks");
    line.OnChosen(command, options, PrintToken);
}

}  // namespace bangkit::cli
