// Loads the services, and does the same work without them: each command is one side of a
// comparison.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <iterator>
#include <stdexcept>

#include "tests/bench/commands.h"

namespace bangkit::bench {
namespace {

struct Command {
    std::string_view name;
    std::string_view usage;
    void (*run)(const Arguments&);
};

constexpr Command kCommands[] = {
    {"keys", "FOLDER: a key file, an issuer's public keys, a token of the province", MakeKeys},
    {"topic", "KAFKA TOPIC PARTITIONS: made anew, empty", MakeTopic},
    {"csv", "FIRST COUNT: rows for an import", WriteCsv},
    {"register", "ADDRESS TOKEN CALLERS SECONDS FIRST: closed loop of RegisterBusiness", Register},
    {"get", "ADDRESS TOKEN CALLERS SECONDS IDS: closed loop of GetBusiness", GetBusiness},
    {"list", "ADDRESS TOKEN CALLERS SECONDS SCALE now|DAY: closed loop of ListBusinesses",
     ListBusinesses},
    {"search",
     "ADDRESS TOKEN CALLERS SECONDS WORDS district|REGION SIZE: closed loop of SearchBusinesses",
     SearchBusinesses},
    {"find", "ADDRESS TOKEN CALLERS SECONDS: closed loop of FindByIdentity", FindByPhone},
    {"approve", "ADDRESS TOKEN CALLERS SECONDS IDS: closed loop of ApproveApplication", Approve},
    {"approve-stream", "ADDRESS TOKEN IDS: one BatchApproveApplications", ApproveStream},
    {"start-application",
     "ADDRESS TOKEN CALLERS SECONDS PROGRAM BUSINESSES: closed loop of StartApplication",
     StartApplication},
    {"dashboard", "ADDRESS TOKEN CALLERS SECONDS REGION: closed loop of GetDashboard",
     GetDashboard},
    {"null", "ADDRESS TOKEN CALLERS SECONDS: closed loop of health checks", CallNothing},
    {"import", "ADDRESS TOKEN FILE: one ImportBusinesses", Import},
    {"copy-import", "DSN TARGET_DSN: the rows of an import by UNNEST", CopyImport},
    {"copy-approvals", "DSN TARGET_DSN: the rows of approvals by UNNEST", CopyApprovals},
    {"copy-read-model", "DSN TARGET_DSN: the rows of a read model by UNNEST", CopyReadModel},
    {"drain", "DSN KAFKA TOPIC: relays the outbox until it is empty", Drain},
    {"produce", "DSN KAFKA TOPIC: sends the rows of the outbox by librdkafka alone", Produce},
    {"commit-latency", "ADDRESS TOKEN KAFKA TOPIC RATE SECONDS FIRST: answers to records",
     CommitToConsumer},
    {"produce-latency", "DSN KAFKA TOPIC RATE SECONDS: produced to consumed", ProduceToConsumer},
};

int Run(std::span<char* const> texts) {
    const std::string_view name = texts.empty() ? "" : texts.front();
    const auto command = std::ranges::find(kCommands, name, &Command::name);
    if (command == std::end(kCommands)) {
        for (const Command& each : kCommands) {
            std::fprintf(stderr, "bangkit-bench %s %s\n", each.name.data(), each.usage.data());
        }
        return 2;
    }
    try {
        command->run(Arguments(texts.subspan(1)));
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s: %s\n", command->name.data(), failure.what());
        return 1;
    }
}

}  // namespace

std::string Arguments::Text(std::size_t index) const {
    if (index >= texts_.size()) {
        throw std::invalid_argument("argument " + std::to_string(index + 1) + " is missing");
    }
    return texts_[index];
}

void Print(std::initializer_list<std::pair<std::string_view, double>> figures) {
    std::string line;
    for (const auto& [name, value] : figures) {
        line +=
            (line.empty() ? "{\"" : ", \"") + std::string(name) + "\": " + std::to_string(value);
    }
    std::puts((line + "}").c_str());
}

void ErrorLogger::Write(LogLevel level, std::string_view event, std::span<const LogField> fields) {
    if (!IsEnabled(level)) return;
    std::string line(event);
    for (const LogField& field : fields) line += " " + std::string(field.name) + "=" + field.value;
    std::fprintf(stderr, "%s\n", line.c_str());
}

}  // namespace bangkit::bench

int main(int argc, char** argv) {
    return bangkit::bench::Run({argv + 1, static_cast<std::size_t>(argc - 1)});
}
