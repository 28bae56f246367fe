#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/cli/session.h"

namespace bangkit::cli {

/// A command line in the making: every command adds itself, and what it is to do when it is the
/// chosen one. That is run after the whole line has been understood.
struct CommandLine {
    CLI::App app{"bangkit: recovery of small businesses in Indonesia", "bangkit"};
    std::function<int(Session&)> run;  // Returns an ExitCode.

    /// `action(session, options)` is what `command` does.
    template <typename CommandOptions, typename Action>
    void OnChosen(CLI::App* command, std::shared_ptr<CommandOptions> options,
                  const Action& action) {
        command->callback([this, options = std::move(options), action] {
            run = [options, action](Session& session) { return action(session, *options); };
        });
    }
};

void AddTokenCommand(CommandLine& line);
void AddKeysCommand(CommandLine& line);
void AddRegisterCommand(CommandLine& line);
void AddBusinessCommands(CommandLine& line);
void AddSearchCommands(CommandLine& line);
void AddRegionsCommand(CommandLine& line);
void AddChangeCommands(CommandLine& line);
void AddGroupCommand(CommandLine& line);
void AddExportCommand(CommandLine& line);
void AddPersonalDataCommands(CommandLine& line);
void AddDuplicateCommands(CommandLine& line);
void AddImportCommand(CommandLine& line);
void AddIntakeCommand(CommandLine& line);
void AddNeedsCommand(CommandLine& line);
void AddProgramCommand(CommandLine& line);
void AddBudgetCommand(CommandLine& line);
void AddApplicationCommand(CommandLine& line);
void AddPaymentCommands(CommandLine& line);
void AddGoodsCommand(CommandLine& line);
void AddLoanCommand(CommandLine& line);
void AddReferralCommand(CommandLine& line);
void AddNominationCommand(CommandLine& line);
void AddSupervisionCommands(CommandLine& line);
void AddGrievanceCommand(CommandLine& line);
void AddDashboardCommands(CommandLine& line);
void AddEventsCommand(CommandLine& line);
void AddParkedCommand(CommandLine& line);
void AddTopicsCommand(CommandLine& line);
void AddVerifyCommand(CommandLine& line);
void AddDemoCommand(CommandLine& line);
void AddDemoRunCommand(CommandLine& line, CLI::App& demo);
void AddCompletionCommand(CommandLine& line);

}  // namespace bangkit::cli
