#include <iostream>
#include <thread>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/base/utc.h"
#include "libs/kafka/log_reader.h"
#include "libs/telemetry/json_text.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using google::protobuf::Message;

constexpr std::chrono::milliseconds kBetweenLooks{200};

struct TailOptions {
    std::string topic = "bangkit.registration.v1";
    bool from_start = false;
    std::int64_t count = 0;  // 0: for ever.
};

/// The message that a type names; null if we do not know it.
std::unique_ptr<Message> NewMessage(const std::string& type) {
    // Names one message of each file of events, which brings the whole file into the program.
    static const google::protobuf::DescriptorPool& pool =
        *registration::v1::BusinessRegistered::descriptor()->file()->pool();
    const google::protobuf::Descriptor* descriptor = pool.FindMessageTypeByName(type);
    if (descriptor == nullptr) return nullptr;
    return std::unique_ptr<Message>(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
}

std::string Quoted(std::string_view text) {
    std::string quoted;
    telemetry::AppendJsonString(quoted, text);
    return quoted;
}

/// {"partition":3,"offset":"12","appendedAt":"...","key":"...","headers":{...},"event":{...}};
/// `event` is null if the payload is not of the type that the headers name.
std::string Describe(const kafka::Record& record) {
    std::string line = "{\"partition\":" + std::to_string(record.partition) + ",\"offset\":\"" +
                       std::to_string(record.offset) +
                       "\",\"appendedAt\":" + Quoted(FormatUtc(record.appended_at)) +
                       ",\"key\":" + Quoted(record.key) + ",\"headers\":{";
    for (const auto& [name, value] : record.headers) {
        if (line.back() != '{') line += ',';
        line += Quoted(name) + ":" + Quoted(value);
    }
    const auto message = NewMessage(std::string(record.Header("ce_type")));
    const bool is_known = message && message->ParseFromString(record.payload);
    return line + "},\"event\":" + (is_known ? ToJson(*message) : "null") + "}";
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
