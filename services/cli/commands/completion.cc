#include <iostream>

#include "services/cli/command_line.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

struct CompletionOptions {
    std::string shell = "bash";
};

/// One line of a bash case: the words that may follow `path`.
void PrintWords(const CLI::App& command, const std::string& path) {
    std::cout << "        '" << path << "') words='";
    for (const CLI::App* next : command.get_subcommands({})) std::cout << next->get_name() << ' ';
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) std::cout << "--" << name << ' ';
    }
    std::cout << "' ;;\n";
    for (const CLI::App* next : command.get_subcommands({})) {
        PrintWords(*next, path + " " + next->get_name());
    }
}

void PrintBashCompletion(const CLI::App& app) {
    std::cout << "# source <(bangkit completion bash)\n"
                 "_bangkit() {\n"
                 "    local path=bangkit word words=\n"
                 "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                 "        [[ $word == -* ]] || path+=\" $word\"\n"
                 "    done\n"
                 "    case $path in\n";
    PrintWords(app, "bangkit");
    std::cout << "    esac\n"
                 "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
                 "\"${COMP_WORDS[COMP_CWORD]}\")\n"
                 "}\n"
                 "complete -o default -F _bangkit bangkit\n";
}

}  // namespace

void AddCompletionCommand(CommandLine& line) {
    auto options = std::make_shared<CompletionOptions>();
    CLI::App* command =
        line.app.add_subcommand("completion", "Print the completion of a shell, to be sourced");
    command->add_option("shell", options->shell, "bash")
        ->check(CLI::IsMember({"bash"}))
        ->capture_default_str();
    line.OnChosen(command, options, [&line](Session&, const CompletionOptions&) -> int {
        PrintBashCompletion(line.app);
        return kOk;
    });
}

}  // namespace bangkit::cli
