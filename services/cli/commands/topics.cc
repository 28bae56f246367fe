#include <iostream>

#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/topics_file.h"

namespace bangkit::cli {
namespace {

struct ApplyOptions {
    std::string file = "deploy/topics.yaml";
};

std::string_view WordFor(kafka::TopicChange change) {
    switch (change) {
        case kafka::TopicChange::kNone: return "unchanged";
        case kafka::TopicChange::kCreated: return "created";
        case kafka::TopicChange::kCorrected: return "corrected";
    }
    return "?";
}

int Apply(Session& session, const ApplyOptions& options) {
    const std::vector<kafka::TopicSpec> specs = ParseTopics(ReadFile(options.file), options.file);
    kafka::Admin admin(session.Setting("KAFKA"), session.logger());
    const std::vector<kafka::TopicChange> changes = admin.EnsureTopics(specs);
    for (std::size_t i = 0; i < specs.size(); ++i) {
        std::cout << specs[i].name << ": " << WordFor(changes[i]) << '\n';
    }
    return kOk;
}

}  // namespace

void AddTopicsCommand(CommandLine& line) {
    auto options = std::make_shared<ApplyOptions>();
    CLI::App* topics = line.app.add_subcommand("topics", "Topics of Kafka");
    topics->require_subcommand(1);
    CLI::App* command = topics->add_subcommand(
        "apply", "Create the topics of a file and correct their settings; again: changes nothing");
    command->add_option("--file", options->file, "The file")->capture_default_str();
    line.OnChosen(command, options, Apply);
}

}  // namespace bangkit::cli
