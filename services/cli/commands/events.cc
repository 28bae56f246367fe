#include <iostream>
#include <thread>

#include "libs/base/utc.h"
#include "libs/kafka/log_reader.h"
#include "services/cli/command_line.h"
#include "services/cli/event_json.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{200};

struct TailOptions {
    std::string topic = "bangkit.registration.v1";
    bool from_start = false;
    std::int64_t count = 0;  // 0: for ever.
};

/// {"partition":3,"offset":"12","appendedAt":"...","key":"...","headers":{...},"event":{...}};
/// `event` is null if the payload is not of the type that the headers name.
std::string Describe(const kafka::Record& record) {
    return "{\"partition\":" + std::to_string(record.partition) + ",\"offset\":\"" +
           std::to_string(record.offset) +
           "\",\"appendedAt\":" + Quoted(FormatUtc(record.appended_at)) +
           ",\"key\":" + Quoted(record.key) + ",\"headers\":" + HeadersJson(record.headers) +
           ",\"event\":" + EventJson(record) + "}";
}

int Tail(Session& session, const TailOptions& options) {
    kafka::LogReader reader(session.Setting("KAFKA"), options.topic, session.logger());
    std::int64_t shown = 0;
    const auto is_enough = [&] { return options.count > 0 && shown >= options.count; };
    for (kafka::Offsets from = options.from_start ? kafka::Offsets() : reader.Ends();;) {
        kafka::Offsets to = reader.Ends();
        reader.Read(from, to, [&](const kafka::Record& record) {
            std::cout << Describe(record) << '\n';
            ++shown;
            return std::cout.good() && !is_enough();
        });
        std::cout.flush();
        if (is_enough() || !std::cout.good()) return kOk;
        if (from == to) std::this_thread::sleep_for(kBetweenLooks);
        from = std::move(to);
    }
}

}  // namespace

void AddEventsCommand(CommandLine& line) {
    auto options = std::make_shared<TailOptions>();
    CLI::App* events = line.app.add_subcommand("events", "Events in Kafka");
    events->require_subcommand(1);
    CLI::App* command = events->add_subcommand(
        "tail", "Print events as they come, decoded, one JSON object a line, until interrupted");
    command->add_option("--topic", options->topic, "The topic")->capture_default_str();
    command->add_flag("--from-start", options->from_start, "From the beginning of the topic");
    command->add_option("--count", options->count, "End after so many")->check(CLI::PositiveNumber);
    line.OnChosen(command, options, Tail);
}

}  // namespace bangkit::cli
